"""Practice in JupyterLab: the page's own component, its answers in a file, its numbers in Python."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from engagekit.frontend.assets import bundle_css, bundle_esm
from engagekit.frontend.attempt_log import FOLDER, AttemptLog, Kept
from engagekit.frontend.attempts import Attempt, AttemptEvent, merge, parse
from engagekit.frontend.embed import data_html
from engagekit.frontend.exercises.common import NoSuchExerciseError
from engagekit.frontend.measure import COLUMNS, Measured, attempts, measure, rows, withheld
from engagekit.frontend.sharing import share

if TYPE_CHECKING:
    import pandas

MOST_LINES = 20_000
"""How many lines one message from the browser may bring, for an import of a long record."""


class Practice(anywidget.AnyWidget):
    """One exercise to work through, or a shelf of them to choose from.

    Examples:
        >>> talk = Practice(exercise(course, "aisha-first-month"))  # doctest: +SKIP
        >>> talk.agreement.percent, talk.agreement.kappa  # doctest: +SKIP
        (0.8, 0.71)
        >>> talk.results()  # doctest: +SKIP
    """

    _esm = bundle_esm("practice")
    _css = bundle_css("practice")

    data = traitlets.Dict(read_only=True).tag(sync=True)
    events: traitlets.List[dict[str, str]] = traitlets.List(read_only=True).tag(sync=True)
    place = traitlets.Unicode(read_only=True).tag(sync=True)
    problem = traitlets.Unicode("", read_only=True).tag(sync=True)
    unwritten = traitlets.Int(0, read_only=True).tag(sync=True)

    def __init__(self, data: Mapping[str, Any], place: Path | None = None) -> None:
        """Show an exercise or a shelf, and take up what the record holds.

        Args:
            data: What ``exercise`` or ``practice`` gives.
            place: The folder of attempts, or the file in it; ``attempts`` beside the notebook where none is
                given.
        """
        super().__init__()
        self._log = AttemptLog(place or Path(FOLDER))
        self._unwritten: tuple[AttemptEvent, ...] = ()
        self._events: tuple[AttemptEvent, ...] = ()
        self._data = data
        shelf = "exercises" in data
        shown = data["exercises"] if shelf else [data]
        self._shown = {f"{each['lens']}/{each['id']}": each for each in shown}
        # A fifth of the size, for a shelf of cases: the browser puts it together again.
        self.set_trait("data", share(data) if shelf else dict(data))
        self.set_trait("place", self._log.path.as_posix())
        self.refresh()
        self.on_msg(self._heard)

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """The attempts at the exercise that is shown; on a shelf, at the one worked on last."""
        return self.attempts_of(self._newest())

    @property
    def agreement(self) -> Measured | None:
        """How the newest attempt agrees with the reference; None before the first answer.

        A retest says nothing before its end. On a shelf it is about the exercise worked on last.
        """
        return self.agreement_of(self._newest())

    def attempts_of(self, name: str) -> tuple[Attempt, ...]:
        """Return the attempts at an exercise, the one worked on last at the end.

        Args:
            name: ``talk/aisha-first-month``, or the vignette alone where only one lens is shown.

        Raises:
            NoSuchExerciseError: It is not shown here.
        """
        return attempts(self._named(name), self._events) if name else ()

    def agreement_of(self, name: str) -> Measured | None:
        """Return how the newest attempt at an exercise agrees with the reference, or None.

        Args:
            name: As for ``attempts_of``.

        Raises:
            NoSuchExerciseError: It is not shown here.
        """
        made = self.attempts_of(name)
        if not made or withheld(self._named(name), made[-1]):
            return None
        return measure(self._named(name), made[-1])

    def results(self) -> pandas.DataFrame:
        """Return a table of every answer: what was answered, the reference, the outcome and the score."""
        import pandas

        found = [row for each in self._shown.values() for row in rows(each, self._events)]
        table = pandas.DataFrame(found, columns=list(COLUMNS))
        return table.astype({"score": "float64"})

    def refresh(self) -> None:
        """Read the record again, for instance after another notebook wrote to it."""
        try:
            kept = self._log.read()
        except OSError as error:
            kept = Kept()
            self._say(f"The file {self.place} could not be read ({_why(error)}).")
        else:
            self._say(" ".join(kept.notes()))
        self._events = merge((event for event in kept.events if self._shows(event)), self._unwritten)
        self.set_trait("events", [event.as_value() for event in self._events])

    def _heard(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Take answers from the browser. Whatever is not an event of what is shown is left out."""
        if not isinstance(content, dict) or content.get("kind") != "append":
            return
        lines = content.get("lines")
        if not isinstance(lines, list):
            return
        text = "\n".join(line for line in lines[:MOST_LINES] if isinstance(line, str))
        found = parse(text.encode("utf-8", "replace")).events
        wanted = merge((event for event in found if self._shows(event)), self._unwritten)
        try:
            self._log.append(wanted)
        except OSError as error:
            self._unwritten = wanted
            self.set_trait("unwritten", len(wanted))
            self.refresh()
            told = f"Your answers could not be written to {self.place} ({_why(error)})."
            self._say(f"{told} Download them before you leave.")
        else:
            self._unwritten = ()
            self.set_trait("unwritten", 0)
            self.refresh()

    def _shows(self, event: AttemptEvent) -> bool:
        return f"{event.lens}/{event.vignette}" in self._shown

    def _newest(self) -> str:
        """Return the one exercise, or the one worked on last; empty before the first answer on a shelf."""
        if len(self._shown) == 1:
            return next(iter(self._shown))
        return f"{self._events[-1].lens}/{self._events[-1].vignette}" if self._events else ""

    def _named(self, name: str) -> Mapping[str, Any]:
        found: list[Mapping[str, Any]] = [
            each for key, each in self._shown.items() if name in (key, each["id"])
        ]
        if len(found) == 1:
            return found[0]
        hint = ", ".join(self._shown) if len(self._shown) <= 12 else "look at the titles above"
        wrong = "more than one lens here has" if found else "nothing here is called"
        raise NoSuchExerciseError(f'{wrong} "{name}": choose from {hint}')

    def _say(self, problem: str) -> None:
        self.set_trait("problem", problem)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Show the widget in JupyterLab, and the living custom element in a page without Python."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        return {**data, "text/html": data_html(self._data)}, metadata


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__
