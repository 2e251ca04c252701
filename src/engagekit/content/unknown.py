"""The commonest finding of the rules: a name that nothing has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engagekit.content.load import Library
from engagekit.content.validate import nearest
from engagekit.model import Problem


def unknown(
    library: Library,
    kind: str,
    name: str,
    loc: tuple[str | int, ...],
    values: Iterable[str],
    known: Iterable[str],
    what: str,
    *,
    key: bool = False,
) -> Iterator[Problem]:
    """Give a problem for each value that is not known, with the nearest one that is.

    Args:
        library: The course as read.
        kind: The schema of the file that names the values.
        name: The id of that file's object.
        loc: Where the values stand in the file.
        values: What the file names. For a list, ``loc`` is the place of the one value itself.
        known: Every valid value.
        what: What a value should name, such as ``item``.
        key: Point at the key rather than the value.
    """
    valid = set(known)
    listed = not isinstance(values, list)
    for index, value in enumerate(values):
        if value not in valid:
            place = (*loc, index) if listed else loc
            yield library.problem(kind, name, place, f'no {what} "{value}"', nearest(value, valid), key=key)
