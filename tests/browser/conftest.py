"""What the browser tests of the assignment form share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engagekit.assignments.build import form_data
from engagekit.content import load_course
from engagekit.frontend.assets import scripts, styles
from engagekit.frontend.form_embed import form_html


@pytest.fixture(scope="session")
def interview_form(root: Path) -> dict[str, Any]:
    """Return the interview assignment's public form."""
    course = load_course(root)
    wanted = course.forms["interview"]
    case = course.vignettes[wanted.vignette]
    return form_data(wanted, case, course.schemes[case.scheme])


@pytest.fixture
def form_address(tmp_path: Path, interview_form: dict[str, Any]) -> str:
    """Write a page with the form on it, as the book does; return its file:// address."""
    css = "".join(path.read_text(encoding="utf-8") for path in styles("form"))
    js = "".join(f'<script src="{path.as_uri()}"></script>' for path in scripts("form"))
    page = (
        '<!doctype html><html lang="en-GB" data-theme="light"><head><meta charset="utf-8">'
        "<title>Assignment</title>"
        '<meta name="viewport" content="width=device-width">'
        f"<style>{css} html[data-theme=dark] body {{ background: #14181e; color: #e5e8eb }}</style></head>"
        f"<body><main><h1>Assignment</h1>{form_html(interview_form)}</main>{js}</body></html>"
    )
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    return (tmp_path / "page.html").as_uri()
