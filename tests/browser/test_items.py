"""What each kind of item promises: empty answers, evidence, sets, words of one's own, webs."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from answering import (
    asked,
    done,
    events,
    fill_in,
    give,
    give_all,
    item_of,
    keep,
    open_item,
    order_of,
    place,
    right,
)
from exercises import SECRET, made, write_page

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(autouse=True)
def calm(page: Page) -> None:
    """Ask pages not to move, so that no test waits for scrolling to end."""
    page.emulate_media(reduced_motion="reduce")


def show(page: Page, folder: Path, data: dict[str, Any]) -> dict[str, Any]:
    """Open a page with an exercise."""
    page.goto(write_page(folder, data))
    return data


# --- answers that are not there yet ---


@pytest.mark.parametrize(
    ("lens", "name", "told"),
    [
        ("talk", "t01", "Choose an answer first."),
        ("stage", "missing", "Tick what applies, or “None of these”."),
        ("web", "home-first", "Choose an answer first."),
        ("reply", "p1", "Write something first."),
        ("goal", "goal", "Fill in “What the person will do” first."),
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
    assert part.get_by_role("alert").inner_text() == "Fill in “By when” first."
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
    assert part.get_by_role("alert").inner_text() == "Mark the sentence that shows it."
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
    """A neighbour is nearly right, and the feedback says so; “Not enough information” has no neighbour."""
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
    part.get_by_role("button", name="Check").click()
    assert [event["answer"] for event in events(page)] == ["intention"]
    part.get_by_role("button", name="Change my answer").click()
    part.locator('input[value="none"]').check()
    part.get_by_role("button", name="Check").click()
    assert "Agrees" in part.locator(".ek-verdict").inner_text()
    assert "None of these" in part.locator(".ek-facts").inner_text()
    assert [event["answer"] for event in events(page)] == ["intention", "none"]
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
        part,
        item_of(data, "goal"),
        json.dumps(dict.fromkeys(("act", "test", "by", "who"), "“" + '"' * 499)),
    )
    part.get_by_role("button", name="Check").click()
    assert part.get_by_role("alert").inner_text() == "This is too long to keep. Shorten it."
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
