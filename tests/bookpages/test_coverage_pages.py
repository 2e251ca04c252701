"""The pages made from the pages: faults, coverage, and numbers stated from the register."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

Build = Callable[..., Any]
FAULTS = """\
schema: faults/1
faults:
  - {id: fault-01, title: HOSTILE, source: compendium, where: [item-01, mp1], kind: tension, what: HOSTILE,
     instead: See item 2., handled: [caution-in-register, chapter, exercise], chapters: [listening],
     exercise: {claim: HOSTILE, answer: See item 1.}}
  - {id: fault-02, title: On the cover, source: unit-guide, kind: unverified, what: It proves.,
     instead: Doubt it., handled: [not-used]}
"""
REFERENCES = "# References\n\n```{references} compendium\n```\n\n```{references} unit-guide\n```\n"
PAGE = "# All\n\n## Faults\n\n```{faults}\n```\n\n## Find\n\n```{faults} exercises\n```\n"
PLACES = "# Coverage\n\n## Places\n\n```{coverage}\n```\n"
COVERAGE = PLACES + "\n## Figures\n\n```{figures}\n```\n"
STATED = "# Start\n\n{figure}`told#none-at-all`, {figure}`visits#after`, {figure}`~visits#after`.\n"


def complaints(done: Any) -> list[str]:
    """Return what the build said, without pages that no table of contents lists."""
    return [
        line for line in done.log.splitlines() if line.strip() and not re.search("toctree|already reg", line)
    ]


def write_faults(folder: Path) -> None:
    """Add a register of faults to the small course."""
    hostile = "<script>alert(1)</script> & \"x\" $y$ 'z'".replace("'", "''")
    text = FAULTS.replace("HOSTILE", f"'{hostile}'")
    (folder / "source_material" / "faults.yaml").write_text(text, "utf-8")


def test_faults_have_a_place_each(build: Build, tmp_path: Path) -> None:
    """Each fault has an anchor, its items and its handling; hostile words stay words."""
    write_faults(tmp_path)
    done = build(index=PAGE + "\nSee {ref}`this one <fault-01>`.\n", references=REFERENCES)
    page = done.page()
    assert (complaints(done), done.status) == ([], 0)
    assert 'id="fault-01"' in page and 'href="#fault-01"' in page
    assert 'href="references.html#ref-item-01"' in page and 'href="references.html#ref-mp1"' in page
    assert "(at odds)" in page and "the chapter “Listening”" in page and "Where: on the cover" in page
    assert page.index('id="faults-unit-guide"') < page.index('id="faults-compendium"')
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


def test_a_fault_to_find_keeps_its_answer_folded(build: Build, tmp_path: Path) -> None:
    """The claim is in the open, the answer in a fold whose line names the claim."""
    write_faults(tmp_path)
    page = build(index=PAGE, references=REFERENCES).page()
    found = re.findall(
        r"<details[^>]*><summary>What is wrong with claim (\d)\?</summary>(.*?)</details>", page, re.S
    )
    assert [number for number, _ in found] == ["1"]
    assert "See <a" in found[0][1]
    assert page.index("Claim 1.") < page.index("What is wrong with claim 1?")


def test_coverage_tells_taught_from_untaught(build: Build, tmp_path: Path) -> None:
    """A citation in a chapter shows in the item's row; an item that nobody cites has a dash."""
    (tmp_path / "book" / "chapters").mkdir(parents=True)
    (tmp_path / "book" / "chapters" / "listening.md").write_text("# Hearing\n\n{item}`item-01`\n", "utf-8")
    start = PLACES + "\n```{toctree}\nbook/chapters/listening\nreferences\n```\n"
    done = build(index=start, references=REFERENCES)
    page = done.page()
    assert (complaints(done), done.status) == ([], 0)
    rows = {row.partition("#ref-")[2].partition('"')[0]: row for row in page.split("<tr")}
    assert 'href="book/chapters/listening.html"' in rows["item-01"]
    assert "<td><p>\N{EN DASH}</p></td>" in rows["item-02"]
    assert "1 of 2 items" in page
    later = (tmp_path / "book" / "chapters" / "listening.md").write_text(
        "# Hearing\n\n{item}`item-02`\n", "utf-8"
    )
    assert later and 'href="book/chapters/listening.html"' not in (
        next(row for row in build().page().split("<tr") if "#ref-item-01" in row)
    )


def test_a_stated_figure_links_to_its_caution(build: Build, tmp_path: Path) -> None:
    """The number has its unit, leads to its entry, and carries base and caution in its title."""
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "stated.md").write_text(STATED, "utf-8")
    done = build(index=COVERAGE + "\n```{toctree}\nbook/stated\nreferences\n```\n", references=REFERENCES)
    assert (complaints(done), done.status) == ([], 0)
    links = re.findall(
        r'<a [^>]*href="\.\./index\.html#figure-of-(\w+)" title="([^"]*)"[^>]*><span[^>]*>([^<]*)',
        done.page("book/stated"),
    )
    assert [(name, words) for name, _, words in links] == [
        ("told", "0%"), ("visits", "7\N{NO-BREAK SPACE}visits"), ("visits", "7"),
    ]  # fmt: skip
    assert all("Caution: " in title for _, title, _ in links)
    assert "n = 9." in links[1][1]
    assert 'Stated in: <a class="reference internal" href="book/stated.html">' in done.page()


UNKNOWN = {
    "{figure}`tolt#x`": 'no figure "tolt"; did you mean "told"?',
    "{figure}`visits#afters`": 'no value of "visits" "afters"; did you mean "after"?',
    "{figure}`visits`": '"visits" has several values: say which with visits# and one of before, after',
}


@pytest.mark.parametrize("text", UNKNOWN)
def test_an_unknown_number_fails_in_its_place(build: Build, text: str) -> None:
    """The message names the nearest figure or value, and the build is no success."""
    done = build(index=f"# Start\n\n{text}\n")
    assert re.search(rf"index\.md:3: ERROR: {re.escape(UNKNOWN[text])}", done.log), done.log
    assert done.status == 1
