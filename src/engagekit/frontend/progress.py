"""Progress in JupyterLab: what to do next, a figure, tables, and the whole record as one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engagekit.content import load_course
from engagekit.frontend.attempt_log import FOLDER, MOST_BYTES, AttemptLog, Kept
from engagekit.frontend.attempts import parse
from engagekit.frontend.exercises import catalogue
from engagekit.frontend.form_file import write_whole
from engagekit.frontend.practice import course_folder
from engagekit.frontend.progress_html import page_html
from engagekit.scoring.progress import progress as worked_out

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

EXPORT = "engagekit-attempts.jsonl"
ATTEMPT_COLUMNS = (
    "lens", "vignette", "title", "use", "version", "at",
    "done", "all", "finished", "points", "count", "share",
)  # fmt: skip
CODE_COLUMNS = ("lens", "code", "label", "keyed", "given", "agreed", "share")


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file brought: how many answers were new, how many were here already, and lines not readable."""

    new: int
    known: int
    damaged: int

    def __str__(self) -> str:
        """Say it in words."""
        told = f"{self.new} new {'answer' if self.new == 1 else 'answers'}, {self.known} already here."
        lines = f" {self.damaged} {'line' if self.damaged == 1 else 'lines'} could not be read."
        return told + (lines if self.damaged else "")


class Progress:
    """How a learner is getting on. Shown as the last line of a cell it draws itself.

    Examples:
        >>> mine = progress()  # doctest: +SKIP
        >>> mine.attempts.groupby("lens")["share"].mean()  # doctest: +SKIP
        >>> mine.export("my-attempts.jsonl")  # doctest: +SKIP
    """

    def __init__(
        self, exercises: dict[str, Any], log: AttemptLog, clock: Callable[[], str] | None = None
    ) -> None:
        """Read the record and work everything out.

        Args:
            exercises: What ``catalogue`` gives.
            log: The record.
            clock: Gives the time now; the computer's clock where none is given.
        """
        self._catalogue, self._log, self._clock = exercises, log, clock or _now
        self._notes: tuple[str, ...] = ()
        self.refresh()

    def refresh(self) -> None:
        """Read the record again, for instance after more practice."""
        try:
            kept = self._log.read()
        except OSError as error:
            kept = Kept()
            why = error.strerror or type(error).__name__
            self._notes = (f"The file {self._log.path.as_posix()} could not be read ({why}).",)
        else:
            self._notes = kept.notes()
        self._events = kept.events
        self._found = worked_out(self._catalogue, [event.as_value() for event in kept.events], self._clock())
        for name in ("attempts", "codes", "figure"):
            self.__dict__.pop(name, None)

    @property
    def suggestions(self) -> list[dict[str, str]]:
        """What to do next, at most four: kind, lens, vignette, title and reason."""
        return [dict(each) for each in self._found["suggestions"]]

    @cached_property
    def attempts(self) -> pandas.DataFrame:
        """Every attempt in order of time. What is at an earlier version has no share: it is not compared."""
        import pandas

        rows = [
            {"lens": lens["lens"], "version": version, **attempt}
            for lens in self._found["lenses"]
            for version, of in (("current", "attempts"), ("earlier", "earlier"))
            for attempt in lens[of]
        ]
        rows.sort(key=lambda row: row["at"])
        table = pandas.DataFrame(rows, columns=list(ATTEMPT_COLUMNS))
        table["at"] = pandas.to_datetime(table["at"], utc=True, errors="coerce")
        whole = dict.fromkeys(("done", "all", "count"), "Int64")
        return table.astype({**whole, "finished": "boolean", "points": "float64", "share": "float64"})

    @cached_property
    def codes(self) -> pandas.DataFrame:
        """How often each code was keyed, given and agreed on, and the share agreed of those keyed."""
        import pandas

        rows = [
            {"lens": lens["lens"], **row, "share": row["agreed"] / row["keyed"] if row["keyed"] else None}
            for lens in self._found["lenses"]
            for row in lens["codes"]
        ]
        return pandas.DataFrame(rows, columns=list(CODE_COLUMNS)).astype({"share": "float64"})

    @cached_property
    def figure(self) -> Figure | None:
        """Agreement over time, one drawing a lens; None before anything that is scored is finished."""
        from engagekit.frontend.progress_figure import draw

        return draw(self._found["lenses"])

    def export(self, path: str | Path = EXPORT) -> Path:
        """Write the whole record as one file, which the book and another JupyterLab can import.

        Args:
            path: The file, or a folder to put it into.

        Returns:
            Where it is.

        Raises:
            FileExistsError: There is a file that holds something else than this record; it is left alone.
            OSError: It cannot be written there.
        """
        self.refresh()
        wanted = Path(path)
        target = wanted / EXPORT if wanted.is_dir() else wanted
        if target.exists() and not self._is_ours(target):
            raise FileExistsError(f'"{target}" holds something else than this record: choose another name')
        write_whole(target, "".join(f"{event.line()}\n" for event in self._events).encode("utf-8"))
        return target

    def import_file(self, path: str | Path) -> Imported:
        """Add the answers in a file that the book or another JupyterLab exported. Nothing is lost or doubled.

        Args:
            path: The file.

        Returns:
            What it brought.

        Raises:
            ValueError: The file is too large to be a record.
            OSError: The file cannot be read, or the record cannot be written.
        """
        file = Path(path)
        if file.stat().st_size > MOST_BYTES:
            raise ValueError(f'"{file}" is too large to be a record of answers: nothing was imported')
        record = parse(file.read_bytes())
        self.refresh()
        known = {event.line() for event in self._events}
        fresh = [event for event in record.events if event.line() not in known]
        self._log.append(fresh)
        self.refresh()
        return Imported(len(fresh), len(record.events) - len(fresh), len(record.damaged))

    def _is_ours(self, file: Path) -> bool:
        """Say whether everything in a file is in the record too, so that nothing is lost with it."""
        if not file.is_file() or file.resolve() == self._log.path.resolve():
            return False
        record = parse(file.read_bytes())
        return not record.damaged and set(record.events) <= set(self._events)

    def _repr_html_(self) -> str:
        """Return what JupyterLab shows."""
        return page_html(self._found, self.figure, len(self._events), self._log.path.as_posix(), self._notes)

    def __repr__(self) -> str:
        """Return the suggestions in words."""
        lines = [f"- {each['title']} ({each['lens']}): {each['reason']}" for each in self.suggestions]
        return "\n".join(["What next:", *(lines or ["- Nothing is waiting for you today."])])


def progress(root: str | Path | None = None, log: AttemptLog | None = None) -> Progress:
    """Return how the learner is getting on, ready to be shown as the last line of a cell.

    Args:
        root: The course folder; found from the working folder upwards where none is given.
        log: The record; the folder ``attempts`` beside the notebook where none is given.

    Raises:
        FileNotFoundError: No course folder was found.
    """
    course = load_course(Path(root) if root else course_folder(Path.cwd()))
    return Progress(catalogue(course, lambda lens: ""), log or AttemptLog(Path(FOLDER)))


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
