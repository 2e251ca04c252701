"""What the course's configuration puts in nbgrader's place."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbgrader.apps.api
import nbgrader.apps.autogradeapp
import nbgrader.apps.generatefeedbackapp
import nbgrader.converters
import nbgrader.converters.autograde
import pytest
from traitlets.config import Config

from engagekit.marking.autograde import MarkFromAnswers
from engagekit.marking.feedback import FeedbackFromRecord
from engagekit.marking.install import install
from engagekit.marking.steps import StepError, Steps
from engagekit.reports.feedback import page

ROOT = Path(__file__).resolve().parents[2]


def test_every_place_where_nbgrader_names_a_converter_has_ours():
    """No module of nbgrader's but the defining one still names the class that runs notebooks."""
    install(Config(), page)
    stock = nbgrader.converters.autograde.Autograde
    assert issubclass(MarkFromAnswers, stock)
    left = [
        name
        for name, module in sys.modules.items()
        if name.startswith("nbgrader.") and getattr(module, "Autograde", None) is stock
    ]
    assert left == ["nbgrader.converters.autograde"]
    for module in (nbgrader.converters, nbgrader.apps.api, nbgrader.apps.generatefeedbackapp):
        assert module.GenerateFeedback is FeedbackFromRecord


def test_installing_again_changes_nothing():
    """The formgrader reads the configuration anew on each request."""
    first, second = Config(), Config()
    install(first, page)
    install(second, page)
    assert first == second
    assert nbgrader.apps.api.Autograde is nbgrader.apps.autogradeapp.Autograde is MarkFromAnswers
    assert MarkFromAnswers.__mro__[1] is nbgrader.converters.autograde.Autograde


def test_settings_can_be_written_as_json():
    """The formgrader shows them on its page; a class object among them would make that fail."""
    config = Config()
    install(config, page)
    assert "CollectWithoutLinks" in json.dumps(config)


def test_learners_get_nothing_that_a_tutor_wrote_for_tutors(course_folder):
    """The release holds the notebook and the form, and not what they were built from."""
    released = {path.name for path in (course_folder / "_grading/release/interview").iterdir()}
    assert released == {"interview.ipynb", "form.json"}
    notebook = (course_folder / "_grading/release/interview/interview.ipynb").read_text("utf-8")
    assert "YOUR ANSWER HERE" not in notebook
    assert "An assessor decides this mark" in notebook


@pytest.mark.slow
def test_without_our_package_nothing_is_configured(tmp_path):
    """If our part cannot be loaded, nbgrader does not even know where submissions lie."""
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    blocked = "import sys; sys.modules['engagekit'] = None; from nbgrader.apps import NbGraderApp; "
    command = [sys.executable, "-c", blocked + "NbGraderApp.launch_instance(['autograde', 'interview'])"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode != 0
    assert f"No notebooks were matched by '{tmp_path}/submitted/*/interview'" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize(("name", "sign"), [("my%20course", "%"), ("course?", r"\?")])
def test_a_path_that_the_gradebooks_address_cannot_hold_is_named(tmp_path, name, sign):
    """A sentence with the character, in the place of a database that will not open or lies elsewhere."""
    folder = tmp_path / name
    folder.mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    with pytest.raises(StepError, match=f"with {sign} in its path. Rename the folder"):
        Steps(folder)


@pytest.mark.slow
def test_other_unusual_characters_in_a_path_are_no_trouble(tmp_path):
    """The gradebook lies where the configuration says, and nowhere else."""
    folder = tmp_path / "Zoë's 100% & #1 course"
    folder.mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    with Steps(folder).api.gradebook as book:
        assert book.students == []
    assert (folder / "_grading/gradebook.db").is_file()
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
