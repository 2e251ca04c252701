"""A scheme that changes after marking: nothing moves in silence."""

import csv
import json

import pytest
import yaml

from engagekit.marking.cohort import mark_cohort
from engagekit.marking.remarking import REPORT
from engagekit.marking.rows import Status
from engagekit.marking.telling import mark_and_say

STUDENTS = ("amara", "ben", "carol")


@pytest.fixture
def marked(room):
    for student, script in zip(STUDENTS, ("strong", "weak", "borderline"), strict=True):
        room.hand_in(student, script, "2026-11-02 10:00:00 UTC")
    mark_cohort(room.folder, "interview")
    return room


@pytest.fixture
def changed(marked):
    """A stricter line for one check; what it is worth stays."""
    path = marked.folder / "source_material/marking/interview/marking.yaml"
    text = path.read_text("utf-8")
    assert text.count('partly_at: "0.60"') == 2
    path.write_text(text.replace('partly_at: "0.60"', 'partly_at: "0.75"', 1), encoding="utf-8")
    return marked


def record(room, student, name="judgements.json"):
    return json.loads((room.path("autograded", student) / name).read_text("utf-8"))


def report(room):
    path = room.folder / "_grading/reports/interview" / REPORT
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_marks_wait_until_remark_is_given(changed):
    """Every row waits, nothing on disk or in the gradebook moves, and the report says who would and why."""
    before = {student: (record(changed, student), changed.grades(student)) for student in STUDENTS}
    rows = {row.student: row for row in mark_cohort(changed.folder, "interview")}
    assert {row.status for row in rows.values()} == {Status.WAITING}
    assert {student: (record(changed, student), changed.grades(student)) for student in STUDENTS} == before
    found = {(row["student_id"], row["check"]): row for row in report(changed)}
    assert found
    assert {check for _, check in found} == {"code-turns"}
    for (student, check), row in found.items():
        assert row["why"] == "changed: partly_at"
        old = next(one for one in before[student][0]["judgements"] if one["check"] == check)
        assert (row["outcome_before"], float(row["marks_before"])) == (old["outcome"], old["marks"])
        assert float(row["moves"]) < 0
        assert "marks proposed before" in rows[student].reason
    still = set(STUDENTS) - {student for student, _ in found}
    assert still
    assert all(rows[student].reason == "Nothing would move." for student in still)


def test_remark_moves_them_and_keeps_the_earlier_record(changed):
    """The new record stands, the old one lies beside it, and a second run finds nothing to do."""
    before = {student: record(changed, student) for student in STUDENTS}
    rows = mark_cohort(changed.folder, "interview", remark=True)
    assert {row.status for row in rows} == {Status.MARKED}
    moved = {row["student_id"] for row in report(changed)}
    for student in STUDENTS:
        now = record(changed, student)
        assert now["scheme"] != before[student]["scheme"]
        kept = f"judgements.{before[student]['basis']}.json"
        assert record(changed, student, kept) == before[student]
        assert (now["judgements"][0]["marks"] != before[student]["judgements"][0]["marks"]) == (
            student in moved
        )
        grades = changed.grades(student)
        assert {one["check"]: one["marks"] for one in now["judgements"]} == {
            check: grade[0] for check, grade in grades.items()
        }
    assert {row.status for row in mark_cohort(changed.folder, "interview")} == {Status.UNCHANGED}
    mark_cohort(changed.folder, "interview", force=True)
    assert record(changed, "amara", f"judgements.{before['amara']['basis']}.json") == before["amara"]


def test_force_alone_does_not_go_over_to_another_scheme(changed):
    """--force marks again what was marked under this scheme; going over to another one has its own name."""
    assert {row.status for row in mark_cohort(changed.folder, "interview", force=True)} == {Status.WAITING}


def test_new_work_is_marked_under_the_present_scheme(changed):
    """Who hands in again is marked; those who did not still wait."""
    changed.hand_in("ben", "strong", "2026-11-03 10:00:00 UTC")
    rows = {row.student: row.status for row in mark_cohort(changed.folder, "interview")}
    assert rows == {"amara": Status.WAITING, "ben": Status.MARKED, "carol": Status.WAITING}


def test_nbgraders_force_says_whose_marks_move(changed):
    """``nbgrader autograde --force`` marks again as its users expect, and names each learner who moves."""
    steps = changed.steps()
    assert "under an earlier scheme" in steps.autograde("interview")
    before = {student: record(changed, student) for student in STUDENTS}
    log = steps.autograde("interview", force=True)
    moved = {
        student
        for student in STUDENTS
        if record(changed, student)["judgements"] != before[student]["judgements"]
        and f"{student}: {_sum(before[student]):g} marks proposed before" in log
    }
    assert moved
    assert all(
        (_sum(record(changed, student)) != _sum(before[student])) == (student in moved)
        for student in STUDENTS
    )


def _sum(found):
    return sum(one["marks"] or 0 for one in found["judgements"])


def test_a_changed_key_waits_too(marked):
    """Not the scheme alone decides marks: a key, a case or an exemplar that changes is noticed as well."""
    vignette = yaml.safe_load((marked.folder / "assignments/interview/form.yaml").read_text("utf-8"))[
        "vignette"
    ]
    key = marked.folder / f"source_material/vignettes/interviews/{vignette}/key.yaml"
    text = key.read_text("utf-8")
    assert "open-question" in text
    key.write_text(text.replace("open-question", "closed-question", 1), encoding="utf-8")
    rows = mark_cohort(marked.folder, "interview")
    assert {row.status for row in rows} == {Status.WAITING}
    whys = {row["why"] for row in report(marked)}
    assert whys <= {"the case, the key, the form or the exemplars changed, or the kit did"}


def test_the_command_says_how_many_wait_and_what_to_do(changed, capsys):
    """One line of numbers, a line for each who would move, and the way to go on."""
    assert mark_and_say(changed.folder, ["interview"])
    said = capsys.readouterr().out
    assert "interview: 3 waiting for --remark" in said
    assert "python3 course.py mark --remark" in said
    assert f"_grading/reports/interview/{REPORT}" in said
    assert mark_and_say(changed.folder, ["interview"], remark=True)
    assert "3 marked" in capsys.readouterr().out
