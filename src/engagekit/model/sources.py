"""The documents that the course is made from, and the places in them that it uses."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from engagekit.model.base import Frozen, Id, Text

ItemKind = Literal[
    "item",
    "marking-point",
    "key-concept",
    "misconception",
    "exam-tip",
    "performance-criterion",
    "knowledge",
    "evidence",
    "expectation",
    "strength",
    "weakness",
    "view",
    "competence",
    "competence-group",
    "standard",
]
"""What a located place in a source is, in the source's own terms."""

LineRange = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]*(-[1-9][0-9]*)?$")]
"""Lines of a source document, counted from 1: ``48`` or ``48-57``."""


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
"""A regular expression that Python can compile."""


def first_and_last(lines: str) -> tuple[int, int]:
    """Return the first and last line number of a range such as ``48-57`` or ``48``."""
    first, _, last = lines.partition("-")
    return int(first), int(last or first)


class Source(Frozen):
    """A document: who published it, what may be done with it, and how to recognise a copy."""

    id: Id
    title: Text
    publisher: Text
    date: Text
    edition: Text | None = None
    kind: Text
    licence: Text
    licence_note: Text
    checksum: Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
    entry_patterns: tuple[Pattern, ...] = ()
    cautions: tuple[Text, ...] = ()


class SourceRegister(Frozen):
    """All sources of the course."""

    sources: tuple[Source, ...]


class SourceItem(Frozen):
    """A located place in a source, told in our own words.

    ``anchor`` holds a few words of the first line of ``lines``, enough to find the place again;
    it is never a sentence.
    """

    id: Id
    kind: ItemKind
    number: Text | None = None
    section: Text | None = None
    title: Text
    authors: tuple[Text, ...] = ()
    gist: Text
    themes: tuple[Id, ...] = ()
    marking_points: tuple[Id, ...] = ()
    lines: LineRange
    anchor: Text
    caution: Text | None = None


class ItemRegister(Frozen):
    """Every located item of one source."""

    source: Id
    items: tuple[SourceItem, ...]


class FigureValue(Frozen):
    """One number of a figure, with what it belongs to; a sentence asks for it by ``id`` or by its label."""

    id: Id | None = None
    label: Text
    value: float
    n: int | None = Field(default=None, ge=0)


class Figure(Frozen):
    """A number that a source states, with what it does and does not show.

    ``interval`` says that each value is a share of ``n`` people who stand for others, so that a chart shows
    how far chance alone could have moved it.
    """

    id: Id
    item: Id
    quantity: Text
    values: Annotated[tuple[FigureValue, ...], Field(min_length=1)]
    unit: Text
    n: int | None = Field(default=None, ge=0)
    lines: LineRange
    anchors: tuple[Text, ...]
    caution: Text
    use: Literal["chart", "text"] = "text"
    interval: bool = False


class FigureRegister(Frozen):
    """Every usable figure of one source."""

    source: Id
    figures: tuple[Figure, ...]
