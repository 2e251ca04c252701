"""What goes on at the same time: a second click, a second tab."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))
from answering import done, events, give, give_all, open_item, right
from exercises import made, write_page

if TYPE_CHECKING:
    from playwright.sync_api import Page

TALK = made("talk")


def test_a_double_click_on_check_shows_the_feedback(page: Page, tmp_path: Path) -> None:
    """The second click of a double click does not press what then stands under the pointer."""
    page.goto(write_page(tmp_path, TALK))
    form = page.locator(".ek-form")
    form.locator("input").first.check()
    form.get_by_role("button", name="Check").dblclick()
    assert page.locator(".ek-feedback").is_visible()
    assert done(page).startswith("1 of")


def test_erasing_in_one_tab_is_heard_in_the_other(page: Page, tmp_path: Path) -> None:
    """After an erase elsewhere the exercise is blank here too, and the next answer begins a new attempt."""
    address = write_page(tmp_path, TALK)
    page.goto(address)
    give(page, TALK, "t01", right(TALK, "t01"))
    other = page.context.new_page()
    other.goto(address)
    other.get_by_role("button", name="Erase").click()
    other.get_by_role("button", name="Erase them").click()
    page.get_by_text("0 of 4 turns coded").wait_for()
    give(page, TALK, "t03", right(TALK, "t03"))
    assert [event["item"] for event in events(page)] == ["t03"]


def test_a_finished_retest_is_not_changed_by_another_tab(page: Page, tmp_path: Path) -> None:
    """An answer chosen before the end and kept after it, in another tab, is not taken."""
    retest = made("stage", use="retest")
    address = write_page(tmp_path, retest)
    page.goto(address)
    open_item(page, "missing").locator("input").first.check()
    other = page.context.new_page()
    other.goto(address)
    give_all(other, retest)
    before = events(other)
    page.locator(".ek-form").get_by_role("button", name="Keep", exact=True).click()
    assert events(page) == before
