"""The index of exercises, and what a link to the glossary carries."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

Build = Any
PAGE = "# Exercises\n\n```{exercises}\n```\n"
LENS_PAGE = "---\norphan: true\n---\n# A lens\n"
VIGNETTES = "source_material/vignettes/interviews"
GLOSSARY = """\
# Glossary

:::{glossary}
OARS
  Four skills of MEANING & <more>.

  A second paragraph that nobody needs at once.

summary
  Things gathered. See {term}`OARS`.
:::
"""


def warnings_of(book: Any) -> list[str]:
    """Return what a build warned of, but for Sphinx's remarks on two builds in one process."""
    return [line for line in book.log.splitlines() if "is already registered" not in line]


def titles(html: str) -> list[str]:
    """Return what the links of a page carry."""
    return re.findall(r'<a class="reference internal"[^>]* title="([^"]*)"', html)


@pytest.fixture
def lenses(tmp_path: Path) -> None:
    """Give the small course a page for two of its lenses; Sphinx is told of them as orphans."""
    for lens in ("talk", "stage"):
        path = tmp_path / "notebooks" / f"{lens}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(LENS_PAGE, "utf-8")


@pytest.mark.usefixtures("lenses")
def test_each_exercise_is_listed_under_each_of_its_lenses_with_its_address(build: Build) -> None:
    """Title, summary and theme; the link opens the exercise and not only its page."""
    book = build(index=PAGE)
    assert (warnings_of(book), book.status) == ([], 0)
    page = book.page()
    assert '<a class="reference internal" href="notebooks/talk.html#talk.first-visit">First visit</a>' in page
    assert "A first visit." in page
    assert "Themes: Listening" in page
    assert re.findall(r"<h2>(\w+)", page) == ["Talk", "Stage", "Desistance"]


def test_without_the_page_of_a_lens_the_title_is_no_link(build: Build) -> None:
    """A book that has left a lens out has no broken link to it."""
    book = build(index=PAGE)
    assert (warnings_of(book), book.status) == ([], 0)
    assert "First visit" in book.page() and "#talk.first-visit" not in book.page()


def test_the_index_knows_nothing_of_an_assessment(build: Build, tmp_path: Path) -> None:
    """With the assessment and without it the page is the same to the letter."""
    other = tmp_path / "other"
    shutil.copytree(tmp_path / "source_material", other / "source_material")
    shutil.rmtree(other / VIGNETTES / "secret")
    with_it, without = build(index=PAGE).page(), build.func(other, index=PAGE).page()
    assert "secret" not in with_it.lower() and "Unseen" not in with_it
    assert (
        re.search(r"<article.*?</article>|<main.*?</main>|<body.*", with_it, re.DOTALL)[0]
        == (  # type: ignore[index]
            re.search(r"<article.*?</article>|<main.*?</main>|<body.*", without, re.DOTALL)[0]  # type: ignore[index]
        )
    )


def test_a_retest_is_marked_and_counted(build: Build, tmp_path: Path) -> None:
    """A learner sees which ones to leave for later."""
    place = tmp_path / VIGNETTES / "first-visit" / "vignette.yaml"
    place.write_text(place.read_text("utf-8").replace("use: practice", "use: retest"), "utf-8")
    theme = tmp_path / "source_material/themes/listening.yaml"
    theme.write_text(theme.read_text("utf-8").replace("vignettes: [first-visit]\n", ""), "utf-8")
    page = build(index=PAGE).page()
    assert "1 exercise, 1 of them for a retest." in page
    assert "For a retest: it keeps its feedback until the end." in page


def test_a_link_to_the_glossary_carries_the_meaning(build: Build) -> None:
    """The first paragraph, escaped, on another page and within the glossary itself."""
    book = build(index="# Page\n\nUse {term}`OARS`.\n\n```{toctree}\nglossary\n```\n", glossary=GLOSSARY)
    assert (warnings_of(book), book.status) == ([], 0)
    carried = "Four skills of MEANING &amp; &lt;more&gt;."
    assert titles(book.page()) == [carried]
    assert titles(book.page("glossary")) == [carried]


def test_a_changed_meaning_reaches_pages_that_nobody_touched(build: Build) -> None:
    """A second build writes the pages that carry the old words again, wherever they hang in the contents."""
    index = "# Book\n\n```{toctree}\nglossary\npage\n```\n"
    build(index=index, page="# Page\n\nUse {term}`OARS`.\n", glossary=GLOSSARY)
    book = build(glossary=GLOSSARY.replace("MEANING", "listening"))
    assert titles(book.page("page")) == ["Four skills of listening &amp; &lt;more&gt;."]
