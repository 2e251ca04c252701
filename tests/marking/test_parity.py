"""nbgrader's command, the formgrader's button and ``engagekit mark`` are one: same rows, same files."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from engagekit.marking.cohort import feedback_for_cohort, mark_cohort
from engagekit.marking.rows import Status
from engagekit.marking.sample import answers_text
from engagekit.marking.steps import Steps
from realcourse import real_assignments, real_desk

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
COURSE = real_assignments()
LATE = "2026-11-03 10:00:00 UTC"
DUE = "2026-11-02 10:00:00 UTC"

WITHOUT = {"id", "grade_id", "alembic_version"}
"""What differs between two gradebooks by nature: the random ids of rows."""


def some_of(name):
    """Return enough of an assignment's sample cohort: every ending that a script can have, not every script.

    That each script comes out as it should is for `test_exemplars`; here the same work goes three ways.
    """
    kept, seen = [], set()
    for script in COURSE.cohort[name]:
        told = {("declared", script.declared), ("late", bool(script.submitted)), ("ai", script.ai)}
        endings = {*script.expected.values(), *script.flags, *told}
        if not kept or endings - seen:
            kept.append(script)
            seen |= endings
    return kept


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """Some of the sample cohort of every assignment, handed in and not marked; and some damaged work."""
    folder = tmp_path_factory.mktemp("parity") / "course"
    for name in ("assignments", "source_material"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    steps = Steps(folder)
    for name in COURSE.marking:
        steps.generate(name)
        form = real_desk(name).form
        for script in some_of(name):
            where = folder / "_grading/submitted" / script.learner.id / name
            where.mkdir(parents=True)
            (where / "answers.json").write_text(answers_text(script, name, form), encoding="utf-8")
            (where / "timestamp.txt").write_text(script.submitted or LATE, encoding="utf-8")
        for student, text_ in (("broken", "{"), ("copier", answers_text(COURSE.cohort[name][0], name, form))):
            where = folder / "_grading/submitted" / student / name
            where.mkdir(parents=True)
            (where / "answers.json").write_text(text_, encoding="utf-8")
        (folder / "_grading/submitted/empty" / name).mkdir(parents=True)
        with steps.api.gradebook as book:
            book.update_or_create_assignment(name, duedate=DUE)
            book.update_or_create_student("absent", first_name="Not", last_name="There")
    return folder


def by_command(folder):
    """The command: for one assignment in a process of its own, for the others what it calls, in this one."""
    first, *others = COURSE.marking
    command = [sys.executable, "-m", "nbgrader", "autograde", first]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    for name in others:
        Steps(folder).autograde(name)


def by_button(folder):
    """What the formgrader's button calls, learner by learner."""
    steps = Steps(folder)
    for name in COURSE.marking:
        for student in sorted(steps.api.get_submitted_students(name)):
            result = steps.api.autograde(name, student)
            assert result["success"], result


def by_engagekit(folder):
    """Our command's function, with worker processes."""
    for name in COURSE.marking:
        mark_cohort(folder, name, jobs=2)


@pytest.fixture(scope="module")
def marked(handed_in, tmp_path_factory):
    """The same cohort marked in three ways."""
    folders = {}
    for way in (by_command, by_button, by_engagekit):
        folders[way.__name__] = tmp_path_factory.mktemp(way.__name__) / "course"
        shutil.copytree(handed_in, folders[way.__name__])
        with pytest.MonkeyPatch.context() as patch:
            # The copies' course is this one; a button for each learner would read it for each.
            patch.setattr("engagekit.marking.desk.load_assignments", lambda _: COURSE)
            way(folders[way.__name__])
    return folders


def rows(folder):
    """Every table of the gradebook, each id replaced by what it stands for."""
    engine = create_engine(f"sqlite:///{folder}/_grading/gradebook.db")
    with engine.connect() as connection:
        tables = {
            name: [dict(row._mapping) for row in connection.execute(text(f"SELECT * FROM {name}"))]
            for name in inspect(engine).get_table_names()
        }
    engine.dispose()
    names = {
        row["id"]: row["name"] for table in ("assignment", "notebook", "base_cell") for row in tables[table]
    }
    for row in tables["submitted_assignment"]:
        names[row["id"]] = f"{row['student_id']}/{names[row['assignment_id']]}"
    for row in tables["submitted_notebook"]:
        names[row["id"]] = f"{names[row['assignment_id']]}/notebook"
    return {
        table: sorted(
            repr({column: names.get(value, value) for column, value in row.items() if column not in WITHOUT})
            for row in found
        )
        for table, found in tables.items()
        if table not in WITHOUT
    }


def files(folder, step="autograded"):
    """Every file of a step, by its path."""
    top = folder / "_grading" / step
    return {path.relative_to(top): path.read_bytes() for path in top.rglob("*") if path.is_file()}


@pytest.mark.parametrize("way", ["by_button", "by_engagekit"])
def test_gradebook_rows_are_the_same(marked, way):
    """Every column of every table but random ids, for every assignment of the course."""
    expected, got = rows(marked["by_command"]), rows(marked[way])
    assert len(expected["grade"]) > 100
    assert got == expected


@pytest.mark.parametrize("way", ["by_button", "by_engagekit"])
def test_marked_files_are_the_same(marked, way):
    """Byte for byte, whatever the way and however many worker processes."""
    expected = files(marked["by_command"])
    assert len(expected) > 3 * sum(len(some_of(name)) for name in COURSE.marking)
    assert files(marked[way]) == expected


def test_copies_are_held_whichever_is_marked_first(marked):
    """The button marks one learner at a time and still compares with everybody who handed in."""
    with Steps(marked["by_button"]).api.gradebook as book:
        for name in COURSE.marking:
            for student in ("copier", COURSE.cohort[name][0].learner.id):
                assert book.find_submission(name, student).needs_manual_grade


def test_lateness_is_nbgraders(marked):
    """What was handed in after the due date is late in all three gradebooks."""
    late = {}
    for way, folder in marked.items():
        with Steps(folder).api.gradebook as book:
            late[way] = {
                (name, row.student.id): row.total_seconds_late
                for name in COURSE.marking
                for row in book.assignment_submissions(name)
            }
    assert late["by_command"] == late["by_button"] == late["by_engagekit"]
    assert any(late["by_command"].values())


def test_everybody_has_a_row_with_a_status(marked):
    """The roster, the damaged, the empty: whoever is asked about has an answer."""
    for name in COURSE.marking:
        found = {row.student: row for row in mark_cohort(marked["by_engagekit"], name, force=True)}
        assert {one.learner.id for one in some_of(name)} < found.keys()
        assert found["absent"].status is Status.NOTHING
        assert found["absent"].proposed is None
        assert found["empty"].status is Status.NOTHING
        assert found["broken"].status is Status.UNREADABLE
        assert found["copier"].held
        assert found["copier"].status is Status.MARKED


def test_feedback_pages_are_the_same(marked, tmp_path):
    """``engagekit feedback`` and nbgrader's command write the same bytes; none names another learner."""
    ours, theirs = (tmp_path / name for name in ("ours", "theirs"))
    for folder in (ours, theirs):
        shutil.copytree(marked["by_engagekit"], folder)
    for name in COURSE.marking:
        feedback_for_cohort(ours, name)
    name = next(iter(COURSE.marking))
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", name]
    done = subprocess.run(command, cwd=theirs, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    expected = files(theirs, "feedback")
    assert expected
    got = files(ours, "feedback")
    assert {path: got[path] for path in expected} == expected
    copied = COURSE.cohort[name][0].learner.id
    assert copied.encode() not in got[Path("copier", name, f"{name}.html")]


def test_a_manual_score_survives_every_way(marked, tmp_path):
    """An assessor's score, comment and extra credit stay when the same work is marked again."""
    name = next(iter(COURSE.marking))
    student = COURSE.cohort[name][0].learner.id
    ways = {
        "force": lambda folder: mark_cohort(folder, name, force=True),
        "button": lambda folder: Steps(folder).api.autograde(name, student),
    }
    for way, again in ways.items():
        folder = tmp_path / way
        shutil.copytree(marked["by_engagekit"], folder)
        with Steps(folder).api.gradebook as book:
            grade = book.find_submission_notebook(name, name, student).grades[0]
            check, grade.manual_score, grade.extra_credit = grade.name, 1.25, 0.5
            grade.needs_manual_grade = False
            book.db.commit()
        again(folder)
        with Steps(folder).api.gradebook as book:
            grade = book.find_grade(check, name, name, student)
            assert (grade.manual_score, grade.extra_credit, grade.needs_manual_grade) == (1.25, 0.5, True)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_worker_processes_leave_the_permissions_alone(marked):
    """Read-only, as nbgrader sets them, whoever wrote the file."""
    top = marked["by_engagekit"] / "_grading/autograded"
    assert {path.stat().st_mode & 0o777 for path in top.rglob("*.*") if path.is_file()} == {0o444}
