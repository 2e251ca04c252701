"""How far the two readings of the bank agree, as tables, with what that does and does not show."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from engagekit.bookpages.directive import CourseDirective
from engagekit.bookpages.pieces import caution, folded, paragraph, strong, table
from engagekit.scoring.readings import ALL, NOT_SWAPPED, SWAPPED, Agreed, bank_agreement
from engagekit.scoring.told import alpha_words, percent_words

HEADS = ("What was coded", "Vignettes", "Items (n)", "Same answer", "Alpha [95% interval]", "For discussion")
SHOWS = (
    "High agreement shows that the rules lead another reader to the same answers. It does not show that the "
    "answers are right, or that practitioners would agree so well. Many of the texts had been mended before, "
    "where the authors' own reading of the bare words found them loose."
)
INTERVAL = (
    "Alpha is 1 when two readings agree throughout and 0 when they agree no more than by chance. For the "
    "interval the items were drawn again at random 1,000 times. Items of one vignette are not independent, "
    "so the true uncertainty is larger."
)
EXCHANGED = (
    "For some vignettes the second reader had other names in the text, and another age, gender or group "
    "wherever it gives one. If the answers rested on who somebody is, these would agree less."
)


class Agreement(CourseDirective):
    """``{agreement}``: the agreement of the key with a second, blind reading, lens by lens."""

    required_arguments = 0
    kinds = ("vignettes", "schemes")

    def build(self) -> list[nodes.Node]:
        """Return the table of all vignettes, and below it the swapped ones beside the others."""
        found = bank_agreement(self.course)
        if not found.rows:
            return [paragraph("No vignette has been read a second time yet.")]
        readers = dict.fromkeys(
            reading.reader for name, reading in self.course.readings.items() if name in self.course.keys
        )
        built: list[nodes.Node] = [
            paragraph(strong("The second reader."), " ", " ".join(readers)),
            _table(found.of(ALL)),
            paragraph(INTERVAL),
            caution(SHOWS),
        ]
        swapped, others = found.of(SWAPPED), found.of(NOT_SWAPPED)
        if swapped:
            body: list[nodes.Node] = [paragraph(EXCHANGED)]
            body += [paragraph(strong("Names and groups exchanged")), _table(swapped)]
            if others:
                body += [paragraph(strong("As written")), _table(others)]
            built.append(folded("With names and groups exchanged", body))
        return [nodes.container("", *built, classes=["ek-agreement"])]


def _table(rows: Sequence[Agreed]) -> nodes.table:
    return table(
        HEADS,
        [
            [
                row.measure.title + (f" ({row.measure.note})" if row.measure.note else ""),
                str(row.vignettes),
                str(row.items),
                percent_words(row.percent),
                alpha_words(row.alpha),
                str(row.contested),
            ]
            for row in rows
        ],
    )
