"""Where every item of every source is taught, practised and assessed, and where every figure is shown.

Taught means that a chapter or a guide cites it in a sentence, or lists it with a directive that tells what it
says. The reference pages do not count: they hold everything by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engagekit.content.pages import Page
from engagekit.model import LENSES, Course, Figure, Lens, SourceItem

REQUIRED = frozenset(
    {
        "item",
        "marking-point",
        "key-concept",
        "misconception",
        "exam-tip",
        "performance-criterion",
        "knowledge",
        "competence",
        "expectation",
        "strength",
        "weakness",
        "view",
    }
)
"""Kinds of place that have to reach a chapter or a guide."""

CHAPTERS = "book/chapters/"
_LENS_OF_SCHEME: dict[str, Lens] = {"stages": "stage"}
_PARTS = {"points": "marking-point", "misconceptions": "misconception", "tips": "exam-tip"}


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one item reaches.

    Attributes:
        item: The item.
        source: Its source's id.
        cited: Chapters and guides that cite it in a sentence.
        listed: Chapters and guides that only list it with a directive.
        practised: Lenses with exercises on its themes, or with a code that rests on it.
        checked: Assignments with a check that is evidence for it.
        towards: Assignments that serve one of its marking points, without such a check.
    """

    item: SourceItem
    source: str
    cited: tuple[str, ...]
    listed: tuple[str, ...]
    practised: tuple[Lens, ...]
    checked: tuple[str, ...]
    towards: tuple[str, ...]

    @property
    def taught(self) -> bool:
        """Say whether it is taught. An item of research needs words; a criterion may stand in a list."""
        return bool(self.cited or (self.listed and self.item.kind != "item"))

    @property
    def required(self) -> bool:
        """Say whether it has to be taught."""
        return self.item.kind in REQUIRED


@dataclass(frozen=True, slots=True)
class Shown:
    """Where one figure is drawn, and where it is stated in a sentence."""

    figure: Figure
    drawn: tuple[str, ...]
    stated: tuple[str, ...]


def teaches(path: str) -> bool:
    """Say whether a page teaches: a chapter or a guide.

    Examples:
        >>> [teaches(f"book/{name}.md") for name in ("chapters/planning", "tutor-guide", "glossary")]
        [True, True, False]
    """
    stem = path.rpartition("/")[2].partition(".")[0]
    return path.startswith((CHAPTERS, "book/guides/")) or (
        path.count("/") == 1 and "guide" in stem.split("-")
    )


def item_coverage(course: Course, pages: Iterable[Page]) -> list[Reach]:
    """Return how far each item of each source reaches, register by register."""
    teaching = [page for page in pages if teaches(page.path)]
    return [
        _reach(course, item, source, teaching)
        for source, register in course.registers.items()
        for item in register.items
    ]


def figure_coverage(course: Course, pages: Sequence[Page]) -> list[Shown]:
    """Return where each figure is shown."""
    return [
        Shown(
            figure,
            tuple(page.path for page in pages if ("chart", figure.id) in page.lists),
            tuple(page.path for page in pages if figure.id in page.figures),
        )
        for figure in course.figures()
    ]


def missing(reaches: Iterable[Reach]) -> list[Reach]:
    """Return the items that have to be taught and are not."""
    return [reach for reach in reaches if reach.required and not reach.taught]


def _reach(course: Course, item: SourceItem, source: str, pages: Sequence[Page]) -> Reach:
    cited = tuple(page.path for page in pages if item.id in page.items)
    listed = tuple(page.path for page in pages if page.path not in cited and _is_listed(item, page))
    checked = tuple(
        scheme.assignment
        for scheme in course.marking.values()
        if any(item.id in check.evidences for check in scheme.checks)
        or any(flag.misconception == item.id for flag in scheme.flags)
        or scheme.marking_point == item.id
    )
    towards = tuple(
        scheme.assignment
        for scheme in course.marking.values()
        if scheme.marking_point in item.marking_points and scheme.assignment not in checked
    )
    return Reach(item, source, cited, listed, _practised(course, item), checked, towards)


def _is_listed(item: SourceItem, page: Page) -> bool:
    for directive, argument in page.lists:
        if directive == "items" and item.kind == "item" and argument in item.themes:
            return True
        is_standard = item.kind in ("performance-criterion", "knowledge")
        if directive == "standards" and is_standard and argument in item.marking_points:
            return True
        parts = [_PARTS.get(argument)] if argument else _PARTS.values()
        if directive == "marking-points" and item.kind in parts:
            return True
    return False


def _practised(course: Course, item: SourceItem) -> tuple[Lens, ...]:
    found: set[str] = {
        _LENS_OF_SCHEME.get(scheme.id, scheme.id)
        for scheme in course.schemes.values()
        if any(item.id in code.items for code in scheme.codes)
    }
    for name in item.themes:
        theme = course.themes.get(name)
        for vignette in theme.vignettes if theme else ():
            if vignette in course.vignettes and course.vignettes[vignette].use != "assessment":
                found.update(course.vignettes[vignette].lenses)
    return tuple(lens for lens in LENSES if lens in found)
