"""Everything bad at once, through nbgrader's own command, between two honest learners."""

import json
import shutil
import subprocess
import sys

import nbformat
import pytest
from hostile_answers import CASES as ANSWERS
from hostile_notebooks import CASES as NOTEBOOKS
from nbconvert.exporters import HTMLExporter
from nbgrader.api import Gradebook
from nbgrader.server_extensions.formgrader.handlers import template_path
from traitlets.config import Config

pytestmark = pytest.mark.slow


def nbgrader(folder, *arguments):
    command = [sys.executable, "-m", "nbgrader", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600, check=False)


@pytest.fixture(scope="module")
def marked(course_folder, make_world, tmp_path_factory):
    """The bad cohort after autograde and generate_feedback, and what the commands said."""
    course = tmp_path_factory.mktemp("bad") / "course"
    shutil.copytree(course_folder, course)
    world = make_world(tmp_path_factory.mktemp("world"))
    for name, make in [*((n, c[0]) for n, c in ANSWERS.items()), *NOTEBOOKS.items()]:
        folder = course / "_grading/submitted" / name / "interview"
        folder.mkdir(parents=True)
        if name in NOTEBOOKS:
            (folder / "answers.json").write_bytes(world.partial)
        make(folder, world)
    for name in ("aaa-honest", "zzz-honest"):
        folder = course / "_grading/submitted" / name / "interview"
        folder.mkdir(parents=True)
        (folder / "answers.json").write_bytes(world.partial)
    autograde = nbgrader(course, "autograde", "interview")
    feedback = nbgrader(course, "generate_feedback", "interview")
    return course, world, autograde, feedback


def test_nobody_stops_anybody(marked):
    """Both commands succeed, every learner has a row, and each row is what it should be."""
    course, world, autograde, feedback = marked
    assert autograde.returncode == 0, autograde.stderr[-3000:]
    assert feedback.returncode == 0, feedback.stderr[-3000:]
    with Gradebook(f"sqlite:///{course}/_grading/gradebook.db", "engagekit") as book:
        scores = {
            row.student.id: (row.score, row.needs_manual_grade)
            for row in book.assignment_submissions("interview")
        }
    assert set(scores) == {*ANSWERS, *NOTEBOOKS, "aaa-honest", "zzz-honest"}
    honest, _ = scores["aaa-honest"]
    assert honest > 0
    assert {name: score for name, (score, _) in scores.items() if name in ANSWERS and score} == {}
    assert {
        name: score for name, (score, _) in scores.items() if name not in ANSWERS and score != honest
    } == {}
    unread = [name for name, (_, outcome, _) in ANSWERS.items() if outcome != "read"]
    assert all(scores[name][1] for name in unread)
    assert not world.marker.exists()


def test_each_learner_has_a_line_in_the_log(marked):
    """A tutor sees what happened to everybody, and why."""
    _, _, autograde, _ = marked
    for name in [*ANSWERS, *NOTEBOOKS]:
        assert f" {name}: " in autograde.stderr


def test_nothing_but_the_answers_was_copied(marked):
    """No file of a learner's reaches the marked folders, apart from answers that could be read."""
    course, _, _, _ = marked
    names = {path.name for path in (course / "_grading/autograded").rglob("*") if path.is_file()}
    assert names == {"answers.json", "interview.ipynb", "judgements.json"}
    feedback = {path.name for path in (course / "_grading/feedback").rglob("*") if path.is_file()}
    assert feedback == {"interview.html"}


def test_learners_words_are_escaped_where_people_read_them(marked):
    """No markup of a learner's is alive in the marked notebook, the formgrader's page or the feedback."""
    course, _, _, _ = marked
    config = Config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [template_path]
    exporter = HTMLExporter(config=config)
    about = dict.fromkeys(
        ("assignment_id", "notebook_id", "submission_id", "base_url", "student", "last_name", "first_name"),
        "x",
    )
    for name in ("script-in-a-reply", "markup-for-templates", "thousands-of-other-files", "markup-in-a-cell"):
        notebook = course / "_grading/autograded" / name / "interview/interview.ipynb"
        nbformat.validate(json.loads(notebook.read_text("utf-8")))
        html, _ = exporter.from_filename(
            str(notebook), resources={**about, "notebook_path": "x", "index": 0, "total": 1}
        )
        page = (course / "_grading/feedback" / name / "interview/interview.html").read_text("utf-8")
        for text in (html, page):
            assert "<script>alert" not in text
            assert "<img src=x" not in text
            assert "<b>" not in text
            assert ">49<" not in text
            assert 'href="javascript:' not in text
        if name == "script-in-a-reply":
            assert "&lt;script&gt;alert" in html
            assert "&lt;script&gt;alert" in page


def test_a_second_run_skips_what_is_marked(marked):
    """Nbgrader's rule for work that is marked already still holds."""
    course, _, _, _ = marked
    again = nbgrader(course, "autograde", "interview", "--student", "aaa-honest")
    assert again.returncode == 0
    assert "aaa-honest: already marked, skipped" in again.stderr
