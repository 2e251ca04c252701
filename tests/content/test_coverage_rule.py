"""The check fails when a written chapter leaves out what its theme leads, or a fault that it handles."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from engagekit.content import check

sys.path.insert(0, str(Path(__file__).parent))
from builders import a_course

PAGE = "book/chapters/listening.md"
ROOT = Path(__file__).resolve().parents[2]
FAULT = """\
schema: faults/1
faults:
  - {id: fault-01, title: Too short, source: unit-guide, where: [mp1], kind: unclear, what: One.,
     instead: All., handled: [chapter], chapters: [listening]}
"""


def problems(
    folder: Path, text: str | None, *, themes: str = ", themes: [listening]", fault: str = ""
) -> list[str]:
    """Return what the check says of a small course whose chapter has this text; None: there is no chapter."""
    root = a_course(folder)
    register = root / "source_material/standards/unit-guide.yaml"
    register.write_text(
        register.read_text("utf-8").replace("gist: Listens.", "gist: Listens." + themes), "utf-8"
    )
    if text is not None:
        theme = root / "source_material/themes/listening.yaml"
        theme.write_text(theme.read_text("utf-8") + f"page: {PAGE}\n", "utf-8")
        (root / PAGE).parent.mkdir(parents=True)
        (root / PAGE).write_text(text, "utf-8")
    if fault:
        (root / "source_material/faults.yaml").write_text(fault, "utf-8")
    return [str(problem) for problem in check(root).problems]


@pytest.mark.parametrize("themes", [", themes: [listening]", ""])
def test_a_written_chapter_teaches_its_items(tmp_path: Path, themes: str) -> None:
    """The problem stands at the item and says what to write where."""
    (found,) = problems(tmp_path, "# Listening\n", themes=themes)
    assert found.startswith("source_material/standards/unit-guide.yaml:4:")
    assert 'no chapter or guide teaches "mp1"; cite it with {item}`mp1` in a sentence' in found
    assert (PAGE in found) is bool(themes)


def test_a_citation_is_enough(tmp_path: Path) -> None:
    """One sentence that cites the item satisfies the rule."""
    assert problems(tmp_path, "# Listening\n\nSo it says ({item}`mp1`).\n") == []


def test_a_chapter_that_is_not_written_owes_nothing(tmp_path: Path) -> None:
    """Until a theme names its page, its items may wait."""
    assert problems(tmp_path, None) == []


def test_a_fault_needs_its_chapter(tmp_path: Path) -> None:
    """A chapter that handles a fault cites one of its items; a list of criteria is not enough."""
    missed = problems(tmp_path / "a", "# Listening\n\n```{marking-points} points\n```\n", fault=FAULT)
    assert len(missed) == 1 and f"{PAGE} cites none of this fault's items" in missed[0]
    assert problems(tmp_path / "b", "# Listening\n\n{item}`mp1`\n", fault=FAULT) == []


def test_every_chapter_of_the_course_is_written() -> None:
    """Each theme names its page, so the rule holds for every item there is."""
    assert [theme.id for theme in check(ROOT).course.themes.values() if not theme.page] == []
