"""The balance of the bank: what is counted, and that an assessment gives away nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "content"))
from vignette_files import a_full_course

from engagekit.content import load_course
from engagekit.model import Course
from engagekit.scoring.bank import AGES, balance, band
from realcourse import real_course


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Give a small course with a vignette of every kind."""
    return load_course(a_full_course(tmp_path_factory.mktemp("course")))


def test_vignettes_answers_and_people_are_counted(small: Course) -> None:
    """One of each kind; a case counts for two lenses; a set of prompts has several people."""
    found = balance(small)
    assert {lens: uses["practice"] for lens, uses in found.uses.items()} == dict.fromkeys(found.uses, 1)
    assert found.answers["stage"] == {"contemplation": 0, "action": 1, "not-enough-information": 0}
    assert found.answers["desistance"] == {"present": 0, "absent": 0, "ambiguous": 1, "not-stated": 1}
    assert found.answers["web"] == {"stuck": 10, "thinking": 10, "maintaining": 0}
    assert found.answers["goal"] == {"no-date": 1, "vague": 1}
    assert found.answers["reply"] == {"advice": 1, "labelling": 1}
    assert found.factors == {"b1-intention": 1, "b2-hope": 1}
    assert found.people == sum(found.about["gender"].values()) == 6
    assert sum(found.about["age"].values()) == 6


def test_an_assessment_counts_only_by_use(small: Course) -> None:
    """Made an assessment, a case leaves every number but the one by use."""
    case = small.vignettes["ana-letters"].model_copy(update={"use": "assessment"})
    found = balance(small.model_copy(update={"vignettes": {**small.vignettes, "ana-letters": case}}))
    assert found.uses["stage"] == {"practice": 0, "retest": 0, "assessment": 1}
    assert not any(found.answers["stage"].values()) and not any(found.answers["desistance"].values())
    assert not any(found.factors.values())
    assert found.people == 5


def test_items_for_discussion_are_counted_by_lens(root: Path) -> None:
    """The real bank has some turns for discussion, and no more of them than a fifth."""
    found = balance(real_course())
    assert 0 < found.contested["talk"] <= sum(found.answers["talk"].values()) / 5


def test_every_age_has_one_band() -> None:
    """The bands meet without a gap from 18 to 90."""
    assert [band(age) for age in (18, 24, 25, 34, 35, 49, 50, 90)] == [
        name for low, high in AGES for name in [band(low)] * 2
    ]
    assert len({band(age) for age in range(18, 91)}) == len(AGES)
