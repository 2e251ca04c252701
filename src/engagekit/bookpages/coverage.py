"""The page that shows, for every item of every source, where it is taught, practised and assessed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docutils import nodes

from engagekit.bookpages.citations import link, target_of, to_page
from engagekit.bookpages.directive import CourseDirective
from engagekit.bookpages.pieces import paragraph, section, separated, table
from engagekit.bookpages.shelf import course_root
from engagekit.content.coverage import Reach, item_coverage
from engagekit.content.pages import read_pages
from engagekit.frontend.exercises import LENS_NAMES

HEADS = ("Place in the source", "Taught", "Practised", "Assessed")
NOWHERE = "\N{EN DASH}"
KIND_WORDS = {
    "item": "items",
    "marking-point": "marking points",
    "key-concept": "key concepts",
    "misconception": "misconceptions",
    "exam-tip": "tips",
    "performance-criterion": "performance criteria",
    "knowledge": "knowledge points",
    "evidence": "statements of evidence",
    "expectation": "expectations",
    "strength": "strengths",
    "weakness": "weaknesses",
    "view": "views",
    "competence": "competences",
    "competence-group": "headings",
    "standard": "standards named",
}


class Coverage(CourseDirective):
    """``{coverage}``: a table for each source."""

    required_arguments = 0
    kinds = ("items", "sources", "themes", "schemes", "vignettes")

    def build(self) -> list[nodes.Node]:
        """Return a section for each source: counts, then a row for each place."""
        self.env.note_reread()  # it tells of other pages, which may have changed
        pages = read_pages(course_root(self.env.app))
        self._titles = {page.path: short(page.title) for page in pages}
        reaches = item_coverage(self.course, pages)
        found: list[nodes.Node] = []
        for source in self.course.registers:
            rows = [reach for reach in reaches if reach.source == source]
            title = self.course.sources[source].title if source in self.course.sources else source
            body = [paragraph(counted(rows)), self._table(rows)]
            found.append(section(title, f"coverage-{source}", body))
        return found

    def _table(self, reaches: Sequence[Reach]) -> nodes.table:
        return table(HEADS, [self._line(reach) for reach in reaches], classes=["ek-coverage"])

    def _line(self, reach: Reach) -> list[nodes.Node]:
        item = reach.item
        number = f"{item.number}. " if item.number else ""
        name = link(number + item.title, target_of(item.id), self.env.docname)
        lenses = [to_page(self.env, f"notebooks/{lens}", LENS_NAMES[lens]) for lens in reach.practised]
        return [paragraph(name), self._taught(reach), _several(lenses), self._assessed(reach)]

    def _taught(self, reach: Reach) -> nodes.paragraph:
        parts = [self._page(path, "") for path in reach.cited]
        return _several([*parts, *[self._page(path, " (listed)") for path in reach.listed]])

    def _page(self, path: str, after: str) -> nodes.Node:
        page = to_page(self.env, path.rpartition(".")[0], self._titles[path])
        return nodes.inline("", "", page, nodes.Text(after)) if after else page

    def _assessed(self, reach: Reach) -> nodes.paragraph:
        checked = [self._form(name) for name in reach.checked]
        return _several([*checked, *[f"{self._form(name)} (its marking point)" for name in reach.towards]])

    def _form(self, name: str) -> str:
        return self.course.forms[name].title if name in self.course.forms else name


def short(title: str) -> str:
    """Return the start of a title, so that a row with many chapters stays low.

    Examples:
        >>> [short(title) for title in ("Desistance: how people stop", "Legitimacy, compliance")]
        ['Desistance', 'Legitimacy']
    """
    return re.split(r":|,| and ", title)[0]


def counted(reaches: Sequence[Reach]) -> str:
    """Return how many places of each kind are taught: ``31 of 31 performance criteria; 18 of 20 ...``."""
    kinds: dict[str, list[bool]] = {}
    for reach in reaches:
        kinds.setdefault(reach.item.kind, []).append(reach.taught)
    parts = [f"{sum(taught)} of {len(taught)} {KIND_WORDS[kind]}" for kind, taught in kinds.items()]
    return f"Taught in a chapter or a guide: {'; '.join(parts)}."


def _several(parts: Sequence[str | nodes.Node]) -> nodes.paragraph:
    """Return parts with semicolons between them; or a dash for none."""
    return paragraph(*(separated(parts) or [NOWHERE]))
