"""The register of faults: complete, and every fault handled where it says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from engagekit.content import check

sys.path.insert(0, str(Path(__file__).parent))
from builders import a_course

ROOT = Path(__file__).resolve().parents[2]
GOOD = """\
schema: faults/1
faults:
  - id: fault-01
    title: Too short
    source: unit-guide
    where: [mp1]
    kind: unclear
    what: It names one skill.
    instead: Practise all.
    handled: [caution-in-register, chapter, glossary, exercise]
    chapters: [listening]
    terms: [open question]
    exercise: {claim: One skill is enough., answer: It is not.}
"""
OTHER = """\
schema: items/1
source: other
items:
  - {id: x1, kind: item, title: A, gist: B., caution: C., lines: "1", anchor: D}
"""
GLOSSARY = "# Glossary\n\n:::{glossary}\nopen question\n  One that leaves room.\n:::\n"
REGISTER = "source_material/standards/unit-guide.yaml"


def problems(folder: Path, text: str, *, caution: bool = True) -> list[str]:
    """Return what the check says of a small course with this register of faults."""
    root = a_course(folder)
    (root / "book").mkdir()
    (root / "book" / "glossary.md").write_text(GLOSSARY, "utf-8")
    register = root / REGISTER
    if caution:
        with_one = register.read_text("utf-8").replace("gist: Listens.,", "gist: Listens., caution: Short.,")
        register.write_text(with_one, "utf-8")
    (root / "source_material" / "faults.yaml").write_text(text, "utf-8")
    return [str(problem) for problem in check(root).problems]


def test_all_faults_are_listed_and_handled() -> None:
    """The 52 faults are there in order, and enough of them can be looked for."""
    faults = check(ROOT).course.faults
    assert [fault.id for fault in faults] == [f"fault-{number:02}" for number in range(1, 53)]
    assert sum(fault.exercise is not None for fault in faults) >= 8
    assert [fault.id for fault in faults if not fault.where] == ["fault-08"]
    assert len({fault.title for fault in faults}) == len(faults)


def test_a_good_register_has_no_problem(tmp_path: Path) -> None:
    """What the other tests spoil is sound to begin with."""
    assert problems(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("where: [mp1]", "where: [mp2]", 'no item "mp2"'),
        ("source: unit-guide", "source: unit-giude", 'no source "unit-giude"'),
        ("chapters: [listening]", "chapters: [listning]", 'no theme "listning"'),
        ("chapters: [listening]", "chapters: []", '"chapter" needs a chapter'),
        ("terms: [open question]", "terms: [closed question]", 'no glossary entry "closed question"'),
        ("terms: [open question]", "terms: []", '"glossary" and the field `terms` belong together'),
        (", exercise]", "]", '"exercise" and the field `exercise` belong together'),
        ("kind: unclear", "kind: odd", "kind"),
        ("handled: [caution-in-register, chapter, glossary, exercise]", "handled: []", "handled"),
    ],
)
def test_a_loose_end_is_found(tmp_path: Path, old: str, new: str, message: str) -> None:
    """An unknown name, or a handling with nothing behind it, is a problem with its line."""
    assert old in GOOD
    found = problems(tmp_path, GOOD.replace(old, new))
    assert any("faults.yaml" in line and message in line for line in found), found


def test_a_caution_has_to_be_there(tmp_path: Path) -> None:
    """A fault said to be handled in the register needs a caution in it."""
    (found,) = problems(tmp_path, GOOD, caution=False)
    assert "no entry that the fault names carries a caution" in found


def test_ids_are_used_once(tmp_path: Path) -> None:
    """A second fault of the same id would have no place on the page."""
    (found,) = problems(tmp_path, GOOD + GOOD.partition("faults:\n")[2])
    assert 'the id "fault-01" is used twice' in found


def test_a_fault_belongs_to_a_source_that_it_touches(tmp_path: Path) -> None:
    """A fault listed under one source and standing only in another would be looked for in vain."""
    root = a_course(tmp_path)
    sources = root / "source_material" / "sources.yaml"
    text = sources.read_text("utf-8")
    entry = text.partition("sources:\n")[2].replace("id: unit-guide", "id: other")
    sources.write_text(text + entry, "utf-8")
    (root / "source_material" / "items").mkdir()
    (root / "source_material" / "items" / "other.yaml").write_text(OTHER, "utf-8")
    plain = GOOD.replace("where: [mp1]", "where: [x1]").replace("glossary, exercise]", "exercise]")
    plain = plain.replace("    terms: [open question]\n", "")
    (root / "source_material" / "faults.yaml").write_text(plain, "utf-8")
    (found,) = check(root).problems
    assert "none of these items stands in unit-guide" in found.message
