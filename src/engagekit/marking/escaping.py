"""The one kind of template that shows a learner's words: everything that goes in is escaped."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined


def templates(package: str) -> Environment:
    """Return the templates of a package, with escaping on; a name that is not there is an error.

    Args:
        package: The package that holds a folder ``templates``.
    """
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
