"""What the browser knows of an exercise: what is open, what counts, and which attempts are its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Javascript = Callable[..., Any]
Event = Callable[..., dict[str, str]]
EVERY = ["t02", "t04", "t06", "t08"]


def ask(javascript: Javascript, call: str, *data: Any) -> Any:
    """Evaluate `engagekit.exerciseState.<call>`, in which `data` is what is given here."""
    return javascript(f"engagekit.exerciseState.{call}", list(data))


def test_next_is_the_item_after_this_one_and_then_the_first_left_out(
    javascript: Javascript, exercise: dict[str, Any]
) -> None:
    """After the last item it begins again at the front; with none left there is no next."""
    latest = {"latest": {"t02": "other", "t06": "other"}}
    for start, following in (("t02", "t04"), ("t04", "t08"), ("t08", "t04"), (None, "t04"), ("t99", "t04")):
        assert ask(javascript, "nextOpen(...data)", exercise, latest, start) == following
    full = {"latest": dict.fromkeys(EVERY, "other")}
    assert ask(javascript, "nextOpen(...data)", exercise, full, "t02") is None


def test_an_optional_item_is_never_next_and_never_holds_up_the_end(
    javascript: Javascript, exercise: dict[str, Any]
) -> None:
    """The person's turn is passed over, and neither asked for nor counted as done."""
    only = {"latest": {"t02": "other", "t03": "change"}}
    assert ask(javascript, "nextOpen(...data)", exercise, only, "t02") == "t04"
    assert ask(javascript, "done(...data)", exercise, only) == 1
    full = {"latest": dict.fromkeys(EVERY, "other")}
    assert ask(javascript, "isComplete(...data)", exercise, full) is True
    assert ask(javascript, "isComplete(...data)", exercise, only) is False


def test_practice_counts_first_answers_and_a_retest_the_last(
    javascript: Javascript, exercise: dict[str, Any]
) -> None:
    """Feedback shows the key at once; a retest shows nothing before its end."""
    attempt = {"first": {"t02": "other"}, "latest": {"t02": "open-question"}}
    assert ask(javascript, "counted(...data)", exercise, attempt) == attempt["first"]
    retest = {**exercise, "use": "retest"}
    assert ask(javascript, "counted(...data)", retest, attempt) == attempt["latest"]


def test_the_total_leaves_out_discussion_and_what_is_optional(
    javascript: Javascript, exercise: dict[str, Any]
) -> None:
    """Two of three answers that count agree; a turn readers split on and the person's turn change nothing."""
    answers = {"t02": "open-question", "t04": "reflection", "t06": "other"}
    wanted = {"count": 3, "points": 2, "share": 2 / 3}
    assert ask(javascript, "total(...data)", exercise, answers) == wanted
    more = {**answers, "t08": "other", "t03": "sustain"}
    assert ask(javascript, "total(...data)", exercise, more) == wanted


def test_nothing_that_counts_has_no_share(javascript: Javascript, exercise: dict[str, Any]) -> None:
    """Zero of zero is no result, and not nought per cent."""
    nothing = {"count": 0, "points": 0, "share": None}
    assert ask(javascript, "total(...data)", exercise, {}) == nothing
    assert ask(javascript, "total(...data)", exercise, {"t08": "affirmation"}) == nothing


def test_a_step_away_counts_half_in_the_total(javascript: Javascript, exercise: dict[str, Any]) -> None:
    """An item whose choices stand in order gives half for a neighbour."""
    ordered = [{**item, "ordinal": True} for item in exercise["items"]]
    found = ask(javascript, "total(...data)", {**exercise, "items": ordered}, {"t02": "closed-question"})
    assert found == {"count": 1, "points": 0.5, "share": 0.5}


def test_attempts_leave_out_what_could_not_have_been_answered(
    javascript: Javascript, exercise: dict[str, Any], event: Event
) -> None:
    """Unknown items, unknown codes, blanks and another lens or vignette cost nothing else."""
    events = [
        event(),
        event(item="t99", at="2026-11-22T10:00:01.000Z"),
        event(answer="nonsense", at="2026-11-22T10:00:02.000Z"),
        event(item="t04", answer=" ", at="2026-11-22T10:00:03.000Z"),
        event(item="t03", answer="open-question", at="2026-11-22T10:00:04.000Z"),
        event(item="t06", lens="stage", at="2026-11-22T10:00:05.000Z"),
        event(item="t08", vignette="another", at="2026-11-22T10:00:06.000Z"),
    ]
    (attempt,) = ask(javascript, "attempts(...data)", exercise, events)
    assert attempt["latest"] == {"t02": "reflection"}
    assert attempt["last"] == events[0]["at"]


def test_an_attempt_of_nothing_but_invalid_answers_is_none(
    javascript: Javascript, exercise: dict[str, Any], event: Event
) -> None:
    """It is neither resumed nor listed."""
    assert ask(javascript, "attempts(...data)", exercise, [event(answer="nonsense")]) == []


def test_attempts_come_oldest_first_by_their_last_answer(
    javascript: Javascript, exercise: dict[str, Any], event: Event
) -> None:
    """The newest is the one that was worked on last, wherever it began."""
    events = [
        event(attempt="a1", at="2026-11-22T10:00:00.000Z"),
        event(attempt="a2", at="2026-11-22T10:00:01.000Z"),
        event(attempt="a1", item="t04", at="2026-11-22T10:00:02.000Z"),
    ]
    found = ask(javascript, "attempts(...data)", exercise, events)
    assert [attempt["id"] for attempt in found] == ["a2", "a1"]


def test_another_version_is_counted_apart(
    javascript: Javascript, exercise: dict[str, Any], event: Event
) -> None:
    """Two attempts at an earlier version are two; today's is none of them."""
    events = [event(), *(event(attempt=name, content="fedcba9876543210") for name in ("b1", "b1", "b2"))]
    assert ask(javascript, "olderAttempts(...data)", exercise, events) == 2
    assert len(ask(javascript, "attempts(...data)", exercise, events)) == 1


def test_a_new_answer_is_later_than_all_before_it(
    javascript: Javascript, exercise: dict[str, Any], event: Event
) -> None:
    """Though the clock was set back since, a new attempt sorts after those in the record."""
    blank = {"id": "new", "first": {}, "latest": {}, "last": ""}
    ahead = [event(at="2999-01-01T00:00:00.000Z")]
    made = ask(javascript, "event(data[0], data[1], 't02', 'other', data[2])", exercise, blank, ahead)
    assert made["at"] == "2999-01-01T00:00:00.001Z"
    assert javascript("engagekit.attempts.isEvent(data)", made) is True
    attempts = ask(javascript, "attempts(...data)", exercise, [*ahead, made])
    assert attempts[-1]["id"] == "new"


def test_an_answer_that_is_withheld_is_only_kept(javascript: Javascript, exercise: dict[str, Any]) -> None:
    """A retest under way says nothing of how an answer compares."""
    told = "outcome(data[0], data[0].items[0], 'open-question', data[1])"
    assert [ask(javascript, told, exercise, withheld) for withheld in (True, False)] == ["kept", "agrees"]


def test_a_written_answer_is_read_and_never_scored(javascript: Javascript, exercise: dict[str, Any]) -> None:
    """Words have no score, and an exercise of words alone has no total."""
    items = [{**exercise["items"][0], "kind": "text"}]
    words = {**exercise, "items": items, "key": {"t02": {"exemplars": []}}}
    assert ask(javascript, "outcome(data[0], data[0].items[0], 'Tell me.', false)", words) == "read"
    assert ask(javascript, "total(...data)", words, {"t02": "Tell me."})["share"] is None
