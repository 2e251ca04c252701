"""What the tests of the form on a page share: the steps that a learner takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from everykind import every_kind_data

from engagekit.model import answers_hash

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PLACE = "engagekit/answers/every-kind"
SIGNED = {"own_work": True, "ai": "ideas", "said": "A list of housing words."}


def part(page: Page, name: str) -> None:
    page.get_by_role("navigation").get_by_role("button", name=name).click()


def put(page: Page, answers: dict[str, Any], signed: bool = False) -> None:
    """Have the browser keep these answers, as if they had been given before."""
    form = every_kind_data()
    content = {
        "schema": "answers/1", "assignment": "every-kind", "form": form["form"],
        "saved": "2026-11-22T10:00:00.000Z", "answers": answers,
    }  # fmt: skip
    if signed:
        content["declaration"] = {**SIGNED, "content": answers_hash(answers)}
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [PLACE, json.dumps(content)])
    page.reload()


def kept(page: Page) -> dict[str, Any]:
    """Save, and return the whole of what the browser keeps."""
    page.get_by_role("button", name="Save now").click()
    page.locator(".ek-form-state", has_text="Saved ").wait_for()
    found: dict[str, Any] = json.loads(page.evaluate("name => localStorage.getItem(name)", PLACE))
    return found


def downloaded(page: Page) -> dict[str, Any]:
    """Download the answers, and return them."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my answers").click()
    assert download.value.suggested_filename == "answers.json"
    content: dict[str, Any] = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    return content


def need(page: Page, number: int) -> Locator:
    return page.get_by_role("group", name=f"Need {number}", exact=True)


def focused(page: Page) -> str:
    """Return the words of what has focus: its label, or its own."""
    words: str = page.evaluate(
        "() => { const it = document.activeElement;"
        " return (it.labels && it.labels.length ? it.labels[0] : it).textContent }"
    )
    return words


def sign(page: Page) -> None:
    part(page, "Declare your own work")
    page.get_by_label("This is my own work.").check()
    page.get_by_label("For ideas.").check()
    page.get_by_label("What it did").fill(SIGNED["said"])
    page.get_by_role("button", name="Sign", exact=True).click()
