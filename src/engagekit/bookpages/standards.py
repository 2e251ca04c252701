"""The marking points, and the occupational standard that they are evidence for."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from engagekit.bookpages.citations import cite
from engagekit.bookpages.directive import CourseDirective
from engagekit.bookpages.pieces import definition, definitions, folded
from engagekit.model import SourceItem

PARTS = {
    "points": ("marking-point", "The four marking points"),
    "misconceptions": ("misconception", "Common misconceptions"),
    "tips": ("exam-tip", "Tips for your evidence"),
}


class MarkingPoints(CourseDirective):
    """``{marking-points} [part]``: the marking points, the misconceptions and the tips, in our words."""

    required_arguments = 0
    optional_arguments = 1
    kinds = ("items",)

    def build(self) -> list[nodes.Node]:
        """Return one part, or all three each below its name."""
        if self.arguments:
            return [self._part(PARTS[self.known("part", PARTS)][0])]
        found: list[nodes.Node] = []
        for kind, title in PARTS.values():
            found += [nodes.rubric(title, title), self._part(kind)]
        return found

    def _part(self, kind: str) -> nodes.definition_list:
        entries = [self._entry(item) for item in self.course.items() if item.kind == kind]
        return definitions(entries, classes=["ek-points"])

    def _entry(self, item: SourceItem) -> nodes.definition_list_item:
        number = item.id[2:] + ". " if item.kind == "marking-point" else ""
        body: list[nodes.Node] = [self.prose(item.gist)]
        if item.caution:
            body.append(self.caution(item.caution))
        return definition([cite(self.course, item.id, self.env.docname, number + item.title)], body)


class Standards(CourseDirective):
    """``{standards} <marking point>``: the criteria and knowledge points that it gives evidence for."""

    kinds = ("items",)

    def build(self) -> list[nodes.Node]:
        """Return the criteria and the knowledge points, each folded under its count."""
        points = [item.id for item in self.course.items() if item.kind == "marking-point"]
        wanted = self.known("marking point", points)
        about = [item for item in self.course.items() if wanted in item.marking_points]
        criteria = [item for item in about if item.kind == "performance-criterion"]
        knowledge = [item for item in about if item.kind == "knowledge"]
        return [
            *self._fold(criteria, "Criterion", "performance criterion", "performance criteria"),
            *self._fold(knowledge, "Knowledge point", "knowledge point", "knowledge points"),
        ]

    def _fold(self, items: Sequence[SourceItem], label: str, one: str, many: str) -> list[nodes.Node]:
        if not items:
            return []
        entries = [
            definition(
                [cite(self.course, item.id, self.env.docname, f"{label} {item.number}: {item.title}")],
                [self.prose(item.gist)],
            )
            for item in items
        ]
        title = f"{len(items)} {one if len(items) == 1 else many} of the occupational standard"
        return [folded(title, [definitions(entries, classes=["ek-standards"])])]
