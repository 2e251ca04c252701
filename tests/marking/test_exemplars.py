"""The exemplar scripts come out as their standardisation commentary says."""

from __future__ import annotations

from pathlib import Path

import pytest

from engagekit.content import load_course
from engagekit.marking.desk import open_desk
from engagekit.model import Answers, Judgement, Script
from engagekit.scoring import judge

ROOT = Path(__file__).resolve().parents[2]
COURSE = load_course(ROOT)
EXEMPLARS = [(assignment, script) for assignment, scripts in COURSE.exemplars.items() for script in scripts]
SCRIPTS = [*EXEMPLARS, *((assignment, one) for assignment, some in COURSE.cohort.items() for one in some)]


@pytest.fixture(scope="module")
def desks() -> dict[str, object]:
    """One marking desk for each assignment."""
    return {assignment: open_desk(ROOT, assignment, course=COURSE) for assignment in COURSE.marking}


def judged(desks: dict, assignment: str, script: Script) -> tuple[Judgement, ...]:
    """Judge one sample script."""
    answers = Answers(assignment=assignment, answers=script.answers)
    return judge(desks[assignment].assessment, answers)


@pytest.mark.parametrize(("assignment", "script"), SCRIPTS, ids=lambda value: getattr(value, "id", value))
def test_every_check_finds_what_is_expected(desks: dict, assignment: str, script: Script) -> None:
    """A key, a case or a script that changes without the others is found here."""
    found = {one.check: one.outcome for one in judged(desks, assignment, script)}
    assert {check: found[check] for check in script.expected} == script.expected


@pytest.mark.parametrize("assignment", COURSE.marking)
def test_exemplars_spread_from_strong_to_hostile(desks: dict, assignment: str) -> None:
    """At least five; a hostile one earns no more than an empty script, and the best earns all there is."""
    scripts = COURSE.exemplars[assignment]
    assert len(scripts) >= 5
    marks = {
        script.id: sum(one.marks or 0 for one in judged(desks, assignment, script)) for script in scripts
    }
    assert marks["hostile"] == 0
    machine = [one for one in judged(desks, assignment, scripts[0]) if one.marks is not None]
    assert max(marks.values()) == sum(one.max_marks for one in machine)
    assert len(set(marks.values())) >= 4


@pytest.mark.parametrize("assignment", COURSE.marking)
def test_the_sample_cohort_is_large_and_varied(desks: dict, assignment: str) -> None:
    """Twelve learners or more, with work that comes out in many ways."""
    cohort = COURSE.cohort[assignment]
    assert len(cohort) >= 12
    outcomes = {tuple(one.outcome for one in judged(desks, assignment, script)) for script in cohort}
    assert len(outcomes) >= 6
