"""Time a cohort from download to feedback: stock nbgrader, which runs a notebook for each, beside engagekit.

    python benchmarks/mark_cohort.py                       # 40, 400 and 4,000 submissions
    python benchmarks/mark_cohort.py 40 --profile
    python benchmarks/mark_cohort.py 40 --otter VENV       # also otter-grader, out of a venv of its own

All sides get the same answers and judge with the same code, so that the difference is how answers are read
and recorded, not what is checked. Stock nbgrader (``autograde`` and ``generate_feedback``) is measured on the
smallest cohort, and larger ones are scaled from its cost for each submission, because it takes hours.
engagekit does more in its three commands: it collects the platform's archive, compares every learner with
every other, and raises flags. Marks of the two gradebooks are compared: a fast answer that differs is none.

Times are with each command's start-up. CPU seconds count every process that was started; peak memory is the
largest sum over the whole process tree, sampled.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import profiling
from cohorts import (
    ROOT,
    answers_files,
    download,
    otter_files,
    our_course,
    stock_course,
    write_key,
)
from costs import Cost, measure, python, run
from nbgrader.api import Gradebook

from engagekit.content import load_course
from engagekit.marking.desk import Desk, open_desk

STOCK, OURS, OTTER = "stock nbgrader", "engagekit", "otter run"


def main() -> None:
    """Run the benchmark and print its tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[40, 400, 4000], metavar="SUBMISSIONS")
    parser.add_argument("--assignment", default="interview")
    parser.add_argument("--jobs", type=int, default=1, help="worker processes of engagekit mark")
    parser.add_argument(
        "--otter", type=Path, metavar="VENV", help="a virtual environment with otter-grader 7"
    )
    parser.add_argument(
        "--otter-size", type=int, default=5, help="how many otter-grader marks; the rest scaled"
    )
    parser.add_argument("--profile", action="store_true", help="say where engagekit's time goes")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    os.environ["PATH"] = str(Path(sys.executable).parent) + os.pathsep + os.environ.get("PATH", "")
    course, sizes = load_course(ROOT), sorted(options.sizes)
    desk = open_desk(ROOT, options.assignment, course=course)
    results: list[Cost] = []
    said = ""
    with tempfile.TemporaryDirectory(prefix="engagekit-bench-") as name:
        top = Path(name)
        key = write_key(desk, top / "key.json")
        for size in sizes:
            files = answers_files(course, desk, size)
            ours = top / f"ours-{size}"
            results += _ours(desk, ours, files, options.jobs)
            if size == sizes[0]:
                results.append(_stock(desk, top / "stock", files, key))
                _same_marks(
                    options.assignment, ours / "_grading" / "gradebook.db", top / "stock" / "gradebook.db"
                )
                results += _otter(desk, top / "otter", files, key, options.otter, options.otter_size)
            if options.profile and size == sizes[-1]:
                said = profiling.where_time_goes(ours, options.assignment)
    print(json.dumps([asdict(one) for one in results], indent=2) if options.json else table(results))
    if said:
        print(said)


def _ours(desk: Desk, folder: Path, files: dict[str, str], jobs: int) -> list[Cost]:
    name, size = desk.assessment.form.id, len(files)
    folder.mkdir()
    our_course(folder)
    run(python("nbgrader", "generate_assignment", name, "--force"), folder)
    archive, roster = download(folder / "downloads", name, files)
    steps = {
        "collect": ["collect", str(archive), "--roster", str(roster), "--assignment", name],
        "mark": ["mark", name, "--jobs", str(jobs)],
        "feedback": ["feedback", name],
    }
    return [
        measure(OURS, step, size, folder, [python("engagekit.cli", *arguments)])
        for step, arguments in steps.items()
    ]


def _stock(desk: Desk, folder: Path, files: dict[str, str], key: Path) -> Cost:
    name = desk.assessment.form.id
    stock_course(desk, folder, files)
    run(python("nbgrader", "generate_assignment", name, "--create", "--force"), folder, BENCH_KEY=str(key))
    commands = [python("nbgrader", "autograde", name), python("nbgrader", "generate_feedback", name)]
    return measure(STOCK, "mark and feedback", len(files), folder, commands, BENCH_KEY=str(key))


def _otter(
    desk: Desk, folder: Path, files: dict[str, str], key: Path, venv: Path | None, size: int
) -> list[Cost]:
    program = next(iter(sorted(venv.absolute().glob("*/otter"))), None) if venv else None
    if program is None:
        print(
            "otter-grader was not measured: give --otter a virtual environment that has it", file=sys.stderr
        )
        return []
    few = dict(list(files.items())[:size])
    archive, notebooks = otter_files(desk, folder, few)
    commands = [
        [str(program), "run", str(one), "-a", str(archive), "-o", str(folder / one.stem), "--no-logo"]
        for one in notebooks
    ]
    for one in notebooks:
        (folder / one.stem).mkdir()
    path = os.pathsep.join((str(program.parent), os.environ["PATH"]))
    cost = measure(
        OTTER, "run", len(few), folder, commands, BENCH_KEY=str(key), PYTHONPATH=str(ROOT / "src"), PATH=path
    )
    for one in notebooks:
        found = json.loads((folder / one.stem / "results.json").read_text("utf-8"))
        if any(
            float(test.get("score", 0)) != test["max_score"]
            for test in found["tests"]
            if test.get("max_score")
        ):
            raise SystemExit(f"otter-grader could not judge {one.name}: its time would say nothing")
    return [cost]


def _each(costs: list[Cost], side: str, size: int) -> tuple[float, float, float, bool]:
    """Return wall and CPU seconds for each submission, peak memory, and whether that was measured."""
    mine = [one for one in costs if one.side == side]
    measured = [one for one in mine if one.submissions == size]
    some = measured or mine[:1]
    wall, cpu = (sum(getattr(one, name) / one.submissions for one in some) for name in ("wall_s", "cpu_s"))
    return wall, cpu, max(one.peak_mb for one in some), bool(measured)


def table(results: list[Cost]) -> str:
    """Return the results as Markdown tables with ratios, the other side over engagekit."""
    lines = [
        "| submissions | side | step | wall s | CPU s | CPU s each | peak MB |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.submissions} | {one.side} | {one.step} | {one.wall_s:.1f} | {one.cpu_s:.1f} "
        f"| {one.cpu_s / one.submissions:.4f} | {one.peak_mb:.0f} |"
        for one in results
    ]
    lines += [
        "",
        "| submissions | side | wall s each | CPU s each | times engagekit's CPU | times its wall time |",
        "|---|---|---|---|---|---|",
    ]
    sides = list(dict.fromkeys(one.side for one in results))
    for size in sorted({one.submissions for one in results if one.side == OURS}):
        our_wall, our_cpu, _, _ = _each(results, OURS, size)
        for side in sides:
            wall, cpu, _, measured = _each(results, side, size)
            name = side if measured else f"{side}, scaled"
            lines.append(
                f"| {size} | {name} | {wall:.3f} | {cpu:.4f} | {cpu / our_cpu:.1f} | {wall / our_wall:.1f} |"
            )
    ours = {
        size: sum(one.cpu_s for one in results if one.side == OURS and one.submissions == size)
        for size in {one.submissions for one in results if one.side == OURS}
    }
    if len(ours) > 1:
        low, high = min(ours), max(ours)
        more = (ours[high] - ours[low]) / (high - low)
        lines.append(f"\nEach further submission costs engagekit {more:.4f} s of CPU.")
    return "\n".join(lines)


def _same_marks(assignment: str, ours: Path, stock: Path) -> None:
    """Stop when any mark differs between the two gradebooks, or when anything was held."""
    marks = []
    for path, course_id in ((ours, "engagekit"), (stock, "stock")):
        with Gradebook(f"sqlite:///{path}", course_id) as book:
            marks.append(
                {
                    (submission.student.id, grade.name): grade.auto_score or 0.0
                    for submission in book.assignment_submissions(assignment)
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                }
            )
    ours_by_key, stock_by_key = marks
    every = ours_by_key.keys() | stock_by_key.keys()
    different = sorted(one for one in every if ours_by_key.get(one) != stock_by_key.get(one))
    if different or not every:
        raise SystemExit(f"the two sides gave different marks: {different[:5]}")


if __name__ == "__main__":
    main()
