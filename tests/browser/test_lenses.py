"""Every lens on a page opened from disk: by keyboard alone, on a phone, in every state, and as a retest."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from exercises import (
    SECRET, SMALL, asked, close, done, events, fill_in, give, give_all, item_of, keep, made, open_item, order_of, place,
    right, write_page, wrong,
)  # fmt: skip

from engagekit.scoring.practice import outcome

if TYPE_CHECKING:
    from playwright.sync_api import Page

Axe = Callable[..., list[str]]
LENSES = tuple(SMALL)
WORDS = {
    "agrees": "Agrees", "nearly": "Nearly", "differs": "Differs", "discuss": "For discussion", "read": "Written",
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
CONTRAST = """async ([where]) => (await axe.run(where || document, {runOnly: ["color-contrast"], preload: false,
    resultTypes: ["violations"]})).violations.flatMap((fault) => fault.nodes.map((node) => node.html))"""


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
    """No verdict and no word of the key is in the page until all is answered; then all of it; then a new try."""
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
    """On a small phone, which is also 1,280 pixels at 400 per cent, nothing is cut off and targets are large."""
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


# --- answers that are not there yet ---


@pytest.mark.parametrize(
    ("lens", "name", "told"),
    [
        ("talk", "t01", "Choose an answer first, then check it."),
        ("stage", "missing", "Tick what applies, or “None of these”, then check."),
        ("web", "home-first", "Choose an answer first, then check it."),
        ("reply", "p1", "Write something first, then check it."),
        ("goal", "goal", "Fill in “What the person will do”, then check."),
    ],
)
def test_an_empty_answer_is_said_and_not_kept(
    page: Page, tmp_path: Path, lens: str, name: str, told: str
) -> None:
    """The learner hears what is missing and is put there; blanks are nothing either, and nothing is kept."""
    show(page, tmp_path, made(lens))
    part = open_item(page, name)
    if lens in ("reply", "goal"):
        part.locator("textarea").first.fill(" \n ")
    part.locator("button[type=submit]").click()
    error = part.get_by_role("alert")
    assert error.inner_text() == told
    assert part.evaluate("(part) => part.contains(document.activeElement)")
    tag = page.evaluate("document.activeElement.tagName")
    assert tag == ("TEXTAREA" if lens in ("reply", "goal") else "INPUT")
    named = "document.activeElement.closest('[aria-describedby]').getAttribute('aria-describedby')"
    assert error.get_attribute("id") in page.evaluate(named).split()
    assert events(page) == []
    page.keyboard.press("Space")
    assert (error.inner_text() == "") is True


def test_a_goal_asks_for_the_part_that_is_missing(page: Page, tmp_path: Path) -> None:
    """The error names the empty part, stands beside it and puts the learner there."""
    show(page, tmp_path, made("goal"))
    part = open_item(page, "goal")
    boxes = part.locator("textarea")
    for number in (0, 1, 3):
        boxes.nth(number).fill("Something")
    part.get_by_role("button", name="Check").click()
    assert part.get_by_role("alert").inner_text() == "Fill in “By when”, then check."
    assert boxes.nth(2).evaluate(
        "(box) => box === document.activeElement && box.nextElementSibling.role === 'alert'"
    )


# --- what each kind of item promises ---


def test_the_right_code_with_the_wrong_words_is_nearly(page: Page, tmp_path: Path) -> None:
    """Without a sentence the learner is asked for one; a wrong one counts half; a right one counts whole."""
    data = show(page, tmp_path, made("desistance"))
    part = open_item(page, "b1-intention")
    part.locator('input[value="present"]').check()
    part.get_by_role("button", name="Check").click()
    assert part.get_by_role("alert").inner_text() == "Mark the sentence that shows it, then check."
    assert page.evaluate("document.activeElement.type") == "checkbox"
    shown = give(page, data, "b1-intention", "present s06")
    assert "Nearly: counts half" in shown.inner_text()
    assert "“I sold the car on the second of April,” she said." in shown.inner_text()
    shown.get_by_role("button", name="Change my answer").click()
    assert place(page, "b1-intention").locator('input[value="s06"]').is_checked()
    place(page, "b1-intention").locator('input[value="s06"]').uncheck()
    shown = give(page, data, "b1-intention", "present s02")
    assert "Agrees with the reference" in shown.inner_text()
    assert "Your first answer was: present, shown by sentence 6." in shown.inner_text()
    give(page, data, "f2-dependence", "not-stated")
    assert [event["answer"] for event in events(page)] == ["present s06", "present s02", "not-stated"]
    give_all(page, data)
    words = page.locator(".ek-summary").inner_text()
    assert "2 of 3 factors agreed on your first answers, and 1 came near and counts half." in words
    assert "1 factor is for discussion and never counted." in words


def test_a_sentence_marked_before_a_change_of_mind_is_not_kept(page: Page, tmp_path: Path) -> None:
    """An answer that needs no sentence is kept without one."""
    data = show(page, tmp_path, made("desistance"))
    part = open_item(page, "f2-dependence")
    fill_in(part, item_of(data, "f2-dependence"), "present s02")
    assert part.get_by_text("One is enough.").is_visible()
    fill_in(part, item_of(data, "f2-dependence"), "not-stated")
    assert part.get_by_text("This answer needs no sentence.").is_visible()
    part.get_by_role("button", name="Check").click()
    assert [event["answer"] for event in events(page)] == ["not-stated"]


def test_one_stage_away_counts_half(page: Page, tmp_path: Path) -> None:
    """A neighbour is nearly right, and the feedback says why; “Not enough information” has no neighbour."""
    data = show(page, tmp_path, made("stage"))
    shown = give(page, data, "stage", "maintenance s03")
    assert "One step away, so it counts half." in shown.inner_text()
    shown.get_by_role("button", name="Change my answer").click()
    assert "Differs" in give(page, data, "stage", "not-enough-information").inner_text()


def test_none_of_these_excludes_the_others(page: Page, tmp_path: Path) -> None:
    """Ticking “None of these” clears the rest, ticking one of the rest clears it, and it is an answer."""
    data = show(page, tmp_path, made("stage"))
    part = open_item(page, "missing")
    part.locator('input[value="duration"]').check()
    part.locator('input[value="none"]').check()
    assert part.locator("input:checked").count() == 1
    part.locator('input[value="intention"]').check()
    assert not part.locator('input[value="none"]').is_checked()
    part.locator('input[value="none"]').check()
    part.get_by_role("button", name="Check").click()
    assert "Agrees" in part.locator(".ek-verdict").inner_text()
    assert "None of these" in part.locator(".ek-facts").inner_text()
    assert [event["answer"] for event in events(page)] == ["none"]
    assert data["key"]["missing"]["set"] == []


def test_what_is_wrong_with_a_goal_may_be_half_right(page: Page, tmp_path: Path) -> None:
    """One of two faults is nearly; the reasons of all that was keyed are given."""
    data = show(page, tmp_path, made("goal"))
    words = give(page, data, "faults", "vague").inner_text()
    assert "Nearly: counts half" in words
    assert words.count(SECRET) == 2


def test_sentences_are_named_by_their_numbers(page: Page, tmp_path: Path) -> None:
    """A reason that names sentences by id shows the numbers that the case has."""
    data = made("stage")
    data["key"]["missing"]["reason"] = "Nothing is (s02, s03 and s05), nor in s06."
    show(page, tmp_path, data)
    assert (
        "Nothing is (sentences 2, 3 and 5), nor in sentence 6."
        in give(page, data, "missing", "none").inner_text()
    )


@pytest.mark.parametrize(
    ("lens", "name", "answer"), [("talk", "t02", "sustain"), ("desistance", "a1-maturation", "present s01")]
)
def test_what_is_optional_never_counts(page: Page, tmp_path: Path, lens: str, name: str, answer: str) -> None:
    """Answering it changes neither how far one has come nor the result."""
    data = show(page, tmp_path, made(lens))
    before = done(page)
    shown = give(page, data, name, answer)
    assert done(page) == before
    assert "For discussion, not counted" in shown.inner_text() or lens == "desistance"
    for item in asked(data):
        give(page, data, item["id"], right(data, item["id"]))
    page.get_by_role("button", name="See my results").click()
    scored = sum(not data["key"][item["id"]]["also"] for item in asked(data))
    assert f"{scored} of {scored} " in page.locator(".ek-summary").inner_text()
    assert len(events(page)) == len(asked(data)) + 1


def test_two_readings_of_a_reply_are_both_offered(page: Page, tmp_path: Path) -> None:
    """Each reading is a button; pressing one is told, may be undone by the other, and is never kept."""
    data = show(page, tmp_path, made("reply"))
    shown = give(page, data, "p1", "So you went back to it?")
    group = shown.get_by_role("group", name="Which did you mean?")
    first, second = group.get_by_role("button").all()
    assert (first.inner_text(), second.inner_text()) == ("a closed question", "a reflection")
    second.click()
    assert [each.get_attribute("aria-pressed") for each in (first, second)] == ["false", "true"]
    assert "You meant a reflection." in group.inner_text()
    first.click()
    assert [each.get_attribute("aria-pressed") for each in (first, second)] == ["true", "false"]
    assert len(events(page)) == 1
    assert "per cent" not in page.locator("main").inner_text()


BAD = "You feel <img src=x onerror=\"document.title='run'\"> <b>low</b> </script>&amp; tired."


def test_markup_in_a_reply_stays_text(page: Page, tmp_path: Path) -> None:
    """What was typed is shown as its characters, at once, in the results and after a reload."""
    data = show(page, tmp_path, made("reply"))
    shown = give(page, data, "p1", BAD)
    assert shown.locator("blockquote").text_content() == BAD
    give_all(page, data)
    page.reload()
    assert page.locator(".ek-results .ek-quoted").first.text_content() == BAD
    assert page.locator("main img, main .ek b:text-is('low')").count() == 0
    assert page.title() == "Practice"


def test_markup_in_a_goal_stays_text_and_the_parts_keep_their_order(page: Page, tmp_path: Path) -> None:
    """A goal is kept as its four parts, trimmed, and each is shown as its characters."""
    data = show(page, tmp_path, made("goal"))
    goal = {"act": BAD, "test": "4 of 5", "by": "5 May", "who": "Eli"}
    shown = give(page, data, "goal", json.dumps(goal | {"who": "  Eli \n"}))
    assert BAD in (shown.locator(".ek-goal-parts").text_content() or "")
    assert page.locator("main img").count() == 0
    (event,) = events(page)
    assert event["answer"] == json.dumps(goal, ensure_ascii=False, separators=(",", ":"))
    shown.get_by_role("button", name="Change my answer").click()
    assert place(page, "goal").locator("textarea").first.input_value() == BAD


def test_words_too_long_to_keep_are_refused_and_not_lost(page: Page, tmp_path: Path) -> None:
    """Some characters take more room in the record: the learner is told, and what was typed stays."""
    data = show(page, tmp_path, made("goal"))
    part = open_item(page, "goal")
    fill_in(
        part, item_of(data, "goal"), json.dumps(dict.fromkeys(("act", "test", "by", "who"), "“" + '"' * 499))
    )
    part.get_by_role("button", name="Check").click()
    assert part.get_by_role("alert").inner_text() == "This is too long to keep. Shorten it, then check."
    assert events(page) == []
    part.locator("textarea").nth(1).fill("4 of 5")
    part.get_by_role("button", name="Check").click()
    assert len(events(page)) == 1


def test_half_a_character_is_kept_as_a_sign_for_it(page: Page, tmp_path: Path) -> None:
    """A paste may break a character that takes two units; the record stays text that a file can hold."""
    data = show(page, tmp_path, made("reply"))
    part = open_item(page, "p1")
    part.locator("textarea").evaluate(
        "(box) => { box.value = 'Hm \\ud83d.'; box.dispatchEvent(new Event('input')) }"
    )
    part.get_by_role("button", name="Check").click()
    assert [event["answer"] for event in events(page)] == ["Hm \ufffd."]
    page.reload()
    assert done(page).startswith("1 of 2")
    assert data["lens"] == "reply"


def test_a_web_has_pictures_and_the_same_numbers_in_a_table(page: Page, tmp_path: Path) -> None:
    """Two webs with names of their own; a table with every area, both dates and the distance between."""
    data = show(page, tmp_path, made("web"))
    keep(page, data, [item["id"] for item in asked(data)])
    pictures = page.get_by_role("img")
    assert [(each.get_attribute("aria-label") or "").split(" for ")[0] for each in pictures.all()] == [
        "Your scores", "The reference",
    ]  # fmt: skip
    assert page.locator(".ek-web-picture .ek-web-dot").count() == 40
    table = page.get_by_role("table", name="Scores from 3 March 2026 to 9 June 2026")
    steps = {code: number for number, code in enumerate(order_of(data), start=1)}
    for area in data["body"]["areas"]:
        first, second = (steps[data["key"][f"{area['id']}-{when}"]["code"]] for when in ("first", "second"))
        moved = f"+{second - first}" if second > first else "0"
        cells = table.get_by_role("row", name=area["title"]).first.locator("th, td").all_inner_texts()
        assert cells == [area["title"], f"{first} to {second}", moved, f"{first} to {second}", moved]
    assert "Dee moved on in 9 areas." in page.locator(".ek-results").inner_text()
