"""What a theme asks and what to read for it."""

from __future__ import annotations

from docutils import nodes

from engagekit.bookpages.citations import cite, short_authors
from engagekit.bookpages.directive import CourseDirective
from engagekit.bookpages.pieces import bullets, definition, definitions, folded, paragraph
from engagekit.model import SourceItem


class Outcomes(CourseDirective):
    """``{outcomes} <theme>``: what the learner will be able to do."""

    kinds = ("themes",)

    def build(self) -> list[nodes.Node]:
        """Return the list of outcomes."""
        theme = self.course.themes[self.known("theme", self.course.themes)]
        lines = [paragraph(outcome.text) for outcome in theme.outcomes]
        return [bullets(lines, classes=["ek-outcomes"])]


class ReadingList(CourseDirective):
    """``{items} <theme>``: the items to read, and folded below them those that touch on the theme."""

    kinds = ("themes", "items")

    def build(self) -> list[nodes.Node]:
        """Return both lists. A theme without items gives nothing to fold."""
        theme = self.known("theme", self.course.themes)
        about = [item for item in self.course.items() if item.kind == "item" and theme in item.themes]
        first = [item for item in about if item.themes[0] == theme]
        rest = [item for item in about if item.themes[0] != theme]
        found: list[nodes.Node] = []
        if first:
            found.append(definitions([self._entry(item) for item in first], classes=["ek-reading"]))
        if rest:
            lines = [self._line(item) for item in rest]
            found.append(folded("Items on other themes that touch on this one", [bullets(lines)]))
        return found

    def _entry(self, item: SourceItem) -> nodes.definition_list_item:
        words = f"Item {item.number}: {item.title}" if item.number else item.title
        return definition([cite(self.course, item.id, self.env.docname, words)], self.told(item))

    def _line(self, item: SourceItem) -> nodes.paragraph:
        who = short_authors(item.authors)
        title = cite(self.course, item.id, self.env.docname, item.title)
        return paragraph(*([f"{who}: "] if who else []), title, f" (item {item.number})")
