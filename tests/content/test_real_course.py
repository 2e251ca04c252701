"""The real course: no problem in it, nothing missing from its registers, and schemas up to date."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from engagekit.content import check
from engagekit.content.schemas import FOLDER, render_schemas
from engagekit.model import Course
from engagekit.model.sources import first_and_last

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def course() -> Course:
    """The real course, which must have no problem at all."""
    report = check(ROOT)
    assert report.problems == ()
    return report.course


def test_every_item_of_every_source_is_registered(course: Course) -> None:
    """The registers hold as many places of each kind as the documents have."""
    kinds = {
        source: Counter(item.kind for item in register.items) for source, register in course.registers.items()
    }
    assert kinds["compendium"] == {"item": 56}
    assert kinds["nos-sfjed1"]["performance-criterion"] == 31
    assert kinds["nos-sfjed1"]["knowledge"] == 20
    unit = kinds["unit-guide"]
    assert (unit["marking-point"], unit["key-concept"], unit["misconception"], unit["exam-tip"]) == (
        4,
        5,
        5,
        4,
    )
    guide = kinds["inspectorate-guide"]
    assert (guide["expectation"], guide["strength"], guide["weakness"], guide["view"]) == (4, 6, 4, 5)
    assert kinds["workforce-guidelines"]["competence"] == 39
    assert set(kinds) == set(course.sources)
    assert len(course.themes) == 10


def test_numbers_run_without_a_gap(course: Course) -> None:
    """Items and criteria carry the numbers that the documents give them."""
    numbers = [item.number for item in course.registers["compendium"].items]
    assert numbers == [str(number) for number in range(1, 57)]
    criteria = [
        item.number for item in course.registers["nos-sfjed1"].items if item.kind == "performance-criterion"
    ]
    assert criteria == [str(number) for number in range(1, 32)]


def test_anchors_are_pointers_and_not_quotations(course: Course) -> None:
    """An anchor is a few words, and no two items of a source claim the same range twice over."""
    for item in course.items():
        assert 1 <= len(item.anchor.split()) <= 7, item.id
        first, last = first_and_last(item.lines)
        assert first <= last, item.id


def test_every_theme_has_items_and_outcomes(course: Course) -> None:
    """Each theme leads at least one compendium item and says what learners will be able to do."""
    leading = Counter(item.themes[0] for item in course.registers["compendium"].items)
    assert set(leading) == set(course.themes)
    assert all(len(theme.outcomes) >= 3 for theme in course.themes.values())


def test_every_figure_says_what_it_does_not_show(course: Course) -> None:
    """A chart compares two values or more, and every figure carries a caution of substance."""
    for figure in course.figures():
        assert len(figure.caution) > 20, figure.id
        assert figure.use == "text" or len(figure.values) >= 2, figure.id


def test_practice_interviews_are_varied(course: Course) -> None:
    """Both have 15 practitioner turns or more and at least eight codes; together they use every code."""
    used: set[str] = set()
    for name in ("aisha-first-month", "dean-missed-appointments"):
        assert course.vignettes[name].use == "practice"
        codes = [turn.code for turn in course.keys[name].turns]
        assert len(codes) >= 15
        assert len(set(codes)) >= 8
        assert max(Counter(codes).values()) <= len(codes) / 3
        used |= set(codes)
    assert used == {code.id for code in course.schemes["talk"].codes}


def test_schemas_for_editors_are_up_to_date() -> None:
    """Run `engagekit schemas` when this fails: the models changed and the schemas did not."""
    for name, text in render_schemas().items():
        assert (ROOT / FOLDER / name).read_text("utf-8") == text, name
