"""The browser's reading of a goal: the golden vectors that Python passes too."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engagekit.scoring.goal import goal_cues

GOLDEN = Path(__file__).parents[1] / "golden" / "goals.json"


def test_golden_goals(javascript: Callable[..., Any]) -> None:
    """JavaScript gives the remarks that Python gives."""
    cases = json.loads(GOLDEN.read_text("utf-8"))["cases"]
    data = {"goals": [case["goal"] for case in cases], "cues": goal_cues()}
    results = javascript("data.goals.map((goal) => engagekit.goalRules.read(goal, data.cues))", data)
    for case, result in zip(cases, results, strict=True):
        assert result == case["remarks"], case["name"]
