"""The words of the book and of the content files: British spelling, and pages sound before they are built."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from engagekit.content.pages import prose_of, read_pages
from engagekit.scoring.readability import reading

AMERICAN = re.compile(
    r"""\b(
    (?:mis)?behavior(?:s|al|ally)?|(?:dis)?colou?r(?<!our)(?:s|ed|ful|ing)?|(?:dis)?favor(?:s|ed|ing|able|ite|ites)?
    |(?:dis)?honor(?:s|ed|able)?|labor(?:s|ed|er|ers|ing)?|neighbor(?:s|hood|hoods|ing)?|harbor|humor|rumors?|savior|endeavors?
    |counsel(?:ed|ing|or|ors)|travel(?:ed|ing|er|ers)|cancel(?:ed|ing)|label(?:ed|ing)|model(?:ed|ing)|signal(?:ed|ing)
    |quarrel(?:ed|ing)|fuel(?:ed|ing)|fulfill|fulfills|enroll|enrollment|skillful|skillfully|willful|installment
    |centers?|centered|theaters?|kilometers?|liters?|fibers?
    |defense|offense|offenses|pretense|(?:a|the|on|driving|under)\s+license|to\s+practice|practiced|practicing
    |organiz\w+|(?:un)?recogniz\w+|realiz\w+|emphasiz\w+|summariz\w+|prioritiz\w+|apologiz\w+|criticiz\w+|minimiz\w+
    |maximiz\w+|generaliz\w+|specializ\w+|stabiliz\w+|utiliz\w+|randomiz\w+|normaliz\w+|memoriz\w+|categoriz\w+
    |characteriz\w+|customiz\w+|visualiz\w+|standardiz\w+|individualiz\w+|socializ\w+|stigmatiz\w+|victimiz\w+
    |formaliz\w+|finaliz\w+|mobiliz\w+|legitimiz\w+|rationaliz\w+|sympathiz\w+|empathiz\w+|internaliz\w+|analyz\w+
    |paralyz\w+|catalyz\w+
    |(?:accredited|treatment|training|group|behaviour|supervision|structured|rehabilitation|probation)\s+programs?|judgmental|aging|gray|catalogs?|dialogs?|gotten|mom|moms|pajamas|plow|skeptic\w*|math|cozy|jewelry
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""American spellings. Where both are used in Britain (-ise, -ize) this course writes -ise.
A computer has programs, and a gas meter is one."""

FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

NAMES = {"title", "publisher", "authors", "anchor", "anchors", "entry_patterns", "id", "basis_of", "schema"}
"""Fields of content files that carry over somebody else's words, or are no words at all."""


def texts_of(value: Any) -> Iterator[str]:
    """Give every text of a content file that we wrote."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in NAMES:
                yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)


def american(text: str) -> list[str]:
    """Return the American spellings in a text."""
    return [found[0] for found in AMERICAN.finditer(text)]


def own_words(page: str) -> str:
    """Return a page without the titles of other people's work, addresses, ids and code."""
    page = re.sub(r"^- [^\n]*\(\d{4}[^\n]*\*[^\n]*$", "", page, flags=re.MULTILINE)  # a reading list
    return re.sub(r"\]\([^)]*\)|`[^`\n]*`|^:[a-z-]+:.*$|<[^<>]*>", " ", page, flags=re.MULTILINE)


def headings(text: str) -> list[tuple[int, str]]:
    """Return level and words of each heading of a page's Markdown, outside code."""
    found, fenced = [], ""
    for line in text.splitlines():
        fence = re.match(r"^\s*(`{3,})(.*)$", line)
        if fence and not fenced and not fence[2].startswith("{"):
            fenced = fence[1]
        elif fenced:
            fenced = "" if line.strip() == fenced else fenced
        elif title := re.match(r"^(#{1,6}) +(.+)$", line):
            found.append((len(title[1]), title[2]))
    return found


def test_the_book_is_spelt_the_british_way(root: Path) -> None:
    """No page and no notebook has an American spelling."""
    found = {page.path: words for page in read_pages(root) if (words := american(own_words(page.text)))}
    assert found == {}


def test_content_files_are_spelt_the_british_way(root: Path) -> None:
    """Nor has any text that we wrote in the content files."""
    found = {}
    for path in sorted((root / "source_material").rglob("*.yaml")):
        if words := american("\n".join(texts_of(yaml.load(path.read_text("utf-8"), FAST)))):
            found[path.relative_to(root).as_posix()] = words
    assert found == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Her behavior and his colour.", ["behavior"]),
        ("The color of it.", ["color"]),
        ("Organize the programme.", ["Organize"]),
        ("It is her driving license.", ["driving license"]),
        ("Time to practice.", ["to practice"]),
        ("Good practice, colourful neighbours, a metre, a meterological slip", []),
        ("counselling, counsellor, modelling, advise, promise, size, prize", []),
        ("Two programs share habits; a training program ends.", ["training program"]),
    ],
)
def test_the_list_finds_what_it_should(text: str, found: list[str]) -> None:
    """American spellings are found, British ones are left alone."""
    assert american(text) == found


def test_headings_of_every_page_are_in_order(root: Path) -> None:
    """One top heading comes first, and none skips a level on the way down; seen without building the book."""
    faults = []
    for page in read_pages(root):
        levels = headings(page.text)
        if [level for level, _ in levels].count(1) != 1 or levels[0][0] != 1:
            faults.append(f"{page.path}: {levels[:3]}")
        faults += [
            f"{page.path}: {words}" for (before, _), (after, words) in pairwise(levels) if after > before + 1
        ]
    assert faults == []


def test_every_picture_in_a_page_has_words(root: Path) -> None:
    """An image written in Markdown, in HTML or as a directive says what it shows."""
    faults = []
    for page in read_pages(root):
        faults += [f"{page.path}: {found[0]}" for found in re.finditer(r"!\[\s*\]\([^)]*\)", page.text)]
        faults += [
            f"{page.path}: {tag}"
            for tag in re.findall(r"<img\b[^>]*>", page.text)
            if not re.search(r'alt="[^"]', tag)
        ]
        blocks = re.findall(
            r"^\s*[`:]{3,}\{(?:image|figure)\}[^\n]*\n((?:\s*:[a-z-]+:[^\n]*\n)*)", page.text, re.M
        )
        faults += [f"{page.path}: a picture" for options in blocks if not re.search(r":alt:\s*\S", options)]
    assert faults == []


def test_links_to_files_lead_somewhere(root: Path) -> None:
    """A link from one page's Markdown to another file finds it; anchors are looked at in the built book."""
    faults = []
    for page in read_pages(root):
        for target in re.findall(r"\]\(([^)\s#]+)(?:#[^)\s]*)?\)", page.text):
            if not re.match(r"[a-z]+:", target) and not ((root / page.path).parent / target).is_file():
                faults.append(f"{page.path}: {target}")
        for inside in re.findall(r"\{doc\}`([^`]+)`", page.text):
            target = (re.search(r"<([^<>]+)>$", inside) or [None, inside])[1]
            base = root if target.startswith("/") else (root / page.path).parent
            if not any((base / (target.lstrip("/") + end)).is_file() for end in (".md", ".ipynb")):
                faults.append(f"{page.path}: {target}")
    assert faults == []


def test_every_chapter_is_easy_to_read(root: Path) -> None:
    """Each chapter is plain English by Flesch's measure, and its sentences are short."""
    hard = {}
    for page in read_pages(root):
        if page.path.startswith("book/chapters/"):
            found = reading(prose_of(page.text))
            assert found.words > 1000, page.path
            if found.ease < 60 or found.words / found.sentences > 20:
                hard[page.path] = (round(found.ease), round(found.words / found.sentences))
    assert json.dumps(hard) == "{}"
