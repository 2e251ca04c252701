"""The exercise as HTML: whatever an author writes stays text."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest

from engagekit.frontend.assets import SCRIPTS, bundle_css, bundle_esm, scripts, styles
from engagekit.frontend.embed import talk_html

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


def everywhere_hostile(value: Any) -> Any:
    """Return the same data with hostile words in every text that an author writes freely."""
    if isinstance(value, dict):
        fixed = ("schema", "id", "content", "speaker", "code", "rule", "use", "also")
        return {key: item if key in fixed else everywhere_hostile(item) for key, item in value.items()}
    if isinstance(value, list):
        return [everywhere_hostile(item) for item in value]
    return HOSTILE


def test_hostile_words_stay_words(exercise: dict[str, Any]) -> None:
    """A title that closes the script and brings an image makes neither; the data come back whole."""
    hostile = everywhere_hostile(exercise)
    page = read(talk_html(hostile))
    assert "img" not in page.tags
    assert page.tags.count("script") == 1
    assert "<" not in page.script
    assert json.loads(page.script) == hostile
    assert page.words.count(HOSTILE) >= 4 + len(exercise["utterances"])


def test_the_transcript_can_be_read_without_javascript(exercise: dict[str, Any]) -> None:
    """Every turn stands in the page in order, with its speaker, and no key does."""
    page = read(talk_html(exercise))
    places = [page.words.index(turn["text"]) for turn in exercise["utterances"]]
    assert places == sorted(places)
    assert "Ade Cole:" in page.words
    assert "The words of t02 show it." not in page.words


@pytest.mark.parametrize("level", [2, 4])
def test_the_heading_fits_the_page_around_it(exercise: dict[str, Any], level: int) -> None:
    """The exercise's heading has the level that was asked for, and the component is told."""
    text = talk_html(exercise, heading=level)
    assert f"h{level}" in read(text).tags
    assert f'<engagekit-talk heading="{level}">' in text


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
