"""Each item's split as a stacked bar. Drawn as SVG by hand, so that the report stays one file.

Colour carries nothing alone: each part of a bar has its answer and its count written in it as far as there is
room, the key's answer always comes first, and the table below the drawing has every number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engagekit.reports.panel.results import Question

WIDTH, BAR, LABEL, GAP, LETTER = 640.0, 26.0, 20.0, 12.0, 7.4
"""Sizes in units of the drawing, which is about as wide as a page; a letter's width is taken large."""

KEY_SHADE = "key"
OTHER_SHADES = ("other-1", "other-2", "other-3")
"""Classes of the style sheet. Neighbours never share one."""


@dataclass(frozen=True, slots=True)
class Part:
    """One answer's part of a bar: where it stands, what is written in it, and its shade."""

    left: float
    width: float
    words: str
    shade: str


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar of one item."""

    top: float
    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The bars of a vignette, and the size of their drawing."""

    bars: tuple[Bar, ...]
    height: float
    width: float = WIDTH


def picture(questions: Sequence[Question]) -> Picture:
    """Return the bars of several items, one below the other."""
    drawn = [question for question in questions if question.answers]
    step = LABEL + BAR + GAP
    bars = [
        Bar(index * step, _cut(_label(question), WIDTH), _parts(question))
        for index, question in enumerate(drawn)
    ]
    return Picture(tuple(bars), len(drawn) * step)


def _label(question: Question) -> str:
    note = {"contested": " (for discussion)", "too-few": " (one tutor)"}.get(question.split.verdict, "")
    return f"{question.label}{note}"


def _parts(question: Question) -> tuple[Part, ...]:
    counts = sorted(question.split.counts, key=lambda pair: pair[0] != question.key)
    total, left, parts, others = question.split.answers, 0.0, [], 0
    for answer, count in counts:
        width = WIDTH * count / total
        shade = KEY_SHADE
        if answer != question.key:
            shade = OTHER_SHADES[others % len(OTHER_SHADES)]
            others += 1
        words = _fitting(question.names.get(answer, answer), count, width - 12)
        parts.append(Part(left, width, words, shade))
        left += width
    return tuple(parts)


def _fitting(name: str, count: int, room: float) -> str:
    """Return the answer and its count, cut to the room that there is; nothing where there is none."""
    short = _cut(name, room - LETTER * (len(str(count)) + 1))
    if len(short) >= min(4, len(name)):
        return f"{short} {count}"
    return str(count) if room >= LETTER * len(str(count)) else ""


def _cut(words: str, room: float) -> str:
    most = max(0, int(room / LETTER))
    return words if len(words) <= most else words[: max(0, most - 1)].rstrip() + "…"
