"""The file that a learner's answers are kept in: it only grows, mends itself, and may be shared.

A folder holds one file that is written, ``attempts.jsonl``. Every other ``.jsonl`` file in it is read too, so
that a record downloaded from the book counts once it lies there.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from engagekit.frontend.attempts import AttemptEvent, Damaged, Line, by_line, lines_of, merge, parse
from engagekit.frontend.form_file import write_whole

FOLDER = "attempts"
FILE = "attempts.jsonl"
MOST_BYTES = 100_000_000
"""A file larger than this is no record of answers."""

_CHECKED = 256
"""How many bytes before the known end of a file are compared, to see that it only grew."""

Signature = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Other:
    """Another record in the folder, as it was when it was last read."""

    seen: Signature | None
    events: dict[str, AttemptEvent]
    damaged: tuple[Damaged, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """A damaged file that was set aside: where, and how many lines were damaged and recovered."""

    copy: Path
    damaged: int
    recovered: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What a folder of attempts holds.

    Attributes:
        events: Every event once, in order of time.
        asides: What was set aside since this log was opened.
        damaged: File name to the lines that could not be read and are still where they were.
    """

    events: tuple[AttemptEvent, ...] = ()
    asides: tuple[Aside, ...] = ()
    damaged: dict[str, tuple[Damaged, ...]] = field(default_factory=dict)

    def notes(self) -> tuple[str, ...]:
        """Return what a learner should be told."""
        return (*map(_told, self.asides), *(_left(name, lines) for name, lines in self.damaged.items()))


class AttemptLog:
    """The record of one learner. Two notebooks may write to it at the same time."""

    def __init__(self, place: Path) -> None:
        """Open a record.

        Args:
            place: A folder, or the one file in it to write to, which ends in ``.jsonl``.
        """
        self.path = place if place.suffix == ".jsonl" else place / FILE
        self._lock = self.path.with_name(f".{self.path.name}.lock")
        self._known: dict[str, AttemptEvent] = {}
        self._order: list[tuple[str, str]] = []  # time and line of each known event
        self._seen: Signature | None = None
        self._offset = 0  # the end of the last whole line that is known
        self._before = b""  # the bytes just before it
        self._damaged: tuple[Damaged, ...] = ()
        self._asides: list[Aside] = []
        self._others: dict[str, _Other] = {}

    def read(self) -> Kept:
        """Return what the folder holds; nothing, when there is none yet.

        A file with damaged lines is set aside whole and its good lines are written back. Where the folder
        cannot be written they are only left out.

        Raises:
            OSError: The file is there and cannot be read.
        """
        if _signature(self.path) != self._seen:
            with self._held(needed=False) as held:
                self._catch_up(mend=held)
        self._read_others()
        damaged = {self.path.name: self._damaged} if self._damaged else {}
        damaged |= {name: other.damaged for name, other in self._others.items() if other.damaged}
        return Kept(self._events(), tuple(self._asides), damaged)

    def append(self, events: Iterable[AttemptEvent]) -> int:
        """Add the events that the file does not hold yet, and wait until they are on the disk.

        Returns:
            How many were new.

        Raises:
            OSError: The folder or the file cannot be written; the file is as it was.
        """
        wanted = merge(events)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._held():
            self._catch_up()
            fresh = [line for line in (event.line() for event in wanted) if line not in self._known]
            if fresh:
                _add(self.path, "".join(f"{line}\n" for line in fresh).encode("utf-8"))
                self._catch_up()
        return len(fresh)

    def _events(self) -> tuple[AttemptEvent, ...]:
        known = dict(self._known)
        for other in self._others.values():
            known |= other.events
        if len(known) == len(self._known):
            return tuple(self._known[line] for _, line in self._order)
        return tuple(known[line] for _, line in sorted((event.at, line) for line, event in known.items()))

    def _catch_up(self, *, mend: bool = True) -> None:
        """Take up what the file holds since it was last looked at. Only what was added is read."""
        seen = _signature(self.path)
        if seen == self._seen:
            return
        if seen is None:
            self._forget()
            return
        lines: list[Line] = []
        with self.path.open("rb") as file:
            data = self._added(file.fileno(), seen)
            if data is not None:
                lines = list(lines_of(data))
            if data is None or any(line.event is None for line in lines):
                self._forget()
                os.lseek(file.fileno(), 0, os.SEEK_SET)
                data = _rest(file.fileno())
                lines = list(lines_of(data))
        damaged = tuple(Damaged(line.number, line.reason) for line in lines if line.event is None)
        if damaged and mend:
            try:
                self._mend(data, lines)
            except OSError:
                pass  # it stays where it is, and everything else in it is used
            else:
                self._catch_up(mend=False)
                return
        self._know(line.event for line in lines if line.event)
        self._damaged = damaged
        if not damaged:  # else the whole file is read again next time, and perhaps it can be mended then
            whole = data.rfind(b"\n") + 1
            self._before = (self._before + data[:whole])[-_CHECKED:]
            self._offset += whole
            self._seen = seen

    def _added(self, handle: int, seen: Signature) -> bytes | None:
        """Return what was added to the known file; None when it is another file, or was changed."""
        if not self._offset or seen[1] < self._offset or (self._seen and self._seen[0] != seen[0]):
            return None
        os.lseek(handle, self._offset - len(self._before), os.SEEK_SET)
        data = _rest(handle)
        return data[len(self._before) :] if data.startswith(self._before) else None

    def _mend(self, data: bytes, lines: list[Line]) -> None:
        """Set the damaged file aside whole, and write its good lines back in one step."""
        good = [line.raw for line in lines if line.event]
        copy = _kept_whole(self.path, data)
        write_whole(Path(os.path.realpath(self.path)), b"".join(raw + b"\n" for raw in good))
        self._asides.append(Aside(copy, len(lines) - len(good), len(good)))
        self._forget()

    def _know(self, events: Iterable[AttemptEvent]) -> None:
        before = len(self._known)
        self._known |= by_line(events)
        if len(self._known) > before:
            self._order += [(event.at, line) for line, event in islice(self._known.items(), before, None)]
            self._order.sort()

    def _forget(self) -> None:
        self._known, self._order = {}, []
        self._seen, self._offset, self._before, self._damaged = None, 0, b"", ()

    def _read_others(self) -> None:
        """Read the other records in the folder again where they changed. None of them is ever written."""
        found = {}
        for path in sorted(self.path.parent.glob("*.jsonl")):
            if path.name == self.path.name:
                continue
            try:
                seen = _signature(path)
                before = self._others.get(path.name)
                if before and seen and before.seen == seen:
                    found[path.name] = before
                elif seen:
                    record = parse(path.read_bytes())
                    found[path.name] = _Other(seen, by_line(record.events), record.damaged)
            except OSError as error:
                found[path.name] = _Other(None, {}, (Damaged(0, error.strerror or type(error).__name__),))
        self._others = found

    @contextmanager
    def _held(self, *, needed: bool = True) -> Iterator[bool]:
        """Hold the record for this process alone, and say whether that was possible.

        The lock is a file of its own: the record itself is replaced when it is mended, and a lock on what
        was replaced would hold nobody back.
        """
        try:
            file = self._lock.open("ab")
        except OSError:
            if needed:
                raise
            yield False  # a folder that cannot be written, or is not there yet
            return
        with file, locked(file.fileno()):
            yield True


def _signature(path: Path) -> Signature | None:
    """Return what changes when a file does; None when there is no file."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is not an ordinary file")
    if found.st_size > MOST_BYTES:
        raise OSError(errno.EFBIG, "it is too large for a record of answers")
    return (found.st_ino, found.st_size, found.st_mtime_ns)


def _rest(handle: int) -> bytes:
    parts = []
    while part := os.read(handle, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _add(path: Path, data: bytes) -> None:
    """Add whole lines to a file and wait for the disk; a failure leaves the file as it was."""
    with path.open("a+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            # A write cut short by a lost power supply must not swallow the line after it.
            data = data if file.read(1) == b"\n" else b"\n" + data
        try:
            left = memoryview(data)
            while left:
                left = left[file.write(left) :]
            os.fsync(file.fileno())
        except OSError:
            os.ftruncate(file.fileno(), size)
            raise


def _kept_whole(path: Path, data: bytes) -> Path:
    """Keep the bytes of a damaged file under a name that nothing reads as a record."""
    number = 1
    while os.path.lexists(copy := path.with_name(f"{path.stem}-{number}.jsonl.damaged")):
        if copy.is_file() and copy.read_bytes() == data:  # an earlier try got as far as this
            return copy
        number += 1
    write_whole(copy, data)
    return copy


@contextmanager
def locked(handle: int) -> Iterator[None]:
    """Hold an open file for this process alone; appending is not safe by itself everywhere."""
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


def _told(aside: Aside) -> str:
    was = "1 line was" if aside.damaged == 1 else f"{aside.damaged} lines were"
    rest = {0: "No line", 1: "The other line"}.get(aside.recovered, f"The other {aside.recovered} lines")
    return (
        f"The record of your answers had damage: {was} not readable. {rest} could be recovered. "
        f"The damaged file is kept as {aside.copy.as_posix()}."
    )


def _left(name: str, lines: tuple[Damaged, ...]) -> str:
    numbers = [line.number for line in lines if line.number]
    if not numbers:
        return f"The file {name} could not be read ({lines[0].reason}). Everything else is here."
    one = len(numbers) == 1
    shown = ", ".join(map(str, numbers[:5])) + (" and more" if len(numbers) > 5 else "")
    what = f"line {shown} could not be read and was" if one else f"lines {shown} could not be read and were"
    return f"In {name}, {what} left out. Everything else is here."
