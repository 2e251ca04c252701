"""A chart from the figures register: the drawing, what it counts, its caution and its numbers."""

from __future__ import annotations

from docutils import nodes

from engagekit.bookpages.citations import cite
from engagekit.bookpages.directive import CourseDirective
from engagekit.bookpages.drawing import (
    base_words,
    draw,
    interval,
    interval_words,
    is_percent,
    number,
    scale_words,
    unit_words,
)
from engagekit.bookpages.pieces import folded, table
from engagekit.model import Figure


class Chart(CourseDirective):
    """``{chart} <figure>``: only figures that the register allows to be drawn."""

    kinds = ("figures", "items")

    def build(self) -> list[nodes.Node]:
        """Return the figure and, folded below it, its table."""
        allowed = {figure.id: figure for figure in self.course.figures() if figure.use == "chart"}
        figure = allowed[self.known("figure to draw", allowed)]
        drawn = nodes.figure("", nodes.raw("", draw(figure), format="html"), names=[f"figure-{figure.id}"])
        # A named figure can be referred to by its number: {numref}`figure-<id>`.
        self.state.document.note_explicit_target(drawn)
        drawn += nodes.caption("", "", *self._caption(figure))
        drawn += nodes.legend("", self.caution(figure.caution))
        return [nodes.container("", drawn, folded("The numbers as a table", [_numbers(figure)]),
                                classes=["ek-chart"])]  # fmt: skip

    def _caption(self, figure: Figure) -> list[nodes.Node]:
        words = (
            f"{figure.quantity}. In {unit_words(figure)}.{base_words(figure)} {scale_words(figure)} Source: "
        )
        return [nodes.Text(words), cite(self.course, figure.item, self.env.docname), nodes.Text(".")]


def _numbers(figure: Figure) -> nodes.table:
    heads = ["Group", "Per cent" if is_percent(figure) else figure.unit.capitalize()]
    with_interval = any(interval(figure, value) for value in figure.values)
    with_base = any(value.n is not None for value in figure.values)
    rows = [
        [
            value.label,
            number(value.value),
            *(["" if value.n is None else f"{value.n:,}"] if with_base else []),
            *([interval_words(figure, value)] if with_interval else []),
        ]
        for value in figure.values
    ]
    return table([*heads, *(["n"] if with_base else []), *(["95% interval"] if with_interval else [])], rows)
