"""A small interview of two voices, and a way to run the components' scripts under Node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engagekit.frontend.assets import HERE
from engagekit.frontend.exercises.common import choice, item

PURE = (
    "agreement.js",
    "attempts.js",
    "scoring.js",
    "goal_rules.js",
    "exercise_state.js",
    "progress_state.js",
    "progress_next.js",
)
"""The scripts that need no document."""

LEANINGS = [choice("change", "Change talk"), choice("sustain", "Sustain talk")]

CODES = {
    "open-question": "Open question",
    "closed-question": "Closed question",
    "reflection": "Reflection",
    "affirmation": "Affirmation",
    "other": "Other",
}


@pytest.fixture
def javascript(node: str, tmp_path: Path) -> Callable[..., Any]:
    """Return a function that evaluates an expression over `engagekit` and `data`, and gives its value."""

    def run(expression: str, data: Any = None) -> Any:
        script = tmp_path / "run.js"
        parts = [(HERE / "js" / name).read_text("utf-8") for name in PURE]
        parts.append(f"const data = {json.dumps(data)};")
        # JSON has no NaN and would write null, which is a right answer here: let it be seen.
        parts.append("const seen = (name, value) => (Number.isNaN(value) ? 'NaN' : value);")
        parts.append(f"process.stdout.write(JSON.stringify((() => ({expression}))(), seen) ?? 'null');")
        script.write_text("\n".join(parts), encoding="utf-8")
        done = subprocess.run([node, str(script)], capture_output=True, encoding="utf-8", timeout=60)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def talk_exercise_data() -> dict[str, Any]:
    """Return a Talk exercise of four turns, one of them for discussion, and one thing said to talk over."""
    said = [
        ("person", "I nearly did not come today."),
        ("practitioner", "What made you come?"),
        ("person", "My daughter asked me to."),
        ("practitioner", "She matters to you."),
        ("person", "More than anything."),
        ("practitioner", "Did she wait outside?"),
        ("person", "No, she has school."),
        ("practitioner", "You got up and came because she asked. You keep your word to her."),
        ("person", "I try."),
    ]
    key = {
        "t02": ("open-question", [], {"closed-question": "It cannot be settled by one fact."}),
        "t04": ("reflection", [], {}),
        "t06": ("closed-question", [], {"open-question": "Yes or no settles it."}),
        "t08": ("affirmation", ["reflection"], {}),
    }
    coded = {
        turn: {
            "code": code,
            "reason": f"The words of {turn} show it.",
            "rule": "form",
            "also": also,
            "discuss": "Some hear credit, some hear an echo." if also else "",
            "instead": instead,
            "shown_by": [],
        }
        for turn, (code, also, instead) in key.items()
    }
    leaning = {"code": "change", "reason": "She is the reason.", "also": [], "discussion": True}
    return {
        "schema": "exercise/1",
        "lens": "talk",
        "id": "small-talk",
        "title": "A small talk",
        "summary": "A short talk about coming in.",
        "introduction": "Two people who do not exist.",
        "use": "practice",
        "facts": [
            {"term": "Setting", "text": "A quiet room."},
            {"term": "Change goal", "text": "Coming to appointments."},
        ],
        "content": "0123456789abcdef",
        "scheme": {
            "id": "talk",
            "title": "Talk",
            "level": "nominal",
            "codes": [
                {"id": name, "label": label, "letter": "", "definition": f"What {label.lower()} means."}
                for name, label in CODES.items()
            ],
            "rules": [{"id": "form", "text": "Form decides."}],
            "groups": [],
        },
        "body": {
            "people": {"practitioner": "Ade Cole", "person": "Lee Marsh"},
            "utterances": [
                {"id": f"t{number:02}", "speaker": speaker, "text": text}
                for number, (speaker, text) in enumerate(said, start=1)
            ],
        },
        "items": sorted(
            [
                *(
                    item(turn, "choice", f"Turn {number}", "Which code?")
                    for number, turn in enumerate(key, 1)
                ),
                item("t03", "choice", "What the person said", "Which way?", LEANINGS, optional=True),
            ],
            key=lambda each: str(each["id"]),
        ),
        "key": {**coded, "t03": leaning},
    }


@pytest.fixture
def exercise() -> dict[str, Any]:
    """Give a small Talk exercise."""
    return talk_exercise_data()


@pytest.fixture
def event() -> Callable[..., dict[str, str]]:
    """Return a maker of attempt events; name only what matters."""

    def make(**changes: str) -> dict[str, str]:
        base = {
            "schema": "attempt-event/2",
            "attempt": "a1",
            "lens": "talk",
            "vignette": "small-talk",
            "content": "0123456789abcdef",
            "item": "t02",
            "answer": "reflection",
            "at": "2026-11-22T10:00:00.000Z",
        }
        return base | changes

    return make
