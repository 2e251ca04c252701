"""The references: the sources that the course is made from, and every place in them that it uses."""

from __future__ import annotations

from docutils import nodes

from engagekit.bookpages.citations import link, target_of
from engagekit.bookpages.directive import CourseDirective
from engagekit.bookpages.pieces import (
    definition,
    definitions,
    paragraph,
    section,
)
from engagekit.model import Source, SourceItem

KINDS = {
    "item": "Item",
    "performance-criterion": "Performance criterion",
    "knowledge": "Knowledge point",
    "marking-point": "Marking point",
}


class References(CourseDirective):
    """``{references} [source]``: all sources, or the entries of one source with an anchor each."""

    required_arguments = 0
    optional_arguments = 1
    kinds = ("sources", "items", "themes")

    def build(self) -> list[nodes.Node]:
        """Return one section a source; or one section for each part of a source."""
        if not self.arguments:
            return [self._source(source) for source in self.course.sources.values()]
        source = self.known("source", self.course.registers)
        self._label(f"register-{source}", f"register-{source}")
        start = nodes.target(ids=[f"register-{source}"])
        parts: dict[str, list[SourceItem]] = {}
        for item in self.course.registers[source].items:
            parts.setdefault(item.section or "Everything else", []).append(item)
        found: list[nodes.Node] = [start]
        for number, (title, items) in enumerate(parts.items(), start=1):
            entries = definitions([self._entry(item) for item in items], classes=["ek-entries"])
            found.append(section(title, f"{source}-part-{number}", [entries]))
        return found

    def _label(self, name: str, target: str) -> None:
        """Let links from any page find a place in this one."""
        domain = self.env.domains["std"]
        domain.anonlabels[name] = (self.env.docname, target)

    def _source(self, source: Source) -> nodes.section:
        facts = [
            ("Publisher", source.publisher),
            ("Date", source.date),
            ("Edition", source.edition),
            ("Kind", source.kind),
            ("Licence", source.licence),
        ]
        body: list[nodes.Node] = [
            definitions(
                [definition([name], [paragraph(value)]) for name, value in facts if value],
                classes=["ek-facts-list"],
            ),
            paragraph(source.licence_note),
        ]
        if source.cautions:
            body += [
                paragraph(nodes.strong("", "Read it with care.")),
                self.listed(source.cautions),
            ]
        places = len(self.course.registers[source.id].items) if source.id in self.course.registers else 0
        if places:
            words = f"The {places} places in it that this course uses"
            body.append(paragraph(link(words, f"register-{source.id}", self.env.docname)))
        self._label(f"source-{source.id}", f"source-{source.id}")
        return section(source.title, f"source-{source.id}", body)

    def _entry(self, item: SourceItem) -> nodes.definition_list_item:
        target = target_of(item.id)
        self._label(target, target)
        term = [nodes.inline("", _number(item) + " ", classes=["ek-entry-number"])] if _number(item) else []
        body = self.told(item)
        names = [self.course.themes[theme].title for theme in item.themes if theme in self.course.themes]
        if names:
            body.append(paragraph("Themes: ", "; ".join(names), classes=["ek-themes"]))
        return definition([*term, item.title], body, target=target)


def _number(item: SourceItem) -> str:
    """Return the number of an entry as its source gives it, named where a bare number could mislead."""
    if item.kind == "marking-point":
        return f"{KINDS[item.kind]} {item.id[2:]}:"
    if not item.number:
        return ""
    return f"{KINDS[item.kind]} {item.number}:" if item.kind in KINDS else f"{item.number}."
