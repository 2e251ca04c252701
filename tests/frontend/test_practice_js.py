"""The browser's scoring of one answer: the golden vectors that Python passes too."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parents[1] / "golden" / "practice.json"
Javascript = Callable[..., Any]

ASK = """data.map((c) => {
  const outcome = engagekit.scoring.outcome(c.item, c.key, c.answer, c.order);
  return [outcome, engagekit.scoring.score(outcome)];
})"""


def test_golden_vectors(javascript: Javascript) -> None:
    """JavaScript gives every outcome and every score that Python gives."""
    cases = json.loads(GOLDEN.read_text("utf-8"))["cases"]
    found = javascript(ASK, cases)
    assert {case["name"]: tuple(pair) for case, pair in zip(cases, found, strict=True)} == {
        case["name"]: (case["outcome"], case["score"]) for case in cases
    }
