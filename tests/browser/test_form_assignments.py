"""The course's own assignments, given on the page as the strong exemplar has them, and read by marking."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from formwork import focused, part, sign

from engagekit.assignments.build import case_of, form_data
from engagekit.assignments.reading import read_answers
from engagekit.model import CodingScheme, Course, Form, Interview, answers_hash
from realcourse import real_course

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ASSIGNMENTS = ("interview", "plan", "partnership", "reflection")


@pytest.fixture(scope="module")
def course(root: Path) -> Course:
    return real_course()


def scheme_of(course: Course, form: Form) -> CodingScheme | None:
    case = case_of(course, form)
    return course.schemes[case.scheme] if isinstance(case, Interview) else None


def fill_coding(page: Page, codes: dict[str, str], labels: dict[str, str]) -> None:
    """Code each open turn with its radio button, and go on with Enter."""
    for code in codes.values():
        radio = page.locator(".ek-exchange-open").get_by_label(labels[code], exact=True)
        radio.check()
        radio.press("Enter")


def fill_field(box: Locator, field: dict[str, Any], answer: str, texts: dict[str, str]) -> None:
    """Answer one question, as its kind is answered."""
    label = field["label"]
    if field["kind"] in ("words", "quote", "date"):
        box.get_by_label(label, exact=True).fill(answer)
    elif (group := box.get_by_role("group", name=label, exact=True)).count():
        group.get_by_label(texts[answer], exact=True).check()
    else:
        box.get_by_label(label, exact=True).select_option(label=texts[answer])


def texts_of(form: dict[str, Any], field: dict[str, Any]) -> dict[str, str]:
    """Return the options that a question offers: id to the words on the page."""
    if field["kind"] == "link":
        section = next(each for each in form["sections"] if each["id"] == field["section"])
        return texts_of(form, next(each for each in section["fields"] if each["id"] == field["field"]))
    if field.get("options"):
        return {option["id"]: option["text"] for option in field["options"]}
    return {code["id"]: code["label"] for code in form.get("scheme", {}).get("codes", [])}


def fill_section(page: Page, form: dict[str, Any], section: dict[str, Any], answers: Any) -> None:
    """Answer a part of a form, on the page."""
    if section["kind"] == "coding":
        fill_coding(page, answers, texts_of(form, {"kind": "choice"}))
        return
    if section["kind"] in ("quotes", "replies"):
        for item in section.get("asks") or section.get("prompts"):
            page.get_by_label(item["label"], exact=True).fill(answers[item["id"]])
        return
    rows = answers if section["kind"] == "entries" else [answers]
    for number, row in enumerate(rows, 1):
        box = page.locator("section:visible")
        if section["kind"] == "entries":
            if number > section["min_rows"]:
                page.get_by_role("button", name="Add a").click()
            box = page.get_by_role("group", name=f"{section['entry']} {number}", exact=True)
        for field in section["fields"]:
            if field["id"] in row:
                fill_field(box, field, row[field["id"]], texts_of(form, field))


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_strong_script_can_be_given_on_the_page_and_is_read_whole(
    page: Page, page_of: Callable[[dict[str, Any]], str], course: Course, assignment: str
) -> None:
    """Nothing is missing at the end, the file is signed for these answers, and marking reads every one."""
    model = course.forms[assignment]
    case = case_of(course, model)
    form = form_data(model, case, scheme_of(course, model))
    strong = next(script for script in course.exemplars[assignment] if script.id == "strong")
    answers = strong.model_dump(mode="json")["answers"]
    page.goto(page_of(form))
    for section in form["sections"]:
        part(page, section["title"])
        fill_section(page, form, section, answers[section["id"]])
    sign(page)
    assert focused(page).startswith("Signed.")
    page.locator("section:visible").get_by_role("button", name="Check before you hand in").click()
    assert page.locator(".ek-form-missing").inner_text().startswith("Nothing is missing.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my answers").click()
    assert download.value.suggested_filename == "answers.json"
    received = read_answers(Path(download.value.path()).read_bytes(), model, case, [form["form"]])
    assert (received.refused, received.notes, received.stale, received.spoilt) == ("", (), False, False)
    assert received.answers.model_dump(mode="json")["answers"] == answers
    assert received.content == answers_hash(answers)
    declared = received.answers.declaration
    assert declared is not None and declared.own_work and declared.ai == "ideas"
    assert declared.content == received.content
