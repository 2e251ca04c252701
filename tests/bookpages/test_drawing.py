"""Charts: what is drawn, and what is said beside the drawing."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from engagekit.bookpages.citations import short_authors, surname
from engagekit.bookpages.drawing import TRACK, alt_text, draw, interval, number, scale_words
from engagekit.model import Figure
from realcourse import real_course


def figure(**changed: Any) -> Figure:
    """Return a figure with two bars; ``changed`` replaces fields."""
    fields: dict[str, Any] = {
        "id": "told", "item": "item-01", "quantity": "People told", "unit": "percent", "lines": "1",
        "anchors": ["7"], "caution": "Few.", "use": "chart",
        "values": [{"label": "Some", "value": 50}, {"label": "None", "value": 0}],
    }  # fmt: skip
    return Figure.model_validate({**fields, **changed})


def bars(svg: str) -> list[float]:
    """Return the length of each filled bar."""
    root = ET.fromstring(svg)
    paths = [path for path in root.iter() if "fill: var(--ek-chart-bar)" in path.get("style", "")]
    return [max(map(float, re.findall(r"L ([\d.]+) ", path.get("d", "")))) - 0.5 for path in paths]


def test_shares_are_drawn_against_a_hundred() -> None:
    """Half of everybody fills half of the outline, so that small shares look small."""
    assert bars(draw(figure())) == pytest.approx([TRACK / 2 - 0.5, 0], abs=0.6)


def test_counts_are_drawn_against_the_largest() -> None:
    """The largest count fills the outline and the caption says so."""
    counted = figure(unit="people", values=[{"label": "A", "value": 20}, {"label": "B", "value": 5}])
    assert bars(draw(counted)) == pytest.approx([TRACK - 0.5, TRACK / 4 - 0.5], abs=0.6)
    assert "longest bar is 20" in scale_words(counted)


def test_a_bar_of_nothing_is_still_there() -> None:
    """Each bar starts with a mark, a zero too, and has its value in words."""
    svg = draw(figure())
    assert svg.count("stroke: var(--ek-chart-bar)") == 2
    assert ">0%</text>" in svg


def test_two_charts_in_a_page_do_not_clash() -> None:
    """No id, no style sheet and no fixed colour or size comes along with a drawing."""
    svg = draw(figure())
    assert not re.search(r'\bid="|<style|<defs|#[0-9a-f]{6}|font-family|<svg[^>]* (width|height)=', svg)


def test_a_drawing_is_the_same_each_time() -> None:
    """The same figure gives the same bytes."""
    assert draw(figure()) == draw(figure())


def test_dollars_in_a_label_are_not_mathematics() -> None:
    """Words are drawn as they stand."""
    assert ">$a$ &amp; &lt;b&gt;</text>" in draw(figure(values=[{"label": "$a$ & <b>", "value": 1}]))


def test_the_text_alternative_has_every_value_and_base() -> None:
    """Quantity, unit, each value and each n are told in words."""
    told = figure(n=120, values=[{"label": "A", "value": 25.3, "n": 75}, {"label": "B", "value": 40}])
    assert alt_text(told) == "Bar chart, in per cent. People told. n = 120. A: 25.3% (n = 75); B: 40%."


def test_numbers_are_written_as_people_write_them() -> None:
    """No trailing zero, thousands apart."""
    assert [number(value) for value in (85.0, 25.3, 3819.0)] == ["85", "25.3", "3,819"]


def test_every_figure_that_may_be_drawn_can_be(root: Path) -> None:
    """The real register has figures to draw, none below 0, and each label fits the width of a phone."""
    drawn = [each for each in real_course().figures() if each.use == "chart"]
    assert drawn
    for each in drawn:
        assert all(value.value >= 0 for value in each.values), each.id
        assert ET.fromstring(draw(each)).get("role") == "img"


@pytest.mark.parametrize(
    ("author", "short"),
    [
        ("William Miller", "Miller"),
        ("Annie K Yessine", "Yessine"),
        ("Terri-Lynne Scott", "Scott"),
        ("Department of Health", "Department of Health"),
        ("OEP team NOMS", "OEP team NOMS"),
    ],
)
def test_people_are_cited_by_family_name_and_organisations_whole(author: str, short: str) -> None:
    """A middle initial is not part of the name; an organisation has no family name."""
    assert surname(author) == short


def test_three_authors_become_the_first_and_others() -> None:
    """One, two and more authors each have their form."""
    names = ("Ann Able", "Bo Baker", "Cy Cole")
    assert [short_authors(names[:count]) for count in (0, 1, 2, 3)] == [
        "",
        "Able",
        "Able & Baker",
        "Able and others",
    ]


def few(value: float = 25.3, n: int = 75, **changed: Any) -> Figure:
    """Return a figure of one share of some people, which asks for its interval."""
    return figure(values=[{"label": "Trained", "value": value, "n": n}], **{"interval": True, **changed})


def test_a_share_of_few_people_has_its_interval() -> None:
    """Wilson's interval, worked by hand for 19 of 75, is told and drawn where the register asks for it."""
    assert interval(few(), few().values[0]) == pytest.approx((16.9, 36.2), abs=0.1)
    assert "25.3% (n = 75), 95% interval 17 to 36" in alt_text(few())
    assert "95 per cent intervals" in scale_words(few())
    plain = few(interval=False)
    assert interval(plain, plain.values[0]) is None
    assert "interval" not in alt_text(plain) + scale_words(plain)
    assert len(draw(few())) > len(draw(plain))


@pytest.mark.parametrize(("value", "low", "high"), [(0, 0, 27.8), (100, 72.2, 100)])
def test_an_interval_stays_within_nought_and_a_hundred(value: float, low: float, high: float) -> None:
    """None or all of ten people is not certainty."""
    told = few(value, 10)
    assert interval(told, told.values[0]) == pytest.approx((low, high), abs=0.1)


def test_no_people_no_interval() -> None:
    """A share without its number of people, or of none, has no interval."""
    for values in ([{"label": "A", "value": 10}], [{"label": "A", "value": 0, "n": 0}]):
        told = figure(interval=True, values=values)
        assert interval(told, told.values[0]) is None
