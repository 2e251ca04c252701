"""A course folder with the interview assignment generated, and honest scripts to hand in."""

import random
import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from engagekit.marking.sample import answers_text
from engagekit.marking.steps import Steps
from engagekit.model import Answers
from engagekit.scoring import own_words
from realcourse import real_assignments, real_desk

ROOT = Path(__file__).resolve().parents[2]
NAME = "interview"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Everything that needs nbgrader's gradebook is slow: making one takes seconds."""
    for item in items:
        if "course_folder" in getattr(item, "fixturenames", ()):
            item.add_marker("slow")


def reworded(script, form, seed: str):
    """Return a script with its own words in another order, so that it copies neither exemplar nor learner."""
    own = set(own_words(form, Answers(assignment=form.id, answers=script.answers)))
    order = random.Random(seed)

    def shuffled(text):
        words = text.split()
        return " ".join(order.sample(words, len(words))) if text in own else text

    def response(given):
        if isinstance(given, dict):
            return {name: shuffled(text) for name, text in given.items()}
        return tuple(response(row) for row in given)

    answers = {section: response(given) for section, given in script.answers.items()}
    return script.model_copy(update={"answers": answers})


class Classroom:
    """A copy of the course that a test may fill with submissions."""

    def __init__(self, folder: Path, scripts: dict, desk) -> None:
        self.folder = folder
        self.scripts = scripts
        self.form = desk.form
        self.desk = desk
        self._asked = desk.assessment.form

    def steps(self) -> Steps:
        return Steps(self.folder)

    def book(self) -> Gradebook:
        return Gradebook(f"sqlite:///{self.folder}/_grading/gradebook.db", "engagekit")

    def path(self, step: str, student: str) -> Path:
        return self.folder / "_grading" / step / student / NAME

    def answers(self, script: str, student: str = "") -> str:
        """An answers file; in words of their own for a learner, word for word the script's for nobody."""
        found = self.scripts[script]
        return answers_text(reworded(found, self._asked, student) if student else found, NAME, self.form)

    def hand_in(self, student: str, script: str = "borderline", timestamp: str = "") -> Path:
        folder = self.path("submitted", student)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "answers.json").write_text(self.answers(script, student), encoding="utf-8")
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
    return {script.id: script for script in real_assignments().exemplars[NAME]}


@pytest.fixture(scope="session")
def desk():
    return real_desk(NAME)


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
    return Classroom(folder, scripts, desk)
