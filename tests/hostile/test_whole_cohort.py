"""Everything bad at once, in every assignment, between honest learners: nobody moves anybody else."""

import csv
import json
import os
import shutil
import subprocess
import sys

import nbformat
import pytest
from hostile_answers import CASES as ANSWERS
from hostile_files import DECLARATIONS, MISSHAPEN, ODD, REFUSED
from hostile_notebooks import CASES as NOTEBOOKS
from hostile_scripts import NOTHING
from nbconvert.exporters import HTMLExporter
from nbgrader.api import Gradebook
from nbgrader.server_extensions.formgrader.handlers import template_path
from subjects import ASSIGNMENTS
from test_scripts import APPLIES, CASES
from traitlets.config import Config

from engagekit.marking.steps import Steps

pytestmark = pytest.mark.slow

HONEST = ("aaa-honest", "mmm-honest", "zzz-honest")
COPIES = ("copied-from", "copied-by")
LINKED = "a-learner-who-is-a-link"


def run(folder, *arguments):
    command = [sys.executable, "-m", *arguments]
    environment = {**os.environ, "ENGAGEKIT_ROOT": str(folder)}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600, check=False
    )


def hand_in(course, world, *, every):
    """Put hostile cases of one assignment among honest learners; return who is to get all marks.

    Every case has a test of its own; here are all of the first assignment's folders and notebooks, and one of
    so many of the rest.
    """
    one = world.one
    notebooks = [*NOTEBOOKS] if one.id == "interview" else [*NOTEBOOKS][1::every]

    def folder(name):
        place = course / "_grading/submitted" / name / one.id
        place.mkdir(parents=True)
        return place

    for name in [*HONEST, *notebooks]:
        (folder(name) / "answers.json").write_bytes(world.honest(name))
    for name in notebooks:
        NOTEBOOKS[name](course / "_grading/submitted" / name / one.id, world)
    for name in COPIES:
        (folder(name) / "answers.json").write_bytes(world.honest("copied-from"))
    if one.id == "interview":
        for name, (make, _, _) in ANSWERS.items():
            make(folder(f"answers-{name}"), world)
    files = {
        f"{kind}-{name}": make
        for kind, table in (("file", REFUSED), ("type", MISSHAPEN), ("odd", ODD), ("declared", DECLARATIONS))
        for name, (make, _) in table.items()
    }
    scripts = [name for where, name in APPLIES if where == one.id and CASES[name].earns == NOTHING]
    files |= {f"script-{name}": lambda one, name=name: one.file(CASES[name].make(one)) for name in scripts}
    for name in [*files][::every]:
        (folder(name) / "answers.json").write_bytes(files[name](one))
    return {*HONEST, *notebooks}


def link_a_learner(course, world):
    """Let a learner's whole folder be a link to good work that lies elsewhere."""
    elsewhere = world.strong.parent / "elsewhere"
    for name in ASSIGNMENTS:
        (elsewhere / name).mkdir(parents=True)
        (elsewhere / name / "answers.json").write_bytes(world.strong.read_bytes())
    (course / "_grading/submitted" / LINKED).symlink_to(elsewhere, target_is_directory=True)


def scores_of(course, assignment):
    with Gradebook(f"sqlite:///{course}/_grading/gradebook.db", "engagekit") as book:
        return {
            row.student.id: (row.score, row.needs_manual_grade)
            for row in book.assignment_submissions(assignment)
        }


def all_as_it_should_be(course, world, full):
    """Everybody has a row; honest work has all its marks, whatever lies beside it; nothing else has any."""
    scores = scores_of(course, world.one.id)
    handed_in = {path.parent.name for path in (course / "_grading/submitted").glob(f"*/{world.one.id}")}
    assert set(scores) == handed_in
    assert {name: scores[name] for name in full if scores[name][0] != world.one.machine} == {}
    assert {name: score for name, (score, _) in scores.items() if name not in full and score} == {}
    waiting = {*COPIES, *(name for name in scores if name.startswith(("file-", "type-", "declared-")))}
    assert [name for name in waiting if not scores[name][1]] == []
    assert not world.marker.exists()


@pytest.fixture(scope="module")
def by_kit(course_folder, make_world, tmp_path_factory):
    """Cases of every assignment after ``engagekit mark``, ``feedback`` and ``report``."""
    course = tmp_path_factory.mktemp("kit") / "course"
    shutil.copytree(course_folder, course)
    worlds = {name: make_world(tmp_path_factory.mktemp(name), name) for name in ASSIGNMENTS}
    full = {name: hand_in(course, world, every=14) for name, world in worlds.items()}
    link_a_learner(course, worlds["interview"])
    said = {"mark": run(course, "engagekit", "mark", "--jobs", "2")}
    said |= {what: run(course, "engagekit", what) for what in ("feedback", "report")}
    return course, worlds, full, said


def test_the_kit_marks_everybody(by_kit):
    """One bad script keeps nobody's work from its marks, in no assignment."""
    course, worlds, full, said = by_kit
    for what, done in said.items():
        assert done.returncode == 0, (what, done.stdout[-2000:], done.stderr[-2000:])
    for name, world in worlds.items():
        all_as_it_should_be(course, world, full[name])


def test_copies_hold_each_other_and_nobody_else(by_kit):
    """Both sides of a copy wait for a person; the record says whose it is like, and the page does not."""
    course, worlds, full, _ = by_kit
    for name in worlds:
        for one, other in (COPIES, COPIES[::-1]):
            record = json.loads(
                (course / "_grading/autograded" / one / name / "judgements.json").read_text("utf-8")
            )
            assert record["like"] == [other]
            assert record["held"]
            page = (course / "_grading/feedback" / one / name / f"{name}.html").read_text("utf-8")
            assert other not in page
        for honest in sorted(full[name])[:9]:
            record = json.loads(
                (course / "_grading/autograded" / honest / name / "judgements.json").read_text("utf-8")
            )
            assert (record["held"], record["like"]) == ([], [])


def test_a_second_run_changes_nothing(by_kit):
    """Marking again finds nothing to do and says so."""
    course, worlds, full, _ = by_kit
    again = run(course, "engagekit", "mark", "interview")
    assert again.returncode == 0
    assert f"interview: {len(scores_of(course, 'interview'))} unchanged" in again.stdout
    all_as_it_should_be(course, worlds["interview"], full["interview"])


def test_tables_for_spreadsheets_hold_no_formula(by_kit):
    """No cell of any table begins like a formula, and every table can be read back."""
    course, _, _, _ = by_kit
    tables = [path for path in (course / "_grading").rglob("*.csv") if "submitted" not in path.parts]
    assert tables
    for path in tables:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert {len(row) for row in rows} == {len(rows[0])}
        for row in rows:
            assert [cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))] == []
            assert [
                cell for cell in row if cell.startswith("-") and not cell[1:].replace(".", "").isdigit()
            ] == []


def test_no_learners_markup_is_alive_on_any_page(by_kit):
    """Feedback pages, reports and marked notebooks show markup as text."""
    course, _, _, _ = by_kit
    pages = [*(course / "_grading/feedback").rglob("*.html"), *(course / "_grading/reports").rglob("*.html")]
    assert len(pages) > 150
    for path in pages:
        text = path.read_text("utf-8")
        for raw in (
            "<script>alert",
            "<img src=x",
            "<svg/onload",
            "<b>met",
            "\x1b",
            "\x00",
            "\u202e",
            'onmouseover="',
        ):
            assert raw not in text, (path.name, raw)


@pytest.fixture(scope="module")
def by_nbgrader(course_folder, make_world, tmp_path_factory):
    """Some of the cases of every assignment after nbgrader's own autograde and generate_feedback."""
    course = tmp_path_factory.mktemp("stock") / "course"
    shutil.copytree(course_folder, course)
    worlds = {name: make_world(tmp_path_factory.mktemp(name), name) for name in ASSIGNMENTS}
    full = {name: hand_in(course, world, every=28) for name, world in worlds.items()}
    said = {"autograde": run(course, "nbgrader", "autograde", "interview")}
    said["feedback"] = run(course, "nbgrader", "generate_feedback", "interview")
    steps = Steps(course)
    for name in ASSIGNMENTS:
        if name != "interview":
            steps.autograde(name)
            steps.feedback(name)
    return course, worlds, full, said


def test_nobody_stops_anybody(by_nbgrader):
    """Both commands succeed, every learner has a row, and each row is what it should be."""
    course, worlds, full, said = by_nbgrader
    for what, done in said.items():
        assert done.returncode == 0, (what, done.stderr[-3000:])
    for name, world in worlds.items():
        all_as_it_should_be(course, world, full[name])


def test_both_ways_give_the_same_rows(by_kit, by_nbgrader):
    """Whoever was marked both ways has the same score and waits, or not, alike."""
    for name in ASSIGNMENTS:
        kit, stock = scores_of(by_kit[0], name), scores_of(by_nbgrader[0], name)
        both = kit.keys() & stock.keys() - {*COPIES}
        assert {who: kit[who] for who in both} == {who: stock[who] for who in both}
        assert len(both) > 5


def test_each_learner_has_a_line_in_the_log(by_nbgrader):
    """A tutor sees what happened to everybody, and why."""
    _, _, _, said = by_nbgrader
    for name in [*HONEST, *COPIES, *NOTEBOOKS, *(f"answers-{name}" for name in ANSWERS)]:
        assert f" {name}: " in said["autograde"].stderr


def test_nothing_but_the_answers_was_copied(by_nbgrader):
    """No file of a learner's reaches the marked folders, apart from answers that could be read."""
    course, _, _, _ = by_nbgrader
    names = {path.name for path in (course / "_grading/autograded").rglob("*") if path.is_file()}
    assert names == {"answers.json", "judgements.json", *(f"{name}.ipynb" for name in ASSIGNMENTS)}
    feedback = {path.name for path in (course / "_grading/feedback").rglob("*") if path.is_file()}
    assert feedback == {f"{name}.html" for name in ASSIGNMENTS}


def test_learners_words_are_escaped_in_the_formgrader(by_nbgrader):
    """No markup of a learner's is alive in the marked notebook or the formgrader's page."""
    course, _, _, _ = by_nbgrader
    config = Config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [template_path]
    exporter = HTMLExporter(config=config)
    about = dict.fromkeys(
        ("assignment_id", "notebook_id", "submission_id", "base_url", "student", "last_name", "first_name"),
        "x",
    )
    for name in ("script-in-a-reply", "markup-for-templates", "thousands-of-other-files"):
        notebook = course / "_grading/autograded" / f"answers-{name}" / "interview/interview.ipynb"
        nbformat.validate(json.loads(notebook.read_text("utf-8")))
        html, _ = exporter.from_filename(
            str(notebook), resources={**about, "notebook_path": "x", "index": 0, "total": 1}
        )
        for raw in ("<script>alert", "<img src=x", "<b>", ">49<", 'href="javascript:'):
            assert raw not in html
        if name == "script-in-a-reply":
            assert "&lt;script&gt;alert" in html


def test_a_second_run_skips_what_is_marked(by_nbgrader):
    """Nbgrader's rule for work that is marked already still holds."""
    course, _, _, _ = by_nbgrader
    again = run(course, "nbgrader", "autograde", "interview", "--student", "aaa-honest")
    assert again.returncode == 0
    assert "aaa-honest: already marked, skipped" in again.stderr


BAD_NAMES = (
    "=1+1",
    "<script>alert(1)<",
    "\x1b[31mred",
    "a;b",
    "tab\there",
    "\u202etxt",
    "-x=y",
    "a'b\"c",
    "x\ny",
)


def test_a_folder_that_is_no_learner_stops_nobody(course_folder, make_world, tmp_path):
    """Names that would be markup, formulas or orders to a terminal are refused, and the rest is marked."""
    course = tmp_path / "course"
    shutil.copytree(course_folder, course)
    world = make_world(tmp_path / "world")
    for name in (*BAD_NAMES, "aaa-honest"):
        place = course / "_grading/submitted" / name / "interview"
        place.mkdir(parents=True)
        (place / "answers.json").write_bytes(world.honest(name))
    done = run(course, "engagekit", "mark", "interview")
    assert done.returncode == 1
    assert set(scores_of(course, "interview")) == {"aaa-honest"}
    assert scores_of(course, "interview")["aaa-honest"][0] == world.one.machine
    for raw in ("\x1b", "\u202e", "Traceback"):
        assert raw not in done.stdout + done.stderr
    assert "rename the folder" in done.stdout + done.stderr
