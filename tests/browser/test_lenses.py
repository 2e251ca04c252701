"""Every lens on a page opened from disk: by keyboard alone, on a phone, in every state, and as a retest."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from answering import asked, close, done, events, give, give_all, keep, order_of, place, right, wrong
from exercises import SECRET, SMALL, made, write_page

from engagekit.scoring.practice import outcome

if TYPE_CHECKING:
    from playwright.sync_api import Page

Axe = Callable[..., list[str]]
LENSES = tuple(SMALL)
WORDS = {
    "agrees": "Agrees", "nearly": "Nearly", "differs": "Differs", "discuss": "For discussion",
    "read": "Written",
}  # fmt: skip
REAL = {
    "web": "web-alwyn-hen-run",
    "talk": "aisha-first-month",
    "stage": "anton-burnt-toast",
    "desistance": "anton-burnt-toast",
    "reply": "reply-being-told",
    "goal": "goal-two-mornings",
}
"""A real vignette for each lens, with words as long as they come."""
TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"
SMALL_TARGETS = """[...document.querySelectorAll('.ek button, .ek .ek-choice, .ek summary')].filter((each) =>
    each.checkVisibility() && each.getBoundingClientRect().height < 44).map((each) => each.textContent)"""
VISIBLE_TEXT = """[...document.querySelectorAll('main *')].filter((each) => each.tagName !== 'SCRIPT')
    .flatMap((each) => [...each.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data)
    .concat([...each.attributes].map((attribute) => attribute.value))).join('\\n')"""


@pytest.fixture(autouse=True)
def calm(page: Page) -> None:
    """Ask pages not to move, so that no test waits for scrolling to end."""
    page.emulate_media(reduced_motion="reduce")


def show(page: Page, folder: Path, data: dict[str, Any], theme: str = "light") -> dict[str, Any]:
    """Open a page with an exercise."""
    page.goto(write_page(folder, data, theme))
    return data


# --- keyboard ---


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the element that has the focus matches a selector."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"80 times Tab never reached {wanted}")


def press_answer(page: Page, item: dict[str, Any]) -> str:
    """Answer the item in hand with keys alone, from wherever the focus is; return the answer given."""
    here = f'[data-item="{item["id"]}"] '
    if item["kind"] == "choice":
        tab_to(page, here + "input[type=radio]")
        page.keyboard.press("ArrowDown")
        given = [page.evaluate("document.activeElement.value")]
        if item["evidence"] and given[0] not in ("not-stated", "not-enough-information"):
            tab_to(page, here + "input[type=checkbox]")
            page.keyboard.press("Space")
            given.append(page.evaluate("document.activeElement.value"))
        return " ".join(given)
    if item["kind"] == "set":
        tab_to(page, here + "input[type=checkbox]")
        page.keyboard.press("Space")
        return str(page.evaluate("document.activeElement.value"))
    for _ in item.get("fields", [None]):
        tab_to(page, here + "textarea")
        page.keyboard.type("I hear you.")
    return "" if item["kind"] == "fields" else "I hear you."


@pytest.mark.parametrize("lens", LENSES)
def test_a_whole_exercise_by_keyboard_alone(page: Page, tmp_path: Path, lens: str) -> None:
    """Tab, arrows, Space and Enter do it all; each result is heard, and focus goes where one reads on."""
    data = show(page, tmp_path, made(lens))
    nouns = {
        "talk": "turns coded",
        "desistance": "factors answered",
        "reply": "replies written",
        "web": "scores given",
    }
    told = nouns.get(lens, "questions answered")
    for number, item in enumerate(asked(data), start=1):
        given = press_answer(page, item)
        tab_to(page, ".ek-form button[type=submit]")
        page.keyboard.press("Enter")
        focused = page.evaluate("document.activeElement.className")
        assert "ek-feedback" in focused
        result = outcome(item, data["key"][item["id"]], given or "{}", order_of(data))
        assert f"ek-{result}" in focused
        heard = page.locator(".ek-status[role=status]").text_content() or ""
        assert heard.strip("\xa0") == f"{WORDS[result]}. {number} of {len(asked(data))} {told}."
        if number < len(asked(data)):
            tab_to(page, ".ek-feedback .ek-button-main")
            page.keyboard.press("Enter")
            # The heading of the next item: reading goes on from there.
            assert page.evaluate("document.activeElement.className") == "ek-turn-title"
    tab_to(page, ".ek-feedback .ek-button-main")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "ek-results-title"
    tab_to(page, ".ek-record button")
    assert len(events(page)) == len(asked(data))


@pytest.mark.parametrize("lens", LENSES)
def test_key_strokes_stay_inside(page: Page, tmp_path: Path, lens: str) -> None:
    """A page's shortcuts (JupyterLab's) hear nothing from an exercise, except a wish to save."""
    show(page, tmp_path, made(lens))
    page.evaluate(
        "window.heard = []; for (const type of ['keydown', 'keypress', 'keyup']) "
        "document.addEventListener(type, (event) => heard.push(event.key))"
    )
    page.locator(".ek-form :is(input, textarea)").first.focus()
    for stroke in ("ArrowDown", "b", "d", "Escape", "Enter", "Control+s"):
        page.keyboard.press(stroke)
    assert set(page.evaluate("heard")) <= {"s", "Control"}
    assert "s" in page.evaluate("heard")


# --- every state, looked at by axe ---


TRIES = {
    "talk": [("t01", "open-question"), ("t03", "affirmation"), ("t07", "affirmation"), ("t02", "change")],
    "stage": [("stage", "action s06"), ("missing", "none"), ("next", "r3")],
    "desistance": [
        ("b1-intention", "present s06"), ("c3-family", "present s04"), ("d1-work", "present s05"),
        ("f2-dependence", "not-stated"), ("a1-maturation", "present s01"),
    ],
    "reply": [("p1", "So you went back to it?")],
    "web": [("home-first", "stuck"), ("work-and-learning-first", "stuck"), ("money-first", "maintaining")],
    "goal": [("faults", "vague"), ("goal", '{"act": "Stop", "test": "3", "by": "soon", "who": "Eli"}')],
}  # fmt: skip
"""Answers that bring up every kind of feedback that a lens has."""
FEEDBACK = {
    "talk": {"agrees", "differs", "discuss"},
    "stage": {"agrees", "nearly", "differs"},
    "desistance": {"agrees", "nearly", "differs", "discuss"},
    "reply": {"read"},
    "web": {"agrees", "nearly", "differs"},
    "goal": {"nearly", "read"},
}
CONTRAST = """async ([where]) => (await axe.run(where || document, {runOnly: ["color-contrast"],
    preload: false, resultTypes: ["violations"]})).violations.flatMap((fault) =>
    fault.nodes.map((node) => node.html))"""


def sound(page: Page, axe: Axe, within: str | None = None) -> None:
    """See that axe finds nothing, and that in the dark all can be read too."""
    assert axe(page, within) == []
    page.locator("html").evaluate("(html) => { html.dataset.theme = 'dark' }")
    assert page.evaluate(CONTRAST, [within]) == []
    page.locator("html").evaluate("(html) => { html.dataset.theme = 'light' }")


@pytest.mark.parametrize("lens", LENSES)
def test_axe_finds_nothing_in_any_state(page: Page, tmp_path: Path, axe: Axe, lens: str) -> None:
    """No fault at the start, at an error, at each kind of feedback, half-way, at the end; light and dark."""
    data = show(page, tmp_path, made(lens))
    for fold in page.locator(".ek-codebook, .ek-person-talk").all():
        fold.evaluate("(each) => { each.open = true }")
    sound(page, axe)
    page.locator(".ek-form button[type=submit]").click()
    sound(page, axe, ".ek-exchange-open")
    seen = set()
    for number, (name, answer) in enumerate(TRIES[lens]):
        shown = give(page, data, name, answer)
        kind = (shown.get_attribute("class") or "").removeprefix("ek-feedback ek-")
        if kind not in seen:
            sound(page, axe, f'[data-item="{name}"]')
        seen.add(kind)
        if number == 0:
            close(page, name)
            sound(page, axe, f'[data-item="{name}"]')
    assert seen == FEEDBACK[lens]
    give_all(page, data)
    sound(page, axe, ".ek-results")


@pytest.mark.parametrize("lens", LENSES)
def test_a_retest_gives_nothing_away_before_the_end(page: Page, tmp_path: Path, axe: Axe, lens: str) -> None:
    """No verdict and no word of the key is in the page until all is answered; then all of it is."""
    data = show(page, tmp_path, made(lens, use="retest"))
    *names, last = [item["id"] for item in asked(data)]
    keep(page, data, names[:-1])
    if lens == "talk":
        give(page, data, "t02", "change")  # a question for discussion keeps quiet too
    shown = give(page, data, names[-1], right(data, names[-1]))
    assert shown.locator(".ek-verdict").inner_text() == "Your answer is kept"
    sound(page, axe, ".ek-exercise")
    assert SECRET not in page.evaluate(VISIBLE_TEXT)
    assert not {"Agrees", "Differs", "Nearly"} & set(page.locator(".ek-line b").all_inner_texts())
    assert page.get_by_role("button", name="Show my results so far").count() == 0
    shown = give(page, data, last, right(data, last))
    assert SECRET in page.evaluate(VISIBLE_TEXT)
    assert shown.get_by_role("button", name="Change").count() == 0
    page.get_by_role("button", name="See my results").click()

    page.get_by_role("button", name="Try again").click()
    assert done(page).startswith(f"0 of {len(names) + 1} ")
    give(page, data, names[0], right(data, names[0]))
    assert SECRET not in page.evaluate(VISIBLE_TEXT)
    past = page.locator(".ek-past li").all_inner_texts()
    assert [": begun, 1 of" in line for line in past] == [False, True]
    assert "per cent" not in past[1]


def test_a_retest_counts_the_last_answer(page: Page, tmp_path: Path) -> None:
    """Before the end an answer may be thought over; what stands then is what counts."""
    data = show(page, tmp_path, made("talk", use="retest"))
    shown = give(page, data, "t01", wrong(data, "t01"))
    shown.get_by_role("button", name="Change my code").click()
    give(page, data, "t01", right(data, "t01"))
    give_all(page, data)
    assert "3 of 3 turns agreed." in page.locator(".ek-summary").inner_text()


# --- small windows, less movement, forced colours ---


@pytest.mark.parametrize("lens", LENSES)
def test_320_pixels_need_no_sideways_scrolling(page: Page, tmp_path: Path, lens: str) -> None:
    """On a small phone, which is 1,280 pixels at 400 per cent, nothing is cut off and targets are large."""
    page.set_viewport_size({"width": 320, "height": 256})
    data = show(page, tmp_path, made(lens, REAL[lens], use="practice"))
    keep(page, data, [item["id"] for item in asked(data)][2:-2])
    for fold in page.locator("details").all():
        fold.evaluate("(each) => { each.open = true }")
    assert (page.evaluate(TOO_WIDE), page.evaluate(SMALL_TARGETS)) == (False, [])
    page.locator(".ek-form button[type=submit]").click()
    error = page.get_by_role("alert")
    assert error.evaluate("(each) => each.getBoundingClientRect().top < innerHeight")
    for item in asked(data)[:2] + asked(data)[-2:]:
        name = item["id"]
        if place(page, name).locator(".ek-feedback, .ek-line").count() == 0:
            give(page, data, name, wrong(data, name) if item["kind"] == "choice" else right(data, name))
        assert not page.evaluate(TOO_WIDE)
    page.get_by_role("button", name="See my results").click()
    assert (page.evaluate(TOO_WIDE), page.evaluate(SMALL_TARGETS)) == (False, [])


def test_movement_is_left_out_where_it_is_not_wanted(page: Page, tmp_path: Path) -> None:
    """With reduced motion the page jumps and never glides; nothing else on it moves."""
    page.add_init_script(
        "window.moves = []; Element.prototype.scrollIntoView = function (how) { moves.push(how.behavior) }"
    )
    data = show(page, tmp_path, made("talk"))
    give_all(page, data)
    assert set(page.evaluate("moves")) == {"auto"}
    assert page.evaluate("document.getAnimations().length") == 0
    page.emulate_media(reduced_motion="no-preference")
    page.get_by_role("button", name="Try again").click()
    assert page.evaluate("moves").count("smooth") > 0


def test_forced_colours_leave_everything_to_be_seen(page: Page, tmp_path: Path) -> None:
    """Drawings and bars use the colours that the reader has chosen."""
    page.emulate_media(forced_colors="active", color_scheme="dark")
    data = show(page, tmp_path, made("web"))
    keep(page, data, [item["id"] for item in asked(data)])
    colour = "(each, name) => getComputedStyle(each)[name]"
    paper = page.locator(".ek-exercise").evaluate(colour, "backgroundColor")
    ink = page.locator(".ek-results-title").evaluate(colour, "color")
    assert paper != ink
    assert page.locator(".ek-web-label").first.evaluate(colour, "fill") == ink
    for line in (".ek-web-first.ek-web-area", ".ek-web-second.ek-web-area", ".ek-web-ring"):
        assert page.locator(line).first.evaluate(colour, "stroke") != paper
    assert page.locator(".ek-progress progress").evaluate(colour, "borderTopColor") == ink
    assert page.locator(".ek-progress progress").evaluate(colour, "backgroundColor") == paper
