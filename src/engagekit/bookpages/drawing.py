"""Draw a figure of the register as bars, for a page that may be 320 pixels wide, light or dark.

Each bar has its label above it and its value beside it, so nothing rests on colour or on a legend. Text stays
text: it takes the page's own typeface and can be searched and enlarged. Colours are the page's CSS variables.
"""

from __future__ import annotations

import io
import re
import textwrap
from html import escape

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from engagekit.model import Figure, FigureValue

# One unit is about one pixel on a phone.
WIDTH, TRACK, SIZE = 340.0, 196.0, 14.0
LABEL_CHARACTERS, LINE, BAR, GAP = 44, 19.0, 16.0, 15.0
# Matplotlib cannot write a CSS variable, so it draws in colours that stand for one.
STAND_INS = {
    "#010101": "var(--ek-chart-bar)",
    "#020202": "var(--ek-chart-track)",
    "#030303": "var(--ek-chart-text)",
    "#040404": "var(--pst-color-background)",
}
BAR_COLOUR, TRACK_COLOUR, TEXT_COLOUR, PAPER_COLOUR = STAND_INS


def number(value: float) -> str:
    """Return a number as people write it: ``85``, ``25.3``, ``3,819``."""
    return f"{value:,.10g}" if value % 1 else f"{value:,.0f}"


def is_percent(figure: Figure) -> bool:
    """Say whether the values are shares of a hundred."""
    return figure.unit.split()[0] in ("percent", "%")


def unit_words(figure: Figure) -> str:
    """Return the unit as words: ``percent of sessions`` becomes ``per cent of sessions``."""
    return re.sub(r"^percent\b", "per cent", figure.unit)


def value_words(figure: Figure, value: FigureValue) -> str:
    """Return a value with its base: ``25.3% (n = 75)``."""
    words = number(value.value) + ("%" if is_percent(figure) else "")
    return words if value.n is None else f"{words} (n = {value.n:,})"


def interval(figure: Figure, value: FigureValue) -> tuple[float, float] | None:
    """Return the 95 per cent interval of a share, in per cent, where the register asks for one; else None.

    It is Wilson's score interval (Wilson 1927), which stays between 0 and 100 and suits small numbers.
    """
    base = value.n
    if not figure.interval or not base:
        return None
    share, z = value.value / 100, 1.959964
    spread = z * ((share * (1 - share) + z * z / (4 * base)) / base) ** 0.5
    middle, whole = share + z * z / (2 * base), 1 + z * z / base
    return 100 * max(0.0, (middle - spread) / whole), 100 * min(1.0, (middle + spread) / whole)


def interval_words(figure: Figure, value: FigureValue) -> str:
    """Return a value's interval as words: ``17 to 36``; empty where there is none."""
    found = interval(figure, value)
    return "" if found is None else f"{found[0]:.0f} to {found[1]:.0f}"


def base_words(figure: Figure) -> str:
    """Return how many a figure is about, to follow a sentence; empty where the register does not tell."""
    return "" if figure.n is None else f" n = {figure.n:,}."


def alt_text(figure: Figure) -> str:
    """Return the chart in words: what it counts, and every value."""
    told = "; ".join(_told(figure, value) for value in figure.values)
    return f"Bar chart, in {unit_words(figure)}. {figure.quantity}.{base_words(figure)} {told}."


def _told(figure: Figure, value: FigureValue) -> str:
    spread = interval_words(figure, value)
    return f"{value.label}: {value_words(figure, value)}" + (f", 95% interval {spread}" if spread else "")


def full_scale(figure: Figure) -> float:
    """Return the value that a full bar stands for: always 100 for shares, else the largest value."""
    return 100.0 if is_percent(figure) else max(max(value.value for value in figure.values), 1.0)


def scale_words(figure: Figure) -> str:
    """Return what the length of a full bar means, for the caption."""
    if is_percent(figure):
        lines = " The thin lines are 95 per cent intervals, as the numbers are small."
        small = any(interval(figure, value) for value in figure.values)
        return "Each outline is 100 per cent." + (lines if small else "")
    return f"The longest bar is {number(full_scale(figure))}; all bars start at 0."


def draw(figure: Figure) -> str:
    """Return the chart as SVG, ready to stand in a page.

    Args:
        figure: A figure whose values are all 0 or more.
    """
    labels = [textwrap.wrap(value.label, LABEL_CHARACTERS) for value in figure.values]
    height = sum(len(lines) * LINE + BAR + GAP for lines in labels)
    canvas = Canvas(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor="none")
    canvas.patch.set_visible(False)
    axes = canvas.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    scale = TRACK / full_scale(figure)
    top = 0.0
    for value, lines in zip(figure.values, labels, strict=True):
        for line in lines:
            top += LINE
            _write(axes, 0, top - 6, line, "normal")
        axes.add_patch(_box(TRACK, top, TRACK_COLOUR, filled=False))
        axes.add_patch(_box(value.value * scale, top, BAR_COLOUR, filled=True))
        # The start of the bar is marked even where its length is nothing.
        axes.add_line(Line2D([1, 1], [top, top + BAR], color=BAR_COLOUR, linewidth=2, clip_on=False))
        spread = interval(figure, value)
        if spread:
            _draw_interval(axes, spread[0] * scale, spread[1] * scale, top + BAR / 2)
        _write(axes, TRACK + 8, top + BAR - 3, value_words(figure, value), "bold")
        top += BAR + GAP
    return _as_page_part(_svg(canvas), alt_text(figure))


def _draw_interval(axes: Axes, low: float, high: float, middle: float) -> None:
    """Draw a line with a cap at each end, edged in the page's colour so that it is seen on a bar too."""
    for colour, width in ((PAPER_COLOUR, 4.5), (TEXT_COLOUR, 1.5)):
        for xs, ys in (
            ([low, high], [middle, middle]),
            ([low, low], [middle - 4, middle + 4]),
            ([high, high], [middle - 4, middle + 4]),
        ):
            axes.add_line(Line2D(xs, ys, color=colour, linewidth=width, clip_on=False))


def _box(width: float, top: float, colour: str, *, filled: bool) -> Rectangle:
    return Rectangle(
        (0.5, top), width, BAR, fill=filled, facecolor=colour if filled else "none",
        edgecolor="none" if filled else colour, linewidth=1, clip_on=False,
    )  # fmt: skip


def _write(axes: Axes, left: float, base: float, words: str, weight: str) -> None:
    axes.text(
        left, base, words, fontsize=SIZE, fontweight=weight, color=TEXT_COLOUR, va="baseline", ha="left",
        parse_math=False, clip_on=False,
    )  # fmt: skip


def _svg(canvas: Canvas) -> str:
    FigureCanvasSVG(canvas)
    written = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "engagekit", "font.family": "sans-serif"}):
        canvas.savefig(written, format="svg", metadata={"Date": None}, transparent=True)
    return written.getvalue()


def _as_page_part(svg: str, alt: str) -> str:
    """Return only the drawing, without ids and styles that would clash with the rest of a page."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<(metadata|defs)\b.*?</\1>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\s(?:id|version|xmlns:xlink|width|height)="[^"]*"(?=[^<]*>)', "", svg)
    svg = re.sub(r"\s?font-family: [^;\"]*;|\s?transform=\"rotate\([^)]*\)\"", "", svg)
    for stand_in, variable in STAND_INS.items():
        svg = svg.replace(stand_in, variable)
    opening = f'<svg class="ek-chart-drawing" role="img" aria-label="{escape(alt)}"'
    return " ".join(svg.replace("<svg", opening, 1).split())
