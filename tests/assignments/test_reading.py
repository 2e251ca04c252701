"""Reading what learners hand in."""

import json
import os

import pytest

from engagekit.assignments import read_answers, read_submission
from engagekit.assignments.cleaning import clean
from engagekit.assignments.strict_json import RefusedError

HASH = "0123456789abcdef"


def answers_bytes(answers, **changes):
    data = {"schema": "answers/1", "assignment": "interview", "form": HASH, "saved": "", "answers": answers}
    return json.dumps({**data, **changes}).encode()


@pytest.fixture
def read(form, case):
    return lambda answers, **changes: read_answers(answers_bytes(answers, **changes), form, case, {HASH})


def test_a_filled_form_comes_through_unchanged(read):
    """Every kind of section keeps the learner's words as they were typed."""
    answers = {
        "coding": {"t01": "other", "t03": "open-question"},
        "hearing": {"value-1": "I keep my word"},
        "replies": {"r1": "Fridays matter to you.\nTell me more?"},
        "session": [{"person": "Dunno", "mine": "You are in two minds.", "code": "reflection"}],
    }
    received = read(answers)
    assert received.answers.model_dump(mode="json")["answers"] == answers
    assert not received.notes
    assert not received.needs_person


def test_a_section_in_the_wrong_shape_leaves_the_others_alone(read):
    """One spoilt section is left out with a note; the rest counts."""
    received = read({"coding": ["t01"], "hearing": {"value-1": "I keep my word"}})
    assert received.answers.named("coding") == {}
    assert received.answers.named("hearing") == {"value-1": "I keep my word"}
    assert any("Part 1" in note for note in received.notes)


@pytest.mark.parametrize(
    "answers",
    [
        {"coding": ["t01"]},
        {"session": {"0": {}}},
        {"session": [{"mine": "Go on"}, "You are in two minds."]},
        {"replies": {"r1": 12}},
        {"session": [{"mine": ["Go on"]}]},
    ],
)
def test_an_answer_that_was_left_out_sends_the_work_to_a_person(read, answers):
    """What is there but cannot be read is not the same as nothing attempted."""
    received = read(answers)
    assert received.needs_person
    assert not received.stale


@pytest.mark.parametrize("answers", [{"extra": 12}, {"coding": {"t99": 12}}, {"replies": {"r1": None}}])
def test_extras_and_blanks_alone_send_nobodys_work_to_a_person(read, answers):
    """Nothing that the form asks for is lost with them."""
    assert not read(answers).needs_person


def test_only_what_the_form_asks_is_read(read):
    """Ids that the form does not have are dropped, whatever they look like."""
    received = read(
        {
            "coding": {"t01": "other", "../../key": "x", "t02": "other"},
            "hearing": {"__class__": "x"},
            "extra": {},
        }
    )
    assert received.answers.named("coding") == {"t01": "other"}
    assert set(received.answers.answers) == {"coding", "hearing"}
    assert len(received.notes) == 3


def test_answers_to_another_version_go_to_a_person(read):
    """Marks may stand on other questions, so a person looks at every one."""
    received = read({}, form="ffffffffffffffff")
    assert received.stale
    assert received.needs_person


@pytest.mark.parametrize("changes", [{"assignment": "plan"}, {"schema": "answers/2"}, {"schema": None}])
def test_a_file_for_something_else_is_refused(read, changes):
    """Another assignment's file, or another format."""
    with pytest.raises(RefusedError):
        read({}, **changes)


@pytest.mark.parametrize("answers", [[], "strong", None, 12])
def test_answers_that_are_no_object_are_refused(read, answers):
    """The form always writes an object, so anything else was not written by it."""
    with pytest.raises(RefusedError):
        read(answers)


def test_rows_beyond_the_forms_limit_are_not_read(read, form):
    """Ten thousand rows cost an assessor no more than the form allows."""
    most = form.section("session").max_rows
    received = read({"session": [{"mine": str(number)} for number in range(10_000)]})
    assert len(received.answers.rows("session")) == most
    assert any("10,000" in note for note in received.notes)


def test_long_text_is_cut_with_a_note(read):
    """Nobody's reply fills an assessor's screen by the page."""
    received = read({"replies": {"r1": "a" * 10_000}})
    assert len(received.answers.named("replies")["r1"]) == 4_000
    assert received.notes


def test_what_cannot_be_shown_is_replaced():
    """Controls, halves of pairs and marks that reverse text go; tabs, lines, accents and emoji stay."""
    assert clean("a\x00\x1b[31m\ud800\u202eb") == "a\ufffd\ufffd[31m\ufffd\ufffdb"
    kept = "Zoë\tsaid:\n“yes” 🙂"
    assert clean(kept.replace("\n", "\r\n")) == kept


def test_a_file_that_a_browser_renamed_is_found(tmp_path, form, case):
    """A second download is named answers (1).json: one such file is taken, two are not guessed between."""
    folder = tmp_path / "amara" / "interview"
    folder.mkdir(parents=True)
    for set_aside in ("answers.damaged-1.json", "answers.older-1.json", "answers.other-1.json"):
        (folder / set_aside).write_bytes(answers_bytes({}))
    assert read_submission(folder, form, case, {HASH}).missing
    (folder / "answers (1).json").write_bytes(answers_bytes({}))
    received = read_submission(folder, form, case, {HASH})
    assert not received.refused
    assert any("answers (1).json" in note for note in received.notes)
    (folder / "answers (2).json").write_bytes(answers_bytes({}))
    assert read_submission(folder, form, case, {HASH}).missing


def test_a_byte_order_mark_is_no_damage(tmp_path, form, case):
    """Editors on Windows put one there."""
    folder = tmp_path / "amara" / "interview"
    folder.mkdir(parents=True)
    (folder / "answers.json").write_bytes(b"\xef\xbb\xbf" + answers_bytes({"replies": {"r1": "Hm."}}))
    received = read_submission(folder, form, case, {HASH})
    assert received.answers.named("replies") == {"r1": "Hm."}
    assert not received.notes


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_are_not_followed_at_any_level(tmp_path, form, case):
    """Not the file, not the assignment's folder, not the learner's folder."""
    real = tmp_path / "other" / "interview"
    real.mkdir(parents=True)
    (real / "answers.json").write_bytes(answers_bytes({"replies": {"r1": "Somebody else's."}}))
    linked_file = tmp_path / "a" / "interview"
    linked_file.mkdir(parents=True)
    (linked_file / "answers.json").symlink_to(real / "answers.json")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "interview").symlink_to(real, target_is_directory=True)
    (tmp_path / "c").symlink_to(tmp_path / "other", target_is_directory=True)
    for student in "abc":
        received = read_submission(tmp_path / student / "interview", form, case, {HASH})
        assert received.refused
        assert received.answers.answers == {}
        assert not received.data
