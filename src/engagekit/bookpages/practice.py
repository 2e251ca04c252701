"""Practice in a page: the same components that JupyterLab shows."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.typing import OptionSpec

from engagekit.bookpages.directive import CourseDirective
from engagekit.frontend.embed import exercise_html, practice_html, progress_html
from engagekit.frontend.exercises import (
    LENS_NAMES,
    MIXED,
    NoSuchExerciseError,
    catalogue,
    exercise,
    practice,
)

PAGES = "notebooks/"
"""Where the page of each lens is; its name is the lens."""


class _Practice(CourseDirective):
    """A directive that puts a component in the page.

    ``:heading:`` is the level of the component's own heading.
    """

    kinds = ("vignettes", "schemes")
    option_spec: ClassVar[OptionSpec] = {"heading": directives.nonnegative_int}

    def html(self, text: str) -> list[nodes.Node]:
        """Return raw HTML; ``embed`` escapes everything in it."""
        return [nodes.raw("", text, format="html")]


class Exercise(_Practice):
    """``{exercise} <vignette>``: one exercise. An assessment case is refused like an unknown one.

    ``:lens:`` is needed where the vignette has more than one; a heading of 3 fits below a chapter's section.
    """

    option_spec: ClassVar[OptionSpec] = {**_Practice.option_spec, "lens": directives.unchanged_required}
    what = "practice vignette"
    lens: ClassVar[str | None] = None

    def build(self) -> list[nodes.Node]:
        """Return the exercise."""
        open_to_all = [
            name
            for name, each in self.course.vignettes.items()
            if each.use != "assessment" and (self.lens is None or self.lens in each.lenses)
        ]
        name = self.known(self.what, open_to_all)
        try:
            made = exercise(self.course, name, self.options.get("lens", self.lens))
        except NoSuchExerciseError as error:
            raise self.error(self.failed(str(error))) from error
        return self.html(exercise_html(made, self.options.get("heading", 3)))


class Talk(Exercise):
    """``{talk} <vignette>``: an interview through the Talk lens."""

    what = "practice interview"
    lens = "talk"


class Practice(_Practice):
    """``{practice} <lens>``: everything to practise through a lens, or ``mixed`` for some of each."""

    def build(self) -> list[nodes.Node]:
        """Return the shelf."""
        lens = self.known("lens", [*LENS_NAMES, MIXED])
        return self.html(practice_html(practice(self.course, lens), self.options.get("heading", 2)))


class Progress(_Practice):
    """``{progress}``: how the learner is getting on, with links to the page of each lens."""

    required_arguments = 0

    def build(self) -> list[nodes.Node]:
        """Return the learner's progress."""
        self.env.note_reread()  # the pages that it links to may come and go
        found = catalogue(self.course, self._page_of)
        return self.html(progress_html(found, self.options.get("heading", 2)))

    def _page_of(self, lens: str) -> str:
        page = PAGES + lens
        if page not in self.env.found_docs:
            return ""
        return str(self.env.app.builder.get_relative_uri(self.env.docname, page))
