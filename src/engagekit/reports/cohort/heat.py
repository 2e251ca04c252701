"""A heat map: learners down, checks or assignments across, each cell a sign on a shade of what was earned."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from engagekit.marking.feedback import Decided
from engagekit.reports.cohort.gather import SIGNS, Result, Work, outcome_of

CELL, ROW, NAME, LINE, TOP = 76.0, 24.0, 190.0, 15.0, 8.0
NAME_CHARACTERS, HEAD_CHARACTERS = 26, 11
STEPS = 5
"""Shades between nothing and everything."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the sign in it, and its shade from 0 to ``STEPS``; -1 where there is no mark."""

    sign: str
    shade: int


@dataclass(frozen=True, slots=True)
class Heat:
    """A heat map, ready to be drawn."""

    heads: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]

    @property
    def top(self) -> float:
        """Return where the rows begin."""
        return TOP + LINE * max((len(lines) for lines in self.heads), default=0) + 6

    @property
    def width(self) -> float:
        """Return the width of the drawing."""
        return NAME + CELL * len(self.heads)

    @property
    def height(self) -> float:
        """Return the height of the drawing."""
        return self.top + ROW * len(self.rows) + TOP


def shade_of(share: float | None) -> int:
    """Return the shade of a share of the marks: only everything is the darkest, only nothing the lightest.

    Examples:
        >>> [shade_of(share) for share in (None, 0, 0.01, 0.5, 0.99, 1)]
        [-1, 0, 1, 2, 4, 5]
    """
    if share is None:
        return -1
    if share <= 0:
        return 0
    return STEPS if share >= 1 else 1 + int(share * (STEPS - 1))


def _head(title: str) -> tuple[str, ...]:
    lines = textwrap.wrap(title, HEAD_CHARACTERS, break_long_words=True)
    return (*lines[:4], lines[4][: HEAD_CHARACTERS - 1] + "…") if len(lines) > 5 else tuple(lines)


def _name(work: Work) -> str:
    label = work.label
    return label if len(label) <= NAME_CHARACTERS else label[: NAME_CHARACTERS - 1] + "…"


def of_checks(result: Result) -> Heat:
    """Draw the checks of one assignment; learners without a mark are in the table only."""
    rows = []
    for work in result.works:
        checks = {check.judgement.check: check for check in work.checks}
        if checks:
            cells = (_of_check(checks[name]) if name in checks else Cell("", -1) for name in result.titles)
            rows.append((_name(work), tuple(cells)))
    return Heat(tuple(_head(title) for title in result.titles.values()), tuple(rows))


def _of_check(check: Decided) -> Cell:
    share = None if check.marks is None else check.marks / check.judgement.max_marks
    return Cell(SIGNS[outcome_of(check)], shade_of(share))


def of_points(results: Sequence[Result]) -> Heat:
    """Draw every learner's marking points."""
    rows = []
    for number, first in enumerate(results[0].works if results else ()):
        works = [result.works[number] for result in results]
        rows.append((_name(first), tuple(Cell(SIGNS[work.outcome], shade_of(work.share)) for work in works)))
    return Heat(tuple(_head(result.title) for result in results), tuple(rows))
