"""Judging is total: whatever is answered, there is one judgement a check, in range, and no exception."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from casefile import FULL, an_assessment

from engagekit.model import Answers, Outcome
from engagekit.scoring import Assessment, hold, judge, own_words, raise_flags, reasons_to_hold, runs
from realcourse import real_course, real_desk
from turns import quick_for

ROOT = Path(__file__).resolve().parents[2]
COURSE = real_course()
SIGNS = [
    {"kind": "choices", "section": "needs", "field": "need", "any_of": ["alcohol"]},
    {"kind": "replies", "section": "goals", "finds": ["advice", "arguing"]},
    {"kind": "phrases", "section": "looking-back", "phrases": ["i will", "never"]},
    {"kind": "missing", "section": "goals", "beside": "needs"},
]
FLAGS = [
    {"misconception": f"m{number}", "note": "n", "feedback": "f", "signs": [sign]}
    for number, sign in enumerate(SIGNS)
]
WITH_ALL = an_assessment(FLAGS, exemplars=("The brief.", "An exemplar that says a few things of its own."))


def all_holds(assessment: Assessment, answers: Answers) -> None:
    """Check what has to hold for every script."""
    found = judge(assessment, answers)
    assert [one.check for one in found] == [check.id for check in assessment.scheme.checks]
    for one in (*found, *hold(found, ("Because.",))):
        assert type(one.marks) in (float, type(None))
        assert one.marks is None or 0 <= one.marks <= one.max_marks
        assert (one.marks is None) == (one.outcome is Outcome.NEEDS_ASSESSOR)
        assert (one.outcome is Outcome.MET) == (one.marks == one.max_marks)
        assert one.outcome is not Outcome.NOT_ATTEMPTED or one.marks == 0
    for flag in raise_flags(assessment, answers):
        assert flag.evidence
    reasons_to_hold(assessment, answers, "")
    runs(own_words(assessment.form, answers))
    assert judge(assessment, answers) == found


def answer_texts(assessment: Assessment) -> st.SearchStrategy[str]:
    """Return texts that mix anything at all with what fits this assignment."""
    places = [place.text for place in assessment.places.by_id.values()]
    options = [
        option
        for section, fields in assessment.fields.items()
        for field in fields
        for option in assessment.options(section, field)
    ]
    odd = [
        "=1+1",
        "<b>x</b>",
        "\x00",
        "\ufffd\U0001d400",
        "2026-11-30",
        "2026-99-99",
        "it's not",
        "a" * 4000,
        "9" * 4000,
    ]
    fitting = st.sampled_from(places + options + [place[:30] for place in places] + odd)
    return fitting | st.text(max_size=40)


def any_answers(assessment: Assessment) -> st.SearchStrategy[dict[str, object]]:
    """Return answers to any sections, with any fields, in either shape."""
    texts = answer_texts(assessment)
    names = {"x", *(field for fields in assessment.fields.values() for field in fields)}
    for section in assessment.form.sections:
        names |= {part.id for part in getattr(section, "asks", ()) + getattr(section, "prompts", ())}
    names |= {turn.turn for turn in assessment.key.turns} if assessment.key else set()
    row = st.dictionaries(st.sampled_from(sorted(names)), texts, max_size=8)
    sections = ["other", *(section.id for section in assessment.form.sections)]
    return st.dictionaries(st.sampled_from(sections), row | st.lists(row, max_size=4), max_size=6)


@settings(max_examples=120, deadline=None)
@given(any_answers(WITH_ALL))
def test_any_answers_to_every_kind_of_check(given_answers: dict[str, object]) -> None:
    """Fields, logs, elements, goals and links, with all four signs."""
    all_holds(WITH_ALL, Answers.model_validate({"assignment": "plan", "answers": given_answers}))


@pytest.mark.parametrize("assignment", quick_for(2, COURSE.marking))
def test_any_answers_to_the_real_assignments(assignment: str) -> None:
    """Each assignment of the course, with its own options and passages among the answers."""
    assessment = real_desk(assignment).assessment

    @settings(max_examples=40, deadline=None, database=None)
    @given(any_answers(assessment))
    def run(answers: dict[str, object]) -> None:
        all_holds(assessment, Answers.model_validate({"assignment": assignment, "answers": answers}))

    run()


@pytest.mark.slow
def test_thousands_of_rows_are_judged() -> None:
    """Ten thousand entries of long answers take no longer than the form's last row."""
    rows = [{**FULL["needs"][0], "why": "word " * 700}] * 10_000
    all_holds(WITH_ALL, Answers.model_validate({"assignment": "plan", "answers": {**FULL, "needs": rows}}))
