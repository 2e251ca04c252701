"""The declaration at the end of the form belongs to the answers as they are."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from everykind import ANSWERS
from formwork import PLACE, SIGNED, downloaded, focused, kept, part, put, sign

from engagekit.model import answers_hash

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_changed_answer_takes_the_declaration_off_and_says_so(page: Page, every_kind_address: str) -> None:
    """Signed is for the answers as they were: one more word, and it is asked for again everywhere."""
    page.goto(every_kind_address)
    put(page, ANSWERS)
    sign(page)
    assert kept(page)["declaration"] == {**SIGNED, "content": answers_hash(ANSWERS)}
    assert page.get_by_role("button", name="Declare your own work").inner_text().endswith("signed")
    part(page, "Part 5")
    page.get_by_label("Your next words to Ola").press_sequentially("!")
    assert page.locator(".ek-status").inner_text().startswith("You changed an answer")
    assert page.get_by_text("Your declaration came off.", exact=True).is_visible()
    assert "declaration" not in kept(page)
    part(page, "Check and hand in")
    assert page.get_by_text("It came off when an answer changed.").is_visible()
    page.get_by_role("link", name="Your declaration").click()
    own = page.get_by_label("This is my own work.")
    assert own.evaluate("it => it === document.activeElement") and not own.is_checked()
    assert page.get_by_label("For ideas.").is_checked()
    assert page.get_by_label("What it did").input_value() == SIGNED["said"]
    own.check()
    page.get_by_role("button", name="Sign", exact=True).click()
    found = kept(page)
    assert found["declaration"]["content"] == answers_hash(found["answers"]) != answers_hash(ANSWERS)
    assert not page.get_by_text("Your declaration came off.", exact=True).is_visible()


def test_signing_asks_for_both_answers_first(page: Page, every_kind_address: str) -> None:
    """A declaration without its tick or its choice is not made, and focus goes to what is left out."""
    page.goto(every_kind_address)
    part(page, "Declare your own work")
    page.get_by_role("button", name="Sign", exact=True).click()
    assert focused(page).startswith("This is my own work.")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Sign", exact=True).click()
    assert focused(page).startswith("No.")
    assert page.get_by_text("Choose one.").is_visible()
    part(page, "Check and hand in")
    content = downloaded(page)
    assert "declaration" not in content
    assert "no mark can be given until a person has looked" in page.locator(".ek-status").inner_text()


def test_a_declaration_that_was_not_signed_yet_survives_a_reload(page: Page, every_kind_address: str) -> None:
    """What was ticked and written stays in this tab, and goes into no file before it is signed."""
    page.goto(every_kind_address)
    part(page, "Declare your own work")
    page.get_by_label("For drafting.").check()
    page.get_by_label("What it did").fill("Part 2")
    page.reload()
    part(page, "Declare your own work")
    assert page.get_by_label("For drafting.").is_checked()
    assert page.get_by_label("What it did").input_value() == "Part 2"
    assert page.evaluate("name => localStorage.getItem(name)", PLACE) is None


@pytest.mark.parametrize("change", [{"content": "0" * 64}, {"own_work": False}, {"ai": "a bit"}], ids=str)
def test_a_declaration_for_other_answers_is_not_believed(
    page: Page, every_kind_address: str, change: dict[str, Any]
) -> None:
    """A file whose signature does not fit its answers opens unsigned, with all its answers."""
    page.goto(every_kind_address)
    file = {
        "schema": "answers/1", "assignment": "every-kind", "form": "", "saved": "", "answers": ANSWERS,
        "declaration": {**SIGNED, "content": answers_hash(ANSWERS), **change},
    }  # fmt: skip
    content = {"name": "answers.json", "mimeType": "application/json", "buffer": json.dumps(file).encode()}
    page.set_input_files("input[type=file]", content)
    page.locator(".ek-form-said", has_text="from your file").wait_for(state="attached")
    assert page.get_by_role("button", name="Declare your own work").inner_text().endswith("to sign")
    found = kept(page)
    assert found["answers"] == ANSWERS and "declaration" not in found


def test_a_signature_reaches_another_tab(page: Page, every_kind_address: str) -> None:
    """Signing in one tab shows in another with the same answers; neither asks to choose a version."""
    page.goto(every_kind_address)
    put(page, ANSWERS)
    other = page.context.new_page()
    other.goto(every_kind_address)
    sign(other)
    page.get_by_role("button", name="Declare your own work").get_by_text("signed").wait_for()
    assert page.get_by_role("button", name="Use the other version").count() == 0
    part(page, "Part 5")
    page.get_by_label("Your next words to Ola").fill("changed here")
    assert "declaration" not in kept(page)
    other.get_by_text("These answers were changed in another window").first.wait_for()
    assert other.get_by_role("button", name="Declare your own work").inner_text().endswith("to sign")
