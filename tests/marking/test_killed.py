"""A run that is stopped at any moment is finished by the next: same rows, same bytes, nothing twice."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import warnings

import psutil
import pytest

from engagekit.marking import folders, run, script
from engagekit.marking.cohort import mark_cohort
from engagekit.marking.ledger import Ledger
from engagekit.marking.prints import BusyError, Prints
from engagekit.marking.rows import Status
from realcourse import real_assignments

from .conftest import Classroom
from .test_parity import files, rows

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows cannot stop a process in this way"),
]
STUDENTS = [f"learner-{number:02}" for number in range(9)]
KINDS = ("strong", "weak", "borderline")
PLACES = {
    "write": (script, "_write"),
    "enter": (Ledger, "enter"),
    "keep": (Ledger, "keep"),
    "move": (run, "put_in_place"),
    "rename": (folders.Path, "rename"),
}


def mark(folder, **options):
    """Mark, with the course that is read already: the copies of it do not differ."""
    return mark_cohort(folder, "interview", course=real_assignments(), **options)


def hand_in(room, first):
    """Let everybody hand in one of three scripts, all of them late."""
    for number, student in enumerate(STUDENTS):
        room.hand_in(student, KINDS[(number + first) % 3], "2026-11-02 10:00:00 UTC")


def stopped(folder, where, when, before):
    """Mark in small batches in a process of its own, which stops dead at the given call of a function."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of a fork, from Python 3.12 on
        child = os.fork()
    if child == 0:
        try:
            owner, name = PLACES[where]
            real, calls = getattr(owner, name), []

            def stops(*arguments):
                calls.append(1)
                if len(calls) == when and before == "before":
                    os._exit(9)
                found = real(*arguments)
                if len(calls) == when:
                    os._exit(9)
                return found

            setattr(owner, name, stops)
            run.BATCH = 4
            mark(folder)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9, "it came to its end before that call"


@pytest.fixture(scope="module")
def late(course_folder, tmp_path_factory, scripts, desk):
    """Nine learners who were all late, and nothing marked yet."""
    folder = tmp_path_factory.mktemp("late") / "course"
    shutil.copytree(course_folder, folder)
    room = Classroom(folder, scripts, desk)
    hand_in(room, 0)
    with room.book() as book:
        book.update_or_create_assignment("interview", duedate="2026-11-01 10:00:00 UTC")
    return room


def copy_of(room, folder):
    shutil.copytree(room.folder, folder)
    return Classroom(folder, room.scripts, room.desk)


@pytest.fixture
def cohort(late, tmp_path):
    return copy_of(late, tmp_path / "course")


@pytest.fixture(scope="module")
def done(late, tmp_path_factory):
    """The cohort after a run that nobody stops."""
    room = copy_of(late, tmp_path_factory.mktemp("done") / "course")
    mark(room.folder)
    return room


@pytest.fixture(scope="module")
def whole(done):
    """What a run that nobody stops gives."""
    return rows(done.folder), files(done.folder)


@pytest.fixture(scope="module")
def anew(done, tmp_path_factory):
    """The marked cohort after everybody has handed in something else."""
    room = copy_of(done, tmp_path_factory.mktemp("anew") / "course")
    hand_in(room, 1)
    return room


@pytest.fixture(scope="module")
def whole_anew(anew, whole, tmp_path_factory):
    """What marking that gives when nobody stops it: something else than before."""
    room = copy_of(anew, tmp_path_factory.mktemp("whole") / "course")
    mark(room.folder)
    found = rows(room.folder), files(room.folder)
    assert found != whole
    return found


POINTS = [
    ("write", 2, "before"), ("enter", 1, "after"), ("keep", 2, "before"), ("keep", 1, "after"),
    ("move", 6, "before"), ("rename", 1, "after"),
]  # fmt: skip
AGAIN = [("write", 6, "after"), ("keep", 2, "after"), ("rename", 1, "after"), ("rename", 2, "after")]


@pytest.mark.parametrize(("where", "when", "before"), POINTS)
def test_stopped_at_a_point_and_run_again(cohort, whole, where, when, before):
    """Before and after each step that leaves something behind."""
    stopped(cohort.folder, where, when, before)
    assert (rows(cohort.folder), files(cohort.folder)) != whole
    mark(cohort.folder, jobs=2 if where == "write" else 1)
    assert (rows(cohort.folder), files(cohort.folder)) == whole
    assert {row.status for row in mark(cohort.folder)} == {Status.UNCHANGED}


@pytest.mark.parametrize(("where", "when", "before"), AGAIN)
def test_stopped_while_other_work_takes_the_place_of_marked_work(
    anew, whole_anew, tmp_path, where, when, before
):
    """Everybody hands in something else; files of one marking are never left beside rows of another."""
    cohort = copy_of(anew, tmp_path / "course")
    stopped(cohort.folder, where, when, before)
    mark(cohort.folder)
    assert (rows(cohort.folder), files(cohort.folder)) == whole_anew


def test_killed_from_outside_with_workers(cohort, whole):
    """A real kill, as soon as the first files are there; the workers end too, and the lock is free."""
    code = "from engagekit.marking import cohort, crew, run; crew.CHUNK = run.BATCH = 2; "
    code += f"cohort.mark_cohort({str(cohort.folder)!r}, 'interview', jobs=2)"
    process = subprocess.Popen(
        [sys.executable, "-c", code], stderr=subprocess.DEVNULL, start_new_session=True
    )
    marked = cohort.folder / "_grading/autograded"
    end = time.monotonic() + 60
    try:
        while process.poll() is None and time.monotonic() < end and not list(marked.glob("*/interview")):
            pass
        workers = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        assert process.wait(timeout=60) == -signal.SIGKILL
        assert 0 < len(list(marked.glob("*/interview"))) < len(STUDENTS)
        assert len(workers) >= 2
        assert psutil.wait_procs(workers, timeout=60)[1] == []
        mark(cohort.folder)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    assert (rows(cohort.folder), files(cohort.folder)) == whole


def test_two_at_once_are_told_apart(cohort):
    """While one process marks, another is told to wait, and does no harm."""
    with (
        Prints(cohort.folder / "_grading", "interview", "a key"),
        pytest.raises(BusyError, match="being marked already"),
    ):
        mark(cohort.folder)


def test_rows_that_vanish_are_made_again(done, whole, tmp_path):
    """Files without rows are not taken for done."""
    cohort = copy_of(done, tmp_path / "course")
    with cohort.book() as book:
        book.remove_submission("interview", STUDENTS[0])
    found = {row.student: row.status for row in mark(cohort.folder)}
    assert found.pop(STUDENTS[0]) is Status.MARKED
    assert set(found.values()) == {Status.UNCHANGED}
    assert (rows(cohort.folder), files(cohort.folder)) == whole


def test_a_damaged_store_of_fingerprints_is_made_anew(cohort, whole):
    """It is derived: whatever lies there, marking gives the same."""
    store = cohort.folder / "_grading/fingerprints/interview.db"
    store.parent.mkdir(parents=True)
    store.write_bytes(b"no database" * 100)
    mark(cohort.folder)
    assert (rows(cohort.folder), files(cohort.folder)) == whole
