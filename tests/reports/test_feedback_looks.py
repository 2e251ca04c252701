"""How a feedback page looks: on a phone, in the dark, in print, to axe, and with words in any script."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from marked import decided, flag, held, judgement, sheet, shelf

from engagekit.model import Course, Evidence, Outcome
from engagekit.reports.feedback import page
from realcourse import real_assignments

ROOT = Path(__file__).resolve().parents[2]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
ARABIC = "أريد أن أكون أبا صالحا"


@pytest.fixture(scope="module")
def course() -> Course:
    return real_assignments()


@pytest.fixture
def full(course: Course) -> str:
    """Return a page with everything on it, and words that are hard to lay out."""
    item = Evidence(label=f"Turn 3: {LONG}", words=f"{LONG} {ARABIC}", remark="fits", counts=True)
    many = judgement(Outcome.PARTLY_MET, "many", evidence=(item,) * 9, theme="planning")
    made = sheet(
        *map(judgement, Outcome),
        many,
        held("held-one"),
        held=("There is no declaration.",),
        flags=(flag(),),
        said=ARABIC,
    )
    made = decided(made, comment=f"{ARABIC} {LONG}")
    return page(dataclasses.replace(made, name=ARABIC), shelf(course, "../../../../_build/html/"))


@pytest.mark.parametrize("width", [320, 1100])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_fits_and_axe_finds_nothing(
    full: str, page_of: Callable, axe: Callable, width: int, scheme: str
) -> None:
    """Readable on a phone and by a screen reader, by day and by night, in words of any length."""
    opened = page_of(full, width, scheme)
    opened.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true })")
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(opened) == []


def test_right_to_left_words_run_right_to_left(full: str, page_of: Callable) -> None:
    """A learner's words keep their own direction, and the page keeps its own."""
    opened = page_of(full, 600, "light")
    assert opened.eval_on_selector("blockquote", "one => getComputedStyle(one).direction") == "rtl"
    assert opened.eval_on_selector("h1", "one => getComputedStyle(one).direction") == "ltr"


def test_what_is_folded_on_the_screen_is_there_in_print(full: str, page_of: Callable) -> None:
    """Paper cannot be clicked."""
    opened = page_of(full, 800, "light")
    closed = "details:not([open]) li q"
    height = "one => one.getBoundingClientRect().height"
    assert opened.eval_on_selector("details:not([open])", height) < 100
    opened.emulate_media(media="print")
    assert opened.eval_on_selector("details:not([open])", height) > 300
    assert opened.eval_on_selector(closed, height) > 0


@pytest.fixture
def page_of(browser: Any, tmp_path: Path) -> Iterator[Callable]:
    contexts = []

    def open_page(html: str, width: int, scheme: str) -> Any:
        path = tmp_path / "feedback.html"
        path.write_text(html, encoding="utf-8")
        # axe has to run as a script, which the page's own policy forbids.
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
        )
        contexts.append(context)
        opened = context.new_page()
        opened.goto(path.as_uri())
        return opened

    yield open_page
    for context in contexts:
        context.close()
