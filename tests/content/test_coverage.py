"""Where items are taught, practised and assessed, and where figures are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from engagekit.content.coverage import REQUIRED, Reach, figure_coverage, item_coverage, missing, teaches
from engagekit.content.pages import page_of, prose_of, read_pages
from engagekit.model import Course
from realcourse import real_course

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = "book/chapters/planning.md"


@pytest.fixture(scope="module")
def course() -> Course:
    """The real course: the smallest that has every kind of place."""
    return real_course()


def reach(course: Course, item: str, text: str, path: str = CHAPTER) -> Reach:
    """Return how far an item reaches when there is one page with this text."""
    return next(each for each in item_coverage(course, [page_of(path, text)]) if each.item.id == item)


@pytest.mark.parametrize(
    ("item", "text", "taught"),
    [
        ("item-52", "They say so ({item}`item-01, item-52`).", True),
        ("item-52", "{item}`The toolkit <item-52>` says so.", True),
        ("item-52", "```{items} planning\n```", False),
        ("item-52", "item-52 without a role", False),
        ("pc13", "```{standards} mp2\n```", True),
        ("pc13", ":::{standards} mp2\n:::", True),
        ("pc13", "```{references} nos-sfjed1\n```", False),
        ("deficits-only", "```{marking-points} misconceptions\n```", True),
        ("deficits-only", "```{marking-points} tips\n```", False),
        ("deficits-only", "```{marking-points}\n```", True),
    ],
)
def test_what_counts_as_taught(course: Course, item: str, text: str, taught: bool) -> None:
    """Research needs a sentence, a criterion may stand in a list, and the references teach nothing."""
    assert reach(course, item, text).taught is taught


@pytest.mark.parametrize("path", ["book/glossary.md", "book/references.md", "book/marking-points.md"])
def test_pages_to_look_things_up_do_not_teach(course: Course, path: str) -> None:
    """A citation outside the chapters and the guides leaves an item untaught."""
    assert not reach(course, "item-52", "{item}`item-52`", path).taught
    assert teaches("book/tutor-guide.md")


def test_missing_lists_what_no_chapter_teaches(course: Course) -> None:
    """With no page at all, every place of a required kind is missing; one citation takes one away."""
    wanted = [item.id for item in course.items() if item.kind in REQUIRED]
    assert [each.item.id for each in missing(item_coverage(course, []))] == wanted
    one = missing(item_coverage(course, [page_of(CHAPTER, "{item}`item-52`")]))
    assert set(wanted) - {each.item.id for each in one} == {"item-52"}


def test_what_is_assessed_comes_from_the_checks(course: Course) -> None:
    """A criterion that a check names is checked; one that shares the marking point only is on the way."""
    checked = set(reach(course, "pc02", "").checked)
    naming = {
        name
        for name, scheme in course.marking.items()
        if any("pc02" in check.evidences for check in scheme.checks)
    }
    assert checked == naming >= {"interview"}
    on_the_way = reach(course, "item-01", "")
    assert on_the_way.checked == ()
    assert "interview" in on_the_way.towards


def test_practice_counts_no_assessment(course: Course) -> None:
    """The lenses of an item come from vignettes that a learner may open."""
    shut = {name: each.model_copy(update={"use": "assessment"}) for name, each in course.vignettes.items()}
    closed = course.model_copy(update={"vignettes": shut, "schemes": {}})
    assert reach(course, "item-52", "").practised
    assert reach(closed, "item-52", "").practised == ()


def test_figures_drawn_and_stated(course: Course) -> None:
    """A chart draws a figure; a role states it, with or without its unit or its value's name."""
    text = "```{chart} sheffield-stopped\n```\n{figure}`~stics-reconviction#trained`, {figure}`rex-officers`."
    shown = {each.figure.id: each for each in figure_coverage(course, [page_of(CHAPTER, text)])}
    assert shown["sheffield-stopped"].drawn == (CHAPTER,)
    assert shown["stics-reconviction"].stated == shown["rex-officers"].stated == (CHAPTER,)
    assert shown["sheffield-usefulness"].drawn == shown["sheffield-usefulness"].stated == ()


def test_pages_are_read_from_the_course() -> None:
    """Chapters and notebooks are there, with their titles."""
    pages = {page.path: page for page in read_pages(ROOT)}
    assert pages[CHAPTER].title == (ROOT / CHAPTER).read_text("utf-8").splitlines()[0].removeprefix("# ")
    assert "practice and" not in pages["notebooks/talk.ipynb"].title
    assert pages["notebooks/talk.ipynb"].text.startswith("# ")


def test_prose_is_what_a_reader_reads() -> None:
    """No headings, tables, code or citations; own words of a citation stay; list entries end."""
    text = (
        "---\norphan: true\n---\n# Title\n\n"
        "{item}`The toolkit <item-33>` says *so* ({item}`item-33; k01`).\n\n"
        "| a | b |\n|---|---|\n\n- one thing\n- [a link](x.md).\n\n```{limits}\nInside counts.\n```\n\n"
        "```{toctree}\nnot-this\n```\n\n````{dropdown} Open\n```{exercise} x\n:lens: stage\n```\n````\n"
    )
    assert prose_of(text).splitlines() == ["The toolkit says so.", "one thing.", "a link.", "Inside counts."]
