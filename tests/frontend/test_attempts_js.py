"""The browser's record of attempts, and what the exercise makes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

LINES = json.loads((Path(__file__).parent / "attempt_lines.json").read_text("utf-8"))
Javascript = Callable[..., Any]
Event = Callable[..., dict[str, str]]


def test_the_same_lines_are_good_and_damaged_as_in_python(javascript: Javascript) -> None:
    """Good lines come back as the same text; each damaged line is counted and costs no other."""
    mixed = [line for pair in zip(LINES["good"], LINES["damaged"], strict=False) for line in pair]
    mixed += LINES["damaged"][len(LINES["good"]) :]
    found = javascript("engagekit.attempts.parseLines(data)", "\ufeff" + "\r\n".join(mixed) + "\n\n")
    assert found["damaged"] == len(LINES["damaged"])
    assert javascript("data.map(engagekit.attempts.toLine)", found["events"]) == LINES["good"]


def test_an_earlier_line_counts_as_the_same_event(javascript: Javascript) -> None:
    """A line from the time when Talk was the only lens is read as the event of today."""
    for earlier, today in LINES["earlier"]:
        found = javascript("engagekit.attempts.parseLines(data)", f"{earlier}\n{today}\n")
        events = javascript("engagekit.attempts.merge(data).map(engagekit.attempts.toLine)", found["events"])
        assert (events, found["damaged"]) == ([today], 0)


def test_merge_is_a_union_in_order_of_time(javascript: Javascript, event: Event) -> None:
    """Merging either way round, or twice, gives each event once, oldest first."""
    one, two, three = (event(item=f"t{n}", at=f"2026-11-22T10:00:0{n}.000Z") for n in (1, 2, 3))
    merge = "engagekit.attempts.merge(data[0], data[1])"
    assert javascript(merge, [[three, one], [two, one]]) == [one, two, three]
    assert javascript(merge, [[two, one], [three, one, one]]) == [one, two, three]


def test_first_answers_and_latest_answers(javascript: Javascript, event: Event) -> None:
    """An answer that is changed later keeps its first one for the score."""
    events = [
        event(answer="other", at="2026-11-22T10:00:02.000Z"),
        event(answer="reflection", at="2026-11-22T10:00:01.000Z"),
    ]
    (attempt,) = javascript("engagekit.attempts.attemptsOf(data)", events)
    assert (attempt["first"], attempt["latest"]) == ({"t02": "reflection"}, {"t02": "other"})


def test_another_version_of_an_interview_is_not_resumed(
    javascript: Javascript, event: Event, exercise: dict[str, Any]
) -> None:
    """Events for other content, unknown items or unknown answers do not reach the attempt."""
    events = [
        event(),
        event(attempt="old", content="fedcba9876543210"),
        event(item="t99", at="2026-11-22T10:00:01.000Z"),
        event(answer="nonsense", at="2026-11-22T10:00:02.000Z"),
    ]
    data = {"exercise": exercise, "events": events}
    (attempt,) = javascript("engagekit.exerciseState.attempts(data.exercise, data.events)", data)
    assert attempt["latest"] == {"t02": "reflection"}
    assert javascript("engagekit.exerciseState.olderAttempts(data.exercise, data.events)", data) == 1


def test_after_the_last_time_there_is_an_answer_is_still_accepted(
    javascript: Javascript, event: Event
) -> None:
    """A year of five figures would be refused as damage, here and in Python."""
    last = "9999-12-31T23:59:59.999Z"
    following = javascript("engagekit.attempts.timeAfter(data)", last)
    assert javascript("engagekit.attempts.isEvent(data)", event(at=following))
    assert following == last


def test_time_never_stands_still(javascript: Javascript) -> None:
    """Two answers within one millisecond, or after the clock was set back, keep their order."""
    later = javascript("engagekit.attempts.timeAfter('2999-01-01T00:00:00.000Z')")
    assert later == "2999-01-01T00:00:00.001Z"


def test_next_turn_wraps_to_the_ones_left_out(javascript: Javascript, exercise: dict[str, Any]) -> None:
    """After the last turn the next one is the first that has no code, and none when all are coded."""
    ask = "['t02', 't08', null].map((t) => engagekit.exerciseState.nextOpen(data[0], {latest: data[1]}, t))"
    assert javascript(ask, [exercise, {"t02": "other", "t06": "other"}]) == ["t04", "t04", "t04"]
    every = dict.fromkeys(["t02", "t04", "t06", "t08"], "other")
    assert javascript(ask, [exercise, every]) == [None, None, None]


def test_a_retest_counts_the_last_answers(javascript: Javascript, exercise: dict[str, Any]) -> None:
    """Without feedback a second thought is still the learner's own; with it, first answers count."""
    attempt = {"first": {"t02": "other"}, "latest": {"t02": "open-question"}}
    ask = "['practice', 'retest'].map((use) => engagekit.exerciseState.counted({...data[0], use}, data[1]))"
    assert javascript(ask, [exercise, attempt]) == [attempt["first"], attempt["latest"]]
