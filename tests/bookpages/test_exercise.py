"""The data of an exercise: nothing from an assessment, and a hash that knows when attempts still compare."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engagekit.content import load_course
from engagekit.frontend.exercise import NotForPracticeError, talk_exercise
from engagekit.model import Course


@pytest.fixture(scope="module")
def course(root: Path) -> Course:
    """Return the real course."""
    return load_course(root)


def with_key(course: Course, **changed: str) -> Course:
    """Return the course with fields of the first turn of Aisha's key replaced."""
    key = course.keys["aisha-first-month"]
    turns = (key.turns[0].model_copy(update=changed), *key.turns[1:])
    return course.model_copy(
        update={"keys": {**course.keys, key.id: key.model_copy(update={"turns": turns})}}
    )


def test_an_assessment_case_is_refused(course: Course) -> None:
    """Every case that is not for practice is turned away by name, and unknown ones too."""
    unseen = [name for name, case in course.vignettes.items() if case.use == "assessment"]
    assert unseen
    for name in unseen:
        with pytest.raises(NotForPracticeError, match=name):
            talk_exercise(course, name)
    with pytest.raises(KeyError):
        talk_exercise(course, "nobody")


def test_an_exercise_has_a_key_entry_for_every_practitioner_turn(course: Course) -> None:
    """The component can give feedback on each turn that it asks about."""
    for name, case in course.vignettes.items():
        if case.use != "assessment":
            assert set(talk_exercise(course, name)["key"]) == {turn.id for turn in case.turns("practitioner")}


def test_a_better_reason_keeps_earlier_attempts_comparable(course: Course) -> None:
    """The hash stays when a reason is reworded and changes when the reference code does."""
    before = talk_exercise(course, "aisha-first-month")["content"]
    reworded = talk_exercise(with_key(course, reason="Said better."), "aisha-first-month")["content"]
    recoded = talk_exercise(with_key(course, code="summary"), "aisha-first-month")["content"]
    assert reworded == before != recoded


def test_rules_are_named_in_words(course: Course) -> None:
    """No rule sends a learner to an id."""
    rules = talk_exercise(course, "aisha-first-month")["scheme"]["rules"]
    for rule in rules:
        assert not re.search("|".join(other["id"] for other in rules), rule["text"])
