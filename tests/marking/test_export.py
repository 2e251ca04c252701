"""Tables that a spreadsheet can open safely."""

import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagekit.marking.cohort import mark_cohort
from engagekit.marking.export import CheckByCheck, OneRowEach, guard, write_table


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def marked(room):
    room.hand_in("amara", "strong")
    folder = room.hand_in("ben")
    (folder / "answers.json").write_text("{")
    with room.book() as book:
        book.add_student("amara", first_name="=1+1", last_name='Smith, "Jr"')
        book.add_student("carol", first_name="Carol", last_name="Ó Sé")
    steps = room.steps()
    steps.autograde("interview")
    return room, steps


def export(kind, room, steps, **traits):
    path = room.folder / "out.csv"
    plugin = kind(parent=steps._app, to=str(path), **traits)
    with room.book() as book:
        plugin.export(book)
    return read(path)


def test_one_row_each_keeps_nbgraders_columns_and_leaves_blanks_blank(marked):
    """Names with commas and formulas stay names; who handed in nothing has no score at all."""
    rows = {row["student_id"]: row for row in export(OneRowEach, *marked)}
    assert rows["amara"]["last_name"] == 'Smith, "Jr"'
    assert rows["amara"]["first_name"] == "'=1+1"
    assert (rows["amara"]["raw_score"], rows["amara"]["max_score"]) == ("18.0", "38.0")
    assert rows["carol"]["raw_score"] == rows["carol"]["score"] == ""
    assert rows["carol"]["last_name"] == "Ó Sé"
    assert rows["ben"]["needs_assessor"] == "yes"


def test_check_by_check_tells_nothing_decided_from_nothing_earned(marked):
    """A check that waits for a person has a blank where marks go; a refused file says why in every row."""
    rows = export(CheckByCheck, *marked)
    amara = {row["check"]: row for row in rows if row["student_id"] == "amara"}
    assert amara["code-turns"]["marks"] == "8.0"
    assert (amara["own-session"]["marks"], amara["own-session"]["needs_assessor"]) == ("", "yes")
    ben = [row for row in rows if row["student_id"] == "ben"]
    assert len(ben) == 7
    assert all(row["marks"] == "" and "not JSON" in row["status"] for row in ben)
    assert [row["status"] for row in rows if row["student_id"] == "carol"] == ["nothing handed in"]


def test_a_proposal_that_a_person_must_look_at_first_is_not_a_mark(room):
    """Answers to another version of the form are judged, and nothing counts until somebody has looked."""
    folder = room.hand_in("amara", "strong")
    text = (folder / "answers.json").read_text("utf-8")
    (folder / "answers.json").write_text(text.replace(room.form, "0" * 16), encoding="utf-8")
    steps = room.steps()
    steps.autograde("interview")
    rows = {row["check"]: row for row in export(CheckByCheck, room, steps)}
    assert (rows["code-turns"]["proposed"], rows["code-turns"]["marks"]) == ("8.0", "")
    assert all(row["needs_assessor"] == "yes" for row in rows.values())


def test_a_script_without_any_mark_yet_has_no_score(room):
    """Held work has a blank, and a number from the first mark that an assessor gives."""
    folder = room.hand_in("amara", "strong")
    answers = json.loads((folder / "answers.json").read_text("utf-8"))
    del answers["declaration"]
    (folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    steps = room.steps()
    (first,), (again,) = (mark_cohort(room.folder, "interview", steps=steps) for _ in range(2))
    assert (first.proposed, first.max) == (again.proposed, again.max) == (None, 38.0)
    (row,) = export(OneRowEach, room, steps)
    assert (row["raw_score"], row["score"], row["max_score"]) == ("", "", "38.0")
    assert all(one["proposed"] == one["marks"] == "" for one in export(CheckByCheck, room, steps))
    with room.book() as book:
        grade = book.find_grade("code-turns", "interview", "interview", "amara")
        grade.manual_score, grade.needs_manual_grade = 0.0, False
        book.db.commit()
    (row,) = export(OneRowEach, room, steps)
    assert (row["raw_score"], row["score"]) == ("0.0", "0.0")


def test_refused_work_has_no_score(marked):
    """What could not be read is nobody's 0."""
    rows = {row["student_id"]: row for row in export(OneRowEach, *marked)}
    assert rows["ben"]["raw_score"] == rows["ben"]["score"] == ""


def test_one_learner_and_one_assignment_can_be_asked_for(marked):
    """Nbgrader's own options choose the rows."""
    assert {row["student_id"] for row in export(OneRowEach, *marked, student=["ben"])} == {"ben"}
    assert export(OneRowEach, *marked, assignment=["plan"]) == []


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", " =1", "\t=1", "\r=1", "＝1", "|x"])
def test_text_that_could_be_computed_is_marked_as_text(text):
    """A spreadsheet shows it instead."""
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize("value", ["ordinary", "a=b", "", 0, -1.5, True])
def test_other_values_stay_as_they_are(value):
    """Numbers, even below nothing, are numbers."""
    assert guard(value) == value


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)))
def test_any_text_comes_back_from_the_file(tmp_path_factory, texts):
    """Commas, quotation marks and line breaks survive, apart from the guard."""
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    write_table(path, ("a", "b"), ({"a": text, "b": 1} for text in texts))
    assert [row["a"] for row in read(path)] == [guard(text) for text in texts]
