"""Tutors' codings out of exported attempts: who coded what, and what had to be set aside and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engagekit.frontend.attempts import Attempt, AttemptEvent, attempts_of, parse
from engagekit.frontend.exercises import LENS_NAMES, NoSuchExerciseError, exercise
from engagekit.model import Course
from engagekit.scoring.practice import is_answer

MOST_BYTES = 50_000_000
"""A file larger than this is no export of one tutor's answers."""

MOST_REMARKS = 20
"""How many damaged lines of one file are named one by one."""

Exercise = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Coding:
    """One tutor's answers to one vignette through one lens.

    Attributes:
        coder: The tutor, as the file is named.
        answers: Item to the first answer of the attempt.
        missing: How many of the items that need an answer have none.
        finished: How many attempts the tutor finished; the latest of them is this one. From the second on,
            the tutor had seen the key.
    """

    coder: str
    lens: str
    vignette: str
    answers: Mapping[str, str]
    missing: int
    finished: int


@dataclass(frozen=True, slots=True)
class Aside:
    """Something that does not count, and why."""

    coder: str
    what: str
    reason: str


@dataclass(slots=True)
class Codings:
    """What the files hold.

    Attributes:
        coders: Every tutor, in order of name.
        found: The codings that count.
        exercises: Lens and vignette to the exercise that was coded.
        asides: What does not count.
    """

    coders: list[str] = field(default_factory=list)
    found: list[Coding] = field(default_factory=list)
    exercises: dict[tuple[str, str], Exercise] = field(default_factory=dict)
    asides: list[Aside] = field(default_factory=list)


def read_codings(course: Course, places: Iterable[Path]) -> Codings:
    """Read what each tutor exported.

    Args:
        course: The course, with the keys that the tutors' exercises had.
        places: Files, one for each tutor, or folders of them.

    Raises:
        ValueError: A place does not exist, or no file is there.
    """
    codings = Codings()
    owners: dict[str, str] = {}
    for coder, path in _named(places):
        codings.coders.append(coder)
        events, remarks = _events(path)
        codings.asides += [Aside(coder, what, reason) for what, reason in remarks]
        codings.asides += [
            Aside(coder, f"attempt {name}", f"it is in the file of {owners[name]} too, and counts there")
            for name in sorted({event.attempt for event in events} & owners.keys())
        ]
        own = [event for event in events if event.attempt not in owners]
        owners |= {event.attempt: coder for event in own}
        _take(course, codings, coder, own)
    return codings


def exercise_of(course: Course, lens: str, vignette_id: str) -> Exercise:
    """Return an exercise as a tutor had it. Tutors hold keys, so an assessment is an exercise too.

    Raises:
        NoSuchExerciseError: There is no such vignette, or it has no key or another lens.
    """
    vignette = course.vignettes.get(vignette_id)
    if vignette is None or vignette.use != "assessment":
        return exercise(course, vignette_id, lens)
    opened = {**course.vignettes, vignette_id: vignette.model_copy(update={"use": "practice"})}
    made = exercise(course.model_copy(update={"vignettes": opened}), vignette_id, lens)
    return made | {"use": vignette.use}


def _named(places: Iterable[Path]) -> list[tuple[str, Path]]:
    """Return each file with its tutor's name: the file's name, with a number where two are the same."""
    files: list[Path] = []
    for place in places:
        found = sorted(place.glob("*.jsonl")) if place.is_dir() else [place]
        if not found:
            raise ValueError(f"{place}: no .jsonl file in this folder; put one file for each tutor there")
        files += [path for path in found if path.resolve() not in {each.resolve() for each in files}]
    named: dict[str, Path] = {}
    for path in sorted(files, key=lambda each: (each.stem, str(each))):
        if not path.exists():
            raise ValueError(f"{path}: there is no such file")
        name, number = path.stem, 1
        while name in named:
            number += 1
            name = f"{path.stem} ({number})"
        named[name] = path
    return list(named.items())


def _events(path: Path) -> tuple[Sequence[AttemptEvent], list[tuple[str, str]]]:
    """Return the events of a file, and what could not be read: what and why."""
    try:
        if not path.is_file():  # reading a pipe or a device might never end
            return (), [(path.name, "it is not an ordinary file")]
        if path.stat().st_size > MOST_BYTES:
            return (), [(path.name, f"it is larger than {MOST_BYTES} bytes")]
        record = parse(path.read_bytes())
    except OSError as error:
        return (), [(path.name, f"it could not be read: {error.strerror or type(error).__name__}")]
    remarks = [(f"{path.name}, line {line.number}", line.reason) for line in record.damaged[:MOST_REMARKS]]
    more = len(record.damaged) - MOST_REMARKS
    if more > 0:
        remarks.append((path.name, f"{more} more lines could not be read"))
    if not record.events and not remarks:
        remarks.append((path.name, "it is empty"))
    return record.events, remarks


def _take(course: Course, codings: Codings, coder: str, events: Iterable[AttemptEvent]) -> None:
    """Sort one tutor's events by lens and vignette, and take from each the attempt that counts."""
    sorted_out: dict[tuple[str, str], list[AttemptEvent]] = {}
    for event in events:
        sorted_out.setdefault((event.lens, event.vignette), []).append(event)
    for (lens, vignette), theirs in sorted(sorted_out.items()):
        what = f"{LENS_NAMES.get(lens, lens)}: {vignette}"
        try:
            asked = codings.exercises.get((lens, vignette)) or exercise_of(course, lens, vignette)
        except NoSuchExerciseError as error:
            codings.asides.append(Aside(coder, what, str(error)))
            continue
        if lens == "reply":
            codings.asides.append(Aside(coder, what, "replies are written, and have no codes to compare"))
            continue
        codings.exercises[lens, vignette] = asked
        codings.asides += [Aside(coder, what, reason) for reason in _strange(asked, theirs)]
        coding = _coding(asked, coder, theirs)
        if coding:
            codings.found.append(coding)


def _strange(asked: Exercise, events: Iterable[AttemptEvent]) -> Iterator[str]:
    """Say which events belong to another version, or answer nothing that was asked."""
    other = {event.attempt for event in events if event.content != asked["content"]}
    if other:
        yield f"coded on another version of this vignette ({count(len(other), 'attempt')})"
    wrong = sum(event.content == asked["content"] and not _fits(asked, event) for event in events)
    if wrong:
        yield f"{count(wrong, 'answer')} to no item or with no such code"


def _fits(asked: Exercise, event: AttemptEvent) -> bool:
    codes = [code["id"] for code in asked["scheme"]["codes"]]
    return any(item["id"] == event.item and is_answer(item, event.answer, codes) for item in asked["items"])


def _coding(asked: Exercise, coder: str, events: Iterable[AttemptEvent]) -> Coding | None:
    """Return the latest finished attempt, else the latest, with the first answer to each item."""
    attempts = attempts_of(
        event for event in events if event.content == asked["content"] and _fits(asked, event)
    )
    if not attempts:
        return None
    # What is written in one's own words has no codes, so nobody waits for it here.
    needed = [
        item["id"] for item in asked["items"] if not item["optional"] and item["kind"] in ("choice", "set")
    ]
    finished = [attempt for attempt in attempts if _missing(attempt, needed) == 0]
    chosen = (finished or attempts)[-1]
    return Coding(coder, asked["lens"], asked["id"], chosen.first, _missing(chosen, needed), len(finished))


def _missing(attempt: Attempt, needed: Iterable[str]) -> int:
    return sum(item not in attempt.first for item in needed)


def count(number: int, noun: str) -> str:
    """Return a number of things in words."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
