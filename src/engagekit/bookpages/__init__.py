"""What authors can write in a page of the book, beyond plain MyST. Everything comes from the content files.

In a sentence:
    ``{item}`item-32` `` cites an item, a criterion or any other located place, with a link to its entry.
    Several ids are separated by commas; ``{item}`the toolkit <item-33>` `` uses words of your own.
    ``{figure}`stics-reconviction#trained` `` prints a number of the figures register with its unit, as
    a link to its entry and its caution. A figure with one value needs no ``#``; ``~`` before
    the id leaves the unit out.
    A link to the glossary (``{term}``) carries the meaning with it, to be shown on the spot.

On a line of their own (``:::{name} argument`` ... ``:::``):
    ``outcomes <theme>``             what the learner will be able to do
    ``items <theme>``                the theme's reading list
    ``standards <marking point>``    the occupational criteria and knowledge that evidence a marking point
    ``marking-points [part]``        the marking points, or one part: ``points``, ``misconceptions``, ``tips``
    ``chart <figure>``               a chart from the figures register, with its caution and its table
    ``exercise <vignette>``          one exercise, alive in the page; ``:lens: stage`` where there are two
    ``talk <vignette>``              the same for an interview
    ``practice <lens>``              everything to practise through a lens, or ``mixed`` for some of each
    ``progress``                     how the learner is getting on
    ``form <assignment>``            an assignment's form, to be filled in on the page
    ``exercises``                    an index of everything to practise, by lens, with links
    ``agreement``                    how far the two readings of the vignettes agree
    ``bank``                         what is in the bank of vignettes, in numbers
    ``scheme <scheme>``              a codebook
    ``references [source]``          the sources; or every located place of one source
    ``coverage``                     where every item of every source is taught, practised and assessed
    ``figures``                      every figure with its caution, and where it is shown
    ``faults [exercises]``           the faults of the sources; or claims in which to find one
    ``reflect``                      questions to think about (a box; write the questions inside)
    ``limits``                       what the evidence does not show (a box; write the limits inside)

An unknown id is an error at the page and line where it stands, and names the nearest id there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engagekit import __version__
from engagekit.bookpages import (
    agreement,
    assets,
    assignment,
    bank,
    boxes,
    chart,
    citations,
    coverage,
    exercises_index,
    faults,
    figures,
    practice,
    references,
    scheme,
    shelf,
    standards,
    terms,
    themes,
)
from engagekit.bookpages.pieces import details, ignore, open_tag, summary

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything with Sphinx.

    Args:
        app: The build.

    Returns:
        What Sphinx wants to know about an extension.
    """
    app.add_config_value("engagekit_root", ".", "env", types=[str])
    for node in (details, summary):
        app.add_node(
            node, html=open_tag(node.__name__), latex=ignore, text=ignore, man=ignore, texinfo=ignore
        )
    shelf.setup(app)
    assets.setup(app)
    figures.setup(app)
    terms.setup(app)
    app.add_role("item", citations.ItemRole())
    app.add_directive("outcomes", themes.Outcomes)
    app.add_directive("items", themes.ReadingList)
    app.add_directive("standards", standards.Standards)
    app.add_directive("marking-points", standards.MarkingPoints)
    app.add_directive("chart", chart.Chart)
    app.add_directive("exercise", practice.Exercise)
    app.add_directive("talk", practice.Talk)
    app.add_directive("practice", practice.Practice)
    app.add_directive("progress", practice.Progress)
    app.add_directive("form", assignment.AssignmentForm)
    app.add_directive("exercises", exercises_index.Exercises)
    app.add_directive("agreement", agreement.Agreement)
    app.add_directive("bank", bank.Bank)
    app.add_directive("scheme", scheme.Scheme)
    app.add_directive("references", references.References)
    app.add_role("figure", figures.FigureRole())
    app.add_directive("coverage", coverage.Coverage)
    app.add_directive("figures", figures.Figures)
    app.add_directive("faults", faults.Faults)
    app.add_directive("reflect", boxes.Reflect)
    app.add_directive("limits", boxes.Limits)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
