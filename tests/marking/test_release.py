"""Beginning with a real cohort, and what marking says when it cannot begin."""

import os

import pytest
from typer.testing import CliRunner

from engagekit.cli import app
from engagekit.marking import telling
from engagekit.marking.cohort import needs_attention
from engagekit.marking.release import not_released, release
from engagekit.marking.rows import Row, Status
from engagekit.marking.telling import feedback_and_say, mark_and_say


def asked(room, monkeypatch, *words):
    """Type a command in the course folder."""
    monkeypatch.setenv("ENGAGEKIT_ROOT", str(room.folder))
    return CliRunner().invoke(app, list(words))


@pytest.mark.skipif(os.name == "nt", reason="nbgrader's exchange does not run on Windows")
def test_a_release_enrols_nobody_and_may_be_done_again(room):
    """It makes what learners fetch; a second one keeps submissions and marks."""
    said = []
    release(room.folder, ["interview"], said.append)
    assert (room.folder / "_grading/exchange/engagekit/outbound/interview/form.json").is_file()
    with room.book() as book:
        assert not book.students
    room.hand_in("amara")
    assert mark_and_say(room.folder, ["interview"], say=said.append)
    before = room.grades("amara")
    release(room.folder, ["interview"], said.append)
    assert (
        said[-1]
        == "interview: generated and released to the exchange again; what was handed in and marked stays."
    )
    assert room.grades("amara") == before
    assert (room.path("submitted", "amara") / "answers.json").is_file()


def test_a_release_of_what_is_not_in_the_course_is_one_sentence(room):
    """A misspelt name releases nothing."""
    with pytest.raises(ValueError, match="no assignment plann in this course"):
        release(room.folder, ["plann"])


def test_a_release_says_when_the_sample_is_there(room, monkeypatch):
    """Invented learners in the gradebook are pointed out before real ones come."""
    with room.book() as book:
        book.update_or_create_student("amara")
    monkeypatch.setattr("engagekit.marking.release.sample_learners", lambda _: {"amara"})
    for step in ("generate", "release"):
        monkeypatch.setattr(f"engagekit.marking.steps.Steps.{step}", lambda *_: None)
    said = []
    release(room.folder, ["interview"], said.append)
    assert "invented learners (1)" in said[-1] and "_grading" in said[-1]


@pytest.mark.parametrize("command", ["mark", "feedback"])
def test_what_is_not_released_says_how_to_release_it(room, monkeypatch, command):
    """One sentence with the command to type, and exit status 1."""
    result = asked(room, monkeypatch, command, "plan")
    assert (result.exit_code, result.output.strip()) == (1, not_released("plan"))
    assert "python3 course.py release plan" in result.output


def test_feedback_with_nothing_to_write_says_so(room):
    """Before anything is marked there is one line for the assignment."""
    said = []
    assert feedback_and_say(room.folder, ["interview"], say=said.append)
    assert said == ["interview: nothing to write: nothing is marked yet."]


@pytest.mark.parametrize("command", ["mark", "feedback"])
def test_a_pattern_that_matches_nobody_says_so(room, monkeypatch, command):
    """It is not taken for a cohort in which all is done."""
    room.hand_in("amara")
    result = asked(room, monkeypatch, command, "interview", "--students", "zz*")
    assert result.exit_code == 1
    assert "zz*" in result.output.splitlines()[-1]


def test_marking_names_who_needs_somebody_first(room):
    """A held script and one that cannot be read each have a line with the reason."""
    room.hand_in("amara")
    held = room.hand_in("ben") / "answers.json"
    held.write_text(room.answers("strong"), encoding="utf-8")
    (room.hand_in("cho") / "answers.json").write_text("{", encoding="utf-8")
    for _ in range(2):
        said = []
        mark_and_say(room.folder, ["interview"], say=said.append)
        assert [line.split(":")[0].strip() for line in said[1:3]] == ["cho", "ben"]
        assert "held for a person. " in said[2]
        assert not any(line.strip().startswith("amara") for line in said)


def test_at_most_twenty_are_named_and_the_rest_counted():
    """Those whose work could not be recorded come before those whose scheme changed."""
    rows = [Row(f"w{number:02}", status=Status.WAITING) for number in range(25)]
    rows += [Row("zoe", status=Status.MARKED, held=("No declaration.",)), Row("zed", status=Status.FAILED)]
    assert [row.student for row in needs_attention(rows)[:3]] == ["zed", "zoe", "w00"]
    said = []
    telling._say_rows(rows, said.append)
    assert len(said) == 21
    assert said[-1] == "  and 7 more"
