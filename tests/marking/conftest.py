"""A course folder with the interview assignment generated, and honest scripts to hand in."""

import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from engagekit.assignments.source import load_assignments
from engagekit.marking.desk import open_desk
from engagekit.marking.sample import answers_text
from engagekit.marking.steps import Steps

ROOT = Path(__file__).resolve().parents[2]
NAME = "interview"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Everything that needs nbgrader's gradebook is slow: making one takes seconds."""
    for item in items:
        if "course_folder" in getattr(item, "fixturenames", ()):
            item.add_marker("slow")


class Classroom:
    """A copy of the course that a test may fill with submissions."""

    def __init__(self, folder: Path, scripts: dict, form: str) -> None:
        self.folder = folder
        self.scripts = scripts
        self.form = form

    def steps(self) -> Steps:
        return Steps(self.folder)

    def book(self) -> Gradebook:
        return Gradebook(f"sqlite:///{self.folder}/_grading/gradebook.db", "engagekit")

    def path(self, step: str, student: str) -> Path:
        return self.folder / "_grading" / step / student / NAME

    def answers(self, script: str) -> str:
        return answers_text(self.scripts[script], NAME, self.form)

    def hand_in(self, student: str, script: str = "borderline", timestamp: str = "") -> Path:
        folder = self.path("submitted", student)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "answers.json").write_text(self.answers(script), encoding="utf-8")
        if timestamp:
            (folder / "timestamp.txt").write_text(timestamp, encoding="utf-8")
        return folder

    def grades(self, student: str) -> dict:
        with self.book() as book:
            notebook = book.find_submission_notebook(NAME, NAME, student)
            return {
                grade.name: (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
                for grade in notebook.grades
            }

    def score(self, student: str) -> float:
        with self.book() as book:
            return book.find_submission(NAME, student).score


@pytest.fixture(scope="session")
def scripts():
    return {script.id: script for script in load_assignments(ROOT).exemplars[NAME]}


@pytest.fixture(scope="session")
def desk():
    return open_desk(ROOT, NAME)


@pytest.fixture(scope="session")
def course_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    for name in ("assignments", "source_material"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    Steps(folder).generate(NAME)
    return folder


@pytest.fixture
def room(course_folder, tmp_path, scripts, desk):
    folder = tmp_path / "course"
    shutil.copytree(course_folder, folder)
    return Classroom(folder, scripts, desk.form)
