"""Progress on a page opened from disk: empty, some and a lot; keyboard, phone, dark theme, two tabs."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engagekit.frontend.assets import bundle_css, bundle_js
from engagekit.frontend.embed import script_json

if TYPE_CHECKING:
    from playwright.sync_api import Page

Axe = Callable[..., list[str]]
GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "progress.json").read_text("utf-8"))
NO_STORAGE = (
    "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
)
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
KEPT = "Object.keys(localStorage).filter((name) => name.startsWith('engagekit/attempts/')).length"
MERGE = "(events) => engagekit.attempts.browserStore().merge(events)"
SOME = (
    "an attempt begun again",
    "another version",
    "a share of five sixths comes back",
    "a retest done since",
)
ALL = ("everything done and nothing due",)


def events(*names: str) -> list[dict[str, str]]:
    """Return the events of golden cases, named by how they begin."""
    found = []
    for name in names:
        (case,) = [case for case in GOLDEN["cases"] if case["name"].startswith(name)]
        found += [
            {"schema": "attempt-event/2", **dict(zip(GOLDEN["fields"], each, strict=True))}
            for each in case["events"]
        ]
    return found


def write_page(folder: Path, theme: str = "light") -> str:
    """Write a page with progress on it, as the book does; return its file:// address."""
    data = script_json(GOLDEN["catalogue"])
    (folder / "practice.js").write_text(bundle_js("practice"), encoding="utf-8")
    page = (
        f'<!doctype html><html lang="en-GB" data-theme="{theme}"><head><meta charset="utf-8">'
        '<title>Progress</title><meta name="viewport" content="width=device-width">'
        '<script defer src="practice.js"></script>'
        f"<style>{bundle_css('practice')}"
        " html[data-theme=dark] body { background: #14181e; color: #e5e8eb }"
        '</style></head><body><main><h1>Progress</h1><engagekit-progress heading="2">'
        f'<script type="application/json">{data}</script></engagekit-progress></main></body></html>'
    )
    path = folder / f"{theme}.html"
    path.write_text(page, encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def address(tmp_path: Path, page: Page) -> str:
    """Give the address of a page with progress; its time is the golden cases' own."""
    page.clock.set_fixed_time("2026-11-22T12:00:00.000Z")
    return write_page(tmp_path)


def start(page: Page, address: str, *names: str) -> None:
    """Open the page with a record."""
    page.goto(address)
    if names:
        page.evaluate(MERGE, events(*names))
        page.reload()
    page.locator(".ek-progress-page").wait_for()


def record_file(folder: Path, found: list[dict[str, str]], after: str = "") -> Path:
    """Write events as a file to import."""
    path = folder / "record.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in found) + after, encoding="utf-8")
    return path


def said(page: Page) -> str:
    """Return what a screen reader was last told."""
    return page.locator(".ek-progress-page .ek-status").inner_text().strip()


def test_the_first_visit_has_a_place_to_start(page: Page, address: str) -> None:
    """A welcome and links to the first exercises; no empty tables, nothing to download or erase."""
    start(page, address)
    assert "any start is a good one" in page.locator(".ek-lead").inner_text()
    first = page.locator(".ek-next a").first
    assert (first.inner_text(), first.get_attribute("href")) == ("Ash", "talk.html#talk.ash")
    assert page.locator("table").count() == 0
    shown = page.get_by_role("button").all_inner_texts()
    assert shown == ["Import a record"]


def test_suggestions_link_to_the_exercise_and_say_why(page: Page, address: str) -> None:
    """Each names its kind, its lens and the reason that the golden vectors hold."""
    start(page, address, "six kinds at once")
    (case,) = [case for case in GOLDEN["cases"] if case["name"].startswith("six kinds at once")]
    items = page.locator(".ek-next > li")
    assert items.count() == 4
    for item, wanted in zip(items.all(), case["expected"]["suggestions"], strict=True):
        assert wanted["reason"] in item.inner_text()
        assert item.locator("a").get_attribute("href") == wanted["page"]


def test_the_drawing_is_in_words_and_in_a_table(page: Page, address: str) -> None:
    """Every figure is drawn, named for screen readers and in a table; retests have a shape of their own."""
    start(page, address, *ALL)
    talk = page.locator(".ek-of-lens").first
    assert talk.locator("svg.ek-chart circle").count() == 4
    assert talk.locator("svg.ek-chart polygon").count() == 2
    told = page.get_by_role("img").first.get_attribute("aria-label")
    assert told.startswith("6 attempts at Talk: from 2 of 2 on 20 Nov to 2 of 2 on 21 Nov.")
    talk.locator("summary").click()
    rows = talk.locator("tbody tr")
    assert rows.count() == 6
    assert rows.filter(has_text="Retest").count() == 2
    reply = page.locator(".ek-of-lens", has_text="What you write is never scored").first
    assert reply.locator("svg.ek-chart").count() == 0


def test_other_versions_and_unfinished_attempts_are_told_and_not_drawn(page: Page, address: str) -> None:
    """They stand in the table as what they are."""
    start(page, address, "another version", "an unfinished practice")
    talk = page.locator(".ek-of-lens").first
    assert talk.locator("svg").count() == 0
    talk.locator("summary").click()
    cells = talk.locator("tbody td").all_inner_texts()
    assert sorted(cells) == [
        "2 of 4 answered",
        "Earlier version, not compared",
        "Earlier version, not compared",
    ]


def test_code_by_code_in_words_and_bars(page: Page, address: str) -> None:
    """Counts are words; the bar beside them is hidden from screen readers."""
    start(page, address, "three of four agreed is weak")
    codes = page.locator(".ek-code-table").first
    row = codes.locator("tr", has_text="Reflection")
    assert row.locator("td").all_inner_texts() == ["3", "3 of 4"]
    assert row.locator(".ek-bar").get_attribute("aria-hidden") == "true"
    width = "(bar) => bar.firstChild.getBoundingClientRect().width / bar.getBoundingClientRect().width"
    assert row.locator(".ek-bar").evaluate(width) == pytest.approx(0.75, abs=0.01)
    assert "not in the reference" in codes.locator("tr", has_text="Closed question").inner_text()
    assert page.locator(".ek-of-lens", has_text="Look at Reflection: 3 of 4 agreed.").count() == 1


def test_importing_twice_adds_nothing(page: Page, address: str, tmp_path: Path) -> None:
    """The first time says what is new, here and unreadable; the second time everything is here already."""
    found = events("a first answer counts")
    page.goto(address)
    page.evaluate(MERGE, found[:1])
    page.reload()
    file = record_file(tmp_path, [*found, found[0]], "half a li")
    page.locator("input[type=file]").set_input_files(file)
    page.locator(
        ".ek-imported", has_text="2 new answers, 1 already here. 1 line could not be read."
    ).wait_for()
    assert said(page) == "2 new answers, 1 already here. 1 line could not be read."
    assert page.evaluate(KEPT) == 3
    page.locator("input[type=file]").set_input_files(file)
    page.locator(".ek-imported", has_text="0 new answers, 3 already here.").wait_for()
    assert page.evaluate(KEPT) == 3


def test_a_download_brings_everything_back_after_erasing(page: Page, address: str, tmp_path: Path) -> None:
    """One file holds it all; erasing asks once more; importing restores every answer."""
    start(page, address, *ALL)
    count = page.evaluate(KEPT)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download everything").click()
    assert waiting.value.suggested_filename == "engagekit-attempts.jsonl"
    saved = tmp_path / "saved.jsonl"
    waiting.value.save_as(saved)
    assert len(saved.read_text("utf-8").splitlines()) == count
    page.get_by_role("button", name="Erase everything").click()
    page.get_by_role("button", name="Keep it").click()
    assert page.evaluate(KEPT) == count
    page.get_by_role("button", name="Erase everything").click()
    page.get_by_role("button", name="Erase everything", exact=True).click()
    assert page.evaluate(KEPT) == 0
    assert said(page) == "Your record is erased from this browser."
    assert page.evaluate("document.activeElement.textContent") == "Your record"
    page.locator("input[type=file]").set_input_files(saved)
    page.locator(".ek-imported", has_text=f"{count} new answers").wait_for()
    assert page.evaluate(KEPT) == count


def test_two_tabs_show_the_same(page: Page, address: str) -> None:
    """What another tab adds appears by itself, is said, and leaves focus and folded-out tables in place."""
    start(page, address, "a retest done since")
    other = page.context.new_page()
    other.clock.set_fixed_time("2026-11-22T12:00:00.000Z")
    start(other, address)
    other.locator("summary").first.click()
    other.locator("summary").first.focus()
    before = other.locator(".ek-of-lens tbody tr").count()
    page.evaluate(MERGE, events("a later practice attempt"))
    other.locator(".ek-next a", has_text="Cedar").wait_for()
    assert said(other) == "Brought up to date: 7 answers."
    assert other.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert other.locator("details[open]").count() == 1
    assert other.locator(".ek-of-lens tbody tr").count() > before
    page.evaluate("engagekit.attempts.browserStore().erase()")
    other.locator(".ek-lead", has_text="any start is a good one").wait_for()
    assert other.evaluate("document.activeElement.textContent") == "Your progress"


@pytest.mark.parametrize(("fault", "told"), [(NO_STORAGE, "does not keep answers"), (FULL, "no room left")])
def test_a_browser_that_keeps_nothing_says_so(
    page: Page, address: str, tmp_path: Path, fault: str, told: str
) -> None:
    """An import still shows, is told to last only until the page is closed, and can be downloaded."""
    page.add_init_script(fault)
    page.goto(address)
    found = events("a first answer counts")
    page.locator("input[type=file]").set_input_files(record_file(tmp_path, found))
    page.locator(".ek-imported", has_text="They last only until you close this page.").wait_for()
    assert told in page.locator(".ek-warning").inner_text()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download everything").click()
    assert len(waiting.value.path().read_text("utf-8").splitlines()) == len(found)


def test_damage_and_exercises_that_are_gone_are_told(page: Page, address: str) -> None:
    """Neither breaks the page, and neither is hidden."""
    page.goto(address)
    page.evaluate("localStorage.setItem('engagekit/attempts/talk/x', 'half a li')")
    page.evaluate(MERGE, events("attempts at exercises that are gone"))
    page.reload()
    words = page.locator(".ek-record").inner_text()
    assert "1 entry in the record could not be read and is left out." in words
    assert "2 attempts are at exercises that are not on this page." in words


def test_keyboard_alone(page: Page, address: str) -> None:
    """Tab goes through links, tables and buttons in order; Enter folds a table out and erases."""
    start(page, address, "a retest done since")
    page.evaluate("window.heard = []; document.addEventListener('keydown', (e) => heard.push(e.key))")
    visited = []
    for _ in range(12):
        page.keyboard.press("Tab")
        visited.append(
            page.evaluate("document.activeElement.tagName + ' ' + document.activeElement.innerText")
        )
        if "Erase" in visited[-1]:
            break
        if visited[-1].startswith("SUMMARY"):
            page.keyboard.press("Enter")
    kinds = [each.split(" ")[0] for each in visited]
    assert kinds == ["A"] * 4 + ["SUMMARY"] + ["BUTTON"] * 3
    assert page.locator("details[open]").count() == 1
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Keep it"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(KEPT) == 0
    assert page.evaluate("heard.length") <= 1


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("names", [(), SOME, ALL], ids=["empty", "some", "a lot"])
def test_axe_finds_nothing(page: Page, axe: Axe, tmp_path: Path, names: tuple[str, ...], theme: str) -> None:
    """No accessibility fault, folded in or out, while erasing is asked about, and while storage fails."""
    page.clock.set_fixed_time("2026-11-22T12:00:00.000Z")
    start(page, write_page(tmp_path, theme), *names)
    assert axe(page) == []
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    if names:
        page.get_by_role("button", name="Erase everything").click()
    page.evaluate(f"() => {{ {FULL} }}")
    page.locator("input[type=file]").set_input_files(
        record_file(tmp_path, events("goal: none of the faults"))
    )
    page.locator(".ek-imported:not(:empty)").wait_for()
    assert axe(page) == []


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("names", [(), ALL], ids=["empty", "a lot"])
def test_a_phone_needs_no_sideways_scrolling(
    page: Page, address: str, names: tuple[str, ...], width: int
) -> None:
    """At 320 pixels (also 1,280 at 400 per cent) nothing is wider than the page, and targets are large."""
    page.set_viewport_size({"width": width, "height": 640})
    start(page, address, *names)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    small = """[...document.querySelectorAll('.ek button, .ek summary')].filter((each) =>
        each.offsetParent && each.getBoundingClientRect().height < 44).map((each) => each.textContent)"""
    assert page.evaluate(small) == []


def test_headings_are_in_order(page: Page, address: str) -> None:
    """No level is left out on the way down."""
    start(page, address, *ALL)
    levels = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4, h5')].map((each) => +each.tagName[1])"
    )
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert levels.count(2) == 1
