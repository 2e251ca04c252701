"""Practice as HTML: whatever an author writes stays text, and all of it can be read without JavaScript."""

from __future__ import annotations

import json
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "content"))
from vignette_files import a_full_course

from engagekit.content import load_course
from engagekit.frontend.assets import SCRIPTS, bundle_css, bundle_esm, scripts, styles
from engagekit.frontend.embed import exercise_html, practice_html, progress_html
from engagekit.frontend.exercises import catalogue, exercise, practice
from engagekit.frontend.sharing import share
from engagekit.model import Course

HOSTILE = "</script><img src=x onerror=alert(1)><!-- & \"quoted\" 'too'"


class Page(HTMLParser):
    """Collects the elements, the script's text and all other text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.script = ""
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "script":
            self.script += data
        else:
            self.words += data


def read(text: str) -> Page:
    """Return what a browser would make of HTML."""
    page = Page()
    page.feed(text)
    page.close()
    return page


FIXED = ("schema", "id", "content", "speaker", "code", "rule", "use", "also", "lens", "kind", "set", "group")


def everywhere_hostile(value: Any) -> Any:
    """Return the same data with hostile words in every text that an author writes freely."""
    if isinstance(value, dict):
        return {key: item if key in FIXED else everywhere_hostile(item) for key, item in value.items()}
    if isinstance(value, list):
        return [everywhere_hostile(item) for item in value]
    return HOSTILE if isinstance(value, str) else value


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Give a small course with a vignette of every kind."""
    return load_course(a_full_course(tmp_path_factory.mktemp("course")))


EXERCISES = {
    "talk": "first-visit",
    "stage": "ana-letters",
    "desistance": "ana-letters",
    "reply": "two-mornings",
    "web": "dee-spring",
    "goal": "eli-mornings",
}


@pytest.mark.parametrize("lens", EXERCISES)
def test_hostile_words_stay_words(course: Course, lens: str) -> None:
    """Text that closes the script and brings an image makes neither; the data come back whole."""
    hostile = everywhere_hostile(exercise(course, EXERCISES[lens], lens))
    page = read(exercise_html(hostile))
    assert "img" not in page.tags
    assert page.tags.count("script") == 1
    assert "<" not in page.script
    assert json.loads(page.script) == hostile
    assert page.words.count(HOSTILE) >= 4


READ = {
    "talk": ("What brings you here?", "You would rather not be here."),
    "stage": (
        "She came in late.",
        "It rained.",
        "Contemplation",
        "Which of the four facts",
        "You must open them.",
    ),
    "desistance": ("She came in late.", "It rained.", "Intention", "Hope"),
    "reply": ("Bo is late.", "The bus again.", "What would you say next?", "Cy is early."),
    "web": ("3 March 2026", "9 June 2026", "Home", "It was bad.", "1. Stuck"),
    "goal": ("Eli wants to be on time.", "Be better in the mornings.", "Vague", "By when"),
}
SECRET = {
    "talk": ("It asks.", "last-act"),
    "stage": ("Nine weeks.", "She has begun.", "It goes back."),
    "desistance": ("It hangs on an if.",),
    "reply": ("The bus lets you down.", "Get up earlier."),
    "web": ("Bad.", "Better."),
    "goal": ("Better is not an act.", "It can be seen.", "Four days of five."),
}


@pytest.mark.parametrize("lens", EXERCISES)
def test_every_lens_can_be_read_without_javascript(course: Course, lens: str) -> None:
    """What there is to read and to think about stands in the page in order; no part of the key does."""
    page = read(exercise_html(exercise(course, EXERCISES[lens], lens)))
    words = page.words
    places = [words.index(each) for each in READ[lens]]
    assert places == sorted(places)
    assert "need JavaScript" in words
    assert [each for each in SECRET[lens] if each in words] == []
    assert all(each in page.script for each in SECRET[lens])


def test_a_shelf_and_progress_can_be_read_without_javascript(course: Course) -> None:
    """A shelf tells titles and summaries; progress links to each lens's page where there is one."""
    shelf = practice_html(practice(course, "mixed"))
    assert "Ana and the post." in read(shelf).words
    assert "She came in late." not in read(shelf).words
    found = catalogue(course, lambda lens: "a&b/talk.html" if lens == "talk" else "")
    progress = progress_html(found)
    assert '<a href="a&amp;b/talk.html#talk.first-visit">First visit (talk)</a>' in progress
    assert "Eli's mornings (goal)" in read(progress).words
    for text, name in ((shelf, "practice"), (progress, "progress")):
        assert text.startswith(f'<engagekit-{name} heading="2">\n<script type="application/json">')
        assert read(text).tags.count("script") == 1


@pytest.mark.parametrize("data", ["shelf", "catalogue"])
def test_hostile_words_stay_words_on_a_shelf_and_in_progress(course: Course, data: str) -> None:
    """The same for what shows many exercises."""
    made = practice(course, "mixed") if data == "shelf" else catalogue(course, lambda lens: "x.html")
    hostile = everywhere_hostile(made)
    page = read(practice_html(hostile) if data == "shelf" else progress_html(hostile))
    assert "img" not in page.tags
    assert page.tags.count("script") == 1
    assert json.loads(page.script) == (share(hostile) if data == "shelf" else hostile)


@pytest.mark.parametrize("level", [2, 4])
def test_the_heading_fits_the_page_around_it(course: Course, level: int) -> None:
    """The component's heading has the level that was asked for, and the component is told."""
    text = exercise_html(exercise(course, "first-visit"), heading=level)
    assert f"h{level}" in read(text).tags
    assert f'<engagekit-exercise heading="{level}">' in text


@pytest.mark.parametrize("component", sorted(SCRIPTS))
def test_every_file_of_a_component_is_there_and_bundled_in_order(component: str) -> None:
    """The widget's module holds the very text of the files, in loading order, and one export."""
    bundle = bundle_esm(component)
    places = [bundle.index(path.read_text("utf-8")) for path in scripts(component)]
    assert places == sorted(places)
    assert bundle.count("export default") == 1
    assert all(path.read_text("utf-8") in bundle_css(component) for path in styles(component))


@pytest.mark.parametrize("component", sorted(SCRIPTS))
def test_no_script_writes_markup(component: str) -> None:
    """Data never pass through innerHTML or its relatives, and nothing is fetched."""
    text = bundle_esm(component)
    markup = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
    for refused in (*markup, "fetch(", "XMLHttpRequest", "http://", "https://"):
        assert refused not in text.replace('"http://www.w3.org/2000/svg"', ""), refused
