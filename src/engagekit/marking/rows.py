"""One row for everybody on the roster after marking: what happened to their work, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """What happened to a learner's work in one run of marking."""

    MARKED = "marked"
    UNCHANGED = "unchanged"
    NOTHING = "nothing handed in"
    UNREADABLE = "could not be read"
    FAILED = "could not be recorded"
    WAITING = "waiting for --remark"


@dataclass(frozen=True, slots=True)
class Row:
    """One learner after a run of marking.

    Attributes:
        student: The learner's id.
        name: Their name; empty when the gradebook has none.
        status: What happened.
        reason: Why; empty when there is nothing to say.
        proposed: Marks that the machine proposes; None when there is no record, or no mark yet.
        max: The most that could be earned.
        waiting: How many checks wait for a person.
        held: Why marks are held back.
        flags: How many misconceptions are flagged.
    """

    student: str
    name: str = ""
    status: Status = Status.NOTHING
    reason: str = ""
    proposed: float | None = None
    max: float | None = None
    waiting: int = 0
    held: tuple[str, ...] = ()
    flags: int = 0


def in_words(rows: list[Row]) -> str:
    """Return how many rows there are of each status, in one line."""
    counts = {status: sum(row.status is status for row in rows) for status in Status}
    parts = [f"{count} {status}" for status, count in counts.items() if count]
    held = sum(bool(row.held) for row in rows)
    flagged = sum(row.flags > 0 for row in rows)
    parts += [f"{held} held for a person"] if held else []
    parts += [f"{flagged} flagged"] if flagged else []
    return ", ".join(parts) or "nobody on the roster and nothing handed in"
