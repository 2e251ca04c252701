"""Every kind of question in the form, by mouse and by keyboard."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))
from everykind import ANSWERS
from formwork import SIGNED, downloaded, focused, kept, need, part, put

from engagekit.model import answers_hash

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_every_kind_of_answer_comes_back_and_out_again(page: Page, every_kind_address: str) -> None:
    """Saved answers of every kind are shown in their boxes, and the download has them all."""
    page.goto(every_kind_address)
    put(page, ANSWERS, signed=True)
    assert need(page, 2).get_by_label("Drinking").is_checked()
    part(page, "Part 2")
    assert page.get_by_label("The need it serves").input_value() == "drink"
    assert page.get_by_label("By when").input_value() == "2026-12-04"
    assert page.get_by_label("By when").get_attribute("type") == "date"
    part(page, "Part 3")
    assert page.get_by_label("How you would go about it").input_value() == "way-3"
    part(page, "Check and hand in")
    assert page.get_by_text("Nothing is missing.").is_visible()
    content = downloaded(page)
    assert content["answers"] == ANSWERS
    assert content["declaration"] == {**SIGNED, "content": answers_hash(ANSWERS)}


def test_every_kind_can_be_answered_by_keyboard_alone(page: Page, every_kind_address: str) -> None:
    """Tab, arrows, Space and typing answer each kind and sign; focus is never lost on the way."""
    page.goto(every_kind_address)
    page.locator("body").press("Tab")
    keys = page.keyboard

    def tab_to(text: str) -> None:
        for _ in range(80):
            assert page.evaluate("document.activeElement !== document.body"), f"focus lost before {text!r}"
            if focused(page).startswith(text):
                return
            keys.press("Tab")
        raise AssertionError(f"no Tab stop says {text!r}")

    tab_to("The papers about Ola")
    tab_to("Referral letter")
    keys.press("Tab")
    for key in ("Space", "ArrowDown"):
        keys.press(key)
    tab_to("Somewhere to live")
    keys.press("Space")
    keys.press("ArrowDown")
    tab_to("Use the picked words for The words that show it")
    keys.press("Space")
    assert focused(page) == "The words that show it"
    tab_to("Why it matters")
    keys.type("He loses the shifts he wants.")
    for _ in range(9):
        keys.press("Shift+ArrowLeft")
    tab_to("Use the selected words for The heart of it")
    keys.press("Enter")
    tab_to("Go on to part 2")
    keys.press("Enter")
    tab_to("The need it serves")
    keys.type("Dr")
    tab_to("By when")
    keys.type("12042026")  # this browser asks for the month first
    tab_to("What will be done")
    keys.type("Ring the clinic")
    tab_to("Go on to part 3")
    keys.press("Enter")
    tab_to("How you would go about it")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    found = kept(page)["answers"]
    assert found == {
        "needs": [
            {
                "need": "drink",
                "shown": ANSWERS_SHOWN,
                "why": "He loses the shifts he wants.",
                "core": "he wants.",
            }
        ],
        "goals": [{"for": "drink", "by": "2026-12-04", "act": "Ring the clinic"}],
        "stance": {"stance": "way-2"},
    }
    part(page, "Declare your own work")
    tab_to("This is my own work.")
    keys.press("Space")
    tab_to("No. I used no AI tool")
    keys.press("Space")
    tab_to("Sign")
    keys.press("Enter")
    assert focused(page).startswith("Signed.")
    assert kept(page)["declaration"]["content"] == answers_hash(found)


ANSWERS_SHOWN = 'He says, "I want my own front door by spring."'


def test_a_quotation_is_looked_for_in_the_papers_as_it_is_written(
    page: Page, every_kind_address: str
) -> None:
    """The count says where the words stand; once the box is left, words that stand nowhere are called so."""
    page.goto(every_kind_address)
    first = need(page, 1)
    box = first.get_by_label("The words that show it")
    box.fill("\u201cI want my own  front door by spring\u201d")
    assert first.get_by_text("8 words, word for word in the papers").is_visible()
    box.press("End")
    box.press_sequentially(" maybe")
    assert first.get_by_text("not word for word").count() == 0
    first.get_by_label("Why it matters").focus()
    assert first.get_by_text("These words are not word for word in the papers yet.").is_visible()
    assert box.get_attribute("aria-invalid") == "true"
    box.fill("The friend moves out in January")
    assert first.get_by_text("not word for word").count() == 0
    assert box.get_attribute("aria-invalid") is None


def test_words_out_of_another_answer_follow_it(page: Page, every_kind_address: str) -> None:
    """A quotation out of a box stops being one when that box changes, and says whose words it wants."""
    page.goto(every_kind_address)
    first = need(page, 1)
    first.get_by_label("Why it matters").fill("He has nowhere to go in January.")
    first.get_by_label("The heart of it").fill("nowhere to go")
    assert first.get_by_text("3 words, word for word", exact=True).is_visible()
    first.get_by_label("Why it matters").fill("He has to go in January.")
    told = first.get_by_text("not word for word in your answer to \u201cWhy it matters\u201d yet.")
    assert told.is_visible()


def test_a_link_offers_what_was_chosen_and_shows_what_has_gone(page: Page, every_kind_address: str) -> None:
    """Nothing to choose from says where to go; a choice that is taken back stays to be seen as such."""
    page.goto(every_kind_address)
    part(page, "Part 2")
    assert page.get_by_text("Nothing to choose from yet.").is_visible()
    page.get_by_role("button", name="Go to part 1").click()
    need(page, 1).get_by_label("Work", exact=True).check()
    need(page, 2).get_by_label("Drinking").check()
    part(page, "Part 2")
    link = page.get_by_label("The need it serves")
    assert link.locator("option").all_inner_texts() == ["Choose one", "Drinking", "Work"]
    link.select_option(label="Work")
    part(page, "Part 1")
    need(page, 1).get_by_label("Somewhere to live").check()
    part(page, "Part 2")
    assert link.locator("option:checked").inner_text() == "Work (no longer chosen in Part 1)"
    gone = "What this points to is no longer chosen in Part 1. Choose again."
    assert page.locator("section:visible").get_by_text(gone).is_visible()
    assert kept(page)["answers"]["goals"] == [{"for": "work"}]
    part(page, "Check and hand in")
    page.get_by_role("link", name="Entry 1: The need it serves").click()
    assert focused(page).startswith("The need it serves")
    link.select_option(label="Drinking")
    assert page.locator("section:visible").get_by_text("no longer chosen").count() == 0


def test_a_date_that_is_none_gets_a_box_in_which_it_can_be_mended(
    page: Page, every_kind_address: str
) -> None:
    """An answer such as "4 December" is not thrown away: it is shown as text, and called no date."""
    page.goto(every_kind_address)
    put(page, {**ANSWERS, "goals": [{**ANSWERS["goals"][0], "by": "4 December"}]})
    part(page, "Part 2")
    box = page.get_by_label("By when")
    assert (box.input_value(), box.get_attribute("type")) == ("4 December", "text")
    told = page.locator("section:visible").get_by_text("This is not a whole date yet")
    assert told.is_visible()
    box.fill("2026-12-04")
    page.get_by_label("What will be done").focus()
    assert told.count() == 0
    assert kept(page)["answers"] == ANSWERS


def test_entries_are_added_moved_removed_and_put_back_with_all_they_hold(
    page: Page, every_kind_address: str
) -> None:
    """Every kind of answer goes along, focus stays by the learner, and the status line tells."""
    page.goto(every_kind_address)
    put(page, ANSWERS)
    need(page, 2).get_by_role("button", name="Move up need 2").click()
    assert focused(page) == "Move down need 1"
    assert kept(page)["answers"]["needs"] == ANSWERS["needs"][::-1]
    status = page.locator(".ek-status")
    need(page, 1).get_by_role("button", name="Remove need 1").click()
    assert focused(page) == "Put it back need 1"
    assert status.inner_text().startswith("Need 1 removed. 2 needs left.")
    assert kept(page)["answers"]["needs"] == ANSWERS["needs"][:1]
    need(page, 2).get_by_label("Why it matters").fill("written in between")
    page.get_by_role("button", name="Put it back").click()
    assert focused(page) == "Need 1"
    assert kept(page)["answers"]["needs"] == [*ANSWERS["needs"][::-1], {"why": "written in between"}]
    page.get_by_role("button", name="Add a need").click()
    assert need(page, 4).get_by_label("Somewhere to live").evaluate("it => it === document.activeElement")
    page.get_by_role("button", name="Add a need").press("Enter")
    assert status.inner_text().startswith("That is the most: 4 needs.")


def test_removing_at_the_most_entries_never_loses_words(page: Page, every_kind_address: str) -> None:
    """With the list full again there is no room to put one back; it says so, and drops nothing."""
    page.goto(every_kind_address)
    put(page, ANSWERS)
    page.get_by_role("button", name="Remove need 1").click()
    need(page, 2).get_by_label("Why it matters").fill("second")
    for number in (3, 4):
        page.get_by_role("button", name="Add a need").click()
        need(page, number).get_by_label("Why it matters").fill(f"number {number}")
    page.get_by_role("button", name="Put it back").click()
    assert "There is no room for it" in page.locator(".ek-status").inner_text()
    page.get_by_role("button", name="Remove need 4").click()
    assert [row["why"] for row in kept(page)["answers"]["needs"][1:]] == ["second", "number 3"]
