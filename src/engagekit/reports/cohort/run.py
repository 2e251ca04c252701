"""From a gradebook and records of marking to a folder of reports: the same bytes for the same input."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engagekit.content.load import load
from engagekit.marking.escaping import templates
from engagekit.marking.export import write_table
from engagekit.model import Course, MarkingScheme
from engagekit.reports.bookshelf import Bookshelf
from engagekit.reports.cohort.figures import (
    USUAL,
    agreement,
    criteria,
    few,
    handed_in,
    hardest,
    raised,
    seen,
    spread,
)
from engagekit.reports.cohort.gather import (
    DAMAGED,
    NOT_MARKED,
    NOT_RECORDED,
    NOTHING,
    SIGNS,
    Cohort,
    Result,
    outcome_of,
)
from engagekit.reports.cohort.heat import STEPS, of_checks, of_points
from engagekit.reports.cohort.tables import JUDGEMENTS, MARKS, judgement_rows, mark_rows
from engagekit.reports.feedback import number

MOST_SHOWN = 300
"""Learners that a page lists by name; for more of them it gives counts, and the tables have the rest."""
MOST_NAMES = 12
"""Names, or words, that stand in one cell."""

_ENV = templates("engagekit.reports")
_ENV.filters |= {"number": number, "percent": lambda share: f"{share:.0%}"}
_ENV.globals |= {
    "signs": SIGNS,
    "steps": STEPS,
    "outcome_of": outcome_of,
    "few": few,
    "spread": spread,
    "seen": seen,
    "usual": USUAL,
    "handed_in": handed_in,
    "hardest": hardest,
    "raised": raised,
    "criteria": criteria,
    "agreement": agreement,
    "of_checks": of_checks,
    "of_points": of_points,
    "most_names": MOST_NAMES,
    "nothing": NOTHING,
    "troubles": (NOT_MARKED, NOT_RECORDED, DAMAGED),
}


def run_report(root: Path, assignments: Sequence[str] = ()) -> str:
    """Write the reports.

    Args:
        root: The course folder.
        assignments: Those to write a page and tables for; all of them when left out. The page on the whole
            cohort is about all of them in any case.

    Returns:
        A short summary for the terminal.

    Raises:
        ValueError: The course has no such assignment, or the gradebook cannot be read.
    """
    course = load(root).course
    unknown = [name for name in assignments if name not in course.marking]
    if unknown:
        known = ", ".join(sorted(course.marking)) or "none"
        raise ValueError(f"{', '.join(unknown)}: no such assignment; the course has {known}")
    cohort = Cohort(root)
    shelf = Bookshelf(course)
    results = [_result(cohort, scheme) for scheme in _in_order(course)]
    lines = []
    for result in results:
        if not assignments or result.assignment in assignments:
            _write(cohort.reports / result.assignment, result, shelf)
            lines.append(_summary(result))
    path = cohort.reports / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    _put(path, cohort_page(results, shelf))
    return "\n".join([*lines, f"Report: {path}"])


def _in_order(course: Course) -> list[MarkingScheme]:
    return sorted(course.marking.values(), key=lambda scheme: (scheme.marking_point, scheme.assignment))


def _result(cohort: Cohort, scheme: MarkingScheme) -> Result:
    titles = {check.id: check.title for check in scheme.checks}
    return cohort.result(scheme.assignment, scheme.title, scheme.marking_point, titles)


def _write(folder: Path, result: Result, shelf: Bookshelf) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns, rows in (
        ("judgements.csv", JUDGEMENTS, judgement_rows(result)),
        ("marks.csv", MARKS, mark_rows(result)),
    ):
        part = folder / f".{name}.part"
        write_table(part, columns, rows)
        part.replace(folder / name)
    _put(folder / "index.html", assignment_page(result, shelf))


def _put(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", newline="\n")
    shutil.move(part, path)


def assignment_page(result: Result, shelf: Bookshelf) -> str:
    """Return the report on one assignment as one self-contained page."""
    return _page("report_assignment.html.j2", [result], shelf, result=result)


def cohort_page(results: Sequence[Result], shelf: Bookshelf) -> str:
    """Return the report on all assignments as one self-contained page."""
    return _page("report_cohort.html.j2", results, shelf)


def _page(template: str, results: Sequence[Result], shelf: Bookshelf, **more: Any) -> str:
    learners = len(results[0].works) if results else 0
    return _ENV.get_template(template).render(
        results=results, shelf=shelf, learners=learners, listed=learners <= MOST_SHOWN, **more
    )


def _summary(result: Result) -> str:
    counts = Counter(work.outcome for work in result.works)
    told = ", ".join(f"{counts[word]} {word.lower()}" for word in SIGNS if counts[word])
    return f"{result.assignment}: {told or 'no learners'}"
