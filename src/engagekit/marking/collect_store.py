"""Putting answers files where marking finds them: nothing that was there is lost, nothing is half done."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from engagekit.assignments import ANSWERS_FILE
from engagekit.assignments.files import is_real_folder, read_small
from engagekit.assignments.reading import MAX_BYTES
from engagekit.assignments.strict_json import RefusedError, parse
from engagekit.marking.intake import TIMESTAMP_FILE, read_timestamp

Placed = Literal["collected", "replaced", "unchanged", "older", "refused"]


@dataclass(frozen=True, slots=True)
class Arrived:
    """One learner's answers file, ready to be put in its place."""

    learner: str
    assignment: str
    data: bytes
    when: datetime | None
    saved: str

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the file."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Store:
    """The folders that collecting writes to.

    Attributes:
        submitted: Where marking finds work, a folder for each learner.
        collected: Where everything else about collecting is kept.
    """

    submitted: Path
    collected: Path

    @contextmanager
    def alone(self, *, dry: bool) -> Iterator[None]:
        """Keep other processes from collecting into the same folders; ended or killed, it lets them.

        Raises:
            ValueError: Another process is collecting.
        """
        if dry:
            yield
            return
        self.collected.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.collected / ".lock", timeout=0, isolation_level=None)) as lock:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                raise ValueError(
                    "another download is being collected just now; try again when that is done"
                ) from error
            yield

    def put(self, arrived: Arrived, *, times: bool, dry: bool) -> tuple[Placed, str]:
        """Put a file in its place, and say what became of it and why.

        Args:
            arrived: The file.
            times: Write its time as the time of handing in.
            dry: Only say what would become of it.
        """
        learner = self.submitted / arrived.learner
        target = learner / arrived.assignment
        for folder in (learner, target):
            if os.path.lexists(folder) and not is_real_folder(folder):
                return (
                    "refused",
                    f"{folder.name} in the submitted folder is not an ordinary folder: move it away",
                )
        there = os.path.lexists(target)
        if there:
            verdict = self._compare(arrived, target)
            if verdict:
                return verdict
        if not dry:
            self._write(arrived, target, times=times)
        return ("replaced", "the earlier file was kept") if there else ("collected", "")

    def _compare(self, arrived: Arrived, target: Path) -> tuple[Placed, str] | None:
        """Say why what is there stays; None when the new file takes its place."""
        try:
            old = read_small(target / ANSWERS_FILE, MAX_BYTES)
        except (OSError, RefusedError):
            return None
        if old == arrived.data:
            return "unchanged", "the same file is there already"
        before, now = read_timestamp(target), arrived.when
        if before is None or now is None or before == now:
            takes_over = arrived.saved >= saved_in(old)
        else:
            takes_over = now > before
        if takes_over:
            return None
        return "older", "what is there already is newer; move it away to use this file"

    def _write(self, arrived: Arrived, target: Path, *, times: bool) -> None:
        """Make the new folder beside its place, move the old one out, and the new one in."""
        part = target.with_name(f".{target.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        (part / ANSWERS_FILE).write_bytes(arrived.data)
        if times and arrived.when is not None:
            (part / TIMESTAMP_FILE).write_text(f"{arrived.when} UTC", encoding="utf-8")
        if os.path.lexists(target):
            kept = self._free(self.collected / "replaced" / arrived.learner / arrived.assignment, target)
            kept.parent.mkdir(parents=True, exist_ok=True)
            target.replace(kept)
        part.replace(target)

    def _free(self, folder: Path, target: Path) -> Path:
        """Return a place for the folder that has to go, named by what is in it."""
        try:
            name = hashlib.sha256(read_small(target / ANSWERS_FILE, MAX_BYTES)).hexdigest()[:16]
        except (OSError, RefusedError):
            name = "unreadable"
        place, number = folder / name, 1
        while os.path.lexists(place):
            number += 1
            place = folder / f"{name}-{number}"
        return place

    def keep(self, parts: tuple[str, ...], data: bytes) -> Path:
        """Keep a file that nobody could be found for; the same file is kept once."""
        name = re.sub(r"[^\w.() -]", "_", "__".join(parts[-2:]))[-120:].lstrip(". ") or "file"
        path = self.collected / "unmatched" / hashlib.sha256(data).hexdigest()[:16] / name
        if not os.path.lexists(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{name}.part")
            part.write_bytes(data)
            part.replace(path)
        return path


def saved_in(data: bytes) -> str:
    """Return when an answers file says that it was saved; empty when it cannot be read."""
    try:
        found = parse(data)
    except (ValueError, RecursionError, MemoryError):
        return ""
    saved = found.get("saved") if isinstance(found, dict) else None
    return saved[:40] if isinstance(saved, str) else ""
