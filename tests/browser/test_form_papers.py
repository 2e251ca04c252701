"""The papers beside the questions, and what stands on a wide page, a phone and at 400 %."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from everykind import ANSWERS, every_kind_data
from formwork import need, part, put

if TYPE_CHECKING:
    from playwright.sync_api import Page

Axe = Callable[..., list[str]]


def test_the_papers_can_be_read_folded_searched_and_picked_from(page: Page, every_kind_address: str) -> None:
    """Papers fold and the browser's find opens them; a sentence or part of one is picked, never two."""
    page.goto(every_kind_address)
    letter = page.get_by_role("button", name="Referral letter")
    letter.click()
    assert letter.get_attribute("aria-expanded") == "false"
    body = page.locator(".ek-form-paper > div").first
    assert body.get_attribute("hidden") == "until-found"
    body.evaluate("it => it.dispatchEvent(new Event('beforematch'))")
    assert letter.get_attribute("aria-expanded") == "true" and body.is_visible()
    page.get_by_text("The friend moves out in January.", exact=True).first.click()
    assert page.get_by_text("Picked, 6 words:").is_visible()
    assert page.get_by_role("radio", name="The friend moves out in January.").is_checked()
    select = """([from, to]) => {
        const words = [...document.querySelectorAll('[data-passage]')].map((each) => each.firstChild);
        getSelection().setBaseAndExtent(words[from], 4, words[to], 12);
    }"""
    page.evaluate(select, [0, 0])
    page.get_by_text("Picked, 2 words:").wait_for()
    page.evaluate(select, [0, 1])
    page.get_by_text("That is not inside one sentence.").wait_for()
    need(page, 1).get_by_role("button", name="Use the picked words").click()
    assert page.locator(".ek-status").inner_text().startswith("Nothing is picked yet.")


def test_one_place_in_the_papers_is_kept_from_part_to_part(page: Page, every_kind_address: str) -> None:
    """Going on to another part does not send a reader back to the first page, or drop what was picked."""
    page.set_viewport_size({"width": 1200, "height": 420})
    page.goto(every_kind_address)
    box = page.locator(".ek-form-case")
    page.get_by_role("radio", name="Ola rang about").check()
    box.evaluate("it => { it.scrollTop = 90 }")
    page.wait_for_function("() => document.querySelector('.ek-form-case').scrollTop === 90")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    part(page, "Part 3")
    assert box.evaluate("it => it.scrollTop") == 90
    assert page.get_by_text("Picked, 10 words:").is_visible()
    assert box.count() == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (320, 640), (320, 256)])
def test_axe_finds_nothing_and_nothing_is_covered_or_too_wide(
    page: Page, every_kind_address: str, axe: Axe, theme: str, width: int, height: int
) -> None:
    """Every part with its faults shown: wide, on a phone, and at 400 %, with the papers open."""
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(reduced_motion="reduce")
    page.goto(every_kind_address)
    needs = [ANSWERS["needs"][0], {**ANSWERS["needs"][1], "shown": "not his words", "core": ""}]
    put(page, {**ANSWERS, "needs": needs, "goals": [{"for": "work", "by": "soon"}]})
    page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
    if width == 320:
        page.locator("summary", has_text="The papers about").click()
    part(page, "Check and hand in")
    steps = [step["title"] for step in every_kind_data()["sections"]]
    for name in [*steps, "Declare your own work", "Check and hand in"]:
        part(page, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert axe(page) == [], name
        assert page.evaluate(COVERED) == [], name


COVERED = """() => {
    const all = '.ek-form-part:not([hidden]) :is(textarea, select, button, input)';
    const open = [...document.querySelectorAll(all)];
    const hidden = (node) => {
        node.focus();
        const box = node.getBoundingClientRect();
        const middle = [box.left + box.width / 2, box.top + Math.min(box.height, 40) / 2];
        const top = document.elementFromPoint(...middle);
        return !(top && (node.contains(top) || top.contains(node)));
    };
    const seen = open.filter((node) => node.checkVisibility());
    return seen.filter(hidden).map((node) => node.outerHTML.slice(0, 90));
}"""
"""What has focus and still lies below something else: the papers, or the line at the foot."""
