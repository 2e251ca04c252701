"""A run that is stopped at any moment is finished by the next: same rows, same bytes, nothing twice."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from engagekit.marking.cohort import mark_cohort
from engagekit.marking.prints import BusyError, Prints
from engagekit.marking.rows import Status

from .test_parity import files, rows

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows cannot stop a process in this way"),
]
STUDENTS = [f"learner-{number:02}" for number in range(9)]

# Runs marking with small batches, and stops dead at the given call of the given function.
KILLER = """\
import os, sys
from engagekit.marking import folders, run, script
from engagekit.marking.cohort import mark_cohort
from engagekit.marking.ledger import Ledger

root, where, when, before = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
run.BATCH = 4
places = {
    "write": (script, "_write"), "enter": (Ledger, "enter"), "keep": (Ledger, "keep"),
    "move": (run, "put_in_place"), "rename": (folders.Path, "rename"),
}
owner, name = places[where]
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
mark_cohort(root, "interview")
"""


@pytest.fixture
def cohort(room):
    """Nine learners, one of whom was late, and an assessor's score on one of them."""
    for number, student in enumerate(STUDENTS):
        room.hand_in(student, ("strong", "weak", "borderline")[number % 3], "2026-11-02 10:00:00 UTC")
    with room.book() as book:
        book.update_or_create_assignment("interview", duedate="2026-11-01 10:00:00 UTC")
    return room


@pytest.fixture
def whole(cohort, tmp_path):
    """What a run that nobody stops gives."""
    folder = tmp_path / "whole"
    shutil.copytree(cohort.folder, folder)
    mark_cohort(folder, "interview")
    return rows(folder), files(folder)


POINTS = [
    ("write", 2, "before"), ("enter", 1, "after"), ("keep", 2, "before"), ("keep", 1, "after"),
    ("move", 6, "before"), ("rename", 1, "after"),
]  # fmt: skip
AGAIN = [("write", 6, "after"), ("keep", 2, "after"), ("rename", 1, "after"), ("rename", 2, "after")]


@pytest.mark.parametrize(("where", "when", "before"), POINTS)
def test_stopped_at_a_point_and_run_again(cohort, whole, where, when, before):
    """Before and after each step that leaves something behind."""
    command = [sys.executable, "-c", KILLER, str(cohort.folder), where, str(when), before]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert done.returncode == 9, done.stderr.decode()[-2000:]
    assert (rows(cohort.folder), files(cohort.folder)) != whole
    mark_cohort(cohort.folder, "interview", jobs=2)
    assert (rows(cohort.folder), files(cohort.folder)) == whole
    assert {row.status for row in mark_cohort(cohort.folder, "interview")} == {Status.UNCHANGED}


@pytest.mark.parametrize(("where", "when", "before"), AGAIN)
def test_stopped_while_other_work_takes_the_place_of_marked_work(cohort, tmp_path, where, when, before):
    """Everybody hands in something else; files of one marking are never left beside rows of another."""
    mark_cohort(cohort.folder, "interview")
    for number, student in enumerate(STUDENTS):
        cohort.hand_in(student, ("weak", "borderline", "strong")[number % 3], "2026-11-02 10:00:00 UTC")
    folder = tmp_path / "whole"
    shutil.copytree(cohort.folder, folder)
    mark_cohort(folder, "interview")
    command = [sys.executable, "-c", KILLER, str(cohort.folder), where, str(when), before]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert done.returncode == 9, done.stderr.decode()[-2000:]
    mark_cohort(cohort.folder, "interview")
    assert rows(cohort.folder) == rows(folder)
    assert files(cohort.folder) == files(folder)


def test_killed_from_outside_with_workers(cohort, whole):
    """A real kill, as soon as the first files are there; the workers end too, and the lock is free."""
    code = (
        "from engagekit.marking import run; from engagekit.marking.cohort import mark_cohort; run.BATCH = 1; "
    )
    code += f"mark_cohort({str(cohort.folder)!r}, 'interview')"
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    marked = cohort.folder / "_grading/autograded"
    end = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < end and not list(marked.glob("*/interview")):
        pass
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=60)
    mark_cohort(cohort.folder, "interview")
    assert (rows(cohort.folder), files(cohort.folder)) == whole


def test_two_at_once_are_told_apart(cohort):
    """While one process marks, another is told to wait, and does no harm."""
    with (
        Prints(cohort.folder / "_grading", "interview", "a key"),
        pytest.raises(BusyError, match="being marked already"),
    ):
        mark_cohort(cohort.folder, "interview")


def test_rows_that_vanish_are_made_again(cohort, whole):
    """Files without rows are not taken for done."""
    mark_cohort(cohort.folder, "interview")
    with cohort.book() as book:
        book.remove_submission("interview", STUDENTS[0])
    found = {row.student: row.status for row in mark_cohort(cohort.folder, "interview")}
    assert found.pop(STUDENTS[0]) is Status.MARKED
    assert set(found.values()) == {Status.UNCHANGED}
    assert (rows(cohort.folder), files(cohort.folder)) == whole


def test_a_damaged_store_of_fingerprints_is_made_anew(cohort, whole):
    """It is derived: whatever lies there, marking gives the same."""
    store = cohort.folder / "_grading/fingerprints/interview.db"
    store.parent.mkdir(parents=True)
    store.write_bytes(b"no database" * 100)
    mark_cohort(cohort.folder, "interview")
    assert (rows(cohort.folder), files(cohort.folder)) == whole
