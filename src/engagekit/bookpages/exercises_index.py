"""The index of everything there is to practise: what it is called, what it is about and where it opens."""

from __future__ import annotations

from docutils import nodes

from engagekit.bookpages.citations import to_page
from engagekit.bookpages.directive import CourseDirective
from engagekit.bookpages.pieces import definition, definitions, paragraph, section, separated
from engagekit.bookpages.practice import PAGES
from engagekit.frontend.exercises import LENS_NAMES
from engagekit.frontend.exercises.shelf import shelved
from engagekit.model import Theme, Vignette

RETEST = "For a retest: it keeps its feedback until the end."


class Exercises(CourseDirective):
    """``{exercises}``: a section for each lens, with everything that may be practised through it."""

    required_arguments = 0
    kinds = ("vignettes", "themes", "schemes")

    def build(self) -> list[nodes.Node]:
        """Return the sections. An assessment case is not on any shelf, so it is in none of them."""
        self.env.note_reread()  # the pages that it links to may come and go
        return [
            section(name, f"exercises-{lens}", self._shelf(lens, names))
            for lens, name in LENS_NAMES.items()
            if (names := shelved(self.course, lens))
        ]

    def _shelf(self, lens: str, names: list[str]) -> list[nodes.Node]:
        found = [self.course.vignettes[name] for name in names]
        retests = sum(each.use == "retest" for each in found)
        entries = [self._entry(lens, each) for each in found]
        return [paragraph(counted(len(found), retests)), definitions(entries, classes=["ek-exercises"])]

    def _entry(self, lens: str, vignette: Vignette) -> nodes.definition_list_item:
        body = [paragraph(vignette.summary)]
        if vignette.use == "retest":
            body.append(paragraph(RETEST, classes=["ek-themes"]))
        elif themes := self._themes(vignette.id):
            body.append(paragraph("Themes: ", *themes, classes=["ek-themes"]))
        return definition([self._opens(lens, vignette)], body)

    def _opens(self, lens: str, vignette: Vignette) -> nodes.Node:
        """Return the title as a link to the exercise; the title alone where the book lacks its page."""
        page = PAGES + lens
        if page not in self.env.found_docs:
            return nodes.Text(vignette.title)
        address = self.env.app.builder.get_relative_uri(self.env.docname, page)
        return nodes.reference("", vignette.title, internal=True, refuri=f"{address}#{lens}.{vignette.id}")

    def _themes(self, name: str) -> list[str | nodes.Node]:
        themes = sorted(self.course.themes.values(), key=lambda theme: theme.number)
        return separated(self._theme(theme) for theme in themes if name in theme.vignettes)

    def _theme(self, theme: Theme) -> nodes.Node:
        page = (theme.page or "").removesuffix(".md")
        return to_page(self.env, page, theme.title)


def counted(exercises: int, retests: int) -> str:
    """Return how many exercises there are.

    Examples:
        >>> counted(13, 3)
        '13 exercises, 3 of them for a retest.'
        >>> counted(1, 0)
        '1 exercise.'
    """
    word = "exercise" if exercises == 1 else "exercises"
    return f"{exercises} {word}" + (f", {retests} of them for a retest." if retests else ".")
