"""Tutors who code a small course, and the files that they export."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "content"))
from vignette_files import a_full_course

from engagekit.content import load_course
from engagekit.frontend.attempts import AttemptEvent
from engagekit.model import Course
from engagekit.reports.panel.codings import exercise_of

TALK, STAGE, DESISTANCE = ("talk", "first-visit"), ("stage", "ana-letters"), ("desistance", "ana-letters")
WEB, GOAL, REPLY = ("web", "dee-spring"), ("goal", "eli-mornings"), ("reply", "two-mornings")

AS_KEYED: dict[tuple[str, str], dict[str, str]] = {
    TALK: {"t01": "question", "t03": "reflection"},
    STAGE: {"stage": "action s02", "missing": "none", "next": "r1"},
    DESISTANCE: {"b1-intention": "ambiguous s05", "b2-hope": "not-stated"},
    GOAL: {"faults": "vague no-date"},
}
"""What somebody who agrees with each key answers."""


class Tutors:
    """A course folder, and a folder into which tutors put their files."""

    def __init__(self, folder: Path) -> None:
        """Write the small course."""
        self.root = a_full_course(folder / "course")
        self.files = folder / "tutors"
        self.files.mkdir()
        self.out = folder / "out"

    @property
    def course(self) -> Course:
        """Return the course as it stands in its files."""
        return load_course(self.root)

    def code(
        self,
        tutor: str,
        pair: tuple[str, str],
        answers: Mapping[str, str],
        *,
        attempt: str = "",
        content: str | None = None,
        minute: int = 0,
    ) -> Path:
        """Add one attempt to a tutor's file: each answer a second after the one before."""
        lens, vignette = pair
        content = exercise_of(self.course, lens, vignette)["content"] if content is None else content
        path = self.files / f"{tutor}.jsonl"
        with path.open("a", encoding="utf-8") as file:
            for second, (item, answer) in enumerate(answers.items()):
                at = f"2026-11-22T10:{minute:02}:{second:02}.000Z"
                name = attempt or f"{tutor}-{lens}-{vignette}"
                file.write(AttemptEvent(name, lens, vignette, content, item, answer, at).line() + "\n")
        return path

    def agree(self, pair: tuple[str, str], *tutors: str) -> None:
        """Have tutors answer as the key does."""
        for tutor in tutors:
            self.code(tutor, pair, AS_KEYED[pair])
