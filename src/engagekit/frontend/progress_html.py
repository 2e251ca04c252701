"""Progress as HTML for an output of JupyterLab: suggestions, the figure, and every number in tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from engagekit.frontend.assets import bundle_css
from engagekit.frontend.exercises import LENS_NAMES
from engagekit.frontend.progress_words import day, result

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Found = Mapping[str, Any]

# Without this JupyterLab's shortcuts would act on the keys that fold the table out. Saving is let through.
_KEEP_KEYS = "if (!event.ctrlKey &amp;&amp; !event.metaKey) event.stopPropagation()"


def page_html(found: Found, figure: Figure | None, answers: int, place: str, notes: Sequence[str]) -> str:
    """Return progress as HTML.

    Args:
        found: What ``engagekit.scoring.progress`` gives.
        figure: The figure, where there is one.
        answers: How many answers the record holds.
        place: The record's file.
        notes: What the learner should know about the record.
    """
    tried = [lens for lens in found["lenses"] if lens["attempts"] or lens["earlier"]]
    parts = [
        f"<style>{bundle_css('practice')}</style>",
        f'<div class="ek ek-progress-page" lang="en-GB" onkeydown="{_KEEP_KEYS}">',
        '<h2 class="ek-title">Your progress</h2>',
        *(f'<p class="ek-warning">{escape(note)}</p>' for note in notes),
        _next(found["suggestions"], new=not tried),
        *((_over_time(tried, figure), _codes(tried)) if tried else ()),
        _record(answers, place),
        "</div>",
    ]
    return "\n".join(part for part in parts if part)


def _next(suggestions: Sequence[Mapping[str, str]], *, new: bool) -> str:
    welcome = "<p>Welcome. Nothing is answered yet, so any start is a good one.</p>" if new else ""
    items = "".join(map(_suggestion, suggestions))
    shown = f'<ul class="ek-next">{items}</ul>' if items else "<p>Nothing is waiting for you today.</p>"
    return f"{_part('What next')}{welcome}{shown}</div>"


def _suggestion(each: Mapping[str, str]) -> str:
    # In JupyterLab an exercise is a line of Python away, not a page.
    line = f'practise("{each["vignette"]}", lens="{each["lens"]}")'
    return (
        f'<li><p class="ek-next-kind">{LENS_NAMES[each["lens"]]}</p>'
        f'<p class="ek-next-title">{escape(each["title"])}</p>'
        f"<p>{escape(each['reason'])}</p><p><code>{escape(line)}</code></p></li>"
    )


def _over_time(tried: Sequence[Found], figure: Figure | None) -> str:
    picture = ""
    if figure is not None:
        from engagekit.frontend.progress_figure import alt_text, png_address

        width = int(figure.get_figwidth() * 96)
        picture = (
            f'<img src="{png_address(figure)}" alt="{escape(alt_text(tried))}" '
            f'style="width: {width}px; max-width: 100%; height: auto">'
        )
    rows = [
        (
            f"{each['title']}{_retest(each)}",
            LENS_NAMES[lens["lens"]],
            day(each["at"], year=True),
            result(each),
        )
        for lens in tried
        for each in sorted([*lens["attempts"], *lens["earlier"]], key=lambda each: each["at"])
    ]
    table = _table("Lens by lens, oldest first", ("Exercise", "Lens", "Date", "Agreement"), rows)
    folded = f"<details><summary>Every attempt in a table ({len(rows)})</summary>{table}</details>"
    return f"{_part('Over time')}{picture}{folded}</div>"


def _retest(attempt: Found) -> str:
    return " (retest)" if attempt.get("use") == "retest" else ""


def _codes(tried: Sequence[Found]) -> str:
    rows = [
        (
            row["label"],
            LENS_NAMES[lens["lens"]],
            str(row["given"]),
            f"{row['agreed']} of {row['keyed']}" if row["keyed"] else "not in the reference",
        )
        for lens in tried
        for row in lens["codes"]
    ]
    if not rows:
        return ""
    about = "From the newest finished attempt at each exercise"
    return f"{_part('Code by code')}{_table(about, ('Code', 'Lens', 'You', 'Agreed'), rows)}</div>"


def _record(answers: int, place: str) -> str:
    held = f"{answers} {'answer is' if answers == 1 else 'answers are'} kept in {escape(place)}."
    how = (
        "<code>progress().export()</code> writes them as one file for the book or another computer; "
        '<code>progress().import_file("engagekit-attempts.jsonl")</code> brings such a file in.'
    )
    return f"{_part('Your record')}<p>{held} {how}</p></div>"


def _part(title: str) -> str:
    return f'<div class="ek-part"><h3 class="ek-part-title">{title}</h3>'


def _table(caption: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    titles = "".join(f'<th scope="col">{escape(title)}</th>' for title in head)
    body = "".join(_row(*row) for row in rows)
    return (
        f'<table class="ek-table ek-lab-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(first: str, *rest: str) -> str:
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in rest)
    return f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
