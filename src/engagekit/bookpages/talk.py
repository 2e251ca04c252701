"""A Talk exercise in a page: the same component that JupyterLab shows."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.typing import OptionSpec

from engagekit.bookpages.directive import CourseDirective
from engagekit.frontend.embed import talk_html
from engagekit.frontend.exercise import talk_exercise


class Talk(CourseDirective):
    """``{talk} <vignette>``: a practice interview. An assessment case is refused like an unknown one.

    ``:heading:`` is the level of the exercise's own heading; 3 fits below a chapter's section.
    """

    kinds = ("vignettes", "schemes")
    option_spec: ClassVar[OptionSpec] = {"heading": directives.nonnegative_int}

    def build(self) -> list[nodes.Node]:
        """Return the exercise as raw HTML; ``talk_html`` escapes everything in it."""
        practice = [
            name
            for name, each in self.course.vignettes.items()
            if "talk" in each.lenses and each.use != "assessment"
        ]
        exercise = talk_exercise(self.course, self.known("practice interview", practice))
        return [nodes.raw("", talk_html(exercise, self.options.get("heading", 3)), format="html")]
