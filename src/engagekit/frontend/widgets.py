"""The Talk exercise in JupyterLab: the page's own component, its answers in a file, its numbers in Python."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from engagekit.frontend.assets import bundle_css, bundle_esm
from engagekit.frontend.attempts import FOLDER, Attempt, AttemptEvent, AttemptLog, attempts_of, merge, parse
from engagekit.frontend.embed import talk_html
from engagekit.model import Agreement
from engagekit.scoring.agreement import compare

LENS = "talk"
MOST_LINES = 20_000
"""How many lines one message from the browser may bring, for an import of a long record."""


class TalkExercise(anywidget.AnyWidget):
    """A practice interview to code, turn by turn.

    Attributes:
        attempt: The attempt worked on last, or None before the first answer.
        agreement: How its first answers agree with the reference, or None.

    Examples:
        >>> exercise = TalkExercise(talk_exercise(course, "aisha-first-month"))  # doctest: +SKIP
        >>> exercise.agreement.kappa  # doctest: +SKIP
        0.71
    """

    _esm = bundle_esm("talk")
    _css = bundle_css("talk")

    exercise = traitlets.Dict(read_only=True).tag(sync=True)
    events: traitlets.List[dict[str, str]] = traitlets.List(read_only=True).tag(sync=True)
    place = traitlets.Unicode(read_only=True).tag(sync=True)
    problem = traitlets.Unicode("", read_only=True).tag(sync=True)
    attempt = traitlets.Instance(Attempt, allow_none=True, read_only=True)
    agreement = traitlets.Instance(Agreement, allow_none=True, read_only=True)

    def __init__(self, exercise: Mapping[str, Any], path: Path | None = None) -> None:
        """Show an exercise and take up what its file holds.

        Args:
            exercise: What ``talk_exercise`` gives.
            path: The file of attempts; ``attempts/talk.jsonl`` in the working folder where none is given.
        """
        super().__init__()
        self._log = AttemptLog(path or Path(FOLDER) / f"{LENS}.jsonl")
        self._unwritten: tuple[AttemptEvent, ...] = ()
        self.set_trait("exercise", dict(exercise))
        self.set_trait("place", self._log.path.as_posix())
        self.refresh()
        self.on_msg(self._heard)

    def refresh(self) -> None:
        """Read the file again, for instance after another notebook wrote to it."""
        try:
            record = self._log.read()
        except OSError as error:
            record = parse(b"")
            self._say(f"The file {self.place} could not be read ({error.strerror}).")
        else:
            self._say(_damage(self.place, [line.number for line in record.damaged]))
        name = self.exercise["id"]
        mine = [event for event in record.events if event.lens == LENS and event.vignette == name]
        kept = merge(mine, self._unwritten)
        self._measure(kept)
        self.set_trait("events", [event.as_value() for event in kept])

    def _heard(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Take answers from the browser. Whatever is not an event of this exercise is left out."""
        if not isinstance(content, dict) or content.get("kind") != "append":
            return
        lines = content.get("lines")
        if not isinstance(lines, list):
            return
        text = "\n".join(line for line in lines[:MOST_LINES] if isinstance(line, str))
        found = parse(text.encode("utf-8", "replace")).events
        wanted = [event for event in found if event.lens == LENS and event.vignette == self.exercise["id"]]
        try:
            self._log.append(merge(wanted, self._unwritten))
        except OSError as error:
            self._unwritten = merge(wanted, self._unwritten)
            self.refresh()
            why = error.strerror or type(error).__name__
            told = f"Your answers could not be written to {self.place} ({why})."
            self._say(f"{told} Download them before you leave.")
        else:
            self._unwritten = ()
            self.refresh()

    def _measure(self, events: tuple[AttemptEvent, ...]) -> None:
        """Work out the newest attempt and its agreement."""
        key = self.exercise["key"]
        codes = [code["id"] for code in self.exercise["scheme"]["codes"]]
        usable = [
            event
            for event in events
            if event.content == self.exercise["content"] and event.turn in key and event.code in codes
        ]
        newest = (attempts_of(usable) or (None,))[-1]
        agreement = None
        if newest:
            scored = {turn: entry["code"] for turn, entry in key.items() if not entry["also"]}
            counted = newest.latest if self.exercise["use"] == "retest" else newest.first
            agreement = compare(counted, scored, codes)
        self.set_trait("attempt", newest)
        self.set_trait("agreement", agreement)

    def _say(self, problem: str) -> None:
        self.set_trait("problem", problem)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Show the widget in JupyterLab, and the living custom element in a page without Python."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        return {**data, "text/html": talk_html(self.exercise)}, metadata


def _damage(place: str, numbers: list[int]) -> str:
    if not numbers:
        return ""
    lines = "line " if len(numbers) == 1 else "lines "
    shown = ", ".join(map(str, numbers[:5])) + (" and more" if len(numbers) > 5 else "")
    return f"In {place}, {lines}{shown} could not be read and were left out. Everything else is here."
