"""One small exercise of every lens, made by the course's own builder from the course's own schemes."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engagekit.content import load_course
from engagekit.frontend.assets import bundle_css, bundle_js
from engagekit.frontend.embed import data_html
from engagekit.frontend.exercises import exercise
from engagekit.model import Course
from engagekit.model.keys import CaseKey, GoalKey, Key, ReferenceCoding, ReplyKey, WebKey
from engagekit.model.vignettes import Case, GoalDraft, Interview, ReplySet, Vignette, Web

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SECRET = "because-of-the-key"
"""Stands in every reason of every key here, so that a test can see whether a page gives one away."""

ROOT = Path(__file__).resolve().parents[2]
ABOUT = {
    "age": 41, "gender": "woman", "ethnicity": "white", "offence": "driving", "setting": "licence", "needs": [],
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
    course = load_course(ROOT)
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
    """Return an exercise: the small one of this lens where no vignette is named; `changes` replace its parts."""
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
        f'<title>Practice</title><meta name="viewport" content="width=device-width"><script defer src="practice.js"></script>'
        f"<style>{css} html[data-theme=dark] body {{ background: #14181e; color: #e5e8eb }}</style></head>"
        f"<body><main><h1>Practice</h1>{data_html(data, 2)}</main></body></html>"
    )
    path = folder / f"{name}-{theme}.html"
    path.write_text(page, encoding="utf-8")
    return path.as_uri()


# --- answering, by mouse ---


def asked(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the items that count towards the end."""
    return [item for item in data["items"] if not item["optional"]]


def item_of(data: dict[str, Any], name: str) -> dict[str, Any]:
    """Return one item."""
    return next(item for item in data["items"] if item["id"] == name)


def order_of(data: dict[str, Any]) -> list[str]:
    """Return the scheme's codes, in order."""
    return [code["id"] for code in data["scheme"]["codes"]]


def right(data: dict[str, Any], name: str) -> str:
    """Return the answer that the key gives; some words where there is nothing to key."""
    item, key = item_of(data, name), data["key"][name]
    if item["kind"] == "choice":
        return " ".join([key["code"], *(key["shown_by"][:1] if item["evidence"] else [])])
    if item["kind"] == "set":
        return " ".join(key["set"]) or "none"
    if item["kind"] == "text":
        return "So you went back to it? You could ring them."
    return json.dumps({"act": "Catch the bus", "test": "4 of 5 days", "by": "5 May", "who": "Eli"})


def wrong(data: dict[str, Any], name: str) -> str:
    """Return an answer to a choice that differs from the key, as far from it as can be."""
    item, key = item_of(data, name), data["key"][name]
    codes = [choice["id"] for choice in item["choices"]] or order_of(data)
    others = [code for code in codes if code not in (key["code"], *key["also"])]
    far = max(others, key=lambda code: (abs(codes.index(code) - codes.index(key["code"])), code))
    needs = item["evidence"] and far not in ("not-stated", "not-enough-information")
    return f"{far} s06" if needs else far


def place(page: Page, name: str) -> Locator:
    """Return the part of the page that belongs to an item."""
    return page.locator(f'[data-item="{name}"]')


def open_item(page: Page, name: str) -> Locator:
    """Return an item's part of the page, its question open, whatever hides it unfolded."""
    part = place(page, name)
    if part.locator(".ek-form").count() == 0:
        part.evaluate("(node) => { for (let each = node; each; each = each.parentElement) each.open = true }")
        part.locator(".ek-work button").last.click()
    return part


def fill_in(part: Locator, item: dict[str, Any], answer: str) -> None:
    """Give an answer in an open question, and leave checking it to others."""
    if item["kind"] == "text":
        part.locator("textarea").fill(answer)
    elif item["kind"] == "fields":
        for box, text in zip(part.locator("textarea").all(), json.loads(answer).values(), strict=True):
            box.fill(text)
    else:
        for value in answer.split(" "):
            part.locator(f'input[value="{value}"]').check()


def give(page: Page, data: dict[str, Any], name: str, answer: str) -> Locator:
    """Open an item, answer it and check; return its feedback."""
    part = open_item(page, name)
    fill_in(part, item_of(data, name), answer)
    part.locator(".ek-form button[type=submit]").click()
    shown = part.locator(".ek-feedback")
    shown.wait_for()
    return shown


def give_all(page: Page, data: dict[str, Any], answer: Callable[[dict[str, Any], str], str] = right) -> None:
    """Answer everything that counts and is not answered yet, and go to the results."""
    for item in asked(data):
        part = place(page, item["id"])
        if part.locator(".ek-line, .ek-feedback").count() == 0:
            give(page, data, item["id"], answer(data, item["id"]))
    page.get_by_role("button", name="See my results").click()


def close(page: Page, name: str) -> None:
    """Fold an answered item away."""
    place(page, name).get_by_role("button", name="Close", exact=True).click()


def event(data: dict[str, Any], name: str, answer: str, **changes: str) -> dict[str, str]:
    """Return an event of an attempt at an exercise."""
    return {
        "schema": "attempt-event/2",
        "attempt": "an-earlier-hour",
        "lens": data["lens"],
        "vignette": data["id"],
        "content": data["content"],
        "item": name,
        "answer": answer,
        "at": "2025-11-22T10:00:00.000Z",
    } | changes


def put(page: Page, *texts: str) -> None:
    """Lay texts into the browser's record of attempts, and open the page anew."""
    start = "engagekit/attempts/"
    for text in texts:
        try:
            value = json.loads(text)
            name = start + "/".join([value["lens"], value["vignette"], text[-200:]])
        except ValueError:
            name = start + text
        page.evaluate("([name, text]) => localStorage.setItem(name, text)", [name, text])
    page.reload()


def keep(page: Page, data: dict[str, Any], names: list[str]) -> None:
    """Have items answered rightly already, as by somebody who comes back."""
    put(page, *(json.dumps(event(data, name, right(data, name))) for name in names))


def done(page: Page) -> str:
    """Return how far the exercise says it has come."""
    return page.locator(".ek-progress span").inner_text()


def events(page: Page) -> list[dict[str, str]]:
    """Return every event that the browser keeps, in order of time."""
    texts = page.evaluate(
        "Object.keys(localStorage).filter((name) => name.startsWith('engagekit/attempts/'))"
        ".map((name) => localStorage.getItem(name))"
    )
    return sorted((json.loads(text) for text in texts), key=lambda event: event["at"])
