"""What the browser tests of the assignment form share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from everykind import every_kind_data

from engagekit.assignments.build import form_data
from engagekit.frontend.assets import scripts, styles
from engagekit.frontend.form_embed import form_html
from realcourse import real_course


@pytest.fixture(scope="session")
def interview_form(root: Path) -> dict[str, Any]:
    """Return the interview assignment's public form."""
    course = real_course()
    wanted = course.forms["interview"]
    case = course.vignettes[wanted.vignette]
    return form_data(wanted, case, course.schemes[case.scheme])


def write_page(path: Path, form: dict[str, Any]) -> str:
    """Write a page with a form on it, as the book does; return its file:// address."""
    css = "".join(path.read_text(encoding="utf-8") for path in styles("form"))
    js = "".join(f'<script src="{path.as_uri()}"></script>' for path in scripts("form"))
    page = (
        '<!doctype html><html lang="en-GB" data-theme="light"><head><meta charset="utf-8">'
        "<title>Assignment</title>"
        '<meta name="viewport" content="width=device-width">'
        f"<style>{css} html[data-theme=dark] body {{ background: #14181e; color: #e5e8eb }}</style></head>"
        f"<body><main><h1>Assignment</h1>{form_html(form)}</main>{js}</body></html>"
    )
    path.write_text(page, encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def form_address(tmp_path: Path, interview_form: dict[str, Any]) -> str:
    """Return the address of a page with the interview's form."""
    return write_page(tmp_path / "page.html", interview_form)


@pytest.fixture
def every_kind_address(tmp_path: Path) -> str:
    """Return the address of a page with a small form that has every kind of question."""
    return write_page(tmp_path / "page.html", every_kind_data())


@pytest.fixture
def page_of(tmp_path: Path) -> Callable[[dict[str, Any]], str]:
    """Return a function that writes a page with a form, and gives its address."""
    return lambda form: write_page(tmp_path / "page.html", form)
