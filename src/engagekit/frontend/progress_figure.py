"""Agreement over time as a matplotlib figure: one small drawing a lens, read without colour too."""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from engagekit.frontend.exercises import LENS_NAMES
from engagekit.frontend.progress_words import agreement, day

MOST = 24
"""How many attempts one drawing has: the newest."""

# Blue and vermilion of the Okabe-Ito set, which people with any kind of colour vision can tell apart.
PRACTICE: dict[str, Any] = {"marker": "o", "color": "#0072B2", "markersize": 6}
RETEST: dict[str, Any] = {
    "marker": "D",
    "color": "#D55E00",
    "markersize": 8,
    "markerfacecolor": "white",
    "markeredgewidth": 2,
}
ONE, TOP = (4.2, 2.5), 0.4
"""Width and height of one drawing, and the height of the legend, in inches."""
GREY, INK = "#8a939b", "#1f2730"

Lens = Mapping[str, Any]


def scored(lens: Lens) -> list[Mapping[str, Any]]:
    """Return the attempts that a drawing shows: finished, and with a share."""
    return [each for each in lens["attempts"] if each["finished"] and each["share"] is not None]


def draw(lenses: Sequence[Lens]) -> Figure | None:
    """Return the figure, or None where nothing that is scored is finished."""
    shown = [lens for lens in lenses if scored(lens)]
    if not shown:
        return None
    across = min(2, len(shown))
    down = math.ceil(len(shown) / across)
    wide, high = ONE[0] * across, ONE[1] * down + TOP
    figure = Figure(figsize=(wide, high), facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.subplots(down, across, squeeze=False).flatten()
    figure.subplots_adjust(
        left=0.65 / wide, right=1 - 0.4 / wide, bottom=0.5 / high, top=1 - (TOP + 0.4) / high,
        wspace=1.0 / (ONE[0] - 1.0), hspace=0.9 / (ONE[1] - 0.9),
    )  # fmt: skip
    for place, lens in zip(axes, shown, strict=False):
        _draw_one(place, lens)
    for place in axes[len(shown) :]:
        place.set_visible(False)
    handles = [
        Line2D([], [], linestyle="", label=label, **settings)
        for label, settings in (("Practice", PRACTICE), ("Retest", RETEST))
    ]
    figure.legend(handles=handles, loc="upper left", ncols=2, frameon=False)
    return figure


def _draw_one(place: Axes, lens: Lens) -> None:
    attempts = scored(lens)[-MOST:]
    shares = [each["share"] for each in attempts]
    place.plot(range(len(shares)), shares, color=GREY, linewidth=1, zorder=1)
    for use, settings in (("practice", PRACTICE), ("retest", RETEST)):
        here = [number for number, each in enumerate(attempts) if each["use"] == use]
        place.plot(
            here, [shares[number] for number in here], linestyle="", clip_on=False, zorder=2, **settings
        )
    place.set_title(LENS_NAMES[lens["lens"]], loc="left", fontsize=11, fontweight="bold", color=INK, pad=10)
    place.set_ylim(0, 1)
    place.set_yticks([0, 0.5, 1])
    place.yaxis.set_major_formatter(PercentFormatter(1))
    place.set_xlim(-0.7, max(len(shares) - 0.3, 0.7))
    ends = sorted({0, len(shares) - 1})
    place.set_xticks(ends, [day(attempts[number]["at"]) for number in ends])
    place.grid(axis="y", color="#d9dcd8")
    place.set_axisbelow(True)
    place.tick_params(colors=INK, length=0)
    place.tick_params(axis="x", pad=9)
    for side in ("top", "right", "left", "bottom"):
        place.spines[side].set_visible(False)


def alt_text(lenses: Sequence[Lens]) -> str:
    """Return the figure in words: how many attempts each lens has, and the first and the newest of them."""
    told = []
    for lens in lenses:
        attempts = scored(lens)[-MOST:]
        if not attempts:
            continue
        first, last = attempts[0], attempts[-1]
        newest = f"{agreement(last)} on {day(last['at'])}"
        if len(attempts) == 1:
            told.append(f"{LENS_NAMES[lens['lens']]}, one attempt: {newest}.")
        else:
            since = f"from {agreement(first)} on {day(first['at'])} to {newest}"
            told.append(f"{LENS_NAMES[lens['lens']]}, {len(attempts)} attempts: {since}.")
    return " ".join(["Agreement with the reference by attempt.", *told, "The table has every figure."])


def png_address(figure: Figure) -> str:
    """Return the figure as the address of an image that stands in the page itself."""
    data = io.BytesIO()
    figure.savefig(data, format="png", dpi=144, metadata={"Software": None})
    return "data:image/png;base64," + base64.b64encode(data.getvalue()).decode("ascii")
