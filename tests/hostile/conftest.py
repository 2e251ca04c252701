"""What hostile submissions are made of, and where they are sent."""

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from engagekit.assignments.source import load_assignments
from engagekit.marking.desk import open_desk
from engagekit.marking.sample import answers_text
from engagekit.marking.steps import Steps
from engagekit.model import answers_hash

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class World:
    """Where a case is made: what honest learners handed in, and what must not be touched.

    Attributes:
        strong: A strong script's answers file, lying where a link could point to.
        partial: An answers file that earns some marks.
        form: Hash of the form.
        notebook: The released notebook as plain data.
        marker: A file that appears if anybody runs what a learner wrote.
    """

    strong: Path
    partial: bytes
    form: str
    notebook: dict
    marker: Path

    def answers(self, answers, **changes) -> bytes:
        """An answers file with an honest declaration, so that nothing is held for want of one."""
        data = {"schema": "answers/1", "assignment": "interview", "form": self.form, "saved": ""}
        declaration = {"own_work": True, "ai": "none", "said": "", "content": declared(answers)}
        return json.dumps({**data, "answers": answers, "declaration": declaration, **changes}).encode()


def declared(answers) -> str:
    """What the declaration is made for; answers that no form would save are declared for nothing."""
    try:
        return answers_hash(answers)
    except (TypeError, ValueError):
        return ""


def without_own_words(script, form):
    """The script with its codes and quotations alone: many may hand it in, and nobody copied anybody."""
    asked = [section.id for section in form.sections if section.kind in ("coding", "quotes")]
    answers = {name: given for name, given in script.answers.items() if name in asked}
    return script.model_copy(update={"answers": answers})


@pytest.fixture(scope="session")
def desk():
    return open_desk(ROOT, "interview")


@pytest.fixture(scope="session")
def exemplars():
    return {script.id: script for script in load_assignments(ROOT).exemplars["interview"]}


@pytest.fixture(scope="session")
def make_world(desk, exemplars):
    def make(place: Path) -> World:
        place.mkdir(parents=True, exist_ok=True)
        strong = place / "somebody-elses-answers.json"
        form = desk.assessment.form
        scripts = {name: without_own_words(exemplars[name], form) for name in ("strong", "borderline")}
        strong.write_text(answers_text(scripts["strong"], "interview", desk.form), encoding="utf-8")
        partial = answers_text(scripts["borderline"], "interview", desk.form).encode()
        return World(strong, partial, desk.form, desk.notebook, place / "it-was-run")

    return make


@pytest.fixture
def world(make_world, tmp_path):
    return make_world(tmp_path / "world")


@pytest.fixture(scope="session")
def course_folder(tmp_path_factory):
    """A copy of the course with the assignment generated: copy it again before marking in it."""
    folder = tmp_path_factory.mktemp("course")
    for name in ("assignments", "source_material"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    Steps(folder).generate("interview")
    return folder
