"""What each directive puts in a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Build = Callable[..., Any]

EVERYTHING = """# Everything

```{toctree}
sources
guide
compendium
```

{item}`item-01` {item}`item-02, pc03` {item}`her words <mp1>` {item}`advice-giving` {numref}`figure-told`

```{outcomes} listening
```
```{items} listening
```
```{standards} mp1
```
```{marking-points}
```
```{chart} told
```
```{talk} first-visit
:heading: 2
```
```{exercise} ana-letters
:lens: stage
```
```{practice} desistance
```
```{progress}
```

:::{reflect}
When did *you* last listen?
:::

:::{limits}
It is one study.
:::

```{scheme} talk
```
"""
SOURCES = "# Sources\n\n```{references}\n```\n"
ONE = "# The guide\n\n```{references} unit-guide\n```\n"
TWO = "# The compendium\n\n```{references} compendium\n```\n"


@pytest.fixture(scope="module")
def everything(build_once: Build) -> Any:
    """Build a page with every directive, and the references that its citations lead to."""
    return build_once(index=EVERYTHING, sources=SOURCES, guide=ONE, compendium=TWO)


def test_every_directive_builds_without_a_warning(everything: Any) -> None:
    """A page that uses everything, with hostile words in the content, builds clean."""
    assert (everything.log, everything.status) == ("", 0)


def test_words_of_the_content_are_never_markup(everything: Any) -> None:
    """Hostile words in titles, gists, cautions, labels, utterances and notes arrive as text on every page."""
    for name in ("index", "sources", "guide", "compendium"):
        page = everything.page(name)
        assert "<script>alert" not in page
        assert name == "guide" or "alert(1)" in page


def test_a_citation_is_short_and_leads_to_the_entry(everything: Any) -> None:
    """Two authors, many authors, criteria, own words: each links to an id that the target page has."""
    page, entries = everything.page(), everything.page("compendium") + everything.page("guide")
    for words, target in {
        "Able &amp; Baker, item\xa01": "ref-item-01",
        "B and others, item\xa02": "ref-item-02",
        "criterion\xa03": "ref-pc03",
        "her words": "ref-mp1",
        "unit guide, “Telling”": "ref-advice-giving",
    }.items():
        assert re.search(rf'href="\w+\.html#{target}"><span[^>]*>{words}</span>', page), words
        assert f'id="{target}"' in entries


def test_a_chart_gives_its_numbers_in_four_ways(everything: Any) -> None:
    """Drawing, text alternative, table and caption all come from the register, and so does the caution."""
    page = everything.page()
    drawing = re.search(r"<svg.*?</svg>", page, re.DOTALL)
    assert drawing
    assert 'role="img"' in drawing[0]
    assert "25.3% (n = 3,819)" in drawing[0]
    assert re.search(
        r'aria-label="Bar chart, in per cent\.[^"]*25\.3% \(n = 3,819\); None at all: 0%\."', drawing[0]
    )
    after = page[drawing.end() :]
    assert re.search(r"<figcaption>.*?In per cent\..*?Able &amp; Baker, item\xa01", after, re.DOTALL)
    assert re.search(r'<p class="ek-caution"><strong>Caution\.</strong>', after)
    assert re.search(r"<details.*?<th[^>]*><p>None at all</p></th>\s*<td><p>0</p></td>", after, re.DOTALL)


def test_an_exercise_has_its_data_and_loads_its_component_only_there(everything: Any) -> None:
    """The page with the exercise loads the component's script and style; a page without one does not."""
    page = everything.page()
    assert '<engagekit-exercise heading="2">' in page
    assert '<engagekit-exercise heading="3">' in page
    assert '<engagekit-practice heading="2">' in page
    assert '<engagekit-progress heading="2">' in page
    assert len(re.findall(r'src="_static/engagekit-practice\.js\?v=\w+"', page)) == 1
    assert "engagekit-practice.css" in page
    assert "engagekit-practice" not in everything.page("sources")
    assert (everything.html / "_static" / "engagekit-practice.js").stat().st_size > 1000


def complaints(done: Any) -> list[str]:
    """Return what a build said of its pages; a second Sphinx in one process repeats itself about the rest."""
    return [line for line in done.log.splitlines() if line.strip() and "setting up extension" not in line]


@pytest.mark.parametrize("name", ["exercise", "practice", "progress"])
def test_each_element_loads_the_component(build: Build, name: str) -> None:
    """One of them alone is enough for a page to be alive."""
    argument = {"exercise": "first-visit", "practice": "talk", "progress": ""}[name]
    done = build(index=f"# Start\n\n```{{{name}}} {argument}\n```\n")
    assert (complaints(done), done.status) == ([], 0)
    assert f"<engagekit-{name} " in done.page()
    assert "engagekit-practice.js" in done.page()


def test_progress_links_to_the_pages_that_there_are(build: Build, tmp_path: Path) -> None:
    """A lens with a page is linked from where the progress stands; one without has no link."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "talk.md").write_text("# Talk\n", "utf-8")
    start = "# Start\n\n```{toctree}\nnotebooks/talk\n```\n\n```{progress}\n```\n"
    done = build(index=start)
    assert (complaints(done), done.status) == ([], 0)
    assert 'href="notebooks/talk.html#talk.first-visit"' in done.page()
    assert '"page":"notebooks/talk.html"' in done.page()
    assert '"lens":"stage"' in done.page() and "#stage.ana-letters" not in done.page()


def test_an_assessment_reaches_no_page(everything: Any) -> None:
    """Neither a shelf nor progress names it."""
    assert "secret" not in everything.page()
    assert "Nobody should read this yet." not in everything.page()


def test_a_codebook_shows_limits_and_rules(everything: Any) -> None:
    """Codes come by group, near misses name the other code, levels are told, and rules have a source."""
    page = everything.page()
    assert '<section id="scheme-talk-asking">' in page
    assert '<section id="scheme-talk-more-codes">' in page
    assert "(reflection)" in page
    assert "It is there." in page
    assert 'id="rule-talk-last-act"' in page
    assert 'Look at <a class="reference internal" href="#rule-talk-last-act">Last act</a> first.' in page
    assert "our own" in page


def test_a_reading_list_tells_main_items_from_the_rest(everything: Any) -> None:
    """An item whose first theme is another one is folded away."""
    page = everything.page()
    first, _, rest = page.partition("Items on other themes that touch on this one")
    assert "B and others: " in rest
    assert "B and others: " not in first


def test_items_named_in_a_text_become_links(everything: Any) -> None:
    """Where a caution says to see item 1, that leads to the entry."""
    assert re.search(r'See <a[^>]*href="compendium\.html#ref-item-01"><span[^>]*>item\xa01</span></a>',
                     everything.page("sources"))  # fmt: skip


UNKNOWN = {
    "a": ("{item}`item-03`", 'no item "item-03"; did you mean "item-02"?'),
    "b": ("```{outcomes} listning\n```", 'no theme "listning"; did you mean "listening"?'),
    "c": ("```{chart} not-drawn\n```", 'no figure to draw "not-drawn"; choose from told, visits'),
    "d": ("```{talk} secret\n```", 'no practice interview "secret"; choose from first-visit'),
    "e": ("```{scheme} tlak\n```", 'no scheme "tlak"; did you mean "talk"?'),
    "f": ("```{standards} mp9\n```", 'no marking point "mp9"; did you mean "mp1"?'),
    "g": ("```{marking-points} tip\n```", 'no part "tip"; did you mean "tips"?'),
    "i": ("```{exercise} secret\n```", 'no practice vignette "secret"; choose from ana-letters, first-visit'),
    "j": (
        "```{exercise} ana-letters\n```",
        '"ana-letters" has more than one lens: say "stage" or "desistance"',
    ),
    "k": (
        "```{exercise} ana-letters\n:lens: web\n```",
        '"ana-letters" is for the lens "stage" or "desistance"',
    ),
    "l": ("```{practice} tlak\n```", 'no lens "tlak"; did you mean "talk"?'),
    "m": ("```{talk} ana-letters\n```", 'no practice interview "ana-letters"; choose from first-visit'),
    "h": ("```{references} unit\n```", 'no source "unit"; choose from compendium, unit-guide'),
}


def test_an_unknown_id_fails_with_its_place_and_the_nearest_id(build: Build) -> None:
    """Errors name file and line; the build is no success, nor is the next one with nothing changed."""
    pages = {name: f"---\norphan: true\n---\n# Page\n\n{text}\n" for name, (text, _) in UNKNOWN.items()}
    first = build(index="# Start\n", **pages)
    second = build()
    for done in (first, second):
        assert done.status == 1
        for name, (_, message) in UNKNOWN.items():
            assert re.search(rf"{name}\.md:6: ERROR: {re.escape(message)}", done.log), (name, done.log)


def test_a_page_is_built_again_when_its_content_changes(build: Build) -> None:
    """A new outcome in a theme's file reaches the page although the page's own file is the same."""
    first = build(index="# Start\n\n```{outcomes} planning\n```\n")
    assert "You will plan." in first.page()
    theme = first.html.parents[1] / "source_material" / "themes" / "planning.yaml"
    theme.write_text(theme.read_text("utf-8").replace("You will plan.", "You will plan together."), "utf-8")
    assert "You will plan together." in build().page()


def test_content_with_problems_stops_the_build(build: Build, tmp_path: Any) -> None:
    """A faulty content file is reported with its place before any page is read."""
    from sphinx.errors import ExtensionError

    (tmp_path / "source_material" / "themes" / "planning.yaml").write_text(
        "schema: theme/1\ntitle: x\n", "utf-8"
    )
    with pytest.raises(ExtensionError, match=r"source_material/themes/planning\.yaml:\d+:\d+: error"):
        build(index="# Start\n")


def test_a_changed_style_reaches_pages_that_are_the_same(build: Build, tmp_path: Path) -> None:
    """A second build copies a static file that changed, and gives it a new address in every page."""
    (tmp_path / "_static").mkdir()
    style = tmp_path / "_static" / "book.css"
    addresses = []
    for colour in ("red", "blue"):
        style.write_text(f"p {{ color: {colour} }}", "utf-8")
        done = build(index="# Start\n") if colour == "red" else build()
        addresses += re.findall(r"book\.css\?v=\w+", done.page())
        assert colour in (done.html / "_static" / "book.css").read_text("utf-8")
    assert len(set(addresses)) == 2
