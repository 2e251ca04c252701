"""The browser's arithmetic: the golden vectors that Python passes too, and the session's figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parents[1] / "golden" / "agreement.json"
Javascript = Callable[..., Any]


def test_golden_vectors(javascript: Javascript) -> None:
    """JavaScript gives the numbers that were worked by hand, each field of each case."""
    cases = json.loads(GOLDEN.read_text("utf-8"))["cases"]
    results = javascript("data.map((c) => engagekit.agreement.compare(c.key, c.coding, c.codes))", cases)
    for case, result in zip(cases, results, strict=True):
        for name, expected in case["expected"].items():
            close = pytest.approx(expected, abs=1e-12) if isinstance(expected, float) else expected
            assert result[name] == close, f"{case['name']}: {name}"


def test_discussion_turns_are_named(javascript: Javascript) -> None:
    """The learner can be told how many turns are never counted."""
    key = {"t01": {"code": "a", "also": ["b"]}, "t03": {"code": "a", "also": []}}
    result = javascript("engagekit.agreement.compare(data, {t01: 'b', t03: 'a'}, ['a', 'b'])", key)
    assert (result["discussion"], result["compared"]) == (["t01"], 1)


def test_a_turn_named_like_a_property_is_only_a_turn(javascript: Javascript) -> None:
    """A turn called "constructor" has no code unless the learner gave one."""
    result = javascript("engagekit.agreement.compare({constructor: {code: 'a'}}, {}, ['a'])")
    assert (result["compared"], result["missing"]) == (0, ["constructor"])


def test_session_figures_count_a_summary_as_a_reflection(javascript: Javascript) -> None:
    """Two open and one closed question, two reflections and a summary: three to three; advice once."""
    codes = [
        "open-question",
        "open-question",
        "closed-question",
        "reflection",
        "reflection",
        "summary",
        "advice",
        "other",
    ]
    coding = dict(enumerate(codes))
    found = javascript("engagekit.agreement.sessionFigures(data)", coding)
    assert found == {"open": 2, "closed": 1, "questions": 3, "reflections": 3, "ratio": 1, "advice": 1}


def test_no_questions_means_no_ratio(javascript: Javascript) -> None:
    """Dividing by nothing is not infinity and not nought."""
    assert javascript("engagekit.agreement.sessionFigures({t01: 'reflection'})")["ratio"] is None
