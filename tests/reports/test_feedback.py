"""The page that a learner gets back."""

import dataclasses
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from engagekit.assignments import Received
from engagekit.assignments.source import load_assignments
from engagekit.marking.desk import open_desk
from engagekit.marking.feedback import Decided, MarkSheet
from engagekit.model import Answers
from engagekit.reports.feedback import page

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def course():
    return load_assignments(ROOT)


@pytest.fixture(scope="module")
def desk(course):
    return open_desk(ROOT, "interview", course=course)


def sheet_of(desk, answers, **changes):
    record = desk.mark(Received(Answers(assignment="interview", form=desk.form, answers=answers), data=b"{}"))
    checks = tuple(
        Decided(judgement, judgement.marks, by_person=False, needs_person=judgement.marks is None, comment="")
        for judgement in record.judgements
    )
    sheet = MarkSheet("amara", "Amara Kay", record, checks, 0.0)
    return dataclasses.replace(sheet, **changes)


@pytest.fixture(scope="module")
def scripts(course):
    return {script.id: script for script in course.exemplars["interview"]}


@pytest.fixture(scope="module")
def sheet(desk, scripts):
    return sheet_of(desk, scripts["borderline"].answers)


class Reader(HTMLParser):
    """Collects addresses, and checks that every element that is opened is closed."""

    void = frozenset({"meta", "link", "br", "img", "hr", "input"})

    def __init__(self):
        super().__init__()
        self.addresses, self.open, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        self.addresses += [value for name, value in attrs if name in ("src", "href", "action", "data")]
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def text_of(html):
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    assert reader.addresses == []
    return " ".join(" ".join(reader.text).split())


def test_page_says_where_every_check_stands(sheet):
    """Title, outcome, marks or who decides, for each check; and that it is not the result yet."""
    text = text_of(page(sheet))
    for check in sheet.checks:
        assert check.judgement.title in text
        assert check.judgement.reason in text
    assert text.count("An assessor will decide.") == sheet.waiting == 2
    assert "2 of 7 parts are still with an assessor, so this is not your result yet." in text
    assert f"{sheet.marks:g} of 38 marks so far" in text


def test_page_quotes_the_learners_words(sheet, scripts):
    """What decided a check stands there as it was written."""
    text = text_of(page(sheet))
    for words in scripts["borderline"].answers["hearing"].values():
        assert " ".join(words.split()) in text


def test_page_is_alone_and_allows_nothing(sheet):
    """British English, no script, no address to fetch, and a policy that would stop one."""
    html = page(sheet)
    assert '<html lang="en-GB">' in html
    assert "default-src 'none'" in html
    assert "<script" not in html
    assert not re.search(r"https?://|url\(|@import", html)


def test_an_assessors_words_and_marks_take_the_machines_place(desk, scripts):
    """The person's mark is the outcome, and the machine's advice for another outcome falls silent."""
    sheet = sheet_of(desk, scripts["borderline"].answers)
    first, *others = sheet.checks
    assert first.judgement.outcome != "met"
    changed = dataclasses.replace(
        first, marks=8.0, by_person=True, needs_person=False, comment="<b>Good</b> & clear."
    )
    html = page(dataclasses.replace(sheet, checks=(changed, *others)))
    text = text_of(html)
    assert "&lt;b&gt;Good&lt;/b&gt; &amp; clear." in html
    assert "Met · 8 of 8 marks Decided by an assessor." in text
    assert text.count("What the kit saw: ") == 1
    assert f"What the kit saw: {first.judgement.reason}" in text
    assert first.judgement.feedback not in text


def test_marks_are_called_so_far_only_while_somebody_has_to_look(sheet):
    """When every part has a mark, the total is a total."""
    decided = tuple(
        dataclasses.replace(check, marks=check.marks or 0.0, needs_person=False) for check in sheet.checks
    )
    text = text_of(page(dataclasses.replace(sheet, checks=decided)))
    assert "of 38 marks" in text
    assert "so far" not in text


def test_marks_lost_to_lateness_are_shown_and_never_go_below_nothing(sheet):
    """A penalty larger than the marks leaves none."""
    late = dataclasses.replace(sheet, late_penalty=50.0)
    text = text_of(page(late))
    assert "50 marks were taken off because the work came in late." in text
    assert "0 of 38 marks so far" in text


def test_unreadable_work_gets_help_and_no_verdict(desk):
    """A learner whose file was damaged is told what to do and not that they failed."""
    record = desk.mark(Received(Answers(assignment="interview"), refused="The file is empty."))
    checks = tuple(Decided(judgement, None, False, True, "") for judgement in record.judgements)
    text = text_of(page(MarkSheet("amara", "", record, checks, 0.0)))
    assert "We could not read your answers." in text
    assert "The file is empty. Nothing is lost" in text
    assert "marks so far" not in text
    assert "Not met" not in text


def test_page_never_holds_the_key(course, desk, scripts):
    """No reason, no assessor's note, no guidance and no code that the learner did not give."""
    marking = course.marking["interview"]
    key = course.keys[marking.vignette]
    labels = {code.id: code.label for code in course.schemes["talk"].codes}
    for script in scripts.values():
        html = page(sheet_of(desk, script.answers))
        for secret in [*(turn.reason for turn in key.turns), *(check.note or "" for check in marking.checks)]:
            assert not secret or secret[:50] not in html
        for check in marking.checks:
            assert not check.guidance or check.guidance.splitlines()[0] not in html
    wrong = {"coding": {turn.turn: "other" if turn.code != "other" else "advice" for turn in key.turns}}
    coding = page(sheet_of(desk, wrong)).partition("Hears values")[0]
    quoted = set(re.findall(r"<q>(.*?)</q>", coding))
    assert quoted == {labels["other"], labels["advice"]}


@pytest.mark.parametrize("width", [320, 1100])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_fits_and_axe_finds_nothing(sheet, page_of, axe, width, scheme):
    """Readable on a phone and by a screen reader, by day and by night."""
    opened = page_of(page(sheet), width, scheme)
    opened.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true })")
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(opened) == []


@pytest.fixture
def page_of(browser, tmp_path):
    contexts = []

    def open_page(html, width, scheme):
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
