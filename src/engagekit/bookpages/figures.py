"""Numbers in sentences, taken from the figures register so that nobody types them twice.

A number in a sentence is a link to the figure's entry, where its base, its source and its caution stand. The
same words are the link's title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from engagekit.bookpages.citations import cite, link, to_page
from engagekit.bookpages.directive import CourseDirective
from engagekit.bookpages.drawing import base_words, is_percent, number, unit_words, value_words
from engagekit.bookpages.pieces import definition, definitions, paragraph, section, separated
from engagekit.bookpages.shelf import course_of, course_root, depend_on, failed, unknown
from engagekit.content.coverage import Shown, figure_coverage
from engagekit.content.pages import Page, read_pages
from engagekit.model import Figure, FigureValue

if TYPE_CHECKING:
    from sphinx.application import Sphinx

NBSP = "\N{NO-BREAK SPACE}"
_TARGET = "figure-of-"


def setup(app: Sphinx) -> None:
    """Give every link to a figure's entry the figure's base and caution as its title."""
    app.connect("doctree-resolved", _entitle)


def names_of(figure: Figure) -> list[str]:
    """Return what a sentence may call each value of a figure: its id, else its label as an id."""
    return [value.id or slug(value.label) for value in figure.values]


def slug(label: str) -> str:
    """Return a label as an id.

    Examples:
        >>> slug("Printed total, 2010")
        'printed-total-2010'
    """
    return re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")


def spoken(figure: Figure, value: FigureValue, *, short: bool = False) -> str:
    """Return a value as a sentence says it: ``25.3%``, ``26 minutes``, ``£200,000``; short: no unit."""
    words = number(value.value)
    if is_percent(figure):
        return words + "%"
    if figure.unit == "pounds":
        return "£" + words
    if short or figure.unit in ("count", "ratio"):
        return words
    return words + NBSP + (_one(unit_words(figure)) if value.value == 1 else unit_words(figure))


def _one(unit: str) -> str:
    """Return a unit for one of them: ``area`` for ``areas``, ``community`` for ``communities``."""
    return unit[:-3] + "y" if unit.endswith("ies") else unit.removesuffix("s")


def entry_of(figure_id: str) -> str:
    """Return the label of a figure's entry."""
    return _TARGET + figure_id


def title_of(figure: Figure) -> str:
    """Return what a number needs beside it, in one text."""
    values, base = _values(figure), base_words(figure)
    return f"{figure.quantity}. {values}.{base} Caution: {figure.caution}"


def _values(figure: Figure) -> str:
    return "; ".join(f"{value.label}: {value_words(figure, value)}" for value in figure.values)


class FigureRole(SphinxRole):
    """``{figure}`id#value` ``: one number of the register. ``~`` before the id leaves the unit out."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the number; an unknown figure or value is an error in its place."""
        depend_on(self.env, "figures")
        course = course_of(self.env.app)
        name, _, wanted = self.text.strip().removeprefix("~").partition("#")
        known = {figure.id: figure for figure in course.figures()}
        if name not in known:
            return self._wrong(unknown(self.env, "figure", name, known))
        figure = known[name]
        values = dict(zip(names_of(figure), figure.values, strict=True))
        if not wanted and len(values) > 1:
            message = f'"{name}" has several values: say which with {name}#'
            return self._wrong(failed(self.env, message + f" and one of {', '.join(values)}"))
        if wanted and wanted not in values:
            return self._wrong(unknown(self.env, f'value of "{name}"', wanted, values))
        value = values[wanted] if wanted else figure.values[0]
        words = spoken(figure, value, short=self.text.strip().startswith("~"))
        return [link(words, entry_of(name), self.env.docname)], []

    def _wrong(self, message: str) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        fault = self.inliner.reporter.error(message, line=self.lineno)
        return [self.inliner.problematic(self.rawtext, self.rawtext, fault)], [fault]


class Figures(CourseDirective):
    """``{figures}``: every figure with its values, its base, its caution, and where it is shown."""

    required_arguments = 0
    kinds = ("figures", "items", "sources")

    def build(self) -> list[nodes.Node]:
        """Return a section for each source."""
        self.env.note_reread()  # it tells of other pages, which may have changed
        pages = read_pages(course_root(self.env.app))
        shown = {each.figure.id: each for each in figure_coverage(self.course, pages)}
        found: list[nodes.Node] = []
        for source, register in self.course.figure_registers.items():
            entries = [self._entry(shown[figure.id], pages) for figure in register.figures]
            body = [definitions(entries, classes=["ek-figures"])]
            title = self.course.sources[source].title if source in self.course.sources else source
            found.append(section(title, f"figures-{source}", body))
        return found

    def _entry(self, shown: Shown, pages: Sequence[Page]) -> nodes.definition_list_item:
        figure, target = shown.figure, entry_of(shown.figure.id)
        self.env.domains["std"].anonlabels[target] = (self.env.docname, target)
        values, base = _values(figure), base_words(figure)
        body: list[nodes.Node] = [
            paragraph(
                f"{values}. In {unit_words(figure)}.{base} ", cite(self.course, figure.item, self.env.docname)
            ),
            self.caution(figure.caution),
        ]
        titles = {page.path: page.title for page in pages}
        for words, paths in (("Drawn in: ", shown.drawn), ("Stated in: ", shown.stated)):
            if paths:
                links = [to_page(self.env, path.rpartition(".")[0], titles[path]) for path in paths]
                body.append(paragraph(words, *separated(links), classes=["ek-themes"]))
        return definition([figure.quantity], body, target=target)


def _entitle(app: Sphinx, tree: nodes.document, docname: str) -> None:
    titles = {entry_of(figure.id): title_of(figure) for figure in course_of(app).figures()}
    for node in tree.findall(nodes.reference):
        place = node.get("refid") or str(node.get("refuri", "")).partition("#")[2]
        if place in titles:
            node["reftitle"] = titles[place]
