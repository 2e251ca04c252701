"""Progress in the browser: the golden vectors that Python passes too, and the real course at random."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engagekit.frontend.exercises import catalogue
from engagekit.scoring.progress import progress
from realcourse import real_course

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "progress.json").read_text("utf-8"))
Javascript = Callable[..., Any]

ASK = "data.cases.map((c) => engagekit.progressState.progress(data.catalogue, c.events, c.now))"


def event(value: Any) -> Any:
    """Return a golden event as a record has it."""
    if isinstance(value, list) and len(value) == len(GOLDEN["fields"]):
        return {"schema": "attempt-event/2", **dict(zip(GOLDEN["fields"], value, strict=True))}
    return value


def test_golden_vectors(javascript: Javascript) -> None:
    """JavaScript gives every figure, suggestion and reason that Python gives."""
    cases = [{**case, "events": [event(each) for each in case["events"]]} for case in GOLDEN["cases"]]
    results = javascript(ASK, {"catalogue": GOLDEN["catalogue"], "cases": cases})
    for case, found in zip(cases, results, strict=True):
        touched = [each for each in found["lenses"] if each["attempts"] or each["earlier"]]
        assert {**found, "lenses": touched} == case["expected"], case["name"]


def answer(item: dict[str, Any], key: dict[str, Any], codes: list[str], dice: random.Random) -> str:
    """Return an answer that is often right, at times wrong, and now and then none at all."""
    if dice.random() < 0.02:
        return "nonsense"
    right = dice.random() < 0.6
    if item["kind"] == "choice":
        code = key["code"] if right else dice.choice(codes)
        shown = key.get("shown_by") or ["s01"]
        return f"{code} {dice.choice(shown)}" if item["evidence"] else code
    if item["kind"] == "set":
        return " ".join(key["set"] if right else codes[:2]) or "none"
    return "Some words, and \U0001f600."


def some_events(entries: list[dict[str, Any]], dice: random.Random) -> list[dict[str, str]]:
    """Return the record of a learner who did a few of the exercises, some of them by half."""
    found = []
    for entry in dice.sample(entries, dice.randint(0, 9)):
        codes = [code["id"] for code in entry["scheme_codes"]]
        for attempt in ("a1", "a2")[: dice.randint(1, 2)]:
            day = f"2026-{dice.choice((10, 11))}-{dice.randint(1, 31):02}"
            content = entry["content"] if dice.random() < 0.9 else "0" * 16
            for item in entry["items"][: dice.choice((1, 99, 99))]:
                offered = [each["id"] for each in item["choices"]] or codes
                fields = {
                    "attempt": attempt,
                    "lens": entry["lens"],
                    "vignette": entry["id"],
                    "content": content,
                }
                given = answer(item, entry["key"][item["id"]], offered, dice)
                at = f"{day}T10:00:{dice.randint(0, 3):02}.000Z"
                found.append(
                    {"schema": "attempt-event/2", **fields, "item": item["id"], "answer": given, "at": at}
                )
    dice.shuffle(found)
    return found


def test_both_languages_agree_on_the_real_course(javascript: Javascript, root: Path) -> None:
    """Forty made-up records over everything there is to practise come out the same on both sides."""
    whole = catalogue(real_course(), lambda lens: f"{lens}.html")
    dice = random.Random(22)
    cases = [
        {
            "events": some_events(whole["exercises"], dice),
            "now": f"2026-11-{dice.randint(1, 28):02}T12:00:00.000Z",
        }
        for _ in range(40)
    ]
    expected = [progress(whole, case["events"], case["now"]) for case in cases]
    assert javascript(ASK, {"catalogue": whole, "cases": cases}) == expected
    kinds = {each["kind"] for found in expected for each in found["suggestions"]}
    assert kinds == {"carry-on", "retest", "return", "new-lens", "weak-code", "new-exercise"}
