"""Short citations that lead to the entry of an item, a criterion or any other located place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxRole

from engagekit.bookpages.shelf import course_of, depend_on, unknown
from engagekit.model import Course, SourceItem

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_NAMED = re.compile(r"(\bitem[ -]\d{1,2}\b|\bpc\d\d\b|\bk\d\d\b)")
_OWN_WORDS = re.compile(r"^(?P<words>.+?)\s*<(?P<id>[^<>]+)>$", re.DOTALL)

NBSP = "\N{NO-BREAK SPACE}"
"""Between a name and its number, so that no line ends on "item"."""

SOURCE_NAMES = {
    "compendium": "compendium",
    "unit-guide": "unit guide",
    "nos-sfjed1": "occupational standard",
    "inspectorate-guide": "inspectorate guide",
    "workforce-guidelines": "workforce guidelines",
}


def target_of(item_id: str) -> str:
    """Return the id in the page of an item's entry."""
    return f"ref-{item_id}"


def source_name(source_id: str) -> str:
    """Return what a source is called in the middle of a sentence."""
    return SOURCE_NAMES.get(source_id, source_id.replace("-", " "))


def surname(author: str) -> str:
    """Return the family name of a person; the whole name of an organisation.

    A person has two names, or an initial between them.
    """
    parts = author.split()
    is_person = len(parts) == 2 or (len(parts) == 3 and len(parts[1].rstrip(".")) == 1)
    return parts[-1] if is_person else author


def short_authors(authors: tuple[str, ...]) -> str:
    """Return authors as a citation gives them: one, two with an ampersand, or the first and others."""
    names = [surname(author) for author in authors]
    if len(names) > 2:
        return f"{names[0]} and others"
    return " & ".join(names)


def short_citation(item: SourceItem, source_id: str) -> str:
    """Return the words of a citation: ``Miller & Rollnick, item 32`` or ``criterion 7``."""
    counted = re.search(r"(\d+)$", item.id)
    number = item.number or (counted[1] if counted else "")
    match item.kind:
        case "item":
            who = short_authors(item.authors) or source_name(source_id)
            return f"{who}, item{NBSP}{number}"
        case "marking-point":
            return f"marking point{NBSP}{number}"
        case "performance-criterion":
            return f"criterion{NBSP}{number}"
        case "knowledge":
            return f"knowledge point{NBSP}{number}"
        case "exam-tip":
            return f"tip{NBSP}{number}"
        case "misconception" | "key-concept":
            return f"{source_name(source_id)}, “{item.title}”"
        case _ if item.number:
            return f"{source_name(source_id)}, {item.number}"
        case _:
            return f"{source_name(source_id)}, “{item.title}”"


def link(words: str, label: str, docname: str) -> addnodes.pending_xref:
    """Return a link to a label anywhere in the book; a label that nothing carries is a warning."""
    node: addnodes.pending_xref = addnodes.pending_xref(
        "", refdomain="std", reftype="ref", reftarget=label, refexplicit=True, refwarn=True, refdoc=docname
    )
    node += nodes.inline(words, words)
    return node


def to_page(env: BuildEnvironment, page: str, words: str) -> nodes.Node:
    """Return a link to a page, such as ``book/glossary``; the words alone where the book has no such page."""
    if page not in env.found_docs:
        return nodes.Text(words)
    node: addnodes.pending_xref = addnodes.pending_xref(
        "",
        refdomain="std",
        reftype="doc",
        reftarget=f"/{page}",
        refexplicit=True,
        refwarn=True,
        refdoc=env.docname,
    )
    node += nodes.inline(words, words)
    return node


def cite(course: Course, item_id: str, docname: str, words: str = "") -> addnodes.pending_xref:
    """Return the citation of an item that exists, as a link to its entry."""
    text = words or short_citation(course.item(item_id), course.source_of(item_id).id)
    return link(text, target_of(item_id), docname)


def with_citations(course: Course, text: str, docname: str) -> list[nodes.Node]:
    """Return a text of the content files with each item that it names made a link to its entry.

    ``item 32`` and ``item-32`` keep to two words; ``pc07`` and ``k07`` become the citation in words.
    """
    known = {item.id for item in course.items()}
    found: list[nodes.Node] = []
    for part in _NAMED.split(text):
        number = part.removeprefix("item").lstrip(" -")
        name = f"item-{number:0>2}" if part.startswith("item") else part
        if _NAMED.fullmatch(part) and name in known:
            words = f"item{NBSP}{number}" if name.startswith("item") else ""
            found.append(cite(course, name, docname, words))
        elif part:
            found.append(nodes.Text(part))
    return found


class ItemRole(SphinxRole):
    """Cite one item, or several separated by commas."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the citation; an unknown id is an error in its place."""
        depend_on(self.env, "items", "sources")
        course = course_of(self.env.app)
        known = {item.id for item in course.items()}
        own = _OWN_WORDS.match(self.text.strip())
        names = [own["id"]] if own else self.text.split(",")
        found: list[nodes.Node] = []
        for name in (name.strip() for name in names):
            if name not in known:
                message = unknown(self.env, "item", name, known)
                fault = self.inliner.reporter.error(message, line=self.lineno)
                return [self.inliner.problematic(self.rawtext, self.rawtext, fault)], [fault]
            if found:
                found.append(nodes.Text("; "))
            found.append(cite(course, name, self.env.docname, own["words"] if own else ""))
        return found, []
