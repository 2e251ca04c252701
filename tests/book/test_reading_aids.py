"""What a link carries is shown on hover and on focus, and paper holds what the screen folds away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

TERM = ".ek-term > a"
SHUT = """() => [...document.querySelectorAll('.bd-article details:not([open])')]
    .filter((each) => !each.closest('.ek')).map((each) => each.querySelector('summary').textContent.trim())"""
EACH_IS_SEEN = """() => [...document.querySelectorAll('.ek-term > a')].filter((link) => {
        link.dispatchEvent(new PointerEvent('pointerenter', { pointerType: 'mouse' }));
        const box = link.nextElementSibling.getBoundingClientRect();
        return box.width === 0 || box.left < 0 || box.right > innerWidth;
    }).map((link) => link.textContent)"""


@pytest.fixture
def chapter(page: Page, book: Path) -> Page:
    """Open a chapter that has terms, a chart, an exercise and goals to mend."""
    page.goto((book / "book" / "chapters" / "planning.html").as_uri())
    return page


def test_focus_shows_what_a_term_means_and_escape_puts_it_away(chapter: Page) -> None:
    """A keyboard reaches it, a screen reader is pointed at it, and the focus stays where it was."""
    link = chapter.locator(TERM).first
    tip = chapter.locator(".ek-tip").first
    assert tip.is_hidden()
    link.focus()
    chapter.keyboard.press("Shift+Tab")
    chapter.keyboard.press("Tab")
    assert tip.is_visible() and tip.get_attribute("role") == "tooltip"
    assert link.get_attribute("aria-describedby") == tip.get_attribute("id")
    assert link.get_attribute("title") is None
    chapter.keyboard.press("Escape")
    assert tip.is_hidden() and link.evaluate("(link) => link === document.activeElement")


def test_the_pointer_may_move_onto_what_it_reads(chapter: Page) -> None:
    """It stays while the pointer is on it, and goes when the pointer leaves."""
    chapter.clock.install()
    chapter.reload()
    tip = chapter.locator(".ek-tip").first
    chapter.locator(TERM).first.hover()
    tip.hover()
    chapter.clock.run_for(1000)
    assert tip.is_visible()
    chapter.mouse.move(5, 5)
    chapter.clock.run_for(1000)
    assert tip.is_hidden()


def test_every_meaning_fits_a_small_phone(chapter: Page) -> None:
    """None is cut off at the side or makes the page scroll sideways."""
    chapter.set_viewport_size({"width": 320, "height": 640})
    assert chapter.locator(TERM).count() >= 5
    assert chapter.evaluate(EACH_IS_SEEN) == []
    assert chapter.evaluate("document.documentElement.scrollWidth") == 320


def test_paper_shows_what_is_folded_away_but_for_answers(chapter: Page) -> None:
    """Exercises, tables and lists open for the print and close after it; our readings stay shut."""
    before = chapter.evaluate(SHUT)
    assert any("Score" in each for each in before)
    chapter.evaluate("document.documentElement.dataset.theme = 'dark'")
    chapter.evaluate("dispatchEvent(new Event('beforeprint'))")
    shut = chapter.evaluate(SHUT)
    assert len(shut) == 5 and all(each.startswith("Our reading") for each in shut)
    assert chapter.evaluate("document.documentElement.dataset.theme") == "light"
    chapter.evaluate("dispatchEvent(new Event('afterprint'))")
    assert chapter.evaluate(SHUT) == before
    assert chapter.evaluate("document.documentElement.dataset.theme") == "dark"


def test_paper_holds_the_page_and_not_the_frame_round_it(chapter: Page) -> None:
    """The lists at both sides, the search and the way to the next page are left out."""
    chapter.emulate_media(media="print")
    for part in (".bd-sidebar-primary", ".bd-sidebar-secondary", ".prev-next-footer", "#jb-print-toc"):
        assert not any(each.is_visible() for each in chapter.locator(part).all()), part
    assert chapter.locator(".bd-article h2").first.is_visible()
