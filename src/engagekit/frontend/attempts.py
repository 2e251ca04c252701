"""The record of what a learner coded: one event a line, only ever added to. Twin of ``js/attempts.js``."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

SCHEMA = "attempt-event/1"
LONGEST = 100
FOLDER = "attempts"
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")


@dataclass(frozen=True, slots=True)
class AttemptEvent:
    """One act of coding: at this moment, in this attempt, this turn was given this code."""

    attempt: str
    lens: str
    vignette: str
    content: str
    turn: str
    code: str
    at: str

    @classmethod
    def from_value(cls, value: Any) -> AttemptEvent:
        """Make an event from parsed JSON.

        Raises:
            ValueError: It is not a complete event, or has something added; the message says what.
        """
        if not isinstance(value, dict):
            raise ValueError("not a JSON object")
        names = {"schema", *cls.__slots__}
        if value.keys() != names:
            raise ValueError(f"its fields are not {', '.join(sorted(names))}")
        if value["schema"] != SCHEMA:
            raise ValueError(f"its schema is not {SCHEMA}")
        fields = {name: value[name] for name in cls.__slots__}
        for name, text in fields.items():
            if not isinstance(text, str) or not 0 < len(text) <= LONGEST or _has_lone_surrogate(text):
                raise ValueError(f'"{name}" is not a text of 1 to {LONGEST} characters')
        if not _TIME.fullmatch(fields["at"]):
            raise ValueError('"at" is not a time such as 2026-11-22T10:11:12.345Z')
        return cls(**fields)

    def as_value(self) -> dict[str, str]:
        """Return the event as JSON has it."""
        return {"schema": SCHEMA, **asdict(self)}

    def line(self) -> str:
        """Return the event as its one line, the same text in the browser and here."""
        return json.dumps(self.as_value(), ensure_ascii=False, separators=(",", ":"))


def _has_lone_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


@dataclass(frozen=True, slots=True)
class Damaged:
    """A line that is not an event. It is left where it is, and left out."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """What a text of JSON Lines holds: its events, each once and in order of time, and its damaged lines."""

    events: tuple[AttemptEvent, ...] = ()
    damaged: tuple[Damaged, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One go at an exercise: the first and the latest code of each turn.

    First answers are what practice counts, because feedback shows the key straight afterwards.
    """

    id: str
    content: str
    first: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    latest: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    last: str = ""


def parse(data: bytes) -> Record:
    """Read JSON Lines. A damaged line costs itself and nothing else."""
    events, damaged = [], []
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not raw.strip():
            continue
        try:
            events.append(AttemptEvent.from_value(json.loads(raw.decode("utf-8"))))
        except UnicodeDecodeError:
            damaged.append(Damaged(number, "not UTF-8 text"))
        except json.JSONDecodeError:
            damaged.append(Damaged(number, "not JSON; perhaps only part of a line was written"))
        except RecursionError:
            damaged.append(Damaged(number, "nested too deeply"))
        except ValueError as error:
            damaged.append(Damaged(number, str(error)))
    return Record(merge(events), tuple(damaged))


def merge(*records: Iterable[AttemptEvent]) -> tuple[AttemptEvent, ...]:
    """Return the union of several records: each event once, in order of time."""
    lines = {event.line(): event for record in records for event in record}
    return tuple(event for line, event in sorted(lines.items(), key=lambda pair: (pair[1].at, pair[0])))


def attempts_of(events: Iterable[AttemptEvent]) -> tuple[Attempt, ...]:
    """Split the events of one exercise into attempts; the one worked on last comes last."""
    found: dict[str, tuple[str, dict[str, str], dict[str, str], str]] = {}
    for event in merge(events):
        content, first, latest, _ = found.get(event.attempt, (event.content, {}, {}, ""))
        first.setdefault(event.turn, event.code)
        latest[event.turn] = event.code
        found[event.attempt] = (content, first, latest, event.at)
    attempts = [
        Attempt(name, content, MappingProxyType(first), MappingProxyType(latest), last)
        for name, (content, first, latest, last) in found.items()
    ]
    return tuple(sorted(attempts, key=lambda attempt: attempt.last))


class AttemptLog:
    """A file of events that only grows. Two notebooks may write to it at the same time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Record:
        """Return what the file holds; nothing, when there is none yet."""
        try:
            return parse(self.path.read_bytes())
        except FileNotFoundError:
            return Record()

    def append(self, events: Iterable[AttemptEvent]) -> int:
        """Add the events that the file does not hold yet, and wait until they are on the disk.

        Returns:
            How many were new.

        Raises:
            OSError: The folder or the file cannot be written.
        """
        wanted = merge(events)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a+b") as file, _locked(file.fileno()):
            file.seek(0)
            data = file.read()
            known = {event.line() for event in parse(data).events}
            fresh = [event.line() for event in wanted if event.line() not in known]
            # A write cut short by a full disk or a lost power supply must not swallow the line after it.
            torn = b"\n" if data and not data.endswith(b"\n") else b""
            if fresh:
                file.write(torn + "".join(f"{line}\n" for line in fresh).encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
        return len(fresh)


@contextmanager
def _locked(handle: int) -> Iterator[None]:
    """Hold the file for this process alone; appending is not safe by itself on Windows or over a network."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
        try:
            yield
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)
