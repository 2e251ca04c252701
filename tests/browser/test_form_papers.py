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
    """Another part has the page that was being read, and nothing picked for the part before it."""
    page.set_viewport_size({"width": 1200, "height": 420})
    page.goto(every_kind_address)
    box = page.locator(".ek-form-case")
    page.get_by_role("radio", name="Ola rang about").check()
    box.evaluate("it => { it.scrollTop = 90 }")
    page.wait_for_function("() => document.querySelector('.ek-form-case').scrollTop === 90")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.get_by_text("Picked, 10 words:").is_visible()
    part(page, "Part 3")
    part(page, "Part 4")
    page.wait_for_function("() => document.querySelector('.ek-form-case').scrollTop === 90")
    assert page.locator(".ek-form-held", has_text="Picked,").count() == 0
    assert page.locator(".ek-form-pick:checked").count() == 0
    page.get_by_role("button", name="Use the picked words").click()
    assert page.locator(".ek-status").inner_text().startswith("Nothing is picked yet.")
    assert box.count() == 1


def test_papers_are_only_for_reading_where_no_quotation_is_asked_for(
    page: Page, every_kind_address: str
) -> None:
    """Such a part begins with the papers folded, says why, and nothing in them can be picked."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(every_kind_address)
    fold, only = page.locator(".ek-form-papers"), page.get_by_text("Only for reading in this part")
    assert fold.get_attribute("open") is not None and not only.is_visible()
    part(page, "Part 2")
    assert fold.get_attribute("open") is None and only.is_visible()
    page.locator("summary", has_text="The papers about").click()
    assert page.get_by_text("This part asks for no quotation.").is_visible()
    page.get_by_text("The friend moves out in January.", exact=True).click()
    assert page.locator(".ek-form-held", has_text="Picked,").count() == 0
    assert not page.locator(".ek-form-pick").first.is_visible()
    part(page, "Part 4")
    assert fold.get_attribute("open") is not None and not only.is_visible()
    page.get_by_role("radio", name="The friend moves out in January.").check()
    assert page.get_by_text("Picked, 6 words:").is_visible()


def test_half_words_are_picked_whole(page: Page, every_kind_address: str) -> None:
    """A selection that begins and ends inside a word takes both words, whichever way it was drawn."""
    page.goto(every_kind_address)
    select = """([from, to]) => {
        const words = document.querySelector('[data-passage]').firstChild;
        getSelection().setBaseAndExtent(words, from, words, to);
    }"""
    for ends in ([5, 10], [10, 5]):
        page.evaluate("() => getSelection().removeAllRanges()")
        page.evaluate(select, ends)
        page.locator(".ek-form-held q", has_text="has been").wait_for()
        need(page, 1).get_by_role("button", name="Use the picked words").click()
        assert need(page, 1).get_by_label("The words that show it").input_value() == "has been"
        need(page, 1).get_by_label("The words that show it").fill("")


def test_on_a_phone_what_has_focus_is_never_behind_the_papers(page: Page, every_kind_address: str) -> None:
    """With the papers open, each jump from the list of gaps and each Tab stop leaves its middle in sight."""
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(every_kind_address)
    page.add_style_tag(content=AS_THE_BOOK)
    page.locator("summary", has_text="The papers about").click()
    part(page, "Part 2")
    page.locator("summary", has_text="The papers about").click()
    part(page, "Check and hand in")
    links = page.locator(".ek-form-missing a")
    for number in range(links.count()):
        words = links.nth(number).inner_text()
        links.nth(number).click()
        page.evaluate(AT_REST)
        assert page.evaluate(IN_SIGHT), words
        part(page, "Check and hand in")
    for name in ("Part 1", "Part 2", "Part 4"):
        part(page, name)
        assert page.locator(".ek-form-papers").get_attribute("open") is not None or name == "Part 4"
        reached = 0
        for key in ["Tab"] * 30:
            page.keyboard.press(key)
            if page.evaluate("document.activeElement.matches('.ek-form-part :is(textarea, select, input)')"):
                reached += 1
                page.evaluate(AT_REST)
                assert page.evaluate(IN_SIGHT), (name, key, page.evaluate("document.activeElement.outerHTML"))
        assert reached > 2


def test_papers_opened_from_far_down_a_phone_come_into_view(page: Page, every_kind_address: str) -> None:
    """Their folded line stays at hand beside the questions, and opening it brings them there."""
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(every_kind_address)
    need(page, 2).get_by_label("Why it matters").focus()
    fold = page.locator("summary", has_text="The papers about")
    assert fold.evaluate("it => it.getBoundingClientRect().top") >= 0
    fold.press("Enter")
    page.wait_for_function(
        "() => { const top = document.querySelector('.ek-form-reader').getBoundingClientRect().top;"
        " return top >= 0 && top < 60 }"
    )


AS_THE_BOOK = """
    html { scroll-behavior: smooth; scroll-padding-top: 4.75rem; }
    .ek-assignment { --ek-form-top: 3.75rem; }
"""
"""The book scrolls smoothly, below a head of its own."""

AT_REST = """() => new Promise((done) => {
    let [place, still] = [-1, 0];
    const look = () => {
        still = scrollY === place ? still + 1 : 0;
        place = scrollY;
        if (still > 5) done();
        else requestAnimationFrame(look);
    };
    look();
})"""
"""Wait until the page scrolls no more."""

IN_SIGHT = """() => {
    const node = document.activeElement;
    const box = node.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return Boolean(top) && (node === top || node.contains(top));
}"""
"""Is the middle of what has focus in sight, under nothing else?"""


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
