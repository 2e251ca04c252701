"""The file of attempts: it only grows, survives damage, and two processes may share it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from engagekit.frontend.attempts import AttemptEvent, AttemptLog, _locked, attempts_of, merge, parse

LINES = json.loads((Path(__file__).parent / "attempt_lines.json").read_text("utf-8"))
Event = Callable[..., dict[str, str]]


def make(value: dict[str, str]) -> AttemptEvent:
    """Return the event that a value describes."""
    return AttemptEvent.from_value(value)


def test_good_lines_come_back_as_the_same_text() -> None:
    """The browser writes the same bytes for the same event."""
    record = parse("\n".join(LINES["good"]).encode())
    assert {event.line() for event in record.events} == set(LINES["good"])
    assert record.damaged == ()


@pytest.mark.parametrize("line", LINES["damaged"])
def test_a_damaged_line_is_reported_and_costs_no_other(line: str) -> None:
    """The line's number and what is wrong with it are told; the lines around it are read."""
    record = parse(f"\ufeff{LINES['good'][0]}\r\n{line}\n{LINES['good'][1]}\n".encode())
    assert len(record.events) == 2
    ((number, reason),) = [(found.number, found.reason) for found in record.damaged]
    assert number == 2
    assert reason


def test_bytes_that_are_not_text_and_deep_nesting_are_only_damage() -> None:
    """Neither stops the reading."""
    record = parse(b"\xff\xfe\n" + b"[" * 200_000 + b"\n" + LINES["good"][0].encode())
    assert [found.number for found in record.damaged] == [1, 2]
    assert len(record.events) == 1


def test_append_makes_the_folder_adds_once_and_never_rewrites(tmp_path: Path, event: Event) -> None:
    """What was in the file stays there byte for byte; an event that is there already is not added again."""
    log = AttemptLog(tmp_path / "attempts" / "talk.jsonl")
    assert log.read().events == ()
    assert log.append([make(event())]) == 1
    before = log.path.read_bytes()
    assert log.append([make(event()), make(event(turn="t04"))]) == 1
    assert log.path.read_bytes().startswith(before)
    assert [found.turn for found in log.read().events] == ["t02", "t04"]


def test_a_line_cut_short_does_not_swallow_the_next(tmp_path: Path, event: Event) -> None:
    """After a crash in mid-line the next event starts on a line of its own."""
    log = AttemptLog(tmp_path / "talk.jsonl")
    log.path.write_bytes(make(event()).line().encode()[:40])
    log.append([make(event(turn="t04"))])
    record = log.read()
    assert [found.turn for found in record.events] == ["t04"]
    assert [found.number for found in record.damaged] == [1]


APPEND_MANY = """
import json, sys
from pathlib import Path
from engagekit.frontend.attempts import AttemptEvent, AttemptLog

path, attempt, line = sys.argv[1:]
for number in range(100):
    for name in (attempt, "shared"):
        value = json.loads(line) | {"attempt": name, "turn": f"t{number}"}
        AttemptLog(Path(path)).append([AttemptEvent.from_value(value)])
"""


def test_two_processes_lose_nothing(tmp_path: Path) -> None:
    """Two notebooks that write at the same time leave every line whole, and what both write is there once."""
    path = tmp_path / "talk.jsonl"
    command = [sys.executable, "-c", APPEND_MANY, str(path)]
    writers = [subprocess.Popen([*command, name, LINES["good"][0]]) for name in ("one", "two")]
    for writer in writers:
        assert writer.wait(60) == 0
    record = AttemptLog(path).read()
    assert len(record.events) == 300
    assert len(path.read_bytes().splitlines()) == 300
    assert record.damaged == ()


def test_a_writer_waits_for_the_other_to_finish(tmp_path: Path, event: Event) -> None:
    """While one notebook holds the file, another's answer waits; then it is written."""
    log = AttemptLog(tmp_path / "talk.jsonl")
    written = threading.Event()

    def write() -> None:
        log.append([make(event())])
        written.set()

    writer = threading.Thread(target=write)
    with log.path.open("a+b") as file, _locked(file.fileno()):
        writer.start()
        assert not written.wait(0.5)
        assert log.path.read_bytes() == b""
    assert written.wait(60)
    writer.join()
    assert len(log.read().events) == 1


def test_merge_is_a_union_in_order_of_time(event: Event) -> None:
    """Merging either way round, or twice, gives each event once, oldest first."""
    one, two, three = (make(event(turn=f"t{n}", at=f"2026-11-22T10:00:0{n}.000Z")) for n in (1, 2, 3))
    assert merge([three, one], [two, one]) == merge([two, one, one], [one, three]) == (one, two, three)


def test_first_answers_and_latest_answers(event: Event) -> None:
    """A code that is changed later keeps its first answer for the score; the newest attempt comes last."""
    events = [
        make(event(code="other", at="2026-11-22T10:00:02.000Z")),
        make(event(code="reflection", at="2026-11-22T10:00:01.000Z")),
        make(event(attempt="a0", at="2026-11-22T09:00:00.000Z")),
    ]
    older, newest = attempts_of(events)
    assert (older.id, newest.id) == ("a0", "a1")
    assert (newest.first["t02"], newest.latest["t02"]) == ("reflection", "other")
