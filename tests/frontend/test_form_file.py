"""The learner's answers.json: whole or not at all, and no words lost."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engagekit.frontend import form_file
from engagekit.frontend.form_file import (
    AnswersFile,
    ChangedMeanwhileError,
    OtherAssignmentError,
    SaveRefusedError,
    write_whole,
)
from engagekit.model import MAX_TEXT, answers_hash

FORM: dict[str, Any] = {
    "id": "interview",
    "form": "0123456789abcdef",
    "sections": [
        {"id": "coding", "kind": "coding", "title": "Part 1. Code"},
        {"id": "replies", "kind": "replies", "title": "Part 3. Reply"},
    ],
}
ANSWERS: dict[str, Any] = {
    "coding": {"t01": "reflection"},
    "replies": {"r1": "You’re tired – 疲れた 🙂"},
    "session": [{"person": "No.", "mine": "No?", "code": "reflection"}],
}


def opened(folder: Path) -> AnswersFile:
    return AnswersFile(folder, FORM, now=lambda: datetime(2026, 11, 22, 10, 42, tzinfo=UTC))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_file_says_whose_answers_it_holds_and_when(tmp_path: Path) -> None:
    """What is saved has the shape that marking reads."""
    stored = opened(tmp_path).save(ANSWERS, base="")
    assert json.loads((tmp_path / "answers.json").read_text(encoding="utf-8")) == {
        "schema": "answers/1",
        "assignment": "interview",
        "form": "0123456789abcdef",
        "saved": "2026-11-22T10:42:00.000Z",
        "answers": ANSWERS,
    }
    assert stored.saved == "2026-11-22T10:42:00.000Z"
    assert names(tmp_path) == ["answers.json"]


def test_answers_are_there_again_when_the_form_opens(tmp_path: Path) -> None:
    """Resuming gives back every character that was saved, and the same version."""
    saved = opened(tmp_path).save(ANSWERS, base="")
    found, notes = opened(tmp_path).open()
    assert (found.answers, found.version, found.older, notes) == (ANSWERS, saved.version, False, ())


def test_a_crash_while_saving_leaves_the_old_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk fails half way, the old file is whole, the learner is told, and no scrap is left."""
    file = opened(tmp_path)
    first = file.save(ANSWERS, base="")
    before = (tmp_path / "answers.json").read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(form_file.os, "fsync", full)
    with pytest.raises(SaveRefusedError, match="No space left on device"):
        file.save({"coding": {}}, base=first.version)
    assert (tmp_path / "answers.json").read_bytes() == before
    assert names(tmp_path) == ["answers.json"]


def test_words_reach_the_disk_before_the_name_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is flushed first and takes its name second, so that a power cut cannot leave an empty file."""
    acts: list[str] = []
    flush, rename = os.fsync, Path.replace
    monkeypatch.setattr(form_file.os, "fsync", lambda handle: (acts.append("flush"), flush(handle))[1])
    monkeypatch.setattr(Path, "replace", lambda path, to: (acts.append("rename"), rename(path, to))[1])
    write_whole(tmp_path / "answers.json", b"{}")
    assert acts[:2] == ["flush", "rename"]


@pytest.mark.skipif(os.name == "nt", reason="permissions are of another kind on Windows")
def test_a_saved_file_can_be_read_by_whoever_could_read_it_before(tmp_path: Path) -> None:
    """A new file gets ordinary permissions and an old one keeps its own: nbgrader must collect it."""
    mask = os.umask(0o022)
    try:
        write_whole(tmp_path / "new.json", b"{}")
    finally:
        os.umask(mask)
    (tmp_path / "old.json").write_bytes(b"")
    (tmp_path / "old.json").chmod(0o640)
    write_whole(tmp_path / "old.json", b"{}")
    modes = [(tmp_path / name).stat().st_mode & 0o777 for name in ("new.json", "old.json")]
    assert modes == [0o644, 0o640]


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"schema": "answers/1", "assignment": "interview", "answers": 5}',
        b"[" * 100_000,
    ],
    ids=["empty", "cut", "not text", "a list", "answers are a number", "deep"],
)
def test_a_damaged_file_is_set_aside_and_reported(tmp_path: Path, damage: bytes) -> None:
    """Nothing is overwritten silently: the damaged bytes get a name of their own, and the learner is told."""
    (tmp_path / "answers.json").write_bytes(damage)
    (tmp_path / "answers.damaged-1.json").write_bytes(b"an earlier accident")
    found, notes = opened(tmp_path).open()
    assert found.answers == {}
    assert (tmp_path / "answers.damaged-2.json").read_bytes() == damage
    assert (tmp_path / "answers.damaged-1.json").read_bytes() == b"an earlier accident"
    assert len(notes) == 1 and "answers.damaged-2.json" in notes[0]
    assert not (tmp_path / "answers.json").exists()


def test_a_file_that_is_damaged_after_opening_is_set_aside_too(tmp_path: Path) -> None:
    """Saving over a file that went bad meanwhile keeps the bad bytes and saves the words."""
    file = opened(tmp_path)
    version = file.save(ANSWERS, base="").version
    (tmp_path / "answers.json").write_bytes(b"half a fi")
    file.save(ANSWERS, base=version)
    assert (tmp_path / "answers.damaged-1.json").read_bytes() == b"half a fi"
    assert file.open()[0].answers == ANSWERS


def test_answers_of_another_assignment_are_refused(tmp_path: Path) -> None:
    """Neither opening nor saving touches a file that belongs elsewhere; the sentence names it."""
    other = b'{"schema": "answers/1", "assignment": "plan", "form": "", "answers": {}}'
    (tmp_path / "answers.json").write_bytes(other)
    with pytest.raises(OtherAssignmentError, match=r"another assignment \(plan\).*Move that file"):
        opened(tmp_path).open()
    with pytest.raises(SaveRefusedError, match="another assignment"):
        opened(tmp_path).save(ANSWERS, base="")
    assert (tmp_path / "answers.json").read_bytes() == other


def test_a_too_long_answer_is_refused_politely(tmp_path: Path) -> None:
    """The sentence names the part and the limit, and the file stays as it was."""
    file = opened(tmp_path)
    version = file.save(ANSWERS, base="").version
    with pytest.raises(SaveRefusedError, match=r"Part 3\. Reply has an answer of more than 4,000 characters"):
        file.save({"replies": {"r1": "x" * (MAX_TEXT + 1)}}, base=version)
    assert file.open()[0].version == version
    file.save({"replies": {"r1": "🙂" * MAX_TEXT}}, base=version)


@pytest.mark.parametrize(
    "answers", [None, [], {"coding": 5}, {"coding": {"t01": ["x"]}}, {"session": [["no"]]}]
)
def test_answers_in_no_known_shape_are_refused(tmp_path: Path, answers: Any) -> None:
    """A message from a broken page cannot replace good answers."""
    file = opened(tmp_path)
    version = file.save(ANSWERS, base="").version
    with pytest.raises(SaveRefusedError, match="not in the shape"):
        file.save(answers, base=version)
    assert file.open()[0].answers == ANSWERS


def test_a_version_that_was_not_seen_is_never_overwritten(tmp_path: Path) -> None:
    """With two windows open, the second to save is told what the first one saved, and nothing changes."""
    one, two = opened(tmp_path), opened(tmp_path)
    seen = two.open()[0].version
    one.save(ANSWERS, base=seen)
    with pytest.raises(ChangedMeanwhileError) as told:
        two.save({"replies": {"r1": "mine"}}, base=seen)
    assert told.value.now.answers == ANSWERS
    assert one.open()[0].answers == ANSWERS
    two.save({"replies": {"r1": "mine"}}, base=told.value.now.version)
    assert one.open()[0].answers == {"replies": {"r1": "mine"}}


def test_the_version_that_was_not_chosen_is_kept(tmp_path: Path) -> None:
    """Each version set aside gets a name of its own."""
    file = opened(tmp_path)
    kept = [file.keep_aside(ANSWERS), file.keep_aside({"replies": {"r1": "two"}})]
    assert [path.name for path in kept] == ["answers.other-1.json", "answers.other-2.json"]
    assert json.loads(kept[1].read_bytes())["answers"] == {"replies": {"r1": "two"}}


def test_answers_to_an_older_form_are_copied_before_they_are_replaced(tmp_path: Path) -> None:
    """A form that changed may no longer ask a question: the old file is kept when it is first replaced."""
    AnswersFile(tmp_path, {**FORM, "form": "ffffffffffffffff"}).save(ANSWERS, base="")
    old = (tmp_path / "answers.json").read_bytes()
    file = opened(tmp_path)
    found, _ = file.open()
    assert found.older and found.answers == ANSWERS
    version = file.save({"coding": {"t01": "summary"}}, base=found.version).version
    file.save({"coding": {"t01": "other"}}, base=version)
    assert names(tmp_path) == ["answers.json", "answers.older-1.json"]
    assert (tmp_path / "answers.older-1.json").read_bytes() == old


def test_half_a_character_does_not_stop_saving(tmp_path: Path) -> None:
    """Browsers can send half of a character pair; it is replaced, and the rest is saved."""
    file = opened(tmp_path)
    file.save({"replies": {"r1": "a\ud83db"}}, base="")
    assert file.open()[0].answers["replies"]["r1"] == "a?b"


SIGNED = {"own_work": True, "ai": "ideas", "said": "A list \U0001f642", "content": answers_hash(ANSWERS)}


def test_a_declaration_stands_in_the_file_with_the_answers_it_was_made_for(tmp_path: Path) -> None:
    """It is written, comes back when the form opens, and goes with a version that is set aside."""
    file = opened(tmp_path)
    assert file.save(ANSWERS, base="", declaration=SIGNED).declaration == SIGNED
    assert json.loads((tmp_path / "answers.json").read_bytes())["declaration"] == SIGNED
    assert file.open()[0].declaration == SIGNED
    assert json.loads(file.keep_aside(ANSWERS, SIGNED).read_bytes())["declaration"] == SIGNED


@pytest.mark.parametrize(
    "declaration",
    [
        {**SIGNED, "content": answers_hash({})},
        {**SIGNED, "content": ""},
        {**SIGNED, "own_work": False},
        {**SIGNED, "own_work": "yes"},
        {**SIGNED, "ai": None},
        {**SIGNED, "ai": "some"},
        {**SIGNED, "said": "x" * (MAX_TEXT + 1)},
        {**SIGNED, "extra": "1"},
        [SIGNED],
        "signed",
        None,
    ],
    ids=lambda given: str(given)[:60],
)
def test_the_answers_are_saved_and_a_declaration_that_does_not_hold_is_left_out(
    tmp_path: Path, declaration: Any
) -> None:
    """A signature for other answers, or none at all, never stands in the file; the answers always do."""
    stored = opened(tmp_path).save(ANSWERS, base="", declaration=declaration)
    assert stored.declaration is None
    content = json.loads((tmp_path / "answers.json").read_bytes())
    assert "declaration" not in content and content["answers"] == ANSWERS


def test_an_older_file_without_a_declaration_opens(tmp_path: Path) -> None:
    """Files from before there were declarations are answers like any other, and are not signed."""
    opened(tmp_path).save(ANSWERS, base="")
    assert opened(tmp_path).open()[0].as_json()["declaration"] is None
