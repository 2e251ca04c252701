"""What can be seen from a goal's own words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagekit.scoring.goal import PARTS, read_goal

CASES = json.loads((Path(__file__).parents[1] / "golden" / "goals.json").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_golden_goals(case: dict[str, object]) -> None:
    """Each part of each goal gets the remarks that were agreed for it."""
    goal = case["goal"]
    assert isinstance(goal, dict)
    assert [remark.as_value() for remark in read_goal(goal)] == case["remarks"]


@given(st.fixed_dictionaries({}, optional={part: st.text() for part in PARTS}))
def test_any_text_is_read(goal: dict[str, str]) -> None:
    """Whatever is typed, every part gets a remark, and its words stand in the text."""
    remarks = read_goal(goal)
    assert {remark.part for remark in remarks} == set(PARTS)
    for remark in remarks:
        assert remark.finding == "unsure" or remark.words


@pytest.mark.parametrize(
    ("one", "other"), [("Shanice", "Callum"), ("Mohammed", "Grace"), ("my mum", "my dad")]
)
def test_names_and_relatives_change_nothing(one: str, other: str) -> None:
    """A goal reads the same whoever is in it."""
    goal = {"act": "Ring {} on Monday", "test": "1 call", "by": "Monday", "who": "{} helps"}
    first, second = (
        read_goal({part: text.format(name) for part, text in goal.items()}) for name in (one, other)
    )
    assert [(r.part, r.finding, r.kind) for r in first] == [(r.part, r.finding, r.kind) for r in second]
