"""The exemplar scripts come out as their standardisation commentary says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engagekit.model import Answers, Judgement, Script
from engagekit.scoring import Assessment, hold, judge, own_words, raise_flags, reasons_to_hold
from realcourse import real_course, real_desk

ROOT = Path(__file__).resolve().parents[2]
COURSE = real_course()
EXEMPLARS = [(assignment, script) for assignment, scripts in COURSE.exemplars.items() for script in scripts]
SCRIPTS = [*EXEMPLARS, *((assignment, one) for assignment, some in COURSE.cohort.items() for one in some)]


@pytest.fixture(scope="module")
def desks() -> dict[str, object]:
    """One marking desk for each assignment."""
    return {assignment: real_desk(assignment) for assignment in COURSE.marking}


def without(assessment: Assessment, answers: Answers) -> Assessment:
    """Return the assessment as if this script were no exemplar: nobody copies from themselves."""
    own = set(own_words(assessment.form, answers))
    return replace(assessment, exemplars=tuple(text for text in assessment.exemplars if text not in own))


def judged(desks: dict, assignment: str, script: Script) -> tuple[Judgement, ...]:
    """Judge one sample script as it was handed in; what is not declared is held."""
    answers = Answers(assignment=assignment, answers=script.answers)
    assessment = desks[assignment].assessment
    found = judge(assessment if script.learner else without(assessment, answers), answers)
    return found if script.declared else hold(found, reasons_to_hold(assessment, answers, ""))


@pytest.mark.parametrize(("assignment", "script"), SCRIPTS, ids=lambda value: getattr(value, "id", value))
def test_every_check_finds_what_is_expected(desks: dict, assignment: str, script: Script) -> None:
    """A key, a case or a script that changes without the others is found here."""
    found = {one.check: one.outcome for one in judged(desks, assignment, script)}
    assert {check: found[check] for check in script.expected} == script.expected


@pytest.mark.parametrize(("assignment", "script"), EXEMPLARS, ids=lambda value: getattr(value, "id", value))
def test_an_exemplar_raises_the_flags_that_it_says(desks: dict, assignment: str, script: Script) -> None:
    """No flag is missing and none is too many, each shows why it rose, and a strong script raises none."""
    answers = Answers(assignment=assignment, answers=script.answers)
    flags = raise_flags(without(desks[assignment].assessment, answers), answers)
    assert [flag.misconception for flag in flags] == sorted(
        script.flags, key=[flag.misconception for flag in COURSE.marking[assignment].flags].index
    )
    assert all(one.words or one.remark for flag in flags for one in flag.evidence)
    assert script.id != "strong" or not flags


@pytest.mark.parametrize("assignment", COURSE.marking)
def test_each_flag_is_raised_by_an_exemplar_or_a_learner(desks: dict, assignment: str) -> None:
    """A sign that no sample script shows might as well not be there."""
    raised = set()
    for script in (*COURSE.exemplars[assignment], *COURSE.cohort[assignment]):
        answers = Answers(assignment=assignment, answers=script.answers)
        raised |= {flag.misconception for flag in raise_flags(desks[assignment].assessment, answers)}
    assert raised == {flag.misconception for flag in COURSE.marking[assignment].flags if flag.signs}


@pytest.mark.parametrize("assignment", COURSE.marking)
def test_exemplars_spread_from_strong_to_hostile(desks: dict, assignment: str) -> None:
    """At least six; what is hostile or copied earns no more than an empty script, and the best earns all."""
    scripts = COURSE.exemplars[assignment]
    assert len(scripts) >= 6
    marks = {
        script.id: sum(one.marks or 0 for one in judged(desks, assignment, script)) for script in scripts
    }
    assert sorted(marks.values())[:2] == [0, 0]
    assert marks["hostile"] == marks.get("copied", 0) == 0
    (strong,) = [script for script in scripts if script.id == "strong"]
    machine = [one for one in judged(desks, assignment, strong) if one.marks is not None]
    assert max(marks.values()) == marks["strong"] == sum(one.max_marks for one in machine)
    assert len(set(marks.values())) >= 4


@pytest.mark.parametrize("assignment", COURSE.marking)
def test_the_sample_cohort_is_large_and_varied(desks: dict, assignment: str) -> None:
    """Twelve learners or more, with work that comes out in many ways."""
    cohort = COURSE.cohort[assignment]
    assert len(cohort) >= 12
    outcomes = {tuple(one.outcome for one in judged(desks, assignment, script)) for script in cohort}
    assert len(outcomes) >= 6
