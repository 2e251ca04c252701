"""The browser's scoring of one answer: the golden vectors that Python passes too."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engagekit.frontend.attempts import Attempt
from engagekit.frontend.measure import measure

GOLDEN = Path(__file__).parents[1] / "golden" / "practice.json"
ATTEMPT = {
    "t02": "closed-question",
    "t03": "change",
    "t04": "reflection",
    "t06": "closed-question s01",
    "t08": "other",
}
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


def test_a_whole_exercise_comes_to_the_same(javascript: Javascript, exercise: dict[str, Any]) -> None:
    """Count, points, share and each score are the same in the browser and in Python."""
    for answers in ({}, {"t02": "open-question"}, ATTEMPT):
        asked = "((state) => [state.total(...data), state.scored(...data)])(engagekit.exerciseState)"
        theirs, rows = javascript(asked, [exercise, answers])
        ours = measure(exercise, Attempt("a1", exercise["content"], answers, answers)).total
        assert theirs == {"count": len(ours.scores), "points": ours.points, "share": ours.share}
        assert [(row["item"]["id"], row["outcome"], row["score"]) for row in rows] == [
            (each.item, each.outcome, each.score) for each in ours.scores
        ]
