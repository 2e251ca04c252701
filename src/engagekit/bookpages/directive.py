"""The directive that every other one here is built on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from engagekit.bookpages.citations import with_citations
from engagekit.bookpages.pieces import bullets, caution, paragraph
from engagekit.bookpages.shelf import course_of, depend_on, failed, unknown
from engagekit.model import Course, SourceItem


class CourseDirective(SphinxDirective):
    """A directive that shows something of the course."""

    required_arguments = 1
    has_content = False
    kinds: tuple[str, ...] = ()
    """Kinds of content that it reads (keys of ``FILES``)."""

    @property
    def course(self) -> Course:
        """Return the course."""
        return course_of(self.env.app)

    def run(self) -> list[nodes.Node]:
        """Note what the page depends on, then build its nodes."""
        depend_on(self.env, *self.kinds)
        return self.build()

    def build(self) -> list[nodes.Node]:
        """Return the nodes to put in the page."""
        raise NotImplementedError

    def known(self, what: str, choices: Iterable[str]) -> str:
        """Return the id in the first argument, or stop here with the nearest valid one.

        Args:
            what: What it should name, such as ``figure``.
            choices: Every valid id.
        """
        wanted, options = self.arguments[0], set(choices)
        if wanted not in options:
            raise self.error(unknown(self.env, what, wanted, options))
        return str(wanted)

    def failed(self, message: str) -> str:
        """Return a message for ``self.error``, and remember that the build has failed."""
        return failed(self.env, message)

    def prose(self, text: str, *before: str | nodes.Node, classes: Sequence[str] = ()) -> nodes.paragraph:
        """Return a paragraph of a content file's text, its items linked, after any nodes to put first."""
        return paragraph(*before, *with_citations(self.course, text, self.env.docname), classes=classes)

    def caution(self, text: str) -> nodes.paragraph:
        """Return a caution, its items linked."""
        return caution(*with_citations(self.course, text, self.env.docname))

    def told(self, item: SourceItem) -> list[nodes.Node]:
        """Return who wrote an item, what it says and what to be careful about."""
        body: list[nodes.Node] = []
        if item.authors:
            body.append(paragraph(", ".join(item.authors), classes=["ek-authors"]))
        body.append(self.prose(item.gist))
        if item.caution:
            body.append(self.caution(item.caution))
        return body

    def listed(self, lines: Iterable[str], classes: Sequence[str] = ()) -> nodes.bullet_list:
        """Return a list of texts, their items linked."""
        return bullets([self.prose(line) for line in lines], classes=classes)
