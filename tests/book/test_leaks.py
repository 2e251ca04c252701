"""Nothing that learners can open holds the key, the case or the scripts of an assessment."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from engagekit.marking.steps import Steps
from engagekit.model import Course, Frozen
from realcourse import real_course

RUN = 8
"""A run of this many words that stands in a secret, and in nothing public, gives the secret away."""

READABLE = {".html", ".js", ".json", ".txt", ".ipynb", ".md", ".svg", ".css"}


def words_of(text: str) -> list[str]:
    """Return the words of a file, however it was written: JSON escapes, entities and tags undone."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text.replace("\\n", " "))
    text = html.unescape(re.sub(r"<[^<>]*>", " ", html.unescape(text)))
    return re.findall(r"[\w’']+", text.replace("’", "'").lower())


def runs(words: list[str]) -> set[str]:
    """Return every run of words. A run of numbers alone is no one's secret."""
    found = {" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}
    return {run for run in found if re.search("[a-z]{3}", run)}


def texts_of(value: Any) -> Iterator[str]:
    """Give every text inside a model, a mapping or a list."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Frozen):
        yield from texts_of(value.model_dump(mode="json"))
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from texts_of(inner)


def kept_back(course: Course) -> set[str]:
    """Return the assessment vignettes that no form shows."""
    shown = {form.vignette for form in course.forms.values()}
    return {name for name, case in course.vignettes.items() if case.use == "assessment"} - shown


def secrets_of(course: Course, root: Path) -> set[str]:
    """Return the runs of words that only marking files, sample scripts and assessment cases hold.

    What an assignment shows is public: its brief, its form and the case that the form asks about. Hostile
    sample scripts copy the brief, and the notebook's headings are the checks' titles.
    """
    cases = {name for name, case in course.vignettes.items() if case.use == "assessment"}
    hidden = kept_back(course)
    secret = [
        course.marking,
        course.exemplars,
        course.cohort,
        [course.keys[name] for name in cases],
        [course.readings[name] for name in cases if name in course.readings],
        [course.vignettes[name] for name in hidden],
    ]
    public = [
        [path.read_text("utf-8") for path in (root / "assignments").glob("*/brief.src.md")],
        [check.title for scheme in course.marking.values() for check in scheme.checks],
        course.forms,
        course.registers,
        course.figure_registers,
        course.sources,
        course.themes,
        course.schemes,
        [case for name, case in course.vignettes.items() if name not in hidden],
        [key for name, key in course.keys.items() if name not in cases],
        [reading for name, reading in course.readings.items() if name not in cases],
    ]
    return _runs_in(secret) - _runs_in(public)


def _runs_in(values: Any) -> set[str]:
    return {run for text in texts_of(values) for run in runs(words_of(text))}


def leaks(folder: Path, secrets: set[str]) -> list[str]:
    """Return a line for each file below a folder that gives a secret away."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in READABLE:
            shared = runs(words_of(path.read_text("utf-8", errors="replace"))) & secrets
            if shared:
                found.append(f"{path.relative_to(folder)}: {sorted(shared)[:3]}")
    return found


@pytest.fixture(scope="module")
def secrets(root: Path) -> set[str]:
    """Return what must not leak from the real course; a course without secrets would prove nothing."""
    found = secrets_of(real_course(), root)
    assert len(found) > 1000
    return found


@pytest.mark.slow
def test_the_book_gives_no_assessment_away(book: Path, secrets: set[str]) -> None:
    """No page, script or search index of the built book holds a run of words from an assessment."""
    assert leaks(book, secrets) == []


def test_the_notebooks_give_no_assessment_away(root: Path, secrets: set[str]) -> None:
    """No practice notebook holds a run of words from an assessment."""
    assert leaks(root / "notebooks", secrets) == []


@pytest.mark.slow
def test_a_released_assignment_gives_no_key_away(root: Path, tmp_path: Path, secrets: set[str]) -> None:
    """What nbgrader releases, and what a learner fetches, holds the case and the form but no key."""
    course, folder = real_course(), tmp_path / "course"
    for name in ("assignments", "source_material"):
        shutil.copytree(root / name, folder / name)
    shutil.copy(root / "nbgrader_config.py", folder)
    steps = Steps(folder)
    for assignment in course.marking:
        steps.generate(assignment)
        steps.release(assignment)
        fetched = steps.fetch(assignment, tmp_path / "desk")
        assert {path.name for path in fetched.iterdir()} == {f"{assignment}.ipynb", "form.json"}
    for place in (folder / "_grading" / "release", folder / "_grading" / "exchange", tmp_path / "desk"):
        assert leaks(place, secrets) == []
    shutil.copy(
        root / "source_material" / "marking" / "interview" / "marking.yaml", tmp_path / "desk" / "x.md"
    )
    assert leaks(tmp_path / "desk", secrets)


@pytest.mark.slow
def test_the_book_names_no_assessment_vignette(book: Path, root: Path) -> None:
    """Neither the id nor the title of an assessment vignette that no form shows stands in the book."""
    course = real_course()
    kept = [course.vignettes[name] for name in sorted(kept_back(course))]
    assert len({type(each) for each in kept}) > 1
    named = [(each.id, " ".join(words_of(each.title))) for each in kept]
    found = []
    for path in sorted(book.rglob("*")):
        if path.is_file() and path.suffix in READABLE:
            text = path.read_text("utf-8", errors="replace")
            words = " ".join(words_of(text))
            found += [f"{path.name}: {id}" for id, title in named if id in text or title in words]
    assert found == []


@pytest.mark.parametrize("how", ["page", "data", "entities"])
def test_a_leak_would_be_found(root: Path, tmp_path: Path, secrets: set[str], how: str) -> None:
    """The long texts of any assessment vignette or key are found in a page, in its data, behind entities."""
    course = real_course()
    for part in (course.vignettes, course.keys):
        for name in kept_back(course):
            long = " ".join(sorted(texts_of(part[name]), key=len)[-5:])
            planted = {
                "page": f"<p>{html.escape(long).replace(' ', ' <b></b>', 1)}</p>",
                "data": json.dumps({"text": "<" + long}).replace("<", "\\u003c"),
                "entities": "".join(f"&#{ord(letter)};" for letter in long),
            }[how]
            (tmp_path / "page.html").write_text(planted, "utf-8")
            assert leaks(tmp_path, secrets), name


@pytest.mark.slow
def test_the_practice_keys_are_no_secret(book: Path, root: Path) -> None:
    """The finder would notice practice reasons in the book, so it reads the pages as a learner could."""
    course = real_course()
    practice = _runs_in(
        [key for name, key in course.keys.items() if course.vignettes[name].use == "practice"]
    )
    assert leaks(book, practice)
