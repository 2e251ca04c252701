"""Progress: what counts, what is due, and the golden vectors that the browser passes too."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from engagekit.scoring.progress import progress
from engagekit.scoring.progress_history import millis

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "progress.json").read_text("utf-8"))
CATALOGUE = GOLDEN["catalogue"]
CONTENT = {(each["lens"], each["id"]): each["content"] for each in CATALOGUE["exercises"]}
NOW = "2026-11-22T12:00:00.000Z"

BIRCH = {"t1": "closed-question", "t2": "reflection"}
"""The key of the exercise Birch."""


def event(value: Any) -> Any:
    """Return a golden event as a record has it."""
    if isinstance(value, list) and len(value) == len(GOLDEN["fields"]):
        return {"schema": "attempt-event/2", **dict(zip(GOLDEN["fields"], value, strict=True))}
    return value


def outcome(case: dict[str, Any]) -> dict[str, Any]:
    """Return what Python makes of a golden case, without the lenses that were not touched."""
    found = progress(CATALOGUE, map(event, case["events"]), case["now"])
    return {**found, "lenses": [each for each in found["lenses"] if each["attempts"] or each["earlier"]]}


def go(vignette: str, at: str, answers: dict[str, str], attempt: str = "a1") -> list[dict[str, str]]:
    """Return the events of one attempt at a Talk exercise, all at one moment."""
    content = CONTENT["talk", vignette]
    return [event([attempt, "talk", vignette, content, item, answer, at]) for item, answer in answers.items()]


def talk(events: list[Any], now: str = NOW) -> dict[str, Any]:
    """Return how the Talk lens stands."""
    (found,) = [each for each in progress(CATALOGUE, events, now)["lenses"] if each["lens"] == "talk"]
    return found


def kinds(events: list[Any], now: str = NOW) -> list[tuple[str, str]]:
    """Return kind and vignette of each suggestion."""
    return [(each["kind"], each["vignette"]) for each in progress(CATALOGUE, events, now)["suggestions"]]


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["name"])
def test_golden_vectors(case: dict[str, Any]) -> None:
    """Each case comes out as it was looked over and written down."""
    assert outcome(case) == case["expected"]


def test_first_answers_count_in_practice_and_last_ones_in_a_retest() -> None:
    """The same change of mind makes 0.5 in practice and 1 in a retest."""
    first = go("birch", "2026-11-22T10:00:00.000Z", {"t1": "other", "t2": "reflection"})
    second = go("birch", "2026-11-22T10:05:00.000Z", {"t1": "closed-question"})
    assert talk(first + second)["attempts"][0]["share"] == 0.5
    first = go("yew", "2026-11-22T10:00:00.000Z", {"t1": "other", "t2": "open-question"})
    second = go("yew", "2026-11-22T10:05:00.000Z", {"t1": "reflection"})
    assert talk(first + second)["attempts"][0]["share"] == 1.0


def test_an_unfinished_retest_gives_nothing_away() -> None:
    """Neither a share nor a code is shown before its end, or a retest would be feedback after all."""
    found = talk(go("yew", "2026-11-22T10:00:00.000Z", {"t1": "reflection"}))
    assert (found["attempts"][0]["share"], found["attempts"][0]["count"], found["codes"]) == (None, 0, [])


def test_contested_answers_never_count() -> None:
    """The last turn of Ash is for discussion: it is in no count, right or wrong."""
    answers = {"t1": "open-question", "t2": "reflection", "t3": "reflection"}
    for last in ("other", "reflection"):
        found = talk(go("ash", "2026-11-22T10:00:00.000Z", {**answers, "t4": last}))
        assert (found["attempts"][0]["count"], found["attempts"][0]["share"]) == (3, 1.0)
        assert {row["code"] for row in found["codes"]} == {"open-question", "reflection"}


@pytest.mark.parametrize(
    ("share", "days", "due"),
    [(0.5, 1, False), (0.5, 2, True), (1.0, 20, False), (1.0, 21, True)],
)
def test_a_pause_grows_with_agreement(share: float, days: int, due: bool) -> None:
    """Half comes back after two days, everything after twenty-one, and neither a day before."""
    first = "closed-question" if share == 1.0 else "other"
    done = go("birch", "2026-10-01T12:00:00.000Z", {"t1": first, "t2": "reflection"})
    late = f"2026-10-{1 + days:02}T12:00:00.000Z"
    assert (("return", "birch") in kinds(done, late)) is due


def test_a_retest_is_due_a_week_after_the_last_practice() -> None:
    """Not a millisecond before seven days; not at all once it is done; again after more practice."""
    done = go("birch", "2026-11-01T10:00:00.000Z", BIRCH)
    assert ("retest", "yew") not in kinds(done, "2026-11-08T09:59:59.999Z")
    assert ("retest", "yew") in kinds(done, "2026-11-08T10:00:00.000Z")
    retest = go("yew", "2026-11-09T10:00:00.000Z", {"t1": "reflection", "t2": "other"}, "a2")
    assert "retest" not in dict(kinds(done + retest, "2026-12-31T10:00:00.000Z"))
    again = go("birch", "2026-11-10T10:00:00.000Z", BIRCH, "a3")
    assert ("retest", "holly") in kinds(done + retest + again, "2026-11-17T10:00:00.000Z")


def test_another_version_is_never_compared() -> None:
    """It is listed apart, counts for no code, and is not carried on."""
    old = [{**each, "content": "f" * 16} for each in go("birch", "2026-11-01T10:00:00.000Z", BIRCH)]
    found = talk(old)
    assert (found["attempts"], found["codes"], found["retest_in"]) == ([], [], None)
    assert [each["vignette"] for each in found["earlier"]] == ["birch"]
    assert not {"carry-on", "return", "retest"} & dict(kinds(old)).keys()


@pytest.mark.parametrize(("lens", "named"), [("talk", True), ("stage", False)])
def test_no_suggestion_gives_an_answer_away(lens: str, named: bool) -> None:
    """The code to practise is named in Talk; not in Stage, where a case has one answer only."""
    talks = [{**each, "lens": lens} for each in CATALOGUE["exercises"] if each["lens"] == "talk"]
    missed = go("ash", NOW, {"t1": "other", "t2": "other", "t3": "other", "t4": "other"})
    missed += go("birch", NOW, {"t1": "closed-question", "t2": "other"})
    found = progress({**CATALOGUE, "exercises": talks}, [{**each, "lens": lens} for each in missed], NOW)
    assert ("weak-code" in {each["kind"] for each in found["suggestions"]}) is named


def test_one_question_is_too_few_to_practise_a_code_on() -> None:
    """Reflections were missed, and the only exercise left has one of them: it is not offered for that."""
    wrong = {"t1": "other", "t2": "other"}
    done = go("cedar", NOW, {**wrong, "t3": "open-question"}) + go("elm", NOW, wrong)
    done += go("ash", NOW, {**wrong, "t3": "other", "t4": "other"})
    assert "weak-code" not in dict(kinds(done))
    assert ("weak-code", "elm") in kinds([each for each in done if each["vignette"] != "elm"])


def test_the_order_of_events_and_repeats_change_nothing() -> None:
    """A merged record may come in any order, with lines twice: the answer is the same."""
    case = next(case for case in GOLDEN["cases"] if case["name"].startswith("everything done a month ago"))
    shuffled = case["events"] * 2
    random.Random(3).shuffle(shuffled)
    assert outcome({**case, "events": shuffled}) == case["expected"]


def test_strange_events_break_nothing_and_count_for_nothing() -> None:
    """Values of every kind among the events leave the outcome as it is without them."""
    good = go("birch", "2026-11-22T10:00:00.000Z", BIRCH)
    strange = [None, 1, "x", [], {}, {**good[0], "at": "now"}, {**good[0], "item": None}]
    strange += [{**good[0], "answer": "half \ud800"}, {**good[0], "answer": ""}, {**good[0], "item": "t99"}]
    assert progress(CATALOGUE, [*strange, *good], NOW) == progress(CATALOGUE, good, NOW)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("1970-01-01T00:00:00.000Z", 0),
        ("1970-01-02T00:00:00.001Z", 86_400_001),
        ("2000-03-01T00:00:00.000Z", 951_868_800_000),
        ("2026-11-22T12:34:56.789Z", 1_795_350_896_789),
        ("2026-11-31T00:00:00.000Z", 1_796_083_200_000),
        ("1969-12-31T23:59:59.999Z", -1),
    ],
)
def test_times_are_counted_as_the_calendar_does(at: str, expected: int) -> None:
    """The count of days is the usual one, also over leap years and before 1970."""
    assert millis(at) == expected
