"""An assignment's form in a page of the book: the published file, alive, and never markup."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))
from everykind import FORM, every_kind_data

pytestmark = pytest.mark.slow

Build = Callable[..., Any]
PAGE = "# An assignment\n\n```{form} every-kind\n:heading: 3\n```\n"
HOSTILE = "</script><script>alert(1)</script>"


def publish(course: Path, data: Any) -> Path:
    """Write the form's source and what was published of it into a course."""
    folder = course / "assignments" / "every-kind"
    folder.mkdir(parents=True, exist_ok=True)
    source = {"schema": "form/1", **{name: value for name, value in FORM.items() if name != "id"}}
    (folder / "form.yaml").write_text(json.dumps(source), "utf-8")
    path = folder / "form.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    return path


def test_the_page_holds_the_published_form_and_what_brings_it_to_life(build: Build, tmp_path: Path) -> None:
    """The very data that learners in JupyterLab have, its scripts and styles once, and words without them."""
    publish(tmp_path, every_kind_data())
    page = build(index=PAGE).page()
    found = re.search(
        r'<engagekit-form heading="3">\s*<script type="application/json">(.*?)</script>', page, re.S
    )
    assert found and json.loads(found[1]) == every_kind_data()
    assert page.count("engagekit-form.js") == page.count("engagekit-form.css") == 1
    assert "engagekit-practice.js" not in page
    assert "Filling the form in needs JavaScript" in page


def test_words_of_a_form_are_never_markup(build: Build, tmp_path: Path) -> None:
    """A title that would end the script and start another stays text."""
    publish(tmp_path, {**every_kind_data(), "title": HOSTILE})
    page = build(index=PAGE).page()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("published", "told"),
    [(None, "there is no assignments/every-kind/form.json"), ("{", "cannot be read"), ({}, "not a form of")],
    ids=["missing", "damaged", "something else"],
)
def test_a_form_that_was_not_published_fails_the_build_and_says_what_to_do(
    build: Build, tmp_path: Path, published: Any, told: str
) -> None:
    """The message names the file and the command that makes it, and the build has failed."""
    path = publish(tmp_path, published or {})
    if published is None:
        path.unlink()
    elif published == {}:
        path.write_text("{}", "utf-8")
    book = build(index=PAGE)
    assert told in book.log and "engagekit assignments" in book.log
    assert book.status == 1


def test_an_unknown_assignment_names_the_nearest(build: Build, tmp_path: Path) -> None:
    """A slip in the name fails the build with what it may have meant."""
    publish(tmp_path, every_kind_data())
    book = build(index=PAGE.replace("every-kind", "every-kin"))
    assert 'no assignment "every-kin"' in book.log and "every-kind" in book.log
    assert book.status == 1


def test_a_form_that_is_published_anew_reaches_its_page(build: Build, tmp_path: Path) -> None:
    """The page depends on the published file, so a second build shows the new one."""
    publish(tmp_path, every_kind_data())
    build(index=PAGE)
    publish(tmp_path, {**every_kind_data(), "title": "A newer title"})
    assert "A newer title" in build().page()  # the page itself is as it was
