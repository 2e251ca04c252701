"""One script on its way through the checks: what one check has read, another need not read again."""

from __future__ import annotations

from dataclasses import dataclass, field

from engagekit.model import Answers
from engagekit.scoring.assessment import Assessment
from engagekit.scoring.entries import Entry


@dataclass(slots=True)
class Reading:
    """An assignment, a learner's answers to it, and the entries that were read so far, by check."""

    assessment: Assessment
    answers: Answers
    entries: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
