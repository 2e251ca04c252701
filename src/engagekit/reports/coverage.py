"""Coverage of the sources and reading ease of the chapters, as plain text for authors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engagekit.content.coverage import CHAPTERS, Reach, figure_coverage, item_coverage, missing
from engagekit.content.pages import prose_of, read_pages
from engagekit.model import Course
from engagekit.scoring.readability import reading


def as_text(root: Path, course: Course) -> str:
    """Return a line for each source and kind of place, and one for the figures of each source."""
    pages = read_pages(root)
    reaches = item_coverage(course, pages)
    kinds: dict[tuple[str, str], list[Reach]] = {}
    for reach in reaches:
        kinds.setdefault((reach.source, reach.item.kind), []).append(reach)
    lines = [_line("source", "kind", ["places", "taught", "practised", "assessed"])]
    for (source, kind), found in kinds.items():
        taught, practised = sum(each.taught for each in found), sum(bool(each.practised) for each in found)
        assessed = sum(bool(each.checked or each.towards) for each in found)
        lines.append(_line(source, kind, [len(found), taught, practised, assessed]))
    shown = figure_coverage(course, pages)
    drawable = [each for each in shown if each.figure.use == "chart"]
    drawn, stated = sum(bool(each.drawn) for each in drawable), sum(bool(each.stated) for each in shown)
    lines += [
        "",
        f"figures: {len(shown)}; drawn: {drawn} of {len(drawable)} charts; stated by role: {stated}",
    ]
    return "\n".join([*lines, f"not taught: {len(missing(reaches))} (see --missing)"])


def missing_text(root: Path, course: Course) -> str:
    """Return a line for each item that has to be taught and is not, and for each chart that no page draws."""
    pages = read_pages(root)
    lost = missing(item_coverage(course, pages))
    lines = [
        f"{reach.item.id:24} {reach.item.themes[0] if reach.item.themes else '':24} {reach.item.title}"
        for reach in lost
    ]
    charts = [
        each for each in figure_coverage(course, pages) if each.figure.use == "chart" and not each.drawn
    ]
    lines += [f"{each.figure.id:24} chart not drawn; {each.figure.item}" for each in charts]
    return "\n".join([*lines, f"{len(lost)} not taught, {len(charts)} charts not drawn"])


def reading_text(root: Path) -> str:
    """Return words, words a sentence and Flesch reading ease of each chapter."""
    lines = [_line("chapter", "", ["words", "a sentence", "ease"])]
    for page in read_pages(root):
        if page.path.startswith(CHAPTERS):
            found = reading(prose_of(page.text))
            rate = f"{found.words / found.sentences:.1f}"
            lines.append(
                _line(page.path.removeprefix(CHAPTERS), "", [found.words, rate, f"{found.ease:.0f}"])
            )
    return "\n".join([*lines, "Flesch reading ease: 60 to 70 is plain English; higher is easier."])


def _line(first: str, second: str, numbers: Sequence[object]) -> str:
    return f"{first:24}{second:24}" + "".join(f"{number!s:>11}" for number in numbers)
