"""Small document nodes that the directives share. Text goes in as text nodes, so it is always escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from docutils import nodes


class details(nodes.General, nodes.Element):  # type: ignore[misc]  # noqa: N801 - docutils names nodes in small letters
    """Something folded away until the reader wants it (HTML ``<details>``)."""


class summary(nodes.General, nodes.Element):  # type: ignore[misc]  # noqa: N801
    """The line that opens a ``details`` (HTML ``<summary>``)."""


Visitors = tuple[Callable[[Any, nodes.Element], None], Callable[[Any, nodes.Element], None]]


def open_tag(name: str) -> Visitors:
    """Return what writes a node as an HTML element of that name."""

    def visit(writer: Any, node: nodes.Element) -> None:
        writer.body.append(writer.starttag(node, name, ""))

    def depart(writer: Any, node: nodes.Element) -> None:
        writer.body.append(f"</{name}>\n")

    return visit, depart


def _nothing(writer: Any, node: nodes.Element) -> None:
    """Write nothing of our own: in print, what is folded is simply there."""


ignore: Visitors = (_nothing, _nothing)


def paragraph(*parts: str | nodes.Node, classes: Sequence[str] = ()) -> nodes.paragraph:
    """Return a paragraph of texts and inline nodes."""
    node = nodes.paragraph(classes=list(classes))
    node += [nodes.Text(part) if isinstance(part, str) else part for part in parts]
    return node


def strong(text: str) -> nodes.strong:
    """Return text that stands out."""
    return nodes.strong(text, text)


def bullets(entries: Iterable[nodes.Node], classes: Sequence[str] = ()) -> nodes.bullet_list:
    """Return a bulleted list, one entry a node."""
    node = nodes.bullet_list(classes=list(classes))
    node += [nodes.list_item("", entry) for entry in entries]
    return node


def separated(parts: Iterable[str | nodes.Node]) -> list[str | nodes.Node]:
    """Return parts of a sentence with semicolons between them, as titles have commas."""
    found: list[str | nodes.Node] = []
    for part in parts:
        found += ["; ", part] if found else [part]
    return found


def definition(
    term: Sequence[str | nodes.Node], body: Sequence[nodes.Node], target: str = ""
) -> nodes.definition_list_item:
    """Return a term with what belongs to it.

    Args:
        term: Texts and inline nodes of the term.
        body: Paragraphs and lists below it.
        target: An id that links can point at.
    """
    head = nodes.term()
    head += [nodes.Text(part) if isinstance(part, str) else part for part in term]
    if target:
        head["ids"].append(target)
    return nodes.definition_list_item("", head, nodes.definition("", *body))


def definitions(
    entries: Iterable[nodes.definition_list_item], classes: Sequence[str] = ()
) -> nodes.definition_list:
    """Return a list of terms."""
    return nodes.definition_list("", *entries, classes=list(classes))


def folded(title: str, body: Sequence[nodes.Node], classes: Sequence[str] = ()) -> nodes.Element:
    """Return something folded away below a line that opens it."""
    line = summary()
    line += nodes.Text(title)
    node = details(classes=["ek-fold", *classes])
    node += [line, *body]
    return node


def box(kind: str, title: str, body: Sequence[nodes.Node]) -> nodes.admonition:
    """Return a box with a title, of one of the book's own kinds."""
    return nodes.admonition("", nodes.title("", title), *body, classes=[f"ek-{kind}"])


def caution(*parts: str | nodes.Node) -> nodes.paragraph:
    """Return a caution that stands right where the thing is that it is about."""
    return paragraph(strong("Caution."), " ", *parts, classes=["ek-caution"])


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str | nodes.Node]], classes: Sequence[str] = ("ek-data",)
) -> nodes.table:
    """Return a table. The first column names the row, so it is written as a header of it.

    Args:
        heads: The name of each column.
        rows: The cells of each row: texts, or paragraphs that are there already.
        classes: What the styles know it by.
    """
    group = nodes.tgroup(cols=len(heads))
    group += [nodes.colspec(colwidth=1) for _ in heads]
    group += nodes.thead("", _row(heads))
    group += nodes.tbody("", *[_row(row) for row in rows])
    node = nodes.table(classes=list(classes))
    node += group
    group[0]["stub"] = 1
    return node


def _row(cells: Sequence[str | nodes.Node]) -> nodes.row:
    made = [nodes.paragraph(cell, cell) if isinstance(cell, str) else cell for cell in cells]
    return nodes.row("", *[nodes.entry("", cell) for cell in made])


def section(title: str, target: str, body: Sequence[nodes.Node]) -> nodes.section:
    """Return a section with a heading and an id."""
    node = nodes.section(ids=[target], names=[])
    node += nodes.title(title, title)
    node += list(body)
    return node
