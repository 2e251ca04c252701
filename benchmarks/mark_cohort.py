"""Time marking and feedback for one cohort: stock nbgrader, which runs a checking notebook, beside engagekit.

    python benchmarks/mark_cohort.py            # 20 and 200 submissions
    python benchmarks/mark_cohort.py 20 --json

Both sides get the same answers files and use nbgrader's own commands, ``autograde`` and
``generate_feedback``, each in a process of its own, in one run on one machine. The stock side executes a
notebook that judges with the same scoring code, so that the difference is how answers are read and
recorded, not what is checked. Marks are compared at the end: a fast answer that differs is no answer.

Wall time is per submission and with start-up; CPU seconds count every process that was started; peak memory
is the largest sum over the whole process tree, sampled.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import nbformat
import psutil
from nbgrader.api import Gradebook

from engagekit.content import load_course
from engagekit.marking.desk import open_desk
from engagekit.marking.sample import answers_text
from engagekit.model import Course, Script

ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENT = "interview"
STOCK_CONFIG = """\
import os
from pathlib import Path
c = get_config()
c.CourseDirectory.course_id = "stock"
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.db_url = f"sqlite:///{Path(__file__).resolve().parent / 'gradebook.db'}"
"""
# The stock side gets the key as one ready-made JSON file, so that it does not pay for reading the course.
SETUP = """\
import json, os
from pathlib import Path
from engagekit.model import Answers, CodingScheme, Form, Interview, MarkingScheme, ReferenceCoding
from engagekit.scoring import Assessment, judge
key = json.loads(Path(os.environ["BENCH_KEY"]).read_text("utf-8"))
kinds = {"form": Form, "scheme": MarkingScheme, "vignette": Interview, "key": ReferenceCoding}
kinds["coding"] = CodingScheme
models = {name: kind.model_validate(key[name]) for name, kind in kinds.items()}
data = json.loads(Path("answers.json").read_text("utf-8"))
answers = Answers.model_validate({name: data[name] for name in ("assignment", "form", "saved", "answers")})
assessment = Assessment(**models, exemplars=tuple(key["exemplars"]))
found = {one.check: one for one in judge(assessment, answers)}
"""


@dataclass(frozen=True)
class Cost:
    """What one step of one side took."""

    side: str
    submissions: int
    wall_s: float
    cpu_s: float
    peak_mb: float


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[20, 200], metavar="SUBMISSIONS")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    os.environ["PATH"] = str(Path(sys.executable).parent) + os.pathsep + os.environ.get("PATH", "")
    course = load_course(ROOT)
    results = []
    with tempfile.TemporaryDirectory(prefix="engagekit-bench-") as folder:
        for size in options.sizes:
            results += _one_size(course, Path(folder) / str(size), size)
    if options.json:
        print(json.dumps([asdict(result) for result in results], indent=2))
    else:
        print(table(results))


def table(results: list[Cost]) -> str:
    """Return the results as a Markdown table with ratios, stock over engagekit."""
    lines = [
        "| submissions | side | wall s | wall s each | CPU s | CPU s each | peak MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for cost in results:
        each = f"{cost.wall_s / cost.submissions:.3f}", f"{cost.cpu_s / cost.submissions:.3f}"
        lines.append(
            f"| {cost.submissions} | {cost.side} | {cost.wall_s:.1f} | {each[0]} "
            f"| {cost.cpu_s:.1f} | {each[1]} | {cost.peak_mb:.0f} |"
        )
    pairs = {}
    for cost in results:
        pairs.setdefault(cost.submissions, {})[cost.side] = cost
    for size, sides in pairs.items():
        stock, ours = sides["stock nbgrader"], sides["engagekit"]
        lines.append(
            f"\n{size} submissions: stock nbgrader takes "
            f"{stock.wall_s / ours.wall_s:.1f} times the wall time, "
            f"{stock.cpu_s / ours.cpu_s:.1f} times the CPU time "
            f"and {stock.peak_mb / ours.peak_mb:.1f} times the memory of engagekit."
        )
    if len(pairs) > 1:
        low, high = min(pairs), max(pairs)
        more = {
            side: (pairs[high][side].cpu_s - pairs[low][side].cpu_s) / (high - low) for side in pairs[low]
        }
        ratio = more["stock nbgrader"] / more["engagekit"]
        lines.append(
            f"\nEach further submission costs {more['stock nbgrader']:.3f} s of CPU with stock nbgrader and "
            f"{more['engagekit']:.4f} s with engagekit: {ratio:.0f} to 1."
        )
    return "\n".join(lines)


def _one_size(course: Course, folder: Path, size: int) -> list[Cost]:
    ours, stock = folder / "ours", folder / "stock"
    _copy_course(ours)
    _stock_course(course, stock)
    _nbgrader(ours, "generate_assignment", ASSIGNMENT, "--force")
    _nbgrader(stock, "generate_assignment", ASSIGNMENT, "--create", "--force")
    form = json.loads((ours / "assignments" / ASSIGNMENT / "form.json").read_text("utf-8"))["form"]
    scripts = [*course.exemplars[ASSIGNMENT], *course.cohort[ASSIGNMENT]]
    for number in range(size):
        script = scripts[number % len(scripts)]
        _hand_in(ours / "_grading" / "submitted", ours / "_grading" / "release", number, script, form)
        _hand_in(stock / "submitted", stock / "release", number, script, form)
    commands = (["autograde", ASSIGNMENT], ["generate_feedback", ASSIGNMENT])
    os.environ["BENCH_KEY"] = str(_write_key(ours, folder / "key.json"))
    found = [
        measure("stock nbgrader", stock, commands, size),
        measure("engagekit", ours, commands, size),
    ]
    _same_marks(ours / "_grading" / "gradebook.db", "engagekit", stock / "gradebook.db", "stock")
    return found


def _write_key(course: Path, path: Path) -> Path:
    assessment = open_desk(course, ASSIGNMENT).assessment
    names = ("form", "scheme", "vignette", "key", "coding")
    models = {name: getattr(assessment, name).model_dump(mode="json") for name in names}
    path.write_text(json.dumps({**models, "exemplars": assessment.exemplars}), "utf-8")
    return path


def _copy_course(folder: Path) -> None:
    for name in ("source_material", "assignments"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "nbgrader_config.py", folder)


def _stock_course(course: Course, folder: Path) -> None:
    """Make a course whose notebook judges the same answers when stock nbgrader runs it."""
    source = folder / "source" / ASSIGNMENT
    source.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(STOCK_CONFIG, "utf-8")
    notebook = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    )
    notebook.cells.append(_cell("setup", SETUP, grade=False))
    for check in course.marking[ASSIGNMENT].checks:
        body = f"found[{check.id!r}].marks or 0.0"
        notebook.cells.append(_cell(check.id, body, grade=True, points=check.points))
    nbformat.write(notebook, source / f"{ASSIGNMENT}.ipynb")


def _cell(name: str, body: str, *, grade: bool, points: float = 0) -> nbformat.NotebookNode:
    cell = nbformat.v4.new_code_cell(body, id=name)
    cell.metadata["nbgrader"] = {
        "schema_version": 3, "grade_id": name, "grade": grade, "solution": False, "locked": True,
        "task": False, **({"points": points} if grade else {}),
    }  # fmt: skip
    return cell


def _hand_in(submitted: Path, release: Path, number: int, script: Script, form: str) -> None:
    folder = submitted / f"learner-{number:04d}" / ASSIGNMENT
    folder.mkdir(parents=True)
    (folder / "answers.json").write_text(answers_text(script, ASSIGNMENT, form), "utf-8")
    shutil.copy(release / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", folder)


def _nbgrader(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"nbgrader {' '.join(arguments)} failed in {folder}:\n{done.stderr[-3000:]}")


def measure(side: str, folder: Path, commands: tuple[list[str], ...], size: int) -> Cost:
    """Run nbgrader commands one after another and return what they took together."""
    watch = _Watch()
    watch.start()
    before, began = os.times(), time.perf_counter()
    for command in commands:
        _nbgrader(folder, *command)
    wall, after = time.perf_counter() - began, os.times()
    cpu = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    return Cost(side, size, wall, cpu, watch.stop())


class _Watch(threading.Thread):
    """Sample the memory of all child processes together."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._done, self._peak = threading.Event(), 0.0

    def run(self) -> None:
        me = psutil.Process()
        while not self._done.wait(0.05):
            total = 0
            for child in me.children(recursive=True):
                try:
                    total += child.memory_info().rss
                except psutil.Error:
                    continue
            self._peak = max(self._peak, total / 1e6)

    def stop(self) -> float:
        self._done.set()
        self.join()
        return self._peak


def _same_marks(ours: Path, our_course: str, stock: Path, stock_course: str) -> None:
    """Stop when any mark differs between the two gradebooks."""
    marks = []
    for path, course_id in ((ours, our_course), (stock, stock_course)):
        with Gradebook(f"sqlite:///{path}", course_id) as book:
            marks.append(
                {
                    (submission.student.id, grade.name): grade.auto_score or 0.0
                    for submission in book.assignment_submissions(ASSIGNMENT)
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                }
            )
    ours_by_key, stock_by_key = marks
    every = ours_by_key.keys() | stock_by_key.keys()
    different = sorted(key for key in every if ours_by_key.get(key) != stock_by_key.get(key))
    if different:
        raise SystemExit(f"the two sides gave different marks: {different[:5]}")


if __name__ == "__main__":
    main()
