"""A sample cohort, put through the whole of nbgrader, so that a tutor has something to look at."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from engagekit.assignments import ANSWERS_FILE, build_all
from engagekit.assignments.build import FORM_FILE, to_json
from engagekit.assignments.source import load_assignments
from engagekit.marking.cohort import feedback_for_cohort, mark_cohort, only_faults
from engagekit.marking.intake import TIMESTAMP_FILE
from engagekit.marking.rows import Status, in_words
from engagekit.marking.steps import Steps
from engagekit.model import Course, Script, answers_hash

Say = Callable[[str], None]
Way = Callable[[Steps, Script, str, str], None]


def answers_text(script: Script, assignment: str, form: str) -> str:
    """Return a sample script as the answers file that the form would have written.

    Args:
        script: The script.
        assignment: The assignment.
        form: Hash of the form.
    """
    answers = script.model_dump(mode="json")["answers"]
    declaration = {"own_work": True, "ai": script.ai, "said": "", "content": answers_hash(answers)}
    return to_json(
        {
            "schema": "answers/1",
            "assignment": assignment,
            "form": form,
            "saved": script.submitted or "",
            "answers": answers,
            **({"declaration": declaration} if script.declared else {}),
        }
    )


def run(root: str | os.PathLike[str], say: Say = print) -> None:
    """Make the gradebook, release the assignments, hand in the sample cohort, mark it and write feedback.

    What is there already stays: learners who have handed in are left alone, and so are marks and comments
    that an assessor gave. Running it again does what is missing.

    Args:
        root: The course folder.
        say: Takes one line a step.
    """
    root = Path(root).resolve()
    changed = build_all(root)
    say(f"Assignments built: {len(changed)} files changed.")
    course = load_assignments(root)
    steps = Steps(root)
    _enrol(steps, course, say)
    for number, assignment in enumerate(course.marking):
        _one_assignment(steps, course, assignment, say, ways=_WAYS if number == 0 else ())


def _enrol(steps: Steps, course: Course, say: Say) -> None:
    learners = {
        script.learner.id: script.learner
        for scripts in course.cohort.values()
        for script in scripts
        if script.learner
    }
    with steps.api.gradebook as book:
        for learner in learners.values():
            book.update_or_create_student(learner.id, first_name=learner.given, last_name=learner.family)
    say(f"Roster: {len(learners)} invented learners in the gradebook.")


def _one_assignment(steps: Steps, course: Course, assignment: str, say: Say, ways: Sequence[Way]) -> None:
    steps.generate(assignment)
    steps.release(assignment)
    say(f"{assignment}: generated and released to the exchange.")
    scripts = [script for script in course.cohort.get(assignment, ()) if script.learner]
    waiting = [
        script
        for script in scripts
        if script.learner and not steps.folder("submitted", script.learner.id, assignment).exists()
    ]
    form = str(
        json.loads((steps.folder("release", ".", assignment) / FORM_FILE).read_text(encoding="utf-8"))["form"]
    )
    for number, script in enumerate(waiting):
        way = ways[number] if number < len(ways) else _by_hand
        way(steps, script, assignment, answers_text(script, assignment, form))
    say(f"{assignment}: {len(waiting)} scripts handed in, {len(scripts)} in all.")
    with only_faults():
        rows = mark_cohort(steps.root, assignment, steps=steps, course=course)
        feedback_for_cohort(steps.root, assignment, steps=steps)
    for row in rows:
        if row.status is Status.FAILED:
            place = steps.folder("submitted", ".", ".").relative_to(steps.root)
            say(f"In {place}, {assignment}: {row.reason}")
    say(f"{assignment}: {in_words(rows)}; see nbgrader's formgrader.")
    pages = steps.folder("feedback", "*", assignment).relative_to(steps.root)
    say(f"{assignment}: feedback written to {pages}.")


def _by_exchange(steps: Steps, script: Script, assignment: str, answers: str) -> None:
    """Fetch, fill in, submit and collect, as on a JupyterHub."""
    student = script.learner.id if script.learner else script.id
    workspace = steps.root / "_grading" / "sample_desk" / student
    folder = steps.fetch(assignment, workspace)
    (folder / ANSWERS_FILE).write_text(answers, encoding="utf-8")
    steps.submit(assignment, student, workspace)
    steps.collect(assignment)
    shutil.rmtree(workspace)


def _by_download(steps: Steps, script: Script, assignment: str, answers: str) -> None:
    """Hand in the file that the book's page saves, by way of a learning platform's archive."""
    student = script.learner.id if script.learner else script.id
    archive = steps.root / "_grading" / "downloaded" / assignment / "archive"
    # nbgrader would make the other two itself, with a warning that looks like a fault to a newcomer.
    submitted = steps.folder("submitted", student, assignment)
    for needed in (archive, archive.with_name("extracted"), submitted):
        needed.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive / "platform.zip", "w") as file:
        file.writestr(f"{student}_{ANSWERS_FILE}", answers)
    try:
        steps.zip_collect(assignment)
    except BaseException:
        # Left empty, it would count as handed in the next time.
        with contextlib.suppress(OSError):
            submitted.rmdir()
        raise


def _by_hand(steps: Steps, script: Script, assignment: str, answers: str) -> None:
    """Put the files where collecting would put them."""
    student = script.learner.id if script.learner else script.id
    folder = steps.folder("submitted", student, assignment)
    folder.mkdir(parents=True)
    (folder / ANSWERS_FILE).write_text(answers, encoding="utf-8")
    notebook = steps.folder("release", ".", assignment) / f"{assignment}.ipynb"
    shutil.copy(notebook, folder / notebook.name)
    if script.submitted:
        (folder / TIMESTAMP_FILE).write_text(script.submitted, encoding="utf-8")


_WAYS = (_by_exchange, _by_download)
"""How the first learners hand in their first assignment, so that every way has been gone once."""
