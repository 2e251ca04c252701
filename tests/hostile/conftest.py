"""What hostile submissions are made of, and where they are sent."""

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from subjects import ASSIGNMENTS, ROOT, Subject, subject

from engagekit.marking.steps import Steps
from engagekit.model import answers_hash


@dataclass(frozen=True)
class World:
    """Where a case is made: what honest learners handed in, and what must not be touched.

    Attributes:
        one: The assignment.
        strong: A strong script's answers file, lying where a link could point to.
        marker: A file that appears if anybody runs what a learner wrote.
    """

    one: Subject
    strong: Path
    marker: Path

    @property
    def form(self) -> str:
        """Return the hash of the form."""
        return self.one.desk.form

    @property
    def notebook(self) -> dict:
        """Return the released notebook as plain data."""
        return self.one.desk.notebook

    @property
    def auto(self) -> str:
        """Return the cell of a check that the machine makes."""
        return next(check.id for check in self.one.scheme.checks if check.kind not in ("reply", "person"))

    @property
    def person(self) -> str:
        """Return the cell of a check that a person makes."""
        return next(check.id for check in self.one.scheme.checks if check.kind in ("reply", "person"))

    def honest(self, name: str) -> bytes:
        """Return a file that earns all that the machine can give, in one learner's own words."""
        return self.one.file(self.one.own_words(self.one.strong, name))

    def answers(self, answers, **changes) -> bytes:
        """Return a file with an honest declaration, so that nothing is held for want of one."""
        data = {"schema": "answers/1", "assignment": self.one.id, "form": self.form, "saved": ""}
        declaration = {"own_work": True, "ai": "none", "said": "", "content": declared(answers)}
        return json.dumps({**data, "answers": answers, "declaration": declaration, **changes}).encode()


def declared(answers) -> str:
    """What the declaration is made for; answers that no form would save are declared for nothing."""
    try:
        return answers_hash(answers)
    except (TypeError, ValueError):
        return ""


@pytest.fixture(scope="session")
def make_world():
    def make(place: Path, assignment: str = "interview") -> World:
        place.mkdir(parents=True, exist_ok=True)
        one = subject(assignment)
        world = World(one, place / "somebody-elses-answers.json", place / "it-was-run")
        world.strong.write_bytes(world.honest("somebody else"))
        return world

    return make


@pytest.fixture
def world(make_world, tmp_path):
    return make_world(tmp_path / "world")


@pytest.fixture(scope="session")
def desk():
    return subject("interview").desk


@pytest.fixture(scope="session")
def course_folder(tmp_path_factory):
    """A copy of the course with the assignments generated: copy it again before marking in it."""
    folder = tmp_path_factory.mktemp("course")
    for name in ("assignments", "source_material"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    steps = Steps(folder)
    for assignment in ASSIGNMENTS:
        steps.generate(assignment)
    return folder
