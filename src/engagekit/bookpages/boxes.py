"""Boxes with a fixed title, so that every chapter calls the same thing by the same name."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from engagekit.bookpages.pieces import box


class Box(SphinxDirective):
    """A box; the page's own text goes inside."""

    has_content = True
    kind = ""
    title = ""

    def run(self) -> list[nodes.Node]:
        """Return the box with what was written in it."""
        self.assert_has_content()
        node = box(self.kind, self.title, [])
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


class Reflect(Box):
    """``{reflect}``: questions to think about."""

    kind = "reflect"
    title = "Reflect"


class Limits(Box):
    """``{limits}``: what the evidence does not show."""

    kind = "limits"
    title = "What the evidence does not show"
