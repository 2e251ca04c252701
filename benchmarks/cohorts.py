"""Cohorts for the benchmark: the same answers for every side, no two learners' words the same."""

from __future__ import annotations

import csv
import json
import random
import shutil
import zipfile
from pathlib import Path
from typing import Any

import nbformat

from engagekit.marking.desk import Desk
from engagekit.marking.sample import answers_text
from engagekit.model import Answers, Course, Script
from engagekit.scoring import own_words

ROOT = Path(__file__).resolve().parents[1]

STOCK_CONFIG = """\
from pathlib import Path
c = get_config()
ROOT = Path(__file__).resolve().parent
c.CourseDirectory.course_id = "stock"
c.CourseDirectory.root = str(ROOT)
c.CourseDirectory.db_url = f"sqlite:///{ROOT / 'gradebook.db'}"
"""

# The other sides get the key as one ready-made JSON file, so that they do not pay for reading the course.
JUDGE = """\
import json, os
from pathlib import Path
from engagekit.model import Answers, CaseFile, CodingScheme, Form, Interview, MarkingScheme, ReferenceCoding
from engagekit.scoring import Assessment, judge
key = json.loads(Path(os.environ["BENCH_KEY"]).read_text("utf-8"))
kinds = {"form": Form, "scheme": MarkingScheme, "key": ReferenceCoding, "coding": CodingScheme}
kinds["case"] = CaseFile if key["case_file"] else Interview
models = {name: kind.model_validate(key[name]) for name, kind in kinds.items() if key[name]}
answers = Answers.model_validate({name: data[name] for name in ("assignment", "form", "saved", "answers")})
assessment = Assessment(**models, exemplars=tuple(key["exemplars"]))
found = {one.check: one for one in judge(assessment, answers)}
"""


def reworded(script: Script, desk: Desk, seed: int) -> Script:
    """Return a script with its own words in another order.

    Every learner needs words of their own, or marks are held because one copied from another.
    """
    form, order = desk.assessment.form, random.Random(seed)
    own = set(own_words(form, Answers(assignment=form.id, answers=script.answers)))

    def shuffled(text: str) -> str:
        words = text.split()
        return " ".join(order.sample(words, len(words))) if text in own else text

    def response(given: Any) -> Any:
        if isinstance(given, dict):
            return {name: shuffled(text) for name, text in given.items()}
        return tuple(response(row) for row in given)

    answers = {section: response(given) for section, given in script.answers.items()}
    return script.model_copy(update={"answers": answers, "declared": True})


def answers_files(course: Course, desk: Desk, size: int) -> dict[str, str]:
    """Return learner to answers file."""
    name = desk.assessment.form.id
    scripts = [*course.exemplars[name], *course.cohort[name]]
    return {
        f"learner-{number:04d}": answers_text(
            reworded(scripts[number % len(scripts)], desk, number), name, desk.form
        )
        for number in range(size)
    }


def our_course(folder: Path) -> None:
    """Copy what a course folder needs for marking."""
    for name in ("source_material", "assignments", "book"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("nbgrader_config.py", "_toc.yml"):
        shutil.copy(ROOT / name, folder)


def download(folder: Path, assignment: str, files: dict[str, str]) -> tuple[Path, Path]:
    """Write a cohort's answers as a learning platform's download, and a table of its learners."""
    folder.mkdir(parents=True)
    archive, roster = folder / "download.zip", folder / "roster.csv"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for student, text in files.items():
            file.writestr(f"{student}/{assignment}/answers.json", text)
    with roster.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("id", "given", "family"))
        table.writerows((student, "Learner", student) for student in files)
    return archive, roster


def write_key(desk: Desk, path: Path) -> Path:
    """Write all that judging needs as one JSON file."""
    assessment = desk.assessment
    models = {
        name: found.model_dump(mode="json") if (found := getattr(assessment, name)) else None
        for name in ("form", "scheme", "case", "key", "coding")
    }
    case_file = assessment.form.case is not None
    path.write_text(
        json.dumps({**models, "case_file": case_file, "exemplars": assessment.exemplars}), "utf-8"
    )
    return path


def stock_course(desk: Desk, folder: Path, files: dict[str, str]) -> None:
    """Make a course whose notebook judges the same answers when stock nbgrader runs it."""
    name = desk.assessment.form.id
    source = folder / "source" / name
    source.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(STOCK_CONFIG, "utf-8")
    notebook = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    )
    read = (
        'import json\nfrom pathlib import Path\ndata = json.loads(Path("answers.json").read_text("utf-8"))\n'
    )
    notebook.cells.append(_cell("setup", read + JUDGE, None))
    for check in desk.assessment.scheme.checks:
        notebook.cells.append(_cell(check.id, f"found[{check.id!r}].marks or 0.0", check.points))
    nbformat.write(notebook, source / f"{name}.ipynb")
    for student, text in files.items():
        place = folder / "submitted" / student / name
        place.mkdir(parents=True)
        (place / "answers.json").write_text(text, "utf-8")
        shutil.copy(source / f"{name}.ipynb", place)


def _cell(name: str, body: str, points: float | None) -> nbformat.NotebookNode:
    cell = nbformat.v4.new_code_cell(body, id=name)
    cell.metadata["nbgrader"] = {
        "schema_version": 3, "grade_id": name, "grade": points is not None, "solution": False,
        "locked": True, "task": False, **({"points": points} if points is not None else {}),
    }  # fmt: skip
    return cell


def otter_files(desk: Desk, folder: Path, files: dict[str, str]) -> tuple[Path, list[Path]]:
    """Write the autograder archive and the notebooks of a cohort for otter-grader.

    Its tests pass or fail and give no part of a mark, so what is compared is the time alone.
    """
    folder.mkdir(parents=True)
    archive = folder / "autograder.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("otter_config.json", json.dumps({"lang": "python"}))
        for check in desk.assessment.scheme.checks:
            case = f">>> assert 0 <= (found[{check.id!r}].marks or 0.0) <= {check.points}\n"
            test = {
                "name": check.id,
                "points": check.points,
                "suites": [{"cases": [{"code": case, "hidden": False}], "type": "doctest"}],
            }
            file.writestr(f"tests/{check.id}.py", "OK_FORMAT = True\n\ntest = " + repr(test) + "\n")
    notebooks = []
    for student, text in files.items():
        notebook = nbformat.v4.new_notebook(
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        )
        read = f"import json\ndata = json.loads({text!r})\n"
        notebook.cells.append(nbformat.v4.new_code_cell(read + JUDGE))
        notebooks.append(folder / f"{student}.ipynb")
        nbformat.write(notebook, notebooks[-1])
    return archive, notebooks
