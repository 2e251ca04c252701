"""What ``engagekit mark`` and ``engagekit feedback`` say: a bar while they work, and what needs a person."""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from pathlib import Path

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
        Whether everything that was handed in is on record.
    """
    names = list(names)
    course = load_assignments(root)
    steps = Steps(root)
    good = True
    with only_faults():
        for name in _generated(steps, assignments_of(root, names, course), names, say):
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
            say(f"{name}: {in_words(rows)}.")
            _say_rows(rows, say)
            path = _write_rows(root, name, rows) if students == "*" else None
            if path:
                say(f"  A line for everybody: {path.relative_to(root).as_posix()}")
            if any(row.status is Status.WAITING for row in rows):
                report = Path(DERIVED, "reports", name, REPORT).as_posix()
                done = "was" if remark else "would be"
                say(f"  The scheme has changed since; what {done} different: {report}")
                if not remark:
                    say("  Those marks stay as they are. To change them: engagekit mark --remark")
            good = good and not any(row.status is Status.FAILED for row in rows)
    return good


def feedback_and_say(root: Path, names: Sequence[str], *, students: str = "*", say: Say = print) -> bool:
    """Write feedback pages and say what came of it; see ``mark_and_say``."""
    steps = Steps(root)
    known = _released(steps)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ValueError(
            f"{', '.join(unknown)}: not in the gradebook, which has {', '.join(known) or 'none'}"
        )
    good = True
    with only_faults():
        for name in names or known:
            with progress_bar(name) as progress:
                pages = feedback_for_cohort(root, name, students=students, progress=progress, steps=steps)
            counts = Counter(pages.values())
            parts = [f"{counts[status]} {status}" for status in Written if counts[status]]
            say(f"{name}: {', '.join(parts) or 'nothing is marked yet'}.")
            for student in (one for one, status in pages.items() if status is Written.FAILED):
                say(f"  {student}: no feedback could be written; mark this work again")
                good = False
    return good


def _generated(steps: Steps, names: list[str], asked: list[str], say: Say) -> list[str]:
    """Return the assignments that the gradebook has; those asked for by name stay, and fail with a reason."""
    if asked:
        return names
    with steps.api.gradebook as book:
        known = {assignment.name for assignment in book.assignments}
    for name in names:
        if name not in known:
            say(f"{name}: not released yet (nbgrader generate_assignment {name}).")
    return [name for name in names if name in known]


def _released(steps: Steps) -> list[str]:
    with steps.api.gradebook as book:
        return [assignment.name for assignment in book.assignments]


def _say_rows(rows: list[Row], say: Say) -> None:
    found = needs_attention(rows)
    for row in found[:_MOST]:
        say(f"  {row.student}: {row.status}. {row.reason}".rstrip())
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
