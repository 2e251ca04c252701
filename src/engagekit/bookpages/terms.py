"""What a term means, carried along by every link to the glossary, so that a page can show it on the spot.

Without JavaScript it is the link's ``title``; ``book.js`` makes it something that a keyboard reaches too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_KEPT = "engagekit_terms"
"""The meanings, kept in the environment that Sphinx pickles."""


def setup(app: Sphinx) -> None:
    """Gather the meanings when all pages are read, and hand them to the links as each page is written."""
    app.connect("env-updated", _gather)
    app.connect("doctree-resolved", _entitle)


def meanings_in(tree: nodes.document) -> dict[str, str]:
    """Return what each term of a page's glossaries means, by the id of its place.

    Terms that share a definition each get it. Only its first paragraph counts.
    """
    found = {}
    for item in tree.findall(nodes.definition_list_item):
        first = next((each for each in item.findall(nodes.paragraph)), None)
        for term in item.findall(nodes.term):
            for place in term["ids"]:
                if first is not None and place.startswith("term-"):
                    found[place] = " ".join(first.astext().split())
    return found


def _gather(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the pages to write again: all of them when a meaning has changed, for any may show it."""
    places = {page for (kind, _), (page, _) in env.domains["std"].data["objects"].items() if kind == "term"}
    found = {}
    for page in sorted(places):
        found.update(meanings_in(env.get_doctree(page)))
    if found == getattr(env, _KEPT, {}):
        return []
    setattr(env, _KEPT, found)
    return sorted(env.found_docs)


def _entitle(app: Sphinx, tree: nodes.document, _docname: str) -> None:
    meanings: dict[str, str] = getattr(app.env, _KEPT, {})
    for node in tree.findall(nodes.reference):
        place = node.get("refid") or str(node.get("refuri", "")).partition("#")[2]
        if place in meanings and any(
            "std-term" in inner.get("classes", ()) for inner in node.findall(nodes.inline)
        ):
            node["reftitle"] = meanings[place]
