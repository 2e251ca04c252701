"""What a panel proposes: the majority rule, the contested rule, ties, and how spread is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagekit.scoring.consensus import split
from engagekit.scoring.measures import MEASURES, comparable, order_of


@pytest.mark.parametrize(
    ("answers", "verdict", "code", "also"),
    [
        ("", "too-few", None, ""),
        ("a", "too-few", None, ""),
        ("aa", "agreed", "a", ""),
        ("ab", "contested", "a", "b"),
        ("aab", "agreed", "a", ""),
        ("abc", "contested", "a", "bc"),
        ("aabb", "contested", "a", "b"),
        ("aabc", "contested", "a", "bc"),
        ("aaabb", "agreed", "a", ""),
        ("bbaab", "agreed", "b", ""),
    ],
)
def test_a_strict_majority_decides(answers: str, verdict: str, code: str | None, also: str) -> None:
    """More than half of three or more, or two that agree; half is not more than half."""
    found = split(list(answers), ["a", "b", "c"])
    assert (found.verdict, found.code, "".join(found.also)) == (verdict, code, also)


def test_a_tie_is_listed_with_the_key_first_and_then_by_the_scheme() -> None:
    """The key's answer stays first when it is among the leaders, and only then."""
    assert split(["b", "a"], ["b", "a"]).code == "b"
    assert split(["b", "a"], ["b", "a"], "a").code == "a"
    assert split(["b", "b", "a", "c", "d"], ["a", "b"], "a").code == "b"


def test_spread_is_told_in_bits() -> None:
    """All alike is 0, half and half is 1, four ways is 2."""
    assert [split(list(each)).entropy for each in ("aaaa", "aabb", "abcd")] == [0, 1, 2]
    assert split(list("aaab")).share == 0.75


@given(st.lists(st.sampled_from("abcd"), max_size=9), st.sampled_from("abcd"))
def test_every_answer_is_counted_and_a_proposal_is_somebodys(answers: list[str], key: str) -> None:
    """Counts add up; a contested item names every answer once; nothing is proposed that nobody gave."""
    found = split(answers, "abcd", key)
    assert sum(count for _, count in found.counts) == len(answers)
    if found.verdict == "contested":
        assert sorted([found.code, *found.also]) == sorted(set(answers))
        assert max(answers.count(each) for each in answers) * 2 <= len(answers) or len(answers) == 2
    if found.verdict == "agreed":
        assert answers.count(found.code) * 2 > len(answers)
        assert found.also == ()


def test_what_has_no_place_in_an_order_is_left_out_of_it() -> None:
    """Not enough information is no stage: the ordinal measure drops it, the nominal one keeps it."""
    given_ = ["action", "not-enough-information"]
    assert comparable(MEASURES["stage-order"], given_) == ["action"]
    assert comparable(MEASURES["stage"], given_) == given_
    assert order_of(MEASURES["stage-order"], given_) == ("action",)
    assert order_of(MEASURES["stage"], given_) == ()
