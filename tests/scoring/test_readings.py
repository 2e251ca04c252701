"""The agreement of the bank: which two answers are compared, and how the rows are told apart."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "content"))
from vignette_files import a_full_course

from engagekit.content import load_course
from engagekit.model import Course, SecondReading
from engagekit.scoring.readings import ALL, NOT_SWAPPED, SWAPPED, Agreed, bank_agreement
from realcourse import real_course


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Give a small course with a vignette of every kind; its one case was read twice."""
    return load_course(a_full_course(tmp_path_factory.mktemp("course")))


def read_again(course: Course, name: str, answers: dict[str, str], **more: Any) -> Course:
    """Return the course with one second reading and no other."""
    reading = SecondReading.model_validate({"id": name, "reader": "R.", "answers": answers, **more})
    return course.model_copy(update={"readings": {name: reading}})


def row(course: Course, measure: str, which: str = ALL) -> Agreed:
    """Return one row of the agreement."""
    (found,) = [each for each in bank_agreement(course).of(which) if each.measure.id == measure]
    return found


def test_the_first_reading_is_what_it_was_before_it_was_settled(small: Course) -> None:
    """The key now follows the second reader; the number still counts the difference."""
    settled = [
        {"item": "stage", "first": "contemplation", "second": "action", "outcome": "second", "why": "W"}
    ]
    assert row(read_again(small, "ana-letters", {"stage": "action"}), "stage").percent == 1
    assert row(read_again(small, "ana-letters", {"stage": "action"}, settled=settled), "stage").percent == 0


def test_factors_outside_the_key_count_apart(small: Course) -> None:
    """A factor that the key lists is one row; what it leaves out is not stated, and another."""
    key = small.keys["ana-letters"]
    shorter = key.model_copy(update={"factors": key.factors[:1]})  # type: ignore[union-attr]
    course = small.model_copy(update={"keys": {**small.keys, "ana-letters": shorter}})
    course = read_again(course, "ana-letters", {"b1-intention": "ambiguous s05", "b2-hope": "not-stated"})
    assert (row(course, "desistance").items, row(course, "desistance").percent) == (1, 1)
    assert (row(course, "desistance-other").items, row(course, "desistance-other").percent) == (1, 1)


def test_a_stage_that_cannot_be_told_has_no_distance(small: Course) -> None:
    """Not enough information counts among the answers and is left out of the order."""
    course = read_again(small, "ana-letters", {"stage": "not-enough-information"})
    assert row(course, "stage").percent == 0
    assert not [each for each in bank_agreement(course).rows if each.measure.id == "stage-order"]


def test_scores_of_a_web_are_compared_date_by_date(small: Course) -> None:
    """Area and date name an item, and a score further off costs more."""
    answers = {f"{area}-first": "stuck" for area in ("home", "money")} | {"home-second": "thinking"}
    near = row(read_again(small, "dee-spring", answers | {"money-second": "stuck"}), "web")
    far = row(read_again(small, "dee-spring", answers | {"money-second": "maintaining"}), "web")
    assert (near.items, near.percent, far.percent) == (4, 0.75, 0.75)
    assert near.alpha.value is not None and far.alpha.value is not None


def test_swapped_vignettes_are_shown_beside_the_others(small: Course) -> None:
    """Each row belongs to all, to the swapped or to the others, and the two add up."""
    for swapped, which, other in ((True, SWAPPED, NOT_SWAPPED), (False, NOT_SWAPPED, SWAPPED)):
        course = read_again(small, "ana-letters", {"stage": "action"}, swapped=swapped)
        assert row(course, "stage", which).items == row(course, "stage").items == 1
        assert bank_agreement(course).of(other) == ()


def test_what_fits_no_item_is_told_and_a_missing_key_is_left_out(small: Course) -> None:
    """An answer to nothing is named; where the key is away, as in a learner bundle, nothing is said."""
    assert bank_agreement(read_again(small, "ana-letters", {"s01": "action"})).unknown == (
        ("ana-letters", "s01"),
    )
    away = small.model_copy(update={"keys": {}})
    assert bank_agreement(away).rows == ()


def test_items_for_discussion_are_counted(small: Course) -> None:
    """What the key sets aside for discussion is still compared, and counted as such."""
    key = small.keys["ana-letters"]
    split = key.model_copy(
        update={"stage": key.stage.model_copy(update={"also": ("contemplation",)})}  # type: ignore[union-attr]
    )
    course = small.model_copy(update={"keys": {**small.keys, "ana-letters": split}})
    assert row(course, "stage").contested == 1
    assert row(small, "stage").contested == 0


def test_every_answer_of_the_real_second_readings_belongs_to_an_item(root: Path) -> None:
    """Talk, Stage and Desistance were all read twice, and nothing was answered that nobody asked."""
    found = bank_agreement(real_course())
    assert found.unknown == ()
    assert {"talk", "stage", "desistance"} <= {each.measure.id for each in found.of(ALL)}
    for each in found.of(ALL):
        parts = [row for row in (*found.of(SWAPPED), *found.of(NOT_SWAPPED)) if row.measure == each.measure]
        assert sum(part.items for part in parts) == each.items
