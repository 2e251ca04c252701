"""Krippendorff's alpha: published examples worked by hand, a plain second implementation, and laws."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagekit.scoring.reliability import TOO_UNIFORM, alpha, pair_agreement

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "reliability.json").read_text("utf-8"))
ORDER = ["a", "b", "c", "d"]
items = st.lists(st.lists(st.sampled_from(ORDER), max_size=5), max_size=8)


def columns(coders: list[str]) -> list[list[str]]:
    """Return the answers to each item from one line for each coder; a dot is missing."""
    lines = [line.split() for line in coders]
    return [[value for value in column if value != "."] for column in zip(*lines, strict=True)]


def plainly(units: list[list[str]], order: list[str]) -> Fraction | None:
    """Return alpha from its definition: the mean distance of pairs within items over that of all pairs."""
    kept = [unit for unit in units if len(unit) > 1]
    pool = [value for unit in kept for value in unit]
    if len(kept) < 2 or len(set(pool)) < 2:
        return None

    def far(one: str, other: str) -> Fraction:
        if not order:
            return Fraction(one != other)
        low, high = sorted((order.index(one), order.index(other)))
        between = sum(pool.count(value) for value in order[low : high + 1])
        return (between - Fraction(pool.count(one) + pool.count(other), 2)) ** 2

    within = sum(
        (sum((far(*pair) for pair in permutations(unit, 2)), Fraction()) / (len(unit) - 1) for unit in kept),
        Fraction(),
    ) / len(pool)
    chance = sum((far(*pair) for pair in permutations(pool, 2)), Fraction()) / (len(pool) * (len(pool) - 1))
    return 1 - within / chance


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["name"])
def test_alpha_is_what_the_hand_gets(case: dict[str, Any]) -> None:
    """Every worked example comes out exactly, and the published ones to three places."""
    found = alpha(columns(case["coders"]), case["order"], resamples=0)
    assert found.value == pytest.approx(float(Fraction(case["alpha"])), abs=1e-12)
    if "published" in case:
        assert round(found.value or 0, 3) == case["published"]


@pytest.mark.parametrize("case", GOLDEN["none"], ids=lambda case: case["name"])
def test_alpha_is_silent_where_it_cannot_be_said(case: dict[str, Any]) -> None:
    """Too little to compare gives no number and a reason, never 0 or 1."""
    found = alpha(columns(case["coders"]))
    assert (found.value, found.low, found.high) == (None, None, None)
    assert case["reason"] in found.reason


@settings(max_examples=80)
@given(items, st.booleans())
def test_alpha_is_what_its_definition_gives(units: list[list[str]], ordinal: bool) -> None:
    """Any number of coders, any gaps, nominal and ordinal: the same as pair by pair over all answers."""
    order = ORDER if ordinal else []
    found, expected = alpha(units, order, resamples=0).value, plainly(units, order)
    assert found == (None if expected is None else pytest.approx(float(expected), abs=1e-9))


@settings(max_examples=60)
@given(items, st.randoms(use_true_random=False))
def test_nobodys_place_matters(units: list[list[str]], chance: Any) -> None:
    """Shuffling the coders of an item, and the items, changes nothing."""
    shuffled = [chance.sample(unit, len(unit)) for unit in units]
    chance.shuffle(shuffled)
    first, second = alpha(units, resamples=0), alpha(shuffled, resamples=0)
    assert first.value == (None if second.value is None else pytest.approx(second.value))


def test_an_answer_outside_the_order_is_refused() -> None:
    """An ordinal answer without a place is an error and not a guess."""
    with pytest.raises(ValueError, match="not in the order of answers: z"):
        alpha([["a", "z"], ["a", "b"]], ORDER)


def test_the_interval_is_of_the_items_drawn_again() -> None:
    """Ten items alike and ten not: the interval surrounds alpha, and more of the same make it narrower."""
    units = [["a", "a"], ["b", "b"], ["a", "b"], ["b", "a"]] * 5
    few, many = alpha(units), alpha(units * 10)
    for found in (few, many):
        assert found.low is not None and found.high is not None and found.value is not None
        assert found.low < found.value < found.high
    assert many.high - many.low < (few.high - few.low) / 2
    # Half of the pairs differ, so alpha is near 0, and its standard error by theory is near 2*sqrt(.25/n).
    assert few.high - few.low == pytest.approx(2 * 1.96 * 2 * (0.25 / 20) ** 0.5, rel=0.2)


def test_the_same_codings_give_the_same_interval() -> None:
    """Nothing is left to chance: a report made twice is the same report."""
    units = [["a", "b"], ["a", "a"], ["b", "b"], ["c", "a"], ["c", "c"]]
    assert alpha(units) == alpha(units) == alpha([unit[::-1] for unit in units])


def test_there_is_no_interval_without_variety_in_the_resamples() -> None:
    """One item unlike the rest is often not drawn at all; then an interval would only mislead."""
    found = alpha([["a", "a"]] * 5 + [["b", "b"]])
    assert (found.value, found.low, found.interval_reason) == (1.0, None, TOO_UNIFORM)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("ab")), min_size=1))
def test_with_two_coders_pairs_alike_is_the_percentage(pairs: list[tuple[str, str]]) -> None:
    """The share of pairs alike is what everybody means by percentage agreement."""
    assert pair_agreement(pairs) == pytest.approx(sum(a == b for a, b in pairs) / len(pairs))
    assert pair_agreement([["a"], []]) is None
    assert pair_agreement([["a", "a", "b"], ["a", "b"]]) == pytest.approx((1 / 3 + 0) / 2)
