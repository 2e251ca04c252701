"""The assignment form never loses words: two tabs, a hasty leave, a full browser, a file from elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

KEPT = "JSON.parse(localStorage.getItem('engagekit/answers/interview'))"


def part(page: Page, name: str) -> None:
    page.get_by_role("navigation").get_by_role("button", name=name).click()


def saved(page: Page) -> dict[str, Any]:
    page.get_by_role("button", name="Save now").click()
    page.locator(".ek-form-state", has_text="Saved ").wait_for()
    answers: dict[str, Any] = page.evaluate(KEPT)["answers"]
    return answers


def test_the_newer_of_two_tabs_wins_only_after_a_choice(page: Page, form_address: str) -> None:
    """A tab with unsaved words is warned, the learner chooses, and the other version is set aside."""
    page.goto(form_address)
    part(page, "Part 3")
    other = page.context.new_page()
    other.goto(form_address)
    part(other, "Part 3")
    box, theirs = (each.get_by_label("Your next words to Mei") for each in (page, other))
    # Both tabs change before either has saved: the first one's pause is held open by taking its clock away.
    page.evaluate("window.setTimeout = () => 0")
    box.fill("from the first tab")
    theirs.fill("from the second tab")
    saved(other)
    page.get_by_role("button", name="Use the other version").wait_for()
    assert page.get_by_text("Not saved: please choose a version.").is_visible()
    assert box.input_value() == "from the first tab"
    page.get_by_role("button", name="Use the other version").click()
    page.get_by_text("from the second tab").or_(box).first.wait_for()
    assert box.input_value() == "from the second tab"
    aside = page.evaluate(
        "Object.keys(localStorage).filter((name) => name.includes('/aside/'))"
        ".map((name) => localStorage.getItem(name))"
    )
    assert len(aside) == 1 and "from the first tab" in aside[0]


def test_a_tab_that_was_not_told_still_overwrites_nothing(page: Page, form_address: str) -> None:
    """A sleeping tab hears nothing of the other one: it looks before it writes, and asks."""
    page.add_init_script("addEventListener('storage', (change) => change.stopImmediatePropagation())")
    page.goto(form_address)
    other = page.context.new_page()
    other.goto(form_address)
    for tab, words in ((other, "from the other"), (page, "from the sleeper")):
        part(tab, "Part 3")
        tab.get_by_label("Your next words to Mei").fill(words)
        tab.get_by_role("button", name="Save now").click()
    page.get_by_role("button", name="Keep what is here").wait_for()
    assert page.evaluate(KEPT)["answers"]["replies"] == {"r3": "from the other"}
    page.get_by_role("button", name="Keep what is here").click()
    assert saved(page)["replies"] == {"r3": "from the sleeper"}


def test_a_tab_with_nothing_unsaved_shows_the_newer_answers_and_says_so(
    page: Page, form_address: str
) -> None:
    """Another tab's answers appear with a note, and typing goes on from them."""
    page.goto(form_address)
    part(page, "Part 3")
    other = page.context.new_page()
    other.goto(form_address)
    part(other, "Part 3")
    other.get_by_label("Your next words to Mei").fill("newer")
    saved(other)
    page.get_by_text("These answers were changed in another window").first.wait_for()
    assert page.get_by_label("Your next words to Mei").input_value() == "newer"


def test_words_are_saved_when_the_page_goes_away(page: Page, form_address: str) -> None:
    """Leaving at once, before the pause after typing is over, loses nothing."""
    page.goto(form_address)
    part(page, "Part 3")
    page.get_by_label("Your next words to Danielle").fill("quick")
    page.reload()
    part(page, "Part 3")
    assert page.get_by_label("Your next words to Danielle").input_value() == "quick"


def test_a_full_browser_is_told_and_keeps_the_words_on_the_page(page: Page, form_address: str) -> None:
    """When the browser refuses to keep answers, the form says so and the download still has them."""
    page.goto(form_address)
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') } }"
    )
    part(page, "Part 3")
    page.get_by_label("Your next words to Danielle").fill("precious")
    page.get_by_role("button", name="Save now").click()
    page.locator(".ek-form-bad", has_text="no room left for answers").wait_for()
    part(page, "Check and hand in")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my answers").click()
    assert "precious" in Path(download.value.path()).read_text(encoding="utf-8")


def test_a_downloaded_file_opens_again_and_a_wrong_one_is_refused(
    page: Page, form_address: str, tmp_path: Path
) -> None:
    """Answers travel between computers as a file; another assignment's file changes nothing."""
    page.goto(form_address)
    part(page, "Check and hand in")
    content = {
        "schema": "answers/1",
        "assignment": "plan",
        "form": "",
        "saved": "",
        "answers": {"replies": {"r1": "x"}},
    }
    file = tmp_path / "answers.json"
    status = page.locator(".ek-status")
    page.get_by_role("button", name="Open an answers file").focus()
    file.write_text(json.dumps(content), encoding="utf-8")
    page.set_input_files("input[type=file]", file)
    told = page.locator(".ek-form-copies .ek-form-said")
    told.get_by_text("another assignment").wait_for()
    assert beside(page, "Open an answers file") and "another assignment" in status.inner_text()
    file.write_text(json.dumps({**content, "assignment": "interview"}), encoding="utf-8")
    page.set_input_files("input[type=file]", file)
    told.get_by_text("from your file").wait_for()
    assert beside(page, "Open an answers file") and page.locator(".ek-form-note").count() == 0
    assert page.evaluate("document.activeElement.textContent") == "Open an answers file"
    assert saved(page) == {"replies": {"r1": "x"}}
    part(page, "Part 1")
    part(page, "Check and hand in")
    assert not told.is_visible()


def test_a_download_says_beside_its_button_what_it_is_for(page: Page, form_address: str) -> None:
    """The button stands with "How to hand in", and what it gave is to be handed in."""
    page.goto(form_address)
    part(page, "Check and hand in")
    with page.expect_download():
        page.get_by_role("button", name="Download my answers").click()
    told = page.locator(".ek-form-said", has_text="in your downloads as answers.json")
    told.wait_for()
    assert "hand that file in on your course" in told.inner_text()
    assert "until a person has looked" in told.inner_text()
    assert beside(page, "Download my answers")
    order = page.locator("section:visible :is(h3, h4, h5, .ek-button)").all_inner_texts()
    at = order.index("How to hand in")
    assert order[at : at + 2] == ["How to hand in", "Download my answers"]


def beside(page: Page, name: str) -> bool:
    """Does a note stand right below a button, within a phone's height of it?"""
    button = page.get_by_role("button", name=name).bounding_box()
    note = page.locator(".ek-form-said:not(:empty)").bounding_box()
    assert button and note
    return 0 <= note["y"] - button["y"] - button["height"] < 40


def test_answers_to_questions_that_are_gone_are_set_aside(page: Page, form_address: str) -> None:
    """A form that has changed shows what it still asks, and the version with all the rest is kept."""
    page.goto(form_address)
    part(page, "Part 3")
    page.get_by_label("Your next words to Mei").fill("I hear you.")
    saved(page)
    page.evaluate(
        "kept => { kept.form = 'an older one'; kept.answers.replies.gone = 'words for a question of old';"
        " localStorage.setItem('engagekit/answers/interview', JSON.stringify(kept)); }",
        page.evaluate(KEPT),
    )
    page.goto("about:blank")
    page.goto(form_address)
    page.get_by_text("This form has changed since you saved.").first.wait_for()
    part(page, "Part 3")
    page.get_by_label("Your next words to Mei").fill("I hear you, and I will wait.")
    assert "gone" not in saved(page)["replies"]
    aside = page.evaluate(
        "Object.keys(localStorage).filter((name) => name.includes('/aside/'))"
        ".map((name) => localStorage.getItem(name))"
    )
    assert len(aside) == 1 and "words for a question of old" in aside[0]
