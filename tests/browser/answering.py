"""Answering an exercise on a page by mouse, and the record that a browser keeps of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


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
