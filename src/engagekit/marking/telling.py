"""What ``engagekit mark`` and ``engagekit feedback`` say: a bar while they work, and what needs a person."""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from pathlib import Path

from engagekit.assignments.cleaning import clean
from engagekit.assignments.source import load_assignments
from engagekit.marking.autograde import DERIVED
from engagekit.marking.cohort import (
    Progress,
    assignments_of,
    feedback_for_cohort,
    mark_cohort,
    needs_attention,
    only_faults,
)
from engagekit.marking.export import write_table
from engagekit.marking.feedback import Written
from engagekit.marking.release import not_released
from engagekit.marking.remarking import REPORT
from engagekit.marking.rows import Row, Status, in_words
from engagekit.marking.steps import Steps

TABLE = "marking.csv"
_MOST = 20
_SOME = 500

Say = Callable[[str], None]


@contextlib.contextmanager
def progress_bar(title: str) -> Iterator[Progress]:
    """Show how far a cohort is: a bar on a terminal, a line now and then where there is none."""
    if not sys.stderr.isatty():

        def line(done: int, of: int) -> None:
            if of > _SOME and done % _SOME == 0:
                print(f"{title}: {done} of {of}", file=sys.stderr, flush=True)

        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(title, total=None)
        yield lambda done, of: shown.update(task, completed=done, total=of)


def mark_and_say(
    root: Path,
    names: Iterable[str],
    *,
    jobs: int = 1,
    force: bool = False,
    remark: bool = False,
    students: str = "*",
    say: Say = print,
) -> bool:
    """Mark assignments and say what came of it.

    Args:
        root: The course folder.
        names: The assignments; all that were generated when none is named.
        jobs: How many worker processes.
        force: Mark again what is marked.
        remark: Mark again what was marked under another scheme.
        students: A learner's id, or a pattern.
        say: Takes what is said, line by line.

    Returns:
        Whether everything that was asked for could be marked, and is on record.
    """
    names = list(names)
    course = load_assignments(root)
    steps = Steps(root)
    chosen = assignments_of(root, names, course)
    known = [name for name in chosen if name in _released(steps)]
    for name in chosen:
        if name not in known:
            say(not_released(name))
    # Without names, an assignment that is set later in the course is no failure.
    good = bool(known) and (not names or known == chosen)
    anybody = not known
    with only_faults():
        for name in known:
            with progress_bar(name) as progress:
                rows = mark_cohort(
                    root,
                    name,
                    jobs=jobs,
                    force=force,
                    remark=remark,
                    students=students,
                    progress=progress,
                    steps=steps,
                    course=course,
                )
            anybody = anybody or bool(rows) or students == "*"
            say(f"{name}: {in_words(rows) if rows or students == '*' else 'nobody of that id'}.")
            _say_rows(rows, say)
            path = _write_rows(root, name, rows) if students == "*" else None
            if path:
                say(f"  A line for everybody: {path.relative_to(root).as_posix()}")
            if any(row.status is Status.WAITING for row in rows):
                report = Path(DERIVED, "reports", name, REPORT).as_posix()
                done = "was" if remark else "would be"
                say(f"  The scheme has changed since; what {done} different: {report}")
                if not remark:
                    say("  Those marks stay as they are. To change them: python3 course.py mark --remark")
            good = good and not any(row.status is Status.FAILED for row in rows)
    if not anybody:
        say(_nobody(students))
    return good and anybody


def feedback_and_say(root: Path, names: Sequence[str], *, students: str = "*", say: Say = print) -> bool:
    """Write feedback pages and say what came of it; see ``mark_and_say``."""
    steps = Steps(root)
    known = _released(steps)
    unknown = [name for name in names if name not in known]
    if unknown:
        assignments_of(root, unknown)
        for name in unknown:
            say(not_released(name))
        return False
    if not known:
        say("Nothing to write: no assignment is released yet: python3 course.py release")
        return False
    good, anybody = True, students == "*"
    with only_faults():
        for name in names or known:
            with progress_bar(name) as progress:
                pages = feedback_for_cohort(root, name, students=students, progress=progress, steps=steps)
            counts = Counter(pages.values())
            parts = [f"{counts[status]} {status}" for status in Written if counts[status]]
            anybody = anybody or bool(pages)
            nothing = "nothing to write: nothing is marked yet" if students == "*" else "nothing to write"
            say(f"{name}: {', '.join(parts) or nothing}.")
            for student in (one for one, status in pages.items() if status is Written.FAILED):
                say(f"  {student}: no feedback could be written; mark this work again")
                good = False
    if not anybody:
        say(f"No marked work is of a learner whose id is or matches {clean(students)}.")
    return good and anybody


def _nobody(students: str) -> str:
    return f"No learner's id is or matches {clean(students)}; ids are those of _grading/submitted."


def _released(steps: Steps) -> list[str]:
    with steps.api.gradebook as book:
        return [assignment.name for assignment in book.assignments]


def _say_rows(rows: list[Row], say: Say) -> None:
    found = needs_attention(rows)
    for row in found[:_MOST]:
        told = f"  {row.student}: {row.status}{', held for a person' if row.held else ''}."
        say(" ".join(filter(None, (told, row.reason, *row.held))))
    if len(found) > _MOST:
        say(f"  and {len(found) - _MOST} more")


def _write_rows(root: Path, name: str, rows: list[Row]) -> Path:
    path = root / DERIVED / "reports" / name / TABLE
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    write_table(
        part,
        tuple(field.name for field in fields(Row)),
        ({**asdict(row), "held": " ".join(row.held)} for row in rows),
    )
    part.replace(path)
    return path
