"""One small exercise of every lens, made by the course's own builder from the course's own schemes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from engagekit.frontend.assets import bundle_css, bundle_js
from engagekit.frontend.embed import data_html
from engagekit.frontend.exercises import exercise
from engagekit.model import Course
from engagekit.model.keys import CaseKey, GoalKey, Key, ReferenceCoding, ReplyKey, WebKey
from engagekit.model.vignettes import Case, GoalDraft, Interview, ReplySet, Vignette, Web
from realcourse import real_course

SECRET = "because-of-the-key"
"""Stands in every reason of every key here, so that a test can see whether a page gives one away."""

ROOT = Path(__file__).resolve().parents[2]
ABOUT = {
    "age": 41, "gender": "woman", "ethnicity": "white", "offence": "driving", "setting": "licence",
    "needs": [],
}  # fmt: skip


def _head(name: str, title: str) -> dict[str, Any]:
    return {
        "id": name,
        "title": title,
        "use": "practice",
        "introduction": "Nobody here is real; the test made them up.",
        "summary": f"A few words about {title.lower()}.",
    }


def _entry(**more: Any) -> dict[str, Any]:
    return {"reason": f"It is so {SECRET}.", **more}


def _talk() -> tuple[Vignette, Key]:
    said = (
        ("practitioner", "What made you come in today?"),
        ("person", "My daughter asked me to. I want to be there for her."),
        ("practitioner", "She matters to you."),
        ("person", "More than anything, but I do like a drink of an evening."),
        ("practitioner", "Did she wait outside?"),
        ("person", "No, she has school."),
        ("practitioner", "You got up and came because she asked. You keep your word."),
    )
    turns = [
        {"id": f"t{number:02}", "speaker": speaker, "text": text}
        for number, (speaker, text) in enumerate(said, start=1)
    ]
    split = {"also": ["reflection"], "discuss": f"Some hear an echo {SECRET}."}
    return (
        Interview.model_validate(
            {
                **_head("small-talk", "A small talk"),
                "scheme": "talk",
                "setting": "A quiet room.",
                "goal": "Drinking less.",
                "people": {"practitioner": {"name": "Ade Cole"}, "person": {"name": "Lee Marsh"}},
                "about": ABOUT,
                "utterances": turns,
            }
        ),
        ReferenceCoding.model_validate(
            {
                "id": "small-talk",
                "basis": "Made up.",
                "turns": [
                    _entry(turn="t01", code="open-question", rule="form-decides-open"),
                    _entry(turn="t03", code="reflection", instead={"affirmation": f"No credit {SECRET}."}),
                    _entry(turn="t05", code="closed-question"),
                    _entry(turn="t07", code="affirmation", **split),
                ],
                "person": [_entry(turn="t02", code="change"), _entry(turn="t04", code="sustain")],
            }
        ),
    )


def _case() -> tuple[Vignette, Key]:
    sentences = (
        "She drove to work without insurance until March.",
        "“I sold the car on the second of April,” she said.",
        "She has gone by bus every day since, for seven weeks.",
        "“I might see my brother again, or I might not.”",
        "Her manager says that she is never late.",
        "It rained on the day we met.",
    )
    answers = [
        _entry(factor="b1-intention", answer="present", shown_by=["s02", "s03"]),
        _entry(factor="c3-family", answer="ambiguous", shown_by=["s04"]),
        _entry(
            factor="d1-work",
            answer="present",
            shown_by=["s05"],
            also=["ambiguous"],
            discuss=f"Split {SECRET}.",
        ),
        _entry(factor="f2-dependence", answer="not-stated"),
    ]
    replies = (
        "What has helped you to leave it?",
        "You must never drive again.",
        "Do you want to drive less?",
    )
    return (
        Case.model_validate(
            {
                **_head("small-case", "A small case"),
                "person": {"name": "Bea"},
                "about": ABOUT,
                "behaviour": "Stopping driving without insurance.",
                "sentences": [{"id": f"s{n:02}", "text": text} for n, text in enumerate(sentences, 1)],
                "responses": [{"id": f"r{n}", "text": text} for n, text in enumerate(replies, 1)],
            }
        ),
        CaseKey.model_validate(
            {
                "id": "small-case",
                "basis": "Made up.",
                "stage": _entry(
                    code="action",
                    shown_by=["s02", "s03"],
                    rule="four-facts",
                    missing_reason=f"All are there {SECRET}.",
                    responses=[_entry(response=f"r{n}", fits=n == 1) for n in (1, 2, 3)],
                ),
                "factors": answers,
            }
        ),
    )


def _reply() -> tuple[Vignette, Key]:
    said = {
        "p1": ("Bo", "I was doing well, and then I went and drank on Friday."),
        "p2": ("Cy", "What is the point?"),
    }
    ours = [
        {"text": f"{words} {SECRET}", "why": "It listens."}
        for words in ("Friday is on your mind.", "What now?")
    ]
    tempting = {"text": f"You must go to the group {SECRET}.", "kind": "advice", "why": "It tells."}
    return (
        ReplySet.model_validate(
            {
                **_head("small-replies", "Two mornings"),
                "prompts": [
                    {"id": p, "name": name, "about": ABOUT, "situation": f"{name} has come in.", "says": says}
                    for p, (name, says) in said.items()
                ],
            }
        ),
        ReplyKey.model_validate(
            {
                "id": "small-replies",
                "basis": "Made up.",
                "prompts": [{"prompt": p, "exemplars": ours, "roadblock": tempting} for p in said],
            }
        ),
    )


def _web(course: Course) -> tuple[Vignette, Key]:
    areas = [area.id for area in course.schemes["web"].areas]
    codes = [code.id for code in course.schemes["web"].codes]
    rated = [
        {
            "area": area,
            "first": _entry(code=codes[number % 3]),
            "second": _entry(code=codes[number % 3 + (number != 1)]),
        }
        for number, area in enumerate(areas)
    ]
    return (
        Web.model_validate(
            {
                **_head("small-web", "A small web"),
                "scheme": "web",
                "person": {"name": "Dee"},
                "about": ABOUT,
                "dates": ["3 March 2026", "9 June 2026"],
                "areas": [
                    {"area": area, "first": "It was hard.", "second": "It goes better."} for area in areas
                ],
            }
        ),
        WebKey.model_validate({"id": "small-web", "basis": "Made up.", "areas": rated}),
    )


def _goal() -> tuple[Vignette, Key]:
    return (
        GoalDraft.model_validate(
            {
                **_head("small-goal", "A small goal"),
                "person": {"name": "Eli"},
                "about": ABOUT,
                "situation": ["Eli wants to be on time.", "The bus goes at seven."],
                "draft": "Be better in the mornings.",
            }
        ),
        GoalKey.model_validate(
            {
                "id": "small-goal",
                "basis": "Made up.",
                "faults": [_entry(fault="vague"), _entry(fault="no-date")],
                "exemplar": {
                    "act": f"Catch the bus {SECRET}.",
                    "test": "Four of five.",
                    "by": "5 May",
                    "who": "Eli.",
                },
                "why": f"It can be seen {SECRET}.",
            }
        ),
    )


@cache
def _course() -> Course:
    course = real_course()
    made = [_talk(), _case(), _reply(), _web(course), _goal()]
    vignettes = {**course.vignettes, **{vignette.id: vignette for vignette, _ in made}}
    keys = {**course.keys, **{key.id: key for _, key in made}}
    return course.model_copy(update={"vignettes": vignettes, "keys": keys})


SMALL = {
    "talk": "small-talk",
    "stage": "small-case",
    "desistance": "small-case",
    "reply": "small-replies",
    "web": "small-web",
    "goal": "small-goal",
}
"""Lens to the small vignette that it is tried on."""


def made(lens: str, name: str = "", **changes: Any) -> dict[str, Any]:
    """Return an exercise, the small one where no vignette is named; `changes` replace its parts."""
    return exercise(_course(), name or SMALL[lens], lens) | changes


def shelf(*exercises: dict[str, Any], lens: str = "mixed") -> dict[str, Any]:
    """Return a shelf of exercises, as the chooser reads it."""
    return {
        "schema": "practice/1",
        "title": "Practice",
        "lens": lens,
        "introduction": "Choose one.",
        "exercises": list(exercises),
    }


def write_page(folder: Path, data: dict[str, Any], theme: str = "light", name: str = "page") -> str:
    """Write a page with an exercise or a shelf on it, as the book does; return its file:// address."""
    css = bundle_css("practice")
    (folder / "practice.js").write_text(bundle_js("practice"), encoding="utf-8")
    page = (
        f'<!doctype html><html lang="en-GB" data-theme="{theme}"><head><meta charset="utf-8">'
        f'<title>Practice</title><meta name="viewport" content="width=device-width">'
        '<script defer src="practice.js"></script>'
        f"<style>{css} html[data-theme=dark] body {{ background: #14181e; color: #e5e8eb }}</style></head>"
        f"<body><main><h1>Practice</h1>{data_html(data, 2)}</main></body></html>"
    )
    path = folder / f"{name}-{theme}.html"
    path.write_text(page, encoding="utf-8")
    return path.as_uri()
