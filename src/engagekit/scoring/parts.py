"""What judging one check comes to, before it becomes a judgement."""

from __future__ import annotations

from dataclasses import dataclass

from engagekit.model import Evidence, Outcome


@dataclass(frozen=True, slots=True)
class Finding:
    """Outcome, marks (None when a person decides), the reason in words, and what decided it."""

    outcome: Outcome
    marks: float | None
    reason: str
    evidence: tuple[Evidence, ...] = ()
    flags: tuple[str, ...] = ()
