"""Hostile and damaged panel files: each costs itself, is named, and reaches no reader as markup."""

from __future__ import annotations

import csv
import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from panel_files import AS_KEYED, DESISTANCE, TALK

from engagekit.reports.panel import run_panel
from engagekit.reports.panel.codings import MOST_REMARKS, exercise_of, read_codings

if TYPE_CHECKING:
    from panel_files import Tutors

EVENT = {
    "schema": "attempt-event/2", "attempt": "x", "lens": "talk", "vignette": "first-visit",
    "content": "0123456789abcdef", "item": "t01", "answer": "question", "at": "2026-11-22T10:00:00.000Z",
}  # fmt: skip
SCRIPT = "<script>alert(1)</script>"

LINES: dict[str, tuple[str | bytes, str]] = {
    "not-json": ("hello", "not JSON"),
    "half-a-line": (json.dumps(EVENT)[:-9], "not JSON"),
    "a-list": ("[]", "not a JSON object"),
    "a-number": ("7", "not a JSON object"),
    "null": ("null", "not a JSON object"),
    "answer-is-a-list": (json.dumps(EVENT | {"answer": ["question"]}), '"answer" is not a text'),
    "item-is-an-object": (json.dumps(EVENT | {"item": {"t01": 1}}), '"item" is not a text'),
    "answer-is-true": (json.dumps(EVENT | {"answer": True}), '"answer" is not a text'),
    "a-giant-answer": (json.dumps(EVENT | {"answer": "x" * 2_000_000}), '"answer" is not a text'),
    "a-giant-number": ('{"schema":' + "9" * 10_000 + "}", "Exceeds the limit"),
    "deep": ("[" * 200_000, "nested too deeply"),
    "a-field-more": (json.dumps(EVENT | {"mark": "10"}), "its fields are not"),
    "a-field-less": (json.dumps({"schema": "attempt-event/2"}), "its fields are not"),
    "another-schema": (json.dumps(EVENT | {"schema": "attempt-event/9"}), "its schema is not"),
    "a-wrong-time": (json.dumps(EVENT | {"at": "yesterday"}), '"at" is not a time'),
    "half-a-letter": (json.dumps(EVENT | {"answer": "\ud800"}), '"answer" is not a text'),
    "latin-1": ('{"schema": "é"}'.encode("latin-1"), "not UTF-8"),
    "zero-bytes": (b"\0\0\0\0", "not JSON"),
    "not-a-number": (json.dumps(EVENT | {"answer": float("nan")}), '"answer" is not a text'),
}


@pytest.mark.parametrize("name", LINES)
def test_a_damaged_line_costs_itself(tutors: Tutors, name: str) -> None:
    """The good lines around it count, and it is named with its number and reason."""
    line, reason = LINES[name]
    tutors.agree(TALK, "anna", "bo")
    path = tutors.files / "anna.jsonl"
    good = path.read_bytes()
    raw = line if isinstance(line, bytes) else line.encode()
    path.write_bytes(good[: good.index(b"\n") + 1] + raw + b"\n" + good[good.index(b"\n") + 1 :])
    codings = read_codings(tutors.course, [tutors.files])
    assert [len(each.answers) for each in codings.found] == [2, 2]
    ((coder, what, why),) = [(each.coder, each.what, each.reason) for each in codings.asides]
    assert (coder, what) == ("anna", "anna.jsonl, line 2")
    assert reason in why
    assert len(why) < 300


def test_a_file_of_rubbish_is_told_briefly(tutors: Tutors) -> None:
    """A thousand damaged lines do not make a thousand rows."""
    tutors.agree(TALK, "anna", "bo")
    (tutors.files / "cy.jsonl").write_text("rubbish\n" * 1000, "utf-8")
    asides = read_codings(tutors.course, [tutors.files]).asides
    assert len(asides) == MOST_REMARKS + 1
    assert asides[-1].reason == f"{1000 - MOST_REMARKS} more lines could not be read"


def test_what_is_no_file_is_not_read(tutors: Tutors, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe, a folder, an empty file and one that is far too large are named and cost nothing else."""
    tutors.agree(TALK, "anna", "bo")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tutors.files / "pipe.jsonl")
    (tutors.files / "folder.jsonl").mkdir()
    (tutors.files / "empty.jsonl").touch()
    (tutors.files / "large.jsonl").write_text("x" * 200_000, "utf-8")
    monkeypatch.setattr("engagekit.reports.panel.codings.MOST_BYTES", 100_000)
    codings = read_codings(tutors.course, [tutors.files])
    told = {each.coder: each.reason for each in codings.asides}
    assert told["folder"] == told.get("pipe", told["folder"]) == "it is not an ordinary file"
    assert told["empty"] == "it is empty"
    assert told["large"] == "it is larger than 100000 bytes"
    assert {each.coder for each in codings.found} == {"anna", "bo"}


@pytest.mark.parametrize(
    "name", [SCRIPT.replace("/", ""), '" onclick="x', "=1+1", "{{ 7*7 }}", "a\u202eb", "é"]
)
def test_a_hostile_name_is_only_words(tutors: Tutors, name: str) -> None:
    """A tutor's name is escaped on the page, no formula in the table, and no command in the terminal."""
    tutors.agree(TALK, "anna")
    try:
        tutors.agree(TALK, name)
    except OSError:
        pytest.skip("this system does not allow such a file name")
    summary = run_panel(tutors.root, [tutors.files], tutors.out)
    page = (tutors.out / "report.html").read_text("utf-8")
    assert "<script" not in page and 'onclick="x' not in page.replace("&#34; onclick=&#34;x", "")
    assert name != "{{ 7*7 }}" or ("{{ 7*7 }}" in page and ">49" not in page)
    assert all(each.isprintable() or each == "\n" for each in summary)
    with (tutors.out / "splits.csv").open(encoding="utf-8-sig", newline="") as file:
        assert not any(cell.startswith("=") for row in csv.reader(file) for cell in row)


def test_hostile_words_in_events_are_only_words(tutors: Tutors) -> None:
    """Lens, vignette, item, answer and attempt may be anything that somebody typed; none becomes markup."""
    tutors.agree(TALK, "anna", "bo")
    content = exercise_of(tutors.course, *TALK)["content"]
    strange: list[dict[str, Any]] = [
        EVENT | {"lens": SCRIPT, "vignette": SCRIPT},
        EVENT | {"vignette": "../../etc/passwd", "content": SCRIPT},
        EVENT | {"item": SCRIPT, "answer": SCRIPT, "content": content},
        EVENT | {"item": "t01", "answer": "question " + SCRIPT, "content": content, "attempt": SCRIPT},
    ]
    path = tutors.files / "cy.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in strange), "utf-8")
    run_panel(tutors.root, [tutors.files], tutors.out)
    page = (tutors.out / "report.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert sorted(path.name for path in (tutors.out / "proposed").iterdir()) == ["first-visit"]


def test_sentences_that_nobody_wrote_are_not_proposed(tutors: Tutors) -> None:
    """What tutors point at reaches a proposed key only where it is a sentence of the case."""
    for tutor in ("anna", "bo"):
        tutors.code(tutor, DESISTANCE, {"b1-intention": "present s05 s99 x:y", "b2-hope": "not-stated"})
    run_panel(tutors.root, [tutors.files], tutors.out)
    text = (tutors.out / "proposed" / "ana-letters" / "key.yaml").read_text("utf-8")
    assert "shown_by: [s05]" in text
    assert "s99" not in text and "x:y" not in text


def test_a_set_with_repeats_and_none_is_read_once(tutors: Tutors) -> None:
    """Repeats count once, and an answer that says none and something is no answer."""
    pair = ("goal", "eli-mornings")
    tutors.code("anna", pair, {"faults": "vague vague no-date"})
    tutors.code("bo", pair, {"faults": "none vague"})
    tutors.code("cy", pair, {"faults": "none"})
    codings = read_codings(tutors.course, [tutors.files])
    assert {each.coder for each in codings.found} == {"anna", "cy"}


def test_earlier_events_are_read(tutors: Tutors) -> None:
    """An export from the time when Talk was the only lens still counts."""
    tutors.agree(TALK, "anna")
    content = exercise_of(tutors.course, *TALK)["content"]
    lines = [
        {"schema": "attempt-event/1", "attempt": "old", "lens": "talk", "vignette": "first-visit",
         "content": content, "turn": turn, "code": code, "at": "2026-10-01T10:00:00.000Z"}
        for turn, code in AS_KEYED[TALK].items()
    ]  # fmt: skip
    (tutors.files / "bo.jsonl").write_text("".join(json.dumps(each) + "\n" for each in lines), "utf-8")
    assert [each.missing for each in read_codings(tutors.course, [tutors.files]).found] == [0, 0]
