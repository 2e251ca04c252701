"""The agreement of the bank and its balance, as the book shows them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

Build = Any
HOSTILE = "<b>not bold</b>"
PAGE = "# The bank\n\n```{agreement}\n```\n\n```{bank}\n```\n"
READING = f"""\
schema: second-reading/1
reader: Somebody else {HOSTILE}.
swapped: SWAPPED
answers: {{t01: question, t03: question}}
settled: [{{item: t03, first: reflection, second: question, outcome: first, why: Words.}}]
"""
VIGNETTES = "source_material/vignettes/interviews"


def cells(page: str) -> list[list[str]]:
    """Return the rows of all tables of a page as plain text."""
    found = []
    for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL):
        inner = re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        found.append([" ".join(re.sub(r"<[^>]+>", "", cell).split()) for cell in inner])
    return found


def warnings_of(book: Any) -> list[str]:
    """Return what a build warned of, but for Sphinx's remarks on two builds in one process."""
    return [line for line in book.log.splitlines() if "is already registered" not in line]


def read_twice(folder: Path, text: str = "") -> Path:
    """Leave one second reading in a course, of its interview; or none."""
    for path in (folder / "source_material").rglob("second.yaml"):
        path.unlink()
    place = folder / VIGNETTES / "first-visit" / "second.yaml"
    if text:
        place.write_text(text, "utf-8")
    return place


def test_without_second_readings_the_page_says_so(build: Build, tmp_path: Path) -> None:
    """No table of nothing, and no number."""
    read_twice(tmp_path)
    book = build(index=PAGE)
    assert (warnings_of(book), book.status) == ([], 0)
    assert "No vignette has been read a second time yet." in book.page()


def test_an_assessment_counts_by_use_and_its_key_stays_away(build: Build, tmp_path: Path) -> None:
    """Without the assessment the page is the same but for one number in the row of its lens."""
    other = tmp_path / "other"
    shutil.copytree(tmp_path / "source_material", other / "source_material")
    shutil.rmtree(other / VIGNETTES / "secret")
    with_it, without = cells(build(index=PAGE).page()), cells(build.func(other, index=PAGE).page())
    assert ["Question", "1"] in with_it and ["Reflection", "1"] in with_it
    assert [(a, b) for a, b in zip(with_it, without, strict=True) if a != b] == [
        (["Talk", "1", "0", "1", "0"], ["Talk", "1", "0", "0", "0"])
    ]


@pytest.mark.parametrize("swapped", [False, True])
def test_the_agreement_is_shown_with_what_it_does_not_show(
    build: Build, tmp_path: Path, swapped: bool
) -> None:
    """Who read, how many items, percent and alpha, the caution beside them, and the swapped ones apart."""
    read_twice(tmp_path, READING.replace("SWAPPED", str(swapped).lower()))
    book = build(index=PAGE)
    assert (warnings_of(book), book.status) == ([], 0)
    page = book.page()
    # Before it was settled one of two agreed: 1 - 3 * 1 / (3 * 1) = 0. With two items the draws hardly vary.
    (row,) = [each for each in cells(page) if each and each[0] == "Talk: practitioner turns"][:1]
    assert row[1:4] == ["1", "2", "50%"]
    assert row[4].startswith("0.00 (no interval: ")
    assert "does not show that the answers are right" in page
    assert HOSTILE not in page and "&lt;b&gt;not bold&lt;/b&gt;" in page
    assert ("With names and groups exchanged" in page) == swapped


def test_the_page_is_built_again_when_a_reading_changes(build: Build, tmp_path: Path) -> None:
    """The book never shows the agreement of yesterday."""
    place = read_twice(tmp_path, READING.replace("SWAPPED", "false"))
    assert "50%" in build(index=PAGE).page()
    place.write_text(READING.replace("SWAPPED", "false").replace("t03: question", "t03: reflection"), "utf-8")
    assert "100%" in build(index=PAGE).page()
