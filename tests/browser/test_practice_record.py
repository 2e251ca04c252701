"""The record of practice: killed pages, two tabs, full or blocked storage, damage, versions, imports."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from answering import asked, done, event, events, give, open_item, place, put, right, wrong
from exercises import made, shelf, write_page

from engagekit.frontend.attempts import parse

if TYPE_CHECKING:
    from playwright.sync_api import Page

BLOCKED = (
    "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
)
FILL = """() => { // to the last character
    for (let size = 1 << 22; size >= 1;) {
        const name = 'other/' + localStorage.length;
        try { localStorage.setItem(name, 'x'.repeat(size)) } catch { size = size >> 1 }
    }
}"""
TALK = made("talk")


@pytest.fixture
def address(page: Page, tmp_path: Path) -> str:
    """Give the address of a page with the small Talk exercise."""
    page.emulate_media(reduced_motion="reduce")
    return write_page(tmp_path, TALK)


def downloaded(page: Page) -> str:
    """Press the download and return what it holds."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download my attempts").click()
    return waiting.value.path().read_text("utf-8")


def bring(page: Page, folder: Path, text: str) -> str:
    """Import a file and return what is said about it."""
    file = folder / "attempts.jsonl"
    file.write_text(text, encoding="utf-8")
    status = page.locator(".ek-status")
    status.evaluate("(each) => { each.textContent = '' }")
    page.locator("input[type=file]").set_input_files(file)
    page.locator(".ek-status:not(:empty)").wait_for(state="attached")
    return (status.text_content() or "").strip("\xa0")


@pytest.mark.parametrize("answered", [1, 2, 4])
def test_a_page_killed_after_any_answer_has_kept_them_all(page: Page, address: str, answered: int) -> None:
    """Closed without warning, it opens again with every answer, at the item that was in hand."""
    page.goto(address)
    names = [item["id"] for item in asked(TALK)]
    for name in names[:answered]:
        give(page, TALK, name, right(TALK, name))
    if answered < len(names):
        open_item(page, names[answered]).locator("input").first.check()
    page.close(run_before_unload=False)
    again = page.context.new_page()
    again.goto(address)
    assert done(again) == f"{answered} of 4 turns coded"
    assert [each["item"] for each in events(again)] == names[:answered]
    if answered < len(names):
        assert place(again, names[answered]).locator(".ek-form input:checked").count() == 0
    else:
        assert again.locator(".ek-summary").count() == 1


def test_a_reply_in_hand_is_all_that_a_killed_page_loses(page: Page, tmp_path: Path) -> None:
    """Written answers are kept as soon as they are checked."""
    reply = made("reply")
    page.goto(write_page(tmp_path, reply))
    give(page, reply, "p1", "A long night.")
    open_item(page, "p2").locator("textarea").fill("half a th")
    page.close(run_before_unload=False)
    again = page.context.new_page()
    again.goto(write_page(tmp_path, reply))
    assert done(again) == "1 of 2 replies written"
    assert place(again, "p2").locator("textarea").input_value() == ""


def test_two_tabs_lose_nothing(page: Page, address: str) -> None:
    """Answers given in turn in two open tabs are kept in one attempt, and each tab hears of the other's."""
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    for tab, name, told in ((page, "t01", "1 of"), (other, "t03", "2 of"), (page, "t05", "3 of")):
        give(tab, TALK, name, right(TALK, name))
        for each in (page, other):
            each.locator(".ek-progress span", has_text=told).wait_for()
    assert len({each["attempt"] for each in events(page)}) == 1


def test_two_tabs_that_never_hear_each_other_overwrite_nothing(page: Page, address: str) -> None:
    """Sleeping tabs answer the same items at once, differently: the record is the union of both."""
    deaf = "addEventListener('storage', (change) => change.stopImmediatePropagation())"
    page.context.add_init_script(deaf)
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    for name in ("t01", "t03"):
        give(page, TALK, name, right(TALK, name))
        give(other, TALK, name, wrong(TALK, name))
    found = [(each["item"], each["answer"]) for each in events(page)]
    assert sorted(found) == sorted(
        [(name, answer(TALK, name)) for name in ("t01", "t03") for answer in (right, wrong)]
    )
    page.reload()
    assert done(page) == "2 of 4 turns coded"
    assert page.locator(".ek-past li").count() == 2


def test_the_same_item_in_two_tabs_of_one_attempt(page: Page, address: str) -> None:
    """A question open here and answered there stays as it was; both answers are kept, the first counts."""
    page.goto(address)
    give(page, TALK, "t01", right(TALK, "t01"))
    page.get_by_role("button", name="Next turn").click()
    other = page.context.new_page()
    other.goto(address)
    mine = open_item(page, "t03")
    mine.locator(f'input[value="{right(TALK, "t03")}"]').check()
    give(other, TALK, "t03", wrong(TALK, "t03"))
    page.locator(".ek-progress span", has_text="2 of").wait_for()
    assert mine.locator("input:checked").get_attribute("value") == right(TALK, "t03")
    mine.get_by_role("button", name="Check").click()
    assert "Agrees" in mine.locator(".ek-verdict").inner_text()
    assert "Your first answer was" in mine.locator(".ek-feedback").inner_text()
    assert [each["answer"] for each in events(page) if each["item"] == "t03"] == [
        wrong(TALK, "t03"),
        right(TALK, "t03"),
    ]


def test_two_answers_of_one_moment_are_both_kept(page: Page, address: str) -> None:
    """Sleeping tabs that answer one item of one attempt differently, in the same millisecond, keep both."""
    page.context.add_init_script(
        "addEventListener('storage', (change) => change.stopImmediatePropagation());"
        "globalThis.Date = class extends Date { constructor(...given) {"
        " super(...(given.length > 0 ? given : ['2026-01-01T00:00:00.000Z'])) } }"
    )
    page.goto(address)
    put(page, json.dumps(event(TALK, "t01", "open-question")))
    other = page.context.new_page()
    other.goto(address)
    give(page, TALK, "t03", "reflection")
    give(other, TALK, "t03", "other")
    found = [(each["attempt"], each["at"], each["answer"]) for each in events(page)[1:]]
    assert sorted(found) == [
        ("an-earlier-hour", "2026-01-01T00:00:00.000Z", answer) for answer in ("other", "reflection")
    ]


def test_full_storage_is_said_and_the_download_has_everything(page: Page, address: str) -> None:
    """What has no room is held in memory, told and downloaded; with room again it is written after all."""
    page.goto(address)
    give(page, TALK, "t01", right(TALK, "t01"))
    page.evaluate(FILL)
    give(page, TALK, "t03", right(TALK, "t03"))
    give(page, TALK, "t05", right(TALK, "t05"))
    assert "This browser has no room left for answers." in page.locator(".ek-warning").inner_text()
    assert done(page) == "3 of 4 turns coded"
    assert len(events(page)) == 1
    assert [each.item for each in parse(downloaded(page).encode()).events] == ["t01", "t03", "t05"]
    page.evaluate(
        "for (const name of Object.keys(localStorage)) if (name.startsWith('other/')) "
        "localStorage.removeItem(name)"
    )
    give(page, TALK, "t07", "affirmation")
    assert page.locator(".ek-warning").count() == 0
    assert [each["item"] for each in events(page)] == ["t01", "t03", "t05", "t07"]


@pytest.mark.parametrize("shelved", [False, True])
def test_blocked_storage_is_said_and_the_download_has_everything(
    page: Page, tmp_path: Path, shelved: bool
) -> None:
    """From the start the learner is told; the exercise goes on; the download holds what memory holds."""
    page.add_init_script(BLOCKED)
    reply = made("reply")
    page.goto(write_page(tmp_path, shelf(TALK, reply) if shelved else TALK))
    if shelved:
        page.get_by_role("link", name=TALK["title"]).click()
    assert "This browser does not keep answers for this page." in page.locator(".ek-warning").inner_text()
    for name in ("t01", "t03"):
        give(page, TALK, name, right(TALK, name))
    if shelved:  # memory is the shelf's, so that changing the exercise loses nothing
        for each in (reply, TALK):
            page.get_by_role("button", name="Back to the list").click()
            page.get_by_role("link", name=each["title"]).click()
    assert done(page) == "2 of 4 turns coded"
    assert [each.item for each in parse(downloaded(page).encode()).events] == ["t01", "t03"]


def test_a_damaged_entry_is_told_and_the_rest_is_used(page: Page, address: str) -> None:
    """Half a line, and a line that is no event, are counted; every good answer is there."""
    page.goto(address)
    good = json.dumps(event(TALK, "t01", "open-question"))
    put(page, good)
    for number, text in enumerate((good[:-20], '{"schema": "attempt-event/2"}')):
        page.evaluate(
            "([name, text]) => localStorage.setItem('engagekit/attempts/talk/small-talk/' + name, text)",
            [f"damage-{number}", text],
        )
    page.reload()
    assert done(page) == "1 of 4 turns coded"
    assert (
        "2 entries in the record could not be read and are left out." in page.locator(".ek-kept").inner_text()
    )
    give(page, TALK, "t03", "reflection")
    assert done(page) == "2 of 4 turns coded"


def test_attempts_at_another_version_are_told_and_not_compared(page: Page, address: str) -> None:
    """An exercise edited since begins anew, says so, and keeps and downloads what was answered before."""
    page.goto(address)
    old = event(TALK, "t01", "other", content="fedcba9876543210")
    put(page, json.dumps(old))
    assert done(page) == "0 of 4 turns coded"
    words = page.locator(".ek-kept").inner_text()
    assert (
        "This exercise has changed since: 1 attempt at an earlier version is kept, and not compared" in words
    )
    give(page, TALK, "t03", "reflection")
    assert [each.content for each in parse(downloaded(page).encode()).events] == [
        old["content"],
        TALK["content"],
    ]


def first_version(new: dict[str, str]) -> dict[str, str]:
    """Return an event as it was written when Talk was the only lens."""
    renamed = {"item": "turn", "answer": "code"}
    return {renamed.get(name, name): value for name, value in new.items()} | {"schema": "attempt-event/1"}


def test_a_file_from_the_time_of_talk_alone_is_imported_once(
    page: Page, address: str, tmp_path: Path
) -> None:
    """Its lines count as the events of today; a second import, and its own download, add nothing."""
    page.goto(address)
    new = [event(TALK, "t01", "open-question"), event(TALK, "t03", "other", at="2025-11-22T10:00:01.000Z")]
    text = "".join(json.dumps(first_version(each)) + "\n" for each in new)
    assert bring(page, tmp_path, text) == "2 answers imported, 0 here already."
    assert done(page) == "2 of 4 turns coded"
    assert bring(page, tmp_path, text) == "0 answers imported, 2 here already."
    assert bring(page, tmp_path, downloaded(page)) == "0 answers imported, 2 here already."
    assert events(page) == new


def test_answers_kept_by_the_first_version_of_the_page_are_there(page: Page, address: str) -> None:
    """What the browser kept when Talk was the only lens is taken up."""
    page.goto(address)
    put(page, json.dumps(first_version(event(TALK, "t01", "open-question"))))
    assert done(page) == "1 of 4 turns coded"


def test_download_erase_and_import(page: Page, address: str, tmp_path: Path) -> None:
    """A download, brought back after erasing, restores every answer; damage and strangers are told."""
    page.goto(address)
    for name in ("t01", "t03"):
        give(page, TALK, name, right(TALK, name))
    lines = downloaded(page)
    page.get_by_role("button", name="Erase").click()
    assert len(events(page)) == 2
    page.get_by_role("button", name="Erase them").click()
    assert events(page) == []
    assert done(page).startswith("0 of")

    stranger = json.dumps({**json.loads(lines.splitlines()[0]), "vignette": "another"})
    told = (
        "2 answers imported, 0 here already.",
        "1 answer of other exercises left out; the progress page takes them in.",
        "1 line could not be read.",
    )
    assert bring(page, tmp_path, f"{lines}{stranger}\nhalf a li") == " ".join(told)
    assert done(page) == "2 of 4 turns coded"
    assert page.evaluate("document.activeElement.textContent") == "Import attempts"
    assert len(events(page)) == 2


def test_erasing_leaves_other_exercises_alone(page: Page, tmp_path: Path) -> None:
    """On a shelf only the exercise in hand is erased."""
    reply = made("reply")
    page.goto(write_page(tmp_path, shelf(TALK, reply)) + "#talk.small-talk")
    put(page, json.dumps(event(TALK, "t01", "other")), json.dumps(event(reply, "p1", "Tell me.")))
    page.get_by_role("button", name="Erase").click()
    page.get_by_role("button", name="Erase them").click()
    assert [each["lens"] for each in events(page)] == ["reply"]


def test_a_clock_set_back_leaves_the_newest_attempt_in_hand(page: Page, address: str) -> None:
    """A new attempt counts as newer than those before it, whatever the clock says."""
    page.goto(address)
    ahead = "2999-01-01T00:00:00.000Z"
    put(page, *(json.dumps(event(TALK, each["id"], "other", at=ahead)) for each in asked(TALK)))
    page.get_by_role("button", name="Try again").click()
    give(page, TALK, "t01", "open-question")
    page.reload()
    assert done(page) == "1 of 4 turns coded"
