"""The assignment form on a page opened from disk: mouse, keyboard, phone and dark theme."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from engagekit.model import answers_hash

if TYPE_CHECKING:
    from playwright.sync_api import Page

Axe = Callable[..., list[str]]
KEPT = "JSON.parse(localStorage.getItem('engagekit/answers/interview'))"
PARTS = ("Part 1", "Part 2", "Part 3", "Part 4", "Declare your own work", "Check and hand in")


def part(page: Page, name: str) -> None:
    page.get_by_role("navigation").get_by_role("button", name=name).click()


def saved(page: Page) -> dict[str, Any]:
    page.get_by_role("button", name="Save now").click()
    page.locator(".ek-form-state", has_text="Saved ").wait_for()
    answers: dict[str, Any] = page.evaluate(KEPT)["answers"]
    return answers


def test_everything_can_be_filled_in_by_mouse_and_comes_back(
    page: Page, form_address: str, interview_form: dict[str, Any]
) -> None:
    """All four parts by mouse: nothing is missing, the file has all of it, and a reload shows it again."""
    page.goto(form_address)
    for _ in range(20):
        page.get_by_label("Open question", exact=True).check()
        page.get_by_role("button", name="Next turn").click()
    page.get_by_role("button", name="Go on to part 2").click()
    page.get_by_role("radio", name="Six. Seven on a good day.").check()
    for ask in interview_form["sections"][1]["asks"]:
        page.get_by_role("button", name=f"Use the picked words for {ask['label']}").click()
    page.get_by_role("button", name="Go on to part 3").click()
    for prompt in interview_form["sections"][2]["prompts"]:
        page.get_by_label(prompt["label"]).fill(f"Words to {prompt['who']}: <b>&amp;</b>")
    page.get_by_role("button", name="Go on to part 4").click()
    for row in range(6):
        page.get_by_label("What the person said").nth(row).fill(f"They said {row}")
        page.get_by_label("What I said next").nth(row).fill(f"I said {row}")
        page.get_by_label("The code I give my turn").nth(row).select_option(label="Reflection")
    page.get_by_role("button", name="Go on to your declaration").click()
    page.get_by_label("This is my own work.").check()
    page.get_by_label("I used no AI tool").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    page.locator("section:visible").get_by_role("button", name="Check before you hand in").click()
    assert page.get_by_text("Nothing is missing.").is_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my answers").click()
    content = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert download.value.suggested_filename == "answers.json"
    assert (content["schema"], content["assignment"], content["form"]) == (
        "answers/1",
        "interview",
        interview_form["form"],
    )
    assert content["declaration"] == {
        "own_work": True, "ai": "none", "said": "", "content": answers_hash(content["answers"]),
    }  # fmt: skip
    assert set(content["answers"]["coding"].values()) == {"open-question"}
    assert len(content["answers"]["coding"]) == 20
    assert set(content["answers"]["hearing"].values()) == {"Six. Seven on a good day."}
    assert content["answers"]["replies"]["r1"] == "Words to Tariq: <b>&amp;</b>"
    assert content["answers"]["session"][5] == {
        "person": "They said 5",
        "mine": "I said 5",
        "code": "reflection",
    }
    page.reload()
    part(page, "Part 3")
    assert page.get_by_label("Your next words to Tariq").input_value() == "Words to Tariq: <b>&amp;</b>"
    assert page.get_by_role("button", name="Part 1. Code").inner_text().endswith("20 of 20")


def test_everything_can_be_reached_by_keyboard_alone(page: Page, form_address: str) -> None:
    """Tab, arrows, Space and Enter code a turn, pick words, write, and add, move and remove a row."""
    page.goto(form_address)
    page.locator("body").press("Tab")
    keys = page.keyboard

    def tab_to(text: str) -> None:
        for _ in range(150):
            found = page.evaluate(
                "() => { const it = document.activeElement;"
                " return it.labels && it.labels.length ? it.labels[0].textContent : it.textContent }"
            )
            if found.startswith(text):
                return
            keys.press("Tab")
        raise AssertionError(f"no Tab stop says {text!r}")

    tab_to("Open question")
    keys.press("ArrowDown")
    keys.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Turn 2 of 20"
    part(page, "Part 2")
    tab_to("The session with Marcus")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Space")
    tab_to("Use the picked words for A value, first")
    keys.press("Space")
    assert (
        page.evaluate("document.activeElement.value") == "Cheers. Sorry, I'm dripping all over your carpet."
    )
    tab_to("Go on to part 3")
    keys.press("Enter")
    tab_to("Your next words to Tariq")
    keys.type("You need it.")
    tab_to("Go on to part 4")
    keys.press("Enter")
    tab_to("What the person said")
    keys.type("first")
    tab_to("Add a turn")
    keys.press("Enter")
    keys.type("seventh")
    tab_to("Move up turn 7")
    keys.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Move up turn 6"
    assert page.get_by_label("What the person said").nth(5).input_value() == "seventh"
    tab_to("Remove turn 6")
    keys.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Put it back turn 6"
    answers = saved(page)
    assert answers["coding"] == {"t01": "closed-question"}
    assert answers["replies"] == {"r1": "You need it."}
    assert [row["person"] for row in answers["session"]] == ["first"]


def test_a_removed_entry_can_be_put_back(page: Page, form_address: str) -> None:
    """What is removed leaves a way back in its place, with focus on it; at the most rows nothing is added."""
    page.goto(form_address)
    part(page, "Part 4")
    page.get_by_label("What I said next").nth(1).fill("keep me")
    page.get_by_role("button", name="Remove turn 2").click()
    assert page.get_by_label("What I said next").nth(1).input_value() == ""
    assert "session" not in saved(page)
    page.get_by_role("button", name="Put it back turn 2").click()
    assert page.evaluate("document.activeElement.textContent") == "Turn 2"
    assert page.get_by_label("What I said next").nth(1).input_value() == "keep me"
    assert saved(page)["session"] == [{"mine": "keep me"}]
    assert page.locator(".ek-form-row").count() == 6
    for _ in range(14):
        page.get_by_role("button", name="Add a turn").click()
    page.get_by_role("button", name="Add a turn").press("Enter")
    assert page.locator(".ek-form-row").count() == 20
    assert page.get_by_text("That is the most: 20 turns.").first.is_visible()


def test_selected_words_go_in_the_box_and_can_be_taken_back(page: Page, form_address: str) -> None:
    """Selecting part of the person's turn picks it, another's is refused, and old words come back."""
    page.goto(form_address)
    part(page, "Part 2")
    select = """([turn, from, to]) => {
        const all = [...document.querySelectorAll('.ek-form-case .ek-words')];
        const said = all.find((each) => each.textContent.includes(turn));
        const words = said.querySelector('[data-passage]') || said;
        getSelection().setBaseAndExtent(words.firstChild, from, words.firstChild, to);
    }"""
    box = page.get_by_label("A value, first example", exact=True)
    box.fill("my own words")
    page.evaluate(select, ["dripping", 0, 6])
    page.get_by_text("Picked, 1 word").wait_for()
    page.get_by_role("button", name="Use the picked words for A value, first example").click()
    assert box.input_value() == "Cheers"
    page.get_by_role("button", name="Put the old words back").click()
    assert box.input_value() == "my own words"
    page.evaluate(select, ["grab that chair", 0, 7])
    page.get_by_text("That is not inside one of Marcus’s turns.").wait_for()
    page.get_by_label("A value, second example", exact=True).focus()
    assert "letter for letter" in box.evaluate(
        "it => document.getElementById(it.getAttribute('aria-describedby').split(' ').pop()).textContent"
    )
    assert box.get_attribute("aria-invalid") == "true"


def test_what_is_missing_is_listed_with_links_and_no_hint(page: Page, form_address: str) -> None:
    """The list names each gap, a link goes to it, and a code that differs from the key is no gap."""
    page.goto(form_address)
    page.get_by_label("Confrontation", exact=True).check()
    part(page, "Check and hand in")
    assert page.get_by_text("31 things are not complete.").is_visible()
    links = page.locator(".ek-form-missing a")
    assert links.first.inner_text().startswith("Turn 2")
    page.get_by_role("link", name="Turn 5").click()
    assert page.evaluate("document.activeElement.textContent") == "Turn 5 of 20"
    part(page, "Check and hand in")
    page.get_by_role("link", name="Your next words to Kyle").click()
    assert page.evaluate("document.activeElement.labels[0].textContent") == "Your next words to Kyle"
    part(page, "Check and hand in")
    page.get_by_role("link", name="6 more turns").click()
    assert page.evaluate("document.activeElement.labels[0].textContent") == "What the person said"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    page: Page, form_address: str, axe: Axe, theme: str, width: int
) -> None:
    """Every part, with its faults shown, in both themes, wide and 320 pixels wide."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(reduced_motion="reduce")
    page.goto(form_address)
    page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
    page.get_by_label("Reflection", exact=True).check()
    part(page, "Part 3")
    page.get_by_label("Your next words to Kyle").fill("long " * 900)
    part(page, "Part 4")
    page.get_by_label("What I said next").first.fill("half a row")
    part(page, "Check and hand in")
    for name in PARTS:
        part(page, name)
        if name == "Part 4":
            page.get_by_role("button", name="Remove turn 1").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert axe(page) == [], name


def test_keys_stay_inside_the_form(page: Page, form_address: str) -> None:
    """No key stroke inside the form reaches the page around it, except the one that saves a document."""
    page.goto(form_address)
    page.evaluate(
        "window.heard = []; for (const type of ['keydown', 'keyup', 'keypress'])"
        " document.addEventListener(type, (event) => window.heard.push(event.key))"
    )
    page.get_by_label("Open question", exact=True).focus()
    for key in ("ArrowDown", "b", "Escape", "Enter", "a", "Shift+Enter"):
        page.keyboard.press(key)
    assert page.evaluate("window.heard") == []
