"""What an answer amounts to: golden vectors shared with the browser, and what a whole exercise counts."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagekit.scoring.practice import SCORES, outcome, parts, score, total

CASES = json.loads((Path(__file__).parents[1] / "golden" / "practice.json").read_text("utf-8"))["cases"]
STAGES = ["thinking", "planning", "doing", "not-enough-information"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_golden_vectors(case: dict[str, Any]) -> None:
    """Python gives the outcome and the score that were worked out by hand."""
    found = outcome(case["item"], case["key"], case["answer"], case["order"])
    assert (found, score(found)) == (case["outcome"], case["score"])


def test_golden_vectors_cover_every_outcome_and_kind() -> None:
    """Names are unique, and no outcome or kind of item is without a vector."""
    assert len({case["name"] for case in CASES}) == len(CASES) >= 60
    assert set(Counter(case["outcome"] for case in CASES)) == {*SCORES, "discuss", "read", None}
    assert {case["item"]["kind"] for case in CASES} == {"choice", "set", "text", "fields"}


def choice(name: str, **more: Any) -> dict[str, Any]:
    """Return a choice among the stages."""
    return {"id": name, "kind": "choice", "choices": [], "ordinal": True, **more}


ITEMS = [
    choice("a"),
    choice("b"),
    choice("c"),
    choice("split"),
    choice("extra", optional=True),
    {"id": "words", "kind": "text"},
]
KEY = {
    **{name: {"code": "doing", "also": []} for name in ("a", "b", "c", "extra")},
    "split": {"code": "doing", "also": ["planning"]},
}


def test_the_share_is_the_mean_of_what_counts() -> None:
    """One right, one next to it and one wrong: 1.5 of 3; the rest neither helps nor hurts."""
    answers = {"a": "doing", "b": "planning", "c": "thinking", "split": "thinking", "extra": "thinking",
               "words": "Some words."}  # fmt: skip
    found = total(ITEMS, KEY, answers, STAGES)
    assert (found.points, found.share, found.missing) == (1.5, 0.5, ())
    assert [(each.item, each.outcome) for each in found.scores] == [
        ("a", "agrees"),
        ("b", "nearly"),
        ("c", "differs"),
    ]


def test_what_is_not_answered_counts_neither_way() -> None:
    """An item left out, or with an answer that it could not have, is missing and not wrong."""
    found = total(ITEMS, KEY, {"a": "doing", "b": "dreaming"}, STAGES)
    assert (found.share, found.missing) == (1.0, ("b", "c"))


def test_nothing_to_count_has_no_share() -> None:
    """Nothing answered, or nothing but talk, is not a score of 0."""
    assert total(ITEMS, KEY, {}, STAGES).share is None
    assert total(ITEMS, KEY, {"split": "doing", "words": "Hm."}, STAGES).share is None


def test_parts_of_an_answer() -> None:
    """The code stands first, then the sentences."""
    assert parts("present s03 s07") == ("present", ("s03", "s07"))
    assert parts("none") == ("none", ())


@given(st.dictionaries(st.sampled_from([item["id"] for item in ITEMS]), st.sampled_from([*STAGES, "x", ""])))
def test_every_counted_item_is_either_scored_or_missing(answers: dict[str, str]) -> None:
    """Nothing is counted twice and nothing is lost, whatever was answered; a share stays within 0 and 1."""
    found = total(ITEMS, KEY, answers, STAGES)
    assert sorted([*(each.item for each in found.scores), *found.missing]) == ["a", "b", "c"]
    assert found.share is None or 0 <= found.share <= 1
