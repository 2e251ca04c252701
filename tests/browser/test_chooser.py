"""The shelf of exercises: what there is, how far each has come, and one of them in hand."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from answering import asked, done, events, give, give_all, open_item, right, wrong
from exercises import made, shelf, write_page

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

Axe = Callable[..., list[str]]
TALK, REPLY, RETEST = made("talk"), made("reply"), made("stage", use="retest")


@pytest.fixture
def address(page: Page, tmp_path: Path) -> str:
    """Give the address of a page with three exercises, one of them a retest."""
    page.emulate_media(reduced_motion="reduce")
    return write_page(tmp_path, shelf(TALK, REPLY, RETEST))


def entry(page: Page, title: str) -> Locator:
    """Return an exercise's place in the list."""
    return page.locator(".ek-shelf > li").filter(has=page.get_by_role("link", name=title, exact=True))


def back(page: Page) -> None:
    """Go back to the list."""
    page.get_by_role("button", name="Back to the list").click()


def standing(page: Page, title: str) -> str:
    """Return what the list says about how far an exercise has come."""
    return entry(page, title).locator(".ek-state").inner_text().replace("\n", " ")


def choose(page: Page, title: str) -> None:
    """Open an exercise from the list, which an open exercise hides."""
    if page.locator(".ek-exercise").count() > 0:
        back(page)
    page.get_by_role("link", name=title, exact=True).click()


def test_the_list_says_what_there_is(page: Page, address: str, axe: Axe) -> None:
    """Title, summary, lens, whether it is a retest, and how far it has come; no exercise is open."""
    page.goto(address)
    assert page.locator(".ek-shelf a").all_inner_texts() == [TALK["title"], REPLY["title"], RETEST["title"]]
    assert TALK["summary"] in entry(page, TALK["title"]).inner_text()
    assert standing(page, TALK["title"]) == "Talk Not started"
    assert standing(page, RETEST["title"]) == "Stage Retest Not started"
    assert page.locator(".ek-exercise").count() == 0
    assert axe(page) == []


def test_one_lens_needs_no_badge(page: Page, tmp_path: Path) -> None:
    """A shelf of one lens does not repeat its name at every exercise."""
    page.goto(write_page(tmp_path, shelf(TALK, lens="talk")))
    assert page.locator(".ek-badge").count() == 0


def test_the_list_follows_each_answer(page: Page, address: str) -> None:
    """After an answer the list says how many; at the end that it is finished; a new try begins anew."""
    page.goto(address)
    choose(page, TALK["title"])
    assert not page.locator(".ek-shelf").is_visible()
    give(page, TALK, "t01", right(TALK, "t01"))
    back(page)
    assert standing(page, TALK["title"]) == "Talk 1 of 4 answered"
    choose(page, TALK["title"])
    give_all(page, TALK)
    back(page)
    assert standing(page, TALK["title"]).startswith("Talk Finished")
    choose(page, TALK["title"])
    page.get_by_role("button", name="Try again").click()
    give(page, TALK, "t01", wrong(TALK, "t01"))
    back(page)
    assert standing(page, TALK["title"]).startswith("Talk 1 of 4 answered")
    assert standing(page, REPLY["title"]) == "Reply Not started"


def test_a_retest_in_hand_shows_no_result_in_the_list(page: Page, address: str) -> None:
    """Before the end the list tells only how many are answered."""
    page.goto(address)
    choose(page, RETEST["title"])
    for item in asked(RETEST)[:-1]:
        give(page, RETEST, item["id"], right(RETEST, item["id"]))
    back(page)
    assert standing(page, RETEST["title"]) == "Stage Retest 2 of 3 answered"


@pytest.mark.parametrize("hash_", ["reply.small-replies", "reply%2Esmall-replies"])
def test_an_address_opens_its_exercise(page: Page, address: str, hash_: str) -> None:
    """A link from the progress page or a bookmark goes straight to the exercise."""
    page.goto(f"{address}#{hash_}")
    assert page.locator(".ek-exercise .ek-title").inner_text() == REPLY["title"]
    assert page.evaluate("document.activeElement.className") == "ek-title"
    page.evaluate("location.hash = '#talk.small-talk'")
    page.locator(".ek-talk").wait_for()
    assert page.locator(".ek-exercise").count() == 1


@pytest.mark.parametrize("hash_", ["talk.no-such", "%E0%A4%A", "stage.small-talk"])
def test_an_address_that_leads_nowhere_shows_the_list(page: Page, address: str, hash_: str) -> None:
    """A mistyped or cut-off address does no harm."""
    page.goto(f"{address}#{hash_}")
    assert page.locator(".ek-shelf > li").count() == 3
    assert page.locator(".ek-exercise").count() == 0


def test_back_goes_to_where_one_came_from(page: Page, address: str) -> None:
    """By keyboard: Enter opens, the address names it, Back closes it and the focus is on its name again."""
    page.goto(address)
    page.get_by_role("link", name=REPLY["title"], exact=True).focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "ek-title"
    assert page.url.endswith("#reply.small-replies")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.textContent") == "Back to the list"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == REPLY["title"]
    assert page.locator(".ek-exercise").count() == 0
    assert page.url.endswith("#")
    page.go_back()
    page.locator(".ek-reply").wait_for()
    page.go_back()
    page.get_by_role("link", name=REPLY["title"], exact=True).wait_for()
    assert page.evaluate("document.activeElement.textContent") == REPLY["title"]


def test_changing_the_exercise_loses_nothing(page: Page, address: str) -> None:
    """Answers are in the record, and words typed but not checked are there when one comes back."""
    page.goto(address)
    choose(page, REPLY["title"])
    give(page, REPLY, "p1", "A long night.")
    open_item(page, "p2").locator("textarea").fill("I had begun to")
    choose(page, TALK["title"])
    open_item(page, "t01").locator("input").first.check()
    choose(page, REPLY["title"])
    assert done(page).startswith("1 of 2")
    assert open_item(page, "p2").locator("textarea").input_value() == "I had begun to"
    choose(page, TALK["title"])
    assert open_item(page, "t01").locator("input").first.is_checked()
    assert [event["answer"] for event in events(page)] == ["A long night."]


def test_another_tab_is_heard_in_the_list(page: Page, address: str) -> None:
    """An answer given in one tab is told in the other's list, and the focus there stays."""
    page.goto(address)
    page.get_by_role("link", name=REPLY["title"], exact=True).focus()
    other = page.context.new_page()
    other.goto(address)
    choose(other, TALK["title"])
    give(other, TALK, "t01", right(TALK, "t01"))
    entry(page, TALK["title"]).get_by_text("1 of 4 answered").wait_for()
    assert page.evaluate("document.activeElement.textContent") == REPLY["title"]


def test_a_shelf_on_a_small_phone(page: Page, address: str, axe: Axe) -> None:
    """At 320 pixels nothing is cut off, with an exercise in hand too; in the dark all can be read."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{address}#stage.small-case")
    page.locator("html").evaluate("(html) => { html.dataset.theme = 'dark' }")
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert axe(page) == []


def test_keys_in_the_list_stay_inside(page: Page, address: str) -> None:
    """JupyterLab's shortcuts hear nothing from the list or from the way back."""
    page.goto(address)
    page.evaluate("window.heard = []; document.addEventListener('keydown', (event) => heard.push(event.key))")
    page.locator(".ek-shelf a").first.focus()
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Back to the list").focus()
    page.keyboard.press("d")
    assert page.evaluate("heard") == []
