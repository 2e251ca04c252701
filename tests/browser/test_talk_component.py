"""A real interview in the shared component: each kind of feedback, results that count, hostile content."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from answering import asked, done, events, give, give_all, keep, place, right, wrong
from exercises import made, write_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

VIGNETTE = "aisha-first-month"


@pytest.fixture(autouse=True)
def calm(request: pytest.FixtureRequest) -> None:
    """Ask pages not to move, so that no test waits for scrolling to end."""
    if "page" in request.fixturenames:
        request.getfixturevalue("page").emulate_media(reduced_motion="reduce")


@pytest.fixture(scope="module")
def exercise() -> dict[str, Any]:
    """Return a real practice interview with its key."""
    return made("talk", VIGNETTE)


@pytest.fixture
def address(tmp_path: Path, exercise: dict[str, Any]) -> str:
    """Give the address of a page with the interview."""
    return write_page(tmp_path, exercise)


def turns(exercise: dict[str, Any], discussion: bool = False) -> list[str]:
    """Return the turns that count, or those for discussion."""
    return [item["id"] for item in asked(exercise) if bool(exercise["key"][item["id"]]["also"]) is discussion]


def summary(page: Page) -> str:
    """Return the words of the results' summary."""
    return page.locator(".ek-summary").inner_text()


def test_each_kind_of_feedback(page: Page, address: str, exercise: dict[str, Any]) -> None:
    """A right code, a wrong one with its own comment, and a discussion turn with both readings."""
    page.goto(address)
    key, agreed = exercise["key"], turns(exercise)[0]
    words = give(page, exercise, agreed, key[agreed]["code"]).inner_text()
    assert "Agrees with the reference" in words
    assert key[agreed]["reason"] in words

    tempting = next(turn for turn in turns(exercise)[1:] if key[turn]["instead"])
    (given, comment), *_ = key[tempting]["instead"].items()
    words = give(page, exercise, tempting, given).inner_text()
    assert "Differs from the reference" in words
    assert comment in words
    assert key[tempting]["reason"] in words

    debated = turns(exercise, discussion=True)[0]
    words = give(page, exercise, debated, wrong(exercise, debated)).inner_text()
    assert "For discussion, not counted" in words
    assert key[debated]["discuss"] in words


def test_results_count_first_answers(page: Page, address: str, exercise: dict[str, Any]) -> None:
    """Putting a wrong first answer right changes the line about after feedback, and not the score."""
    page.goto(address)
    scored = turns(exercise)
    missed = (scored[1], scored[4])
    keep(page, exercise, [item["id"] for item in asked(exercise) if item["id"] not in missed])
    give_all(page, exercise, wrong)
    told = f"{len(scored) - 2} of {len(scored)} turns agreed on your first answers."
    assert told in summary(page)
    assert "kappa" in summary(page)
    assert "After feedback" not in summary(page)
    part = place(page, missed[0])
    part.get_by_role("button", name="Look again").click()
    part.get_by_role("button", name="Change my code").click()
    give(page, exercise, missed[0], right(exercise, missed[0]))
    assert "First answers are what the score counts" in part.inner_text()
    assert told in summary(page)
    share = round(100 * (len(scored) - 1) / len(scored))
    assert f"After feedback it is {share} per cent." in summary(page)
    assert page.locator(".ek-words-list li").count() == len(
        {(exercise["key"][turn]["code"], wrong(exercise, turn)) for turn in missed}
    )


def test_an_answer_may_be_left_as_it_is(page: Page, address: str, exercise: dict[str, Any]) -> None:
    """“Keep my answer” gives up the change, which is not there when one looks again."""
    page.goto(address)
    turn = turns(exercise)[0]
    give(page, exercise, turn, "other")
    part = place(page, turn)
    part.get_by_role("button", name="Change my code").click()
    part.locator('input[value="advice"]').check()
    part.get_by_role("button", name="Keep my answer").click()
    assert "ek-feedback" in page.evaluate("document.activeElement.className")
    part.get_by_role("button", name="Change my code").click()
    assert part.locator("input:checked").get_attribute("value") == "other"
    part.get_by_role("button", name="Check").click()
    assert len(events(page)) == 1


def test_one_code_throughout_has_no_kappa(page: Page, tmp_path: Path, exercise: dict[str, Any]) -> None:
    """The page says that there is not enough variety, and prints no number."""
    flat = {turn: {**entry, "code": "other", "also": []} for turn, entry in exercise["key"].items()}
    every = [item["id"] for item in asked(exercise)]
    page.goto(write_page(tmp_path, data := {**exercise, "key": flat}))
    keep(page, data, every[:-2])
    give(page, data, every[-2], "other")
    page.get_by_role("button", name="Show my results so far").click()
    assert "not enough variety to say" in summary(page)
    assert "100 per cent" in summary(page)
    assert "1 turn still to go." in summary(page)


def test_reloading_resumes(page: Page, tmp_path: Path) -> None:
    """Half-way the next turn is open, at the end the results; trying again keeps the first attempt."""
    talk = made("talk")
    page.goto(write_page(tmp_path, talk))
    give(page, talk, "t01", "other")
    page.reload()
    assert done(page) == "1 of 4 turns coded"
    assert place(page, "t03").locator(".ek-form").count() == 1
    give_all(page, talk)
    page.reload()
    assert "agreed on your first answers" in summary(page)
    page.get_by_role("button", name="Try again").click()
    assert done(page).startswith("0 of")
    give(page, talk, "t01", "other")
    page.reload()
    assert done(page).startswith("1 of")
    assert page.locator(".ek-past li").count() == 2
    assert len(events(page)) == 5


def test_hostile_content_stays_text(page: Page, tmp_path: Path, exercise: dict[str, Any]) -> None:
    """Markup in a title, a turn or a reason is shown as its characters and never run."""
    bad = "</script><img src=x onerror=\"document.title='run'\"><b>bold</b>"
    key = {turn: {**entry, "reason": bad} for turn, entry in exercise["key"].items()}
    body = {
        **exercise["body"],
        "utterances": [{**turn, "text": bad} for turn in exercise["body"]["utterances"]],
    }
    page.goto(write_page(tmp_path, data := {**exercise, "title": bad, "body": body, "key": key}))
    shown = give(page, data, asked(data)[0]["id"], "other")
    assert page.locator("main img").count() == 0
    assert page.locator(".ek-title").inner_text() == bad
    assert bad in shown.inner_text()
    assert page.title() == "Practice"


def test_the_transcript_is_there_without_javascript(
    browser: Browser, address: str, exercise: dict[str, Any]
) -> None:
    """Every turn can be read where scripts are off."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    words = page.locator("engagekit-exercise").inner_text()
    assert all(turn["text"] in words for turn in exercise["body"]["utterances"])
    context.close()
