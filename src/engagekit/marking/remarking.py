"""What would move if work that was marked under an earlier scheme were marked under the present one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engagekit.marking.desk import Desk
from engagekit.marking.export import write_table
from engagekit.marking.folders import Earlier, kept_scheme
from engagekit.marking.script import Done

REPORT = "remark.csv"
COLUMNS = (
    "student_id",
    "check",
    "outcome_before",
    "outcome_now",
    "marks_before",
    "marks_now",
    "moves",
    "why",
)


@dataclass(frozen=True, slots=True)
class Move:
    """One learner's proposed marks under the earlier scheme and under the present one."""

    before: float
    now: float
    checks: tuple[str, ...]
    error: str = ""

    def in_words(self) -> str:
        """Return what would happen, in one sentence."""
        if self.error:
            return f"It could not be judged again: {self.error}"
        if not self.checks:
            return "Nothing would move."
        return f"{self.before:g} marks proposed before, {self.now:g} now: {', '.join(self.checks)}."


Moves = dict[str, Move]


def compare(derived: Path, desk: Desk, found: Mapping[str, Earlier], judged: Iterable[Done]) -> Moves:
    """Compare earlier records with the present scheme, and write the report.

    Args:
        derived: Folder of reports and kept schemes.
        desk: The marking desk.
        found: Learner to what is on record.
        judged: The same work, judged anew and not recorded.

    Returns:
        Learner to what would move. The report has a row for each check that would come out differently.
    """
    scheme = desk.assessment.scheme
    now = {check["id"]: check for check in scheme.model_dump(mode="json")["checks"]}
    before = {
        basis: {
            check["id"]: check for check in kept_scheme(derived, scheme.assignment, basis).get("checks", ())
        }
        for basis in sorted({one.basis for one in found.values()})
    }
    moves: Moves = {}
    rows: list[dict[str, Any]] = []
    for done in judged:
        old = found[done.student]
        if done.error:
            moves[done.student] = Move(old.proposed, old.proposed, (), done.error)
            continue
        mine = [
            {"student_id": done.student, **row, "why": _why(before[old.basis], now, row["check"])}
            for row in _rows(old, done)
        ]
        moves[done.student] = Move(old.proposed, done.proposed, tuple(row["check"] for row in mine))
        rows += mine
    path = derived / "reports" / scheme.assignment / REPORT
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{REPORT}.part")
    write_table(part, COLUMNS, rows)
    part.replace(path)
    return moves


def _rows(old: Earlier, done: Done) -> Iterator[dict[str, Any]]:
    now = {one.check: (one.outcome, one.marks) for one in done.marks}
    for check in sorted(old.marks.keys() | now.keys()):
        before, after = old.marks.get(check, ("", None)), now.get(check, ("", None))
        if before != after:
            yield {
                "check": check,
                "outcome_before": before[0],
                "outcome_now": after[0],
                "marks_before": before[1],
                "marks_now": after[1],
                "moves": round((after[1] or 0.0) - (before[1] or 0.0), 2),
            }


def _why(before: Mapping[str, Any], now: Mapping[str, Any], check: str) -> str:
    """Say which of a check's parameters changed."""
    if not before:
        return "the earlier scheme is not on file"
    if check not in before or check not in now:
        return "the check is new" if check in now else "the check is gone"
    changed = sorted(
        name
        for name in before[check].keys() | now[check].keys()
        if before[check].get(name) != now[check].get(name)
    )
    if not changed:
        return "the case, the key, the form or the exemplars changed, or the kit did"
    return "changed: " + ", ".join(changed)
