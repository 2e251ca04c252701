"""From tutors' exported attempts to a folder with the report, the splits and the proposed keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from engagekit.content import load_course
from engagekit.marking.escaping import templates
from engagekit.marking.export import write_table
from engagekit.model import Course
from engagekit.reports.panel.codings import count, read_codings
from engagekit.reports.panel.picture import picture
from engagekit.reports.panel.proposal import HEAD, proposal
from engagekit.reports.panel.results import Coded, Panel, panel_of
from engagekit.reports.panel.words import counts_words, use_words, verdict_words
from engagekit.scoring.told import alpha_words, percent_words

REPORT, SPLITS, PROPOSED = "report.html", "splits.csv", "proposed"

COLUMNS = (
    "lens", "vignette", "use", "item", "part", "label", "tutor", "answer", "sentences", "key", "same_as_key",
    "answers", "majority", "majority_share", "entropy_bits", "verdict", "proposed", "also",
)  # fmt: skip

_ENV = templates("engagekit.reports")
_ENV.filters |= {
    "alpha": alpha_words,
    "percent": percent_words,
    "counts": counts_words,
    "verdict": verdict_words,
    "use": use_words,
}
_ENV.globals["picture"] = picture


def run_panel(root: Path, places: Sequence[Path], out: Path | None = None) -> str:
    """Compare tutors' codings and write what came of it.

    Args:
        root: The course folder.
        places: Exported attempts, one file for each tutor, or folders of them.
        out: The folder to write to; ``_build/panel`` in the course folder when it is not given.

    Returns:
        A short summary for the terminal.

    Raises:
        ValueError: There is nothing to compare, or the folder to write to is the course's content.
    """
    folder = (out or root / "_build" / "panel").resolve()
    content = (root / "source_material").resolve()
    if folder == content or content in folder.parents:
        raise ValueError(f"{folder}: a panel does not write among the course's content; choose another --out")
    course = load_course(root)
    panel = panel_of(read_codings(course, places))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / REPORT).write_text(page(panel), "utf-8")
    write_table(folder / SPLITS, COLUMNS, rows(panel))
    written = _write_proposals(course, panel, folder / PROPOSED)
    return summary(panel, folder, written)


def page(panel: Panel) -> str:
    """Return the report as one self-contained page."""
    return _ENV.get_template("panel.html.j2").render(panel=panel)


def rows(panel: Panel) -> Iterator[dict[str, Any]]:
    """Give the splits in long form: one row for each answer of each tutor."""
    for coded in panel.coded:
        for question in coded.questions:
            split = question.split
            for tutor, answer in sorted(question.answers.items()):
                yield {
                    "lens": coded.lens,
                    "vignette": coded.vignette,
                    "use": coded.use,
                    "item": question.item,
                    "part": question.part,
                    "label": question.label,
                    "tutor": tutor,
                    "answer": answer,
                    "sentences": " ".join(question.evidence.get(tutor, ())),
                    "key": question.key,
                    "same_as_key": "yes" if answer == question.key else "no",
                    "answers": split.answers,
                    "majority": split.counts[0][0],
                    "majority_share": round(split.share, 3),
                    "entropy_bits": round(split.entropy, 3),
                    "verdict": split.verdict,
                    "proposed": split.code or "",
                    "also": " ".join(split.also),
                }


def summary(panel: Panel, folder: Path, written: int) -> str:
    """Return a few lines for the terminal."""
    lines = [f"{len(panel.coders)} tutors: {', '.join(panel.coders)}"]
    for row in panel.rows:
        items, vignettes = count(row.alpha.units, "item"), count(row.vignettes, "vignette")
        lines.append(
            f"  {row.measure.title}: {items} in {vignettes}, "
            f"alpha {alpha_words(row.alpha)}; {row.contested} contested"
        )
    lines += [f"  note: {remark}" for remark in panel.remarks]
    lines += [f"  set aside: {each.coder}, {each.what}: {each.reason}" for each in panel.asides]
    lines.append(f"The report, the splits and {count(written, 'proposed key')} are in {folder}")
    if panel.secret:
        lines.append("The report holds answers of an assessment: keep it where learners cannot see it.")
    return "\n".join(_plain(line) for line in lines)


def _plain(line: str) -> str:
    """Return a line without what a terminal would obey: names come from files that anybody may have made."""
    return "".join(each if each.isprintable() else "?" for each in line)


def _write_proposals(course: Course, panel: Panel, folder: Path) -> int:
    """Write a proposed key for each vignette that was coded; a proposal of an earlier run goes."""
    for stale in folder.glob("*/key.yaml"):
        if stale.read_text("utf-8", errors="replace").startswith(HEAD):
            stale.unlink()
    together: dict[str, list[Coded]] = {}
    for coded in panel.coded:
        together.setdefault(coded.vignette, []).append(coded)
    for vignette, lenses in together.items():
        place = folder / vignette
        place.mkdir(parents=True, exist_ok=True)
        (place / "key.yaml").write_text(proposal(course.keys[vignette], lenses), "utf-8")
    return len(together)
