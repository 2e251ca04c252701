"""The notebooks of Practice: one for each lens, thin, and stored as nobody has run them yet."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from engagekit.frontend.exercises import LENS_NAMES, MIXED
from realcourse import real_course

LONGEST_CELL = 5
"""Lines of Python in a cell. What takes more belongs in the package, where it is tested."""

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


@pytest.fixture(scope="module")
def notebooks(root: Path) -> dict[str, dict[str, Any]]:
    """Return every notebook by name."""
    found = {path.stem: json.loads(path.read_text("utf-8")) for path in (root / "notebooks").glob("*.ipynb")}
    assert found
    return found


def sources(notebook: dict[str, Any], kind: str) -> list[str]:
    """Return the text of each cell of a kind."""
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == kind]


def test_every_lens_has_a_notebook(notebooks: dict[str, dict[str, Any]]) -> None:
    """One for each lens, one that mixes them, one for progress; and no other."""
    assert set(notebooks) == {*LENS_NAMES, MIXED, "progress"}


def test_each_notebook_opens_its_own_lens(notebooks: dict[str, dict[str, Any]]) -> None:
    """A lens's notebook asks for everything of that lens, once."""
    asked = {
        name: re.findall(r'practise\("([^"]+)"', text)
        for name, notebook in notebooks.items()
        if (text := "\n".join(sources(notebook, "code")))
    }
    assert asked == {**{name: [name] for name in (*LENS_NAMES, MIXED)}, "progress": []}


def test_notebooks_are_thin(notebooks: dict[str, dict[str, Any]]) -> None:
    """No cell has more than a few lines of Python."""
    assert {
        name: cell
        for name, notebook in notebooks.items()
        for cell in sources(notebook, "code")
        if len(cell.splitlines()) > LONGEST_CELL
    } == {}


def test_notebooks_are_stored_without_outputs(notebooks: dict[str, dict[str, Any]]) -> None:
    """Nothing of anybody's run is kept: no output, no number, no widget; and any Python 3 kernel opens it."""
    for notebook in notebooks.values():
        code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        assert [(cell["outputs"], cell["execution_count"]) for cell in code] == [([], None)] * len(code)
        assert notebook["metadata"] == {"kernelspec": KERNEL, "language_info": {"name": "python"}}


def test_each_page_says_what_a_lens_does_not_tell(notebooks: dict[str, dict[str, Any]]) -> None:
    """The words before the exercises say so, and the words after them lead on to the learner's progress."""
    for name in (*LENS_NAMES, MIXED):
        first, *_, last = sources(notebooks[name], "markdown")
        assert "What it does not tell." in first, name
        assert "book/progress.md" in last, name


def test_every_practice_vignette_belongs_to_a_theme(root: Path) -> None:
    """Whatever there is to practise on is listed under a theme, and nothing of an assessment is."""
    course = real_course()
    listed = {name for theme in course.themes.values() for name in theme.vignettes}
    assert {name for name, each in course.vignettes.items() if each.use == "practice"} <= listed
    assert {name for name, each in course.vignettes.items() if each.use == "assessment"} & listed == set()


def test_the_page_about_the_keys_says_who_was_read_twice(root: Path) -> None:
    """Interviews, cases and webs have a second reading, as the page says; goals and replies have none."""
    course = real_course()
    page = (root / "book" / "about-the-keys.md").read_text("utf-8")
    twice = {name for name, each in course.vignettes.items() if {"talk", "stage", "web"} & set(each.lenses)}
    assert set(course.readings) == twice
    told = " ".join(page.split())
    settled = [each.outcome for reading in course.readings.values() for each in reading.settled]
    assert 2 * settled.count("discussion") > len(settled), "the page says that it is most often so"
    assert "Every interview, every case and every web has been read twice" in told
    assert "The goals and the replies have had no second reading." in told
    swapped = {name for name, reading in course.readings.items() if reading.swapped}
    spoken = {name for name in twice if "web" not in course.vignettes[name].lenses}
    assert swapped <= spoken
    assert abs(2 * len(swapped) - len(spoken)) <= 1, (
        "the page says that it was half of the interviews and cases"
    )


def test_the_page_about_the_keys_gives_the_figures_of_the_measurement(root: Path) -> None:
    """What it says of the reply rules is what was found when they first met the replies."""
    report = (root / "docs" / "reply-rules.md").read_text("utf-8")
    unseen = report[report.index("### Unseen") :]
    rows = dict(re.findall(r"^\| ([A-Z][a-z ]+) \| (\d+ \| \d+ \| \d+) \|", unseen, re.MULTILINE)[:11][::-1])
    assert rows["Open question"] == "70 | 70 | 67"
    assert rows["Reflection"] == "109 | 139 | 79"
    for code in ("Arguing", "Labelling"):
        given, _, right = map(int, rows[code].split(" | "))
        assert 2 * right < given
    assert "354 replies" in report
