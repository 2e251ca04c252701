"""Rules about the book: a chapter that is written teaches everything that its theme leads."""

from __future__ import annotations

from collections.abc import Iterator

from engagekit.content.coverage import item_coverage, missing
from engagekit.content.load import Library
from engagekit.content.pages import read_pages
from engagekit.model import Problem, SourceItem


def items_reach_a_chapter(library: Library) -> Iterator[Problem]:
    """An item whose first theme has a chapter is taught; when all have one, so is an item without a theme."""
    course = library.course
    written = {theme.id for theme in course.themes.values() if theme.page}
    if not written:
        return
    pages = read_pages(library.root)
    for reach in missing(item_coverage(course, pages)):
        if (reach.item.themes[0] if reach.item.themes else "") in written or _all_written(library):
            index = course.registers[reach.source].items.index(reach.item)
            message = f'no chapter or guide teaches "{reach.item.id}"'
            yield library.problem(
                "items", reach.source, ("items", index, "id"), message, _hint(library, reach.item)
            )


def faults_reach_their_chapters(library: Library) -> Iterator[Problem]:
    """A fault said to be handled in a chapter touches an item that one of its written chapters cites."""
    course = library.course
    cited = {page.path: page.items for page in read_pages(library.root)}
    for index, fault in enumerate(course.faults):
        pages = [course.themes[name].page for name in fault.chapters if name in course.themes]
        written = [page for page in pages if page]
        silent = written and not any(set(fault.where) & cited.get(page, frozenset()) for page in written)
        if "chapter" in fault.handled and fault.where and silent:
            message = f"{' and '.join(written)} cites none of this fault's items"
            hint = "deal with it there, or leave the chapter out"
            yield library.problem("faults", "faults", ("faults", index, "chapters"), message, hint)


def _all_written(library: Library) -> bool:
    return all(theme.page for theme in library.course.themes.values())


def _hint(library: Library, item: SourceItem) -> str:
    theme = library.course.themes.get(item.themes[0]) if item.themes else None
    where = f" in {theme.page}" if theme and theme.page else ""
    return f"cite it with {{item}}`{item.id}` in a sentence{where}"


COVERAGE_RULES = (items_reach_a_chapter, faults_reach_their_chapters)
