"""The lines of an attempt record: what is read, what is refused, and what several records are together."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engagekit.frontend.attempts import AttemptEvent, attempts_of, merge, parse

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


@pytest.mark.parametrize(("earlier", "today"), LINES["earlier"])
def test_an_earlier_line_counts_as_the_same_event(earlier: str, today: str) -> None:
    """A line from the time when Talk was the only lens is read, and is not counted beside its equal."""
    record = parse(f"{earlier}\n{today}\n".encode())
    assert [event.line() for event in record.events] == [today]
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


def test_merge_is_a_union_in_order_of_time(event: Event) -> None:
    """Merging either way round, or twice, gives each event once, oldest first."""
    one, two, three = (make(event(item=f"t{n}", at=f"2026-11-22T10:00:0{n}.000Z")) for n in (1, 2, 3))
    assert merge([three, one], [two, one]) == merge([two, one, one], [one, three]) == (one, two, three)


def test_first_answers_and_latest_answers(event: Event) -> None:
    """An answer that is changed later keeps its first one for the score; the newest attempt comes last."""
    events = [
        make(event(answer="other", at="2026-11-22T10:00:02.000Z")),
        make(event(answer="reflection", at="2026-11-22T10:00:01.000Z")),
        make(event(attempt="a0", at="2026-11-22T09:00:00.000Z")),
    ]
    older, newest = attempts_of(events)
    assert (older.id, newest.id) == ("a0", "a1")
    assert (newest.first["t02"], newest.latest["t02"]) == ("reflection", "other")
