"""An assignment's form in a page: the same component that JupyterLab shows, over the same published file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.typing import OptionSpec

from engagekit.bookpages.directive import CourseDirective
from engagekit.bookpages.shelf import course_root
from engagekit.frontend.form_embed import form_html

FORM_SCHEMA = "assignment-form/1"
BUILD = "run `engagekit assignments`, and build the book again"


class AssignmentForm(CourseDirective):
    """``{form} <assignment>``: the form that a learner fills in, as it was published.

    It shows ``form.json`` and not ``form.yaml``, so that answers from the book name the very version that
    learners in JupyterLab have. ``:heading:`` is the level of the form's own heading.
    """

    option_spec: ClassVar[OptionSpec] = {"heading": directives.nonnegative_int}

    def build(self) -> list[nodes.Node]:
        """Return the form."""
        name = self.known("assignment", self.course.forms)
        path = course_root(self.env.app) / "assignments" / name / "form.json"
        self.env.note_dependency(str(path))
        html = form_html(self._read(path), self.options.get("heading", 2))
        return [nodes.raw("", html, format="html")]

    def _read(self, path: Path) -> dict[str, Any]:
        where = "/".join(path.parts[-3:])
        try:
            form = json.loads(path.read_bytes())
        except FileNotFoundError as error:
            raise self.error(self.failed(f"there is no {where}: {BUILD}")) from error
        except (OSError, ValueError) as error:
            raise self.error(self.failed(f"{where} cannot be read: {BUILD}")) from error
        if not isinstance(form, dict) or form.get("schema") != FORM_SCHEMA:
            raise self.error(self.failed(f"{where} is not a form of this version: {BUILD}"))
        return form
