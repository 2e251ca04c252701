"""The Talk exercise on a page opened from disk: mouse, keyboard, phone, dark theme, two tabs, no storage."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from engagekit.content import load_course
from engagekit.frontend.assets import scripts, styles
from engagekit.frontend.embed import talk_html
from engagekit.frontend.exercise import talk_exercise

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

Axe = Callable[..., list[str]]
VIGNETTE = "aisha-first-month"
NO_STORAGE = (
    "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
)
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
KEPT = "Object.keys(localStorage).filter((name) => name.startsWith('engagekit/attempts/talk/')).length"


@pytest.fixture(scope="module")
def exercise(root: Path) -> dict[str, Any]:
    """Return a real practice interview with its key."""
    return talk_exercise(load_course(root), VIGNETTE)


@pytest.fixture(autouse=True)
def calm(request: pytest.FixtureRequest) -> None:
    """Ask pages not to move, so that no test waits for scrolling to end."""
    if "page" in request.fixturenames:
        request.getfixturevalue("page").emulate_media(reduced_motion="reduce")


def write_page(folder: Path, exercise: dict[str, Any], theme: str = "light") -> str:
    """Write a page with the exercise on it, as the book does; return its file:// address."""
    css = "".join(path.read_text(encoding="utf-8") for path in styles("talk"))
    js = "".join(f'<script defer src="{path.as_uri()}"></script>' for path in scripts("talk"))
    page = (
        f'<!doctype html><html lang="en-GB" data-theme="{theme}"><head><meta charset="utf-8">'
        f'<title>Practice</title><meta name="viewport" content="width=device-width">{js}'
        f"<style>{css} html[data-theme=dark] body {{ background: #14181e; color: #e5e8eb }}</style></head>"
        f"<body><main><h1>Practice</h1>{talk_html(exercise, heading=2)}</main></body></html>"
    )
    path = folder / f"{theme}.html"
    path.write_text(page, encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def address(tmp_path: Path, exercise: dict[str, Any]) -> str:
    """Give the address of a page with the exercise."""
    return write_page(tmp_path, exercise)


def turns(exercise: dict[str, Any], discussion: bool = False) -> list[str]:
    """Return the turns that count, or those for discussion."""
    return [turn for turn, entry in exercise["key"].items() if bool(entry["also"]) is discussion]


def wrong(exercise: dict[str, Any], turn: str) -> str:
    """Return a code that the key does not give this turn."""
    entry = exercise["key"][turn]
    return next(
        code["id"]
        for code in exercise["scheme"]["codes"]
        if code["id"] not in (entry["code"], *entry["also"])
    )


def place(page: Page, exercise: dict[str, Any], turn: str) -> Locator:
    """Return the part of the page that belongs to a turn."""
    return page.locator(".ek-exchange").nth(list(exercise["key"]).index(turn))


def code(page: Page, exercise: dict[str, Any], turn: str, given: str) -> None:
    """Open a turn where it is closed, choose a code and check it."""
    part = place(page, exercise, turn)
    if part.locator(".ek-form").count() == 0:
        part.get_by_role("button", name="Code turn").click()
    part.locator(f'input[value="{given}"]').check()
    part.get_by_role("button", name="Check").click()
    part.locator(".ek-feedback").wait_for()


def code_all(page: Page, exercise: dict[str, Any], missed: tuple[str, ...] = ()) -> None:
    """Code every turn as the key does, but for some; end at the results."""
    for turn, entry in exercise["key"].items():
        code(page, exercise, turn, wrong(exercise, turn) if turn in missed else entry["code"])
    page.get_by_role("button", name="See my results").click()


def summary(page: Page) -> str:
    """Return the words of the results' summary."""
    return page.locator(".ek-summary").inner_text()


def test_each_kind_of_feedback(page: Page, address: str, exercise: dict[str, Any]) -> None:
    """A right code, a wrong one with its own comment, and a discussion turn with both readings."""
    page.goto(address)
    key, right = exercise["key"], turns(exercise)[0]
    code(page, exercise, right, key[right]["code"])
    shown = place(page, exercise, right).locator(".ek-feedback")
    assert "Agrees with the reference" in shown.inner_text()
    assert key[right]["reason"] in shown.inner_text()

    tempting = next(turn for turn in turns(exercise)[1:] if key[turn]["instead"])
    (given, comment), *_ = key[tempting]["instead"].items()
    code(page, exercise, tempting, given)
    words = place(page, exercise, tempting).locator(".ek-feedback").inner_text()
    assert "Differs from the reference" in words
    assert comment in words
    assert key[tempting]["reason"] in words

    open_to_debate = turns(exercise, discussion=True)[0]
    code(page, exercise, open_to_debate, wrong(exercise, open_to_debate))
    words = place(page, exercise, open_to_debate).locator(".ek-feedback").inner_text()
    assert "For discussion, not counted" in words
    assert key[open_to_debate]["discuss"] in words


def test_results_count_first_answers(page: Page, address: str, exercise: dict[str, Any]) -> None:
    """Putting a wrong first answer right changes the line about after feedback, and not the score."""
    page.goto(address)
    scored = turns(exercise)
    missed = (scored[1], scored[4])
    code_all(page, exercise, missed)
    told = f"{len(scored) - 2} of {len(scored)} turns agreed on your first answers."
    assert told in summary(page)
    assert "After feedback" not in summary(page)
    place(page, exercise, missed[0]).get_by_role("button", name="Look again").click()
    place(page, exercise, missed[0]).get_by_role("button", name="Change my code").click()
    code(page, exercise, missed[0], exercise["key"][missed[0]]["code"])
    assert "First answers are what the score counts" in place(page, exercise, missed[0]).inner_text()
    assert told in summary(page)
    assert f"After feedback, {len(scored) - 1} of {len(scored)} turns agree." in summary(page)
    assert page.locator(".ek-words-list li").count() == len(
        {(exercise["key"][turn]["code"], wrong(exercise, turn)) for turn in missed}
    )


def test_one_code_throughout_has_no_kappa(page: Page, tmp_path: Path, exercise: dict[str, Any]) -> None:
    """The page says that there is not enough variety, and prints no number."""
    flat = {turn: {**entry, "code": "other", "also": []} for turn, entry in exercise["key"].items()}
    page.goto(write_page(tmp_path, {**exercise, "key": flat}))
    code(page, exercise, next(iter(flat)), "other")
    page.get_by_role("button", name="Show my results so far").click()
    assert "not enough variety to say" in summary(page)
    assert "100 per cent" in summary(page)
    assert f"{len(flat) - 1} turns have no code yet." in summary(page)


def test_checking_without_a_code_is_said(page: Page, address: str) -> None:
    """The learner is told and put at the first code; nothing is kept."""
    page.goto(address)
    page.get_by_role("button", name="Check").click()
    assert page.get_by_role("alert").inner_text() == "Choose a code first, then check it."
    assert page.evaluate("document.activeElement.type") == "radio"
    assert page.evaluate(KEPT) == 0


def test_keyboard_alone_reaches_the_end(page: Page, address: str, exercise: dict[str, Any]) -> None:
    """Arrows choose, Enter checks, focus goes to the feedback and on to the next turn's heading."""
    page.goto(address)
    page.locator(".ek-form input").first.focus()
    for number in range(1, len(exercise["key"]) + 1):
        if number > 1:
            assert page.evaluate("document.activeElement.textContent").startswith(f"Turn {number} ")
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.type") == "radio"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        assert "ek-feedback" in page.evaluate("document.activeElement.className")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Your results"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"


def test_key_strokes_stay_inside(page: Page, address: str) -> None:
    """A page's shortcuts (JupyterLab's) hear nothing from the exercise, except a wish to save."""
    page.goto(address)
    page.evaluate("window.heard = []; document.addEventListener('keydown', (e) => heard.push(e.key))")
    page.locator(".ek-form input").first.focus()
    for stroke in ("ArrowDown", "b", "d", "Control+s"):
        page.keyboard.press(stroke)
    assert page.evaluate("heard.filter((key) => key !== 'Control')") == ["s"]


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_needs_no_sideways_scrolling(
    page: Page, address: str, exercise: dict[str, Any], width: int
) -> None:
    """At 320 pixels (also 1,280 at 400 per cent) nothing is wider than the page, and targets are large."""
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(address)
    too_wide = "document.documentElement.scrollWidth > window.innerWidth"
    small = """[...document.querySelectorAll('.ek button, .ek label, .ek summary')].filter((each) =>
        each.offsetParent && each.getBoundingClientRect().height < 44).map((each) => each.textContent)"""
    page.locator(".ek-codebook").first.evaluate("(each) => { each.open = true }")
    assert not page.evaluate(too_wide)
    first = turns(exercise)[0]
    code(page, exercise, first, wrong(exercise, first))
    assert not page.evaluate(too_wide)
    page.reload()
    for turn in [turn for turn in exercise["key"] if turn != first]:
        code(page, exercise, turn, wrong(exercise, turn))
    page.get_by_role("button", name="See my results").click()
    assert not page.evaluate(too_wide)
    assert page.evaluate(small) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(
    page: Page, axe: Axe, tmp_path: Path, exercise: dict[str, Any], theme: str
) -> None:
    """No accessibility fault at the start, at each kind of feedback, at an error, or at the end."""
    page.goto(write_page(tmp_path, exercise, theme))
    page.locator(".ek-codebook").first.evaluate("(each) => { each.open = true }")
    page.get_by_role("button", name="Check").click()
    assert axe(page) == []
    debated, (right, missed, *_) = turns(exercise, discussion=True)[0], turns(exercise)
    for turn, given in (
        (right, exercise["key"][right]["code"]),
        (missed, wrong(exercise, missed)),
        (debated, exercise["key"][debated]["code"]),
    ):
        code(page, exercise, turn, given)
        assert axe(page) == []
    for turn in exercise["key"]:
        if turn not in (right, missed, debated):
            code(page, exercise, turn, exercise["key"][turn]["code"])
    page.get_by_role("button", name="See my results").click()
    assert axe(page) == []


def test_reloading_resumes(page: Page, address: str, exercise: dict[str, Any]) -> None:
    """Half-way the next turn is open, at the end the results; trying again keeps the first attempt."""
    page.goto(address)
    first, second, *_ = exercise["key"]
    code(page, exercise, first, "other")
    page.reload()
    assert page.locator(".ek-progress span").inner_text() == f"1 of {len(exercise['key'])} turns coded"
    assert place(page, exercise, second).locator(".ek-form").count() == 1
    for turn in list(exercise["key"])[1:]:
        code(page, exercise, turn, "other")
    page.reload()
    assert "agreement with the reference" in summary(page)
    page.get_by_role("button", name="Try again").click()
    assert page.locator(".ek-progress span").inner_text().startswith("0 of")
    code(page, exercise, first, "other")
    page.reload()
    assert page.locator(".ek-progress span").inner_text().startswith("1 of")
    assert page.locator(".ek-past li").count() == 2
    assert page.evaluate(KEPT) == len(exercise["key"]) + 1


def test_two_tabs_lose_nothing(page: Page, address: str, exercise: dict[str, Any]) -> None:
    """Answers given in two open tabs are all kept, and each tab hears of the other's."""
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    first, second, third, *_ = exercise["key"]
    code(page, exercise, first, "other")
    other.locator(".ek-progress span", has_text="1 of").wait_for()
    code(other, exercise, second, "other")
    code(page, exercise, third, "other")
    for tab in (page, other):
        tab.locator(".ek-progress span", has_text="3 of").wait_for()
    page.reload()
    assert page.locator(".ek-progress span").inner_text().startswith("3 of")


@pytest.mark.parametrize(("fault", "told"), [(NO_STORAGE, "does not keep answers"), (FULL, "no room left")])
def test_answers_survive_a_browser_that_keeps_nothing(
    page: Page, address: str, exercise: dict[str, Any], fault: str, told: str
) -> None:
    """The learner is told, the exercise goes on, and the download holds every answer."""
    page.add_init_script(fault)
    page.goto(address)
    for turn in list(exercise["key"])[:2]:
        code(page, exercise, turn, "other")
    assert told in page.locator(".ek-warning").inner_text()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download my attempts").click()
    assert len(waiting.value.path().read_text("utf-8").splitlines()) == 2


def test_attempts_travel_as_a_file(
    page: Page, address: str, exercise: dict[str, Any], tmp_path: Path
) -> None:
    """A download, brought back after erasing, restores every answer; damage and strangers are told."""
    page.goto(address)
    for turn in list(exercise["key"])[:2]:
        code(page, exercise, turn, "other")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download my attempts").click()
    lines = waiting.value.path().read_text("utf-8")
    page.get_by_role("button", name="Erase").click()
    assert page.evaluate(KEPT) == 2
    page.get_by_role("button", name="Erase them").click()
    assert page.evaluate(KEPT) == 0
    assert page.locator(".ek-progress span").inner_text().startswith("0 of")

    stranger = json.dumps({**json.loads(lines.splitlines()[0]), "vignette": "another"})
    file = tmp_path / "attempts.jsonl"
    file.write_text(f"{lines}{stranger}\nhalf a li", encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    page.locator(".ek-progress span", has_text="2 of").wait_for()
    heard = page.locator(".ek-status").inner_text()
    told = (
        "2 answers imported, 0 here already.",
        "1 answer of other exercises left out.",
        "1 line could not be read.",
    )
    assert heard == " ".join(told)
    assert page.evaluate("document.activeElement.textContent") == "Import attempts"
    assert page.evaluate(KEPT) == 2


def test_a_retest_says_nothing_before_the_end(page: Page, tmp_path: Path, exercise: dict[str, Any]) -> None:
    """No verdict, reason or result is shown until every turn is coded; then all are, and codes stand."""
    page.goto(write_page(tmp_path, {**exercise, "use": "retest"}))
    every = list(exercise["key"])
    for turn in every[:-1]:
        code(page, exercise, turn, "other")
        words = place(page, exercise, turn).inner_text()
        assert "reference" not in words
        assert exercise["key"][turn]["reason"] not in words
    assert page.get_by_role("button", name="Show my results so far").count() == 0
    code(page, exercise, every[-1], "other")
    assert exercise["key"][every[-1]]["reason"] in place(page, exercise, every[-1]).inner_text()
    assert page.get_by_role("button", name="Change my code").count() == 0
    assert "per cent" in summary(page)


def test_hostile_content_stays_text(page: Page, tmp_path: Path, exercise: dict[str, Any]) -> None:
    """Markup in a title, a turn or a reason is shown as its characters and never run."""
    bad = "</script><img src=x onerror=\"document.title='run'\"><b>bold</b>"
    key = {turn: {**entry, "reason": bad} for turn, entry in exercise["key"].items()}
    said = [{**turn, "text": bad} for turn in exercise["utterances"]]
    page.goto(write_page(tmp_path, {**exercise, "title": bad, "utterances": said, "key": key}))
    code(page, exercise, next(iter(key)), "other")
    assert page.locator("engagekit-talk img").count() == 0
    assert page.locator(".ek-title").inner_text() == bad
    assert bad in page.locator(".ek-feedback").inner_text()
    assert page.title() == "Practice"


def test_the_transcript_is_there_without_javascript(
    browser: Browser, address: str, exercise: dict[str, Any]
) -> None:
    """Every turn can be read where scripts are off."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("engagekit-talk li").count() == len(exercise["utterances"])
    assert page.get_by_text("Coding it needs JavaScript").is_visible()
    context.close()
