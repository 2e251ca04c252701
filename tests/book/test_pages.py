"""Every page of the built book, opened from disk as a learner opens it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from engagekit.frontend.exercises import LENS_NAMES, MIXED
from realcourse import real_course

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

LARGEST = 1_500_000
NARROW = {"width": 320, "height": 640}
HEADINGS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
    .filter((each) => each.offsetParent !== null)
    .map((each) => [Number(each.tagName[1]), each.textContent.trim()])"""
UNNAMED = """() => [...document.querySelectorAll('img:not([alt]), svg[role=img]:not([aria-label])')]
    .filter((each) => !each.matches('[aria-hidden=true], [aria-labelledby]'))
    .map((each) => each.outerHTML.slice(0, 120))"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? []
    : [...document.querySelectorAll('body *')]
        .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
        .map((each) => each.tagName + '.' + each.className + ': ' + each.textContent.trim().slice(0, 40))
        .slice(-3)"""


class Links(HTMLParser):
    """Collects the ids of a page, the addresses it links to and the files it loads."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.exercises: dict[str, str] = {}
        self.links: list[str] = []
        self.loads: list[str] = []
        self._data = False
        self.feed(page.read_text("utf-8"))

    def handle_data(self, data: str) -> None:
        """Note the exercises of a shelf: the address of each, and what it is for."""
        if self._data and (shelf := json.loads(data)).get("schema", "").startswith("practice/"):
            found = shelf["exercises"]
            self.exercises |= {f"{each['lens']}.{each['id']}": each["use"] for each in found}

    def handle_endtag(self, tag: str) -> None:
        """Leave the data behind."""
        self._data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        found = {name: value for name, value in attrs if value}
        self._data = tag == "script" and found.get("type") == "application/json"
        if "id" in found:
            self.ids.add(found["id"])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag in ("link", "script", "img", "iframe", "source"):
            self.loads += [found[name] for name in ("href", "src") if name in found]


@pytest.fixture(scope="session")
def pages(book: Path) -> list[Path]:
    """Return every page of the book, except the one that only sends the reader on to the front page."""
    return [
        page
        for page in sorted(book.rglob("*.html"))
        if "_static" not in page.parts and page != book / "index.html"
    ]


def opened(page: Page, pages: list[Path]) -> Iterator[str]:
    """Open each page and give its name, in a window that the caller has prepared."""
    for path in pages:
        page.goto(path.as_uri())
        yield path.stem


def test_every_page_of_the_contents_is_built(root: Path, pages: list[Path]) -> None:
    """What _toc.yml lists is there, and nothing else but the search page."""
    listed = [
        line.split()[-1] for line in (root / "_toc.yml").read_text("utf-8").splitlines() if "file:" in line
    ]
    listed.append("book/index")
    built = {path.as_posix().partition("/html/")[2].removesuffix(".html") for path in pages}
    assert built == {*listed, "search"}


def test_no_page_is_large(pages: list[Path]) -> None:
    """A page stays under a megabyte and a half, so that a slow line can bear it."""
    assert [(page.name, page.stat().st_size) for page in pages if page.stat().st_size > LARGEST] == []


def test_every_link_inside_the_book_leads_somewhere(book: Path, pages: list[Path]) -> None:
    """The file is there, and where the address names a place, the place is there too."""
    seen = {page: Links(page) for page in [*pages, book / "index.html"]}
    broken = []
    for page, found in seen.items():
        for address in found.links:
            parts = urlsplit(address)
            if parts.scheme:
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            if target not in seen:
                if not target.is_file():
                    broken.append(f"{page.name}: {address}")
            elif parts.fragment and unquote(parts.fragment) not in {
                *seen[target].ids,
                *seen[target].exercises,
            }:
                broken.append(f"{page.name}: {address}")
    assert broken == []


def test_no_page_loads_anything_from_elsewhere(pages: list[Path]) -> None:
    """Scripts, styles and pictures are files of the book. What scripts ask for is watched elsewhere."""
    far = [(page.name, one) for page in pages for one in Links(page).loads if urlsplit(one).netloc]
    assert far == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, pages: list[Path], axe: Callable[..., list[str]], scheme: str) -> None:
    """No accessibility fault on any page, in light and in dark; nor any error or outside request."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    faults = []
    for name in opened(page, pages):
        assert page.evaluate("document.documentElement.dataset.theme") == scheme
        faults += [f"{name}: {fault}" for fault in axe(page)]
    assert faults == []


def test_no_page_scrolls_sideways_on_a_small_phone(page: Page, pages: list[Path]) -> None:
    """Everything fits a window 320 pixels wide."""
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    wide = {name: found for name in opened(page, pages) if (found := page.evaluate(TOO_WIDE))}
    assert wide == {}


def test_headings_follow_one_another(page: Page, pages: list[Path]) -> None:
    """Each page has one top heading, and no heading skips a level on the way down."""
    faults = []
    for name in opened(page, pages):
        levels = page.evaluate(HEADINGS)
        if [level for level, _ in levels].count(1) != 1:
            faults.append(f"{name}: {levels}")
        faults += [f"{name}: {text}" for (before, _), (level, text) in pairwise(levels) if level > before + 1]
    assert faults == []


def test_every_picture_has_words(page: Page, pages: list[Path]) -> None:
    """Images have an alt text, drawings a label."""
    assert {name: found for name in opened(page, pages) if (found := page.evaluate(UNNAMED))} == {}


def test_searching_works_from_disk(page: Page, book: Path) -> None:
    """A word leads to the pages that hold it, in a book with no server behind it."""
    page.goto((book / "search.html").as_uri() + "?q=affirmation")
    page.get_by_text("Search finished").wait_for()
    found = page.locator("#search-results li a").all_inner_texts()
    assert "Glossary" in found
    assert "Codebook: what the practitioner does" in found


@pytest.mark.parametrize("lens", LENS_NAMES)
def test_each_lens_page_has_everything_there_is_to_practise(book: Path, root: Path, lens: str) -> None:
    """Every vignette for practice and retest is on its lens's page, and none that is kept for assessment."""
    course = real_course()
    shown = Links(book / "notebooks" / f"{lens}.html").exercises
    wanted = {
        f"{lens}.{name}": each.use
        for name, each in course.vignettes.items()
        if lens in each.lenses and each.use != "assessment"
    }
    assert shown == wanted
    assert {"practice", "retest"} <= set(shown.values())


def test_mixed_practice_has_every_lens_and_no_retest(book: Path) -> None:
    """The mixed page has some of each lens, and nothing that keeps its feedback back."""
    shown = Links(book / "notebooks" / f"{MIXED}.html").exercises
    assert {address.partition(".")[0] for address in shown} == set(LENS_NAMES)
    assert set(shown.values()) == {"practice"}


def test_the_progress_page_leads_to_every_exercise(book: Path, root: Path) -> None:
    """Without JavaScript too, there is a link to each exercise of each lens."""
    course = real_course()
    links = {link.removeprefix("../notebooks/") for link in Links(book / "book" / "progress.html").links}
    wanted = {
        f"{lens}.html#{lens}.{name}"
        for name, each in course.vignettes.items()
        for lens in each.lenses
        if each.use != "assessment"
    }
    assert wanted <= links


@pytest.mark.parametrize("lens", LENS_NAMES)
def test_an_exercise_of_each_lens_opens_from_its_address(page: Page, book: Path, lens: str) -> None:
    """The address of an exercise opens it on its page, and it can be answered with no kernel."""
    path = book / "notebooks" / f"{lens}.html"
    address = next(iter(Links(path).exercises))
    page.goto(f"{path.as_uri()}#{address}")
    exercise = page.locator("engagekit-practice .ek-exercise")
    exercise.wait_for()
    assert exercise.get_by_role("button", name="Check", exact=True).count() == 1


def test_the_exercises_in_chapters_answer(page: Page, book: Path) -> None:
    """Folded out in a chapter, an exercise takes an answer and feedback comes, with no kernel."""
    for name, lenses in (("mi-and-oars", ("talk", "reply")), ("planning", ("goal", "web"))):
        page.goto((book / "book" / "chapters" / f"{name}.html").as_uri())
        for lens in lenses:
            fold = page.locator("details", has=page.locator(f".ek-exercise.ek-{lens}"))
            assert fold.count() == 1
            fold.locator("summary").first.click()
            exercise = fold.locator(".ek-exercise")
            choice = exercise.locator(".ek-question input, .ek-question textarea").first
            if lens == "reply":
                choice.fill("It sounds as if you have had enough of being told.")
            else:
                choice.check()
            exercise.get_by_role("button", name="Check", exact=True).click()
            exercise.locator(".ek-feedback").first.wait_for()
        page.evaluate("localStorage.clear()")
