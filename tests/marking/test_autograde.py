"""nbgrader's autograde rules, kept while marking from answers.json."""

import json

import pytest
from nbgrader.api import MissingEntry
from traitlets.config import Config

from engagekit.marking.steps import StepError

PERSON = ("next-replies", "own-session")


def test_marks_of_the_machine_and_of_a_person_are_kept_apart(room):
    """A machine's check has a score and waits for nobody; a person's check has none and waits."""
    room.hand_in("amara", "strong")
    room.steps().autograde("interview")
    grades = room.grades("amara")
    for name, (auto, manual, waits) in grades.items():
        assert manual is None
        assert (auto is None) == waits == (name in PERSON)
    assert room.score("amara") == sum(auto for auto, _, _ in grades.values() if auto is not None) == 18.0


def test_an_assessors_score_and_comment_survive_marking_again(room):
    """Marking again flags what an assessor decided and does not change it."""
    room.hand_in("amara", "strong")
    steps = room.steps()
    steps.autograde("interview")
    with room.book() as book:
        grade = book.find_grade("own-session", "interview", "interview", "amara")
        grade.manual_score, grade.needs_manual_grade = 9.0, False
        machine = book.find_grade("code-turns", "interview", "interview", "amara")
        machine.manual_score, machine.needs_manual_grade = 5.0, False
        comment = book.find_comment("own-session", "interview", "interview", "amara")
        comment.manual_comment = "Well listened."
        book.db.commit()
    room.hand_in("amara", "weak")
    steps.autograde("interview", force=True)
    grades = room.grades("amara")
    assert grades["own-session"][1:] == (9.0, True)
    assert grades["code-turns"][1:] == (5.0, True)
    with room.book() as book:
        comment = book.find_comment("own-session", "interview", "interview", "amara")
        assert comment.manual_comment == "Well listened."


def test_work_that_is_marked_is_left_alone_until_newer_work_comes(room):
    """Without --force, only a later submission is marked again."""
    room.hand_in("amara", "weak", "2026-11-01 10:00:00 UTC")
    steps = room.steps()
    steps.autograde("interview")
    before = room.score("amara")
    room.hand_in("amara", "strong", "2026-11-01 10:00:00 UTC")
    steps.autograde("interview")
    assert room.score("amara") == before
    room.hand_in("amara", "strong", "2026-11-02 10:00:00 UTC")
    steps.autograde("interview")
    assert room.score("amara") > before


def test_one_learner_can_be_marked_alone(room):
    """--student, which the formgrader's button uses, touches nobody else."""
    for student in ("amara", "ben"):
        room.hand_in(student)
    room.steps().autograde("interview", "ben")
    assert room.grades("ben")
    with pytest.raises(MissingEntry):
        room.grades("amara")


def test_a_learner_who_did_not_hand_in_has_no_row(room):
    """Somebody on the roster without a submission stays as nbgrader has them."""
    room.hand_in("amara")
    with room.book() as book:
        book.add_student("carol", first_name="Carol")
    room.steps().autograde("interview")
    with room.book() as book:
        assert [row.student.id for row in book.assignment_submissions("interview")] == ["amara"]


def test_late_work_is_known_and_the_courses_plugin_sets_the_penalty(room):
    """The due date, extensions and the late-penalty plugin are nbgrader's own."""
    room.hand_in("amara", "strong", "2026-11-02 10:00:00 UTC")
    room.hand_in("ben", "strong", "2026-11-01 09:00:00 UTC")
    with room.book() as book:
        book.update_or_create_assignment("interview", duedate="2026-11-01 10:00:00 UTC")
    steps = room.steps()
    steps.autograde("interview")
    with room.book() as book:
        assert book.find_submission("interview", "amara").total_seconds_late == 86_400
        assert book.find_submission("interview", "amara").late_submission_penalty == 0
    steps.api.update_config(Config({"LateSubmissionPlugin": {"penalty_method": "zero"}}))
    steps.autograde("interview", force=True)
    with room.book() as book:
        assert book.find_submission("interview", "amara").late_submission_penalty == 18.0
        assert book.find_submission("interview", "ben").late_submission_penalty == 0


def test_files_are_read_only_and_no_part_is_left(room):
    """Marked work has nbgrader's permissions, and a half-written folder never stays."""
    room.hand_in("amara", timestamp="2026-11-02 10:00:00 UTC")
    leftover = room.path("autograded", "amara").with_name(".interview.part")
    leftover.mkdir(parents=True)
    (leftover / "old.txt").write_text("from a run that was cut off")
    room.steps().autograde("interview")
    files = {path.name: path.stat().st_mode & 0o777 for path in room.path("autograded", "amara").iterdir()}
    assert set(files) == {"answers.json", "interview.ipynb", "judgements.json", "timestamp.txt"}
    assert set(files.values()) == {0o444}
    assert not leftover.exists()


def test_a_submission_that_cannot_be_recorded_stops_nobody_and_fails_the_run(room):
    """Everybody else is marked, the error names the one, and nothing of theirs is half there."""
    for student in ("amara", "ben", "carol"):
        room.hand_in(student)
    blocked = room.folder / "_grading/autograded/ben"
    blocked.parent.mkdir()
    blocked.write_text("a file where a folder has to be")
    with pytest.raises(StepError, match="could not be recorded: 'ben'"):
        room.steps().autograde("interview")
    assert room.grades("amara")
    assert room.grades("carol")
    with pytest.raises(MissingEntry):
        room.grades("ben")


def test_a_learner_has_all_rows_of_a_marking_or_none(room, monkeypatch):
    """A gradebook that takes neither the batch nor one learner's rows keeps no row and no file of theirs."""
    from engagekit.marking.ledger import Ledger

    for student in ("amara", "ben", "carol"):
        room.hand_in(student)
    keep, calls = Ledger.keep, []

    def fails_twice(ledger):
        calls.append(1)
        if len(calls) in (1, 3):  # the batch, and then the second learner by himself
            raise OSError("database is locked")
        keep(ledger)

    monkeypatch.setattr(Ledger, "keep", fails_twice)
    steps = room.steps()
    with pytest.raises(StepError, match="could not be recorded: 'ben'"):
        steps.autograde("interview")
    assert room.grades("amara")
    assert room.grades("carol")
    with pytest.raises(MissingEntry):
        room.grades("ben")
    assert not room.path("autograded", "ben").exists()
    steps.autograde("interview")
    assert room.grades("ben")


def test_a_folder_name_that_is_no_id_is_named_and_passed_over(room):
    """A name that could carry markup into a page never becomes a learner's id."""
    room.hand_in("amara")
    room.hand_in("<img src=x onerror=alert(1)>")
    with pytest.raises(StepError, match="onerror"):
        room.steps().autograde("interview")
    assert room.grades("amara")
    with room.book() as book:
        assert [student.id for student in book.students] == ["amara"]


def test_a_gradebook_from_another_marking_scheme_is_refused(room):
    """Marks never land in cells that are worth something else."""
    room.hand_in("amara")
    with room.book() as book:
        book.find_grade_cell("code-turns", "interview", "interview").max_score = 3
        book.db.commit()
    with pytest.raises(StepError, match="generate_assignment interview --force"):
        room.steps().autograde("interview")
    with room.book() as book:
        assert list(book.assignment_submissions("interview")) == []


def test_an_assignment_without_a_marking_scheme_is_refused(room):
    """There is no falling back to running notebooks."""
    folder = room.folder / "_grading/submitted/amara/homework"
    folder.mkdir(parents=True)
    (folder / "homework.ipynb").write_text(json.dumps({"cells": []}))
    with pytest.raises(StepError, match="no form and marking scheme for 'homework'"):
        room.steps().autograde("homework")


def test_nothing_handed_in_is_said_plainly(room):
    """No submission, or none of that learner's, is an error with a sentence."""
    with pytest.raises(StepError, match="No submissions of 'interview' were matched by 'nobody'"):
        room.steps().autograde("interview", "nobody")


def test_learners_are_not_made_up_when_a_course_forbids_it(room):
    """create_student = False keeps strangers out and marks those who are listed."""
    for student in ("amara", "stranger"):
        room.hand_in(student)
    with room.book() as book:
        book.add_student("amara")
    steps = room.steps()
    result = steps.api.autograde("interview", "*", create=False)
    assert not result["success"]
    assert "stranger" in result["log"]
    with room.book() as book:
        assert [row.student.id for row in book.assignment_submissions("interview")] == ["amara"]


def test_marking_again_gives_the_same_bytes(room):
    """Only the answers decide what is written."""
    room.hand_in("amara", "strong", "2026-11-02 10:00:00 UTC")
    steps = room.steps()
    contents = []
    for _ in range(2):
        steps.autograde("interview", force=True)
        contents.append({path.name: path.read_bytes() for path in room.path("autograded", "amara").iterdir()})
    assert contents[0] == contents[1]


def test_answers_to_the_form_that_was_released_are_not_stale(room):
    """A wording that was changed after the release does not send a whole cohort to assessors."""
    room.hand_in("amara", "strong")
    released = room.folder / "_grading/release/interview/form.json"
    data = json.loads(released.read_text("utf-8"))
    data["form"] = "feedfeedfeedfeed"
    released.write_text(json.dumps(data))
    folder = room.hand_in("ben", "strong")
    answers = json.loads((folder / "answers.json").read_text("utf-8"))
    (folder / "answers.json").write_text(json.dumps({**answers, "form": "feedfeedfeedfeed"}))
    folder = room.hand_in("carol", "strong")
    answers = json.loads((folder / "answers.json").read_text("utf-8"))
    (folder / "answers.json").write_text(json.dumps({**answers, "form": "0" * 16}))
    room.steps().autograde("interview")
    assert not room.grades("ben")["code-turns"][2]
    assert not room.grades("amara")["code-turns"][2]
    assert all(waits for _, _, waits in room.grades("carol").values())


def test_stock_nbgrader_would_read_the_same_marks_from_the_outputs(room):
    """The marked notebook's outputs say what the gradebook says, to nbgrader's own reader."""
    import nbformat
    from nbgrader.utils import determine_grade, is_grade, is_solution

    room.hand_in("amara", "borderline")
    room.steps().autograde("interview")
    grades = room.grades("amara")
    notebook = nbformat.read(room.path("autograded", "amara") / "interview.ipynb", as_version=4)
    seen = 0
    for cell in notebook.cells:
        if is_grade(cell) and not is_solution(cell):
            assert determine_grade(cell)[0] == grades[cell.metadata.nbgrader.grade_id][0]
            seen += 1
    assert seen == len(grades) - len(PERSON)
