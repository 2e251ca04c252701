"""The record of what a learner answered: one event a line, only ever added to. Twin of ``js/attempts.js``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any

SCHEMA = "attempt-event/2"
EARLIER = "attempt-event/1"
"""The same but for two names, from the time when Talk was the only lens. It is still read."""

LONGEST = 100
LONGEST_ANSWER = 4000
"""How many characters an answer may have; the other fields have ``LONGEST``."""

_EARLIER_NAMES = {"item": "turn", "answer": "code"}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_TIME = re.compile(
    r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z"
)


@dataclass(frozen=True, slots=True)
class AttemptEvent:
    """One answer: at this moment, in this attempt, this item was answered so."""

    attempt: str
    lens: str
    vignette: str
    content: str
    item: str
    answer: str
    at: str

    @classmethod
    def from_value(cls, value: Any) -> AttemptEvent:
        """Make an event from parsed JSON.

        Raises:
            ValueError: It is not a complete event, or has something added; the message says what.
        """
        if not isinstance(value, dict):
            raise ValueError("not a JSON object")
        earlier = value.get("schema") == EARLIER
        given = {name: _EARLIER_NAMES.get(name, name) if earlier else name for name in cls.__slots__}
        if value.keys() != {"schema", *given.values()}:
            raise ValueError(f"its fields are not schema, {', '.join(given.values())}")
        if value["schema"] not in (SCHEMA, EARLIER):
            raise ValueError(f"its schema is not {SCHEMA}")
        fields = {name: value[there] for name, there in given.items()}
        for name, text in fields.items():
            longest = LONGEST_ANSWER if name == "answer" else LONGEST
            if not isinstance(text, str) or not 0 < len(text) <= longest or _LONE_SURROGATE.search(text):
                raise ValueError(f'"{given[name]}" is not a text of 1 to {longest} characters')
        if not _TIME.fullmatch(fields["at"]):
            raise ValueError('"at" is not a time such as 2026-11-22T10:11:12.345Z')
        return cls(**fields)

    def as_value(self) -> dict[str, str]:
        """Return the event as JSON has it."""
        return {"schema": SCHEMA, **asdict(self)}

    def line(self) -> str:
        """Return the event as its one line, the same text in the browser and here."""
        return json.dumps(self.as_value(), ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Damaged:
    """A line that is not an event."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """What a text of JSON Lines holds: its events, each once and in order of time, and its damaged lines."""

    events: tuple[AttemptEvent, ...] = ()
    damaged: tuple[Damaged, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One go at an exercise: the first and the latest answer to each item.

    First answers are what practice counts, because feedback shows the key straight afterwards.
    """

    id: str
    content: str
    first: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    latest: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    last: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a record that is not blank: its event, or why it has none."""

    number: int
    raw: bytes
    event: AttemptEvent | None
    reason: str = ""


def lines_of(data: bytes) -> Iterator[Line]:
    """Read JSON Lines one by one. A damaged line costs itself and nothing else."""
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        text = raw.strip()
        if text:
            yield _line(number, text)


def _line(number: int, raw: bytes) -> Line:
    try:
        return Line(number, raw, AttemptEvent.from_value(json.loads(raw.decode("utf-8"))))
    except UnicodeDecodeError:
        reason = "not UTF-8 text"
    except json.JSONDecodeError:
        reason = "not JSON; perhaps only part of a line was written"
    except RecursionError:
        reason = "nested too deeply"
    except ValueError as error:
        reason = str(error)
    return Line(number, raw, None, reason)


def parse(data: bytes) -> Record:
    """Read JSON Lines."""
    found = list(lines_of(data))
    damaged = tuple(Damaged(line.number, line.reason) for line in found if line.event is None)
    return Record(merge(line.event for line in found if line.event), damaged)


def merge(*records: Iterable[AttemptEvent]) -> tuple[AttemptEvent, ...]:
    """Return the union of several records: each event once, in order of time."""
    lines = by_line(event for record in records for event in record)
    return tuple(event for line, event in sorted(lines.items(), key=lambda pair: (pair[1].at, pair[0])))


def by_line(events: Iterable[AttemptEvent]) -> dict[str, AttemptEvent]:
    """Return events by their lines: equal events are one."""
    return {event.line(): event for event in events}


def attempts_of(events: Iterable[AttemptEvent]) -> tuple[Attempt, ...]:
    """Split the events of one exercise into attempts; the one worked on last comes last."""
    found: dict[str, tuple[str, dict[str, str], dict[str, str], str]] = {}
    for event in merge(events):
        content, first, latest, _ = found.get(event.attempt, (event.content, {}, {}, ""))
        first.setdefault(event.item, event.answer)
        latest[event.item] = event.answer
        found[event.attempt] = (content, first, latest, event.at)
    attempts = [
        Attempt(name, content, MappingProxyType(first), MappingProxyType(latest), last)
        for name, (content, first, latest, last) in found.items()
    ]
    return tuple(sorted(attempts, key=lambda attempt: attempt.last))
