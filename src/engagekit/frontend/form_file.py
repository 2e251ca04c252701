"""The learner's answers.json: read with suspicion, written whole or not at all, never overwritten unseen."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from engagekit.frontend.form_declared import declaration_of, declared_for, whole_characters
from engagekit.model import MAX_TEXT, Answers

SCHEMA = "answers/1"
FILE = "answers.json"
MAX_BYTES = 1_000_000


class SaveRefusedError(Exception):
    """The answers were not saved; the message says why, in words for a learner."""


class OtherAssignmentError(Exception):
    """The file beside the notebook holds answers to another assignment."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a file of answers holds.

    Attributes:
        answers: Section id to answers, as the form gave them.
        version: A fingerprint of the file; empty when there is none.
        saved: When it was saved.
        older: The answers were given on another version of the form.
        declaration: What the learner declared; ``None`` when nothing was.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    version: str = ""
    saved: str = ""
    older: bool = False
    declaration: dict[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return plain data for the component."""
        return {
            "answers": self.answers,
            "declaration": self.declaration,
            "version": self.version,
            "saved": self.saved,
            "older": self.older,
        }


class ChangedMeanwhileError(Exception):
    """Somebody else saved since this form last looked."""

    def __init__(self, now: Stored) -> None:
        super().__init__("the file changed since it was read")
        self.now = now


def _now() -> datetime:
    return datetime.now(UTC)


class AnswersFile:
    """The answers to one form, in a folder."""

    def __init__(self, folder: Path, form: dict[str, Any], now: Callable[[], datetime] = _now) -> None:
        """Remember where the answers are kept.

        Args:
            folder: The notebook's folder.
            form: The public form (``form.json``).
            now: A clock, for tests.
        """
        self.path = folder / FILE
        self._form = form
        self._now = now

    def open(self) -> tuple[Stored, tuple[str, ...]]:
        """Return the answers that are there, with sentences for the learner about anything odd.

        A damaged file is set aside under another name, so that it can still be looked at.

        Raises:
            OtherAssignmentError: The file answers another assignment.
            OSError: The file is there and cannot be read or set aside.
        """
        try:
            found = self._read()
        except _DamagedError:
            kept = self._set_aside("damaged")
            return Stored(), (
                f"The file {FILE} could not be read as answers. It is kept as {kept.name}, and this form "
                "starts empty. If you had answers in it, show that file to your tutor.",
            )
        if found is None:
            return Stored(), ()
        return found, ()

    def save(self, answers: Any, base: str, declaration: Any = None) -> Stored:
        """Replace the file by these answers, in one step that cannot be seen half done.

        A declaration that was not made for just these answers is left out.

        Args:
            answers: Section id to answers.
            base: The version that the form was showing.
            declaration: What the learner declared, or ``None``.

        Raises:
            SaveRefusedError: The answers are too long or not in an answers file's shape, or the disk refuses.
            ChangedMeanwhileError: The file is not the version that the form was showing.
        """
        answers = whole_characters(answers)
        self._check(answers)
        saved, declared = self._stamp(), declared_for(declaration, answers)
        data = self._bytes(answers, saved, declared)
        try:
            self._make_room(base)
            write_whole(self.path, data)
        except OtherAssignmentError as error:
            raise SaveRefusedError(str(error)) from error
        except OSError as error:
            raise SaveRefusedError(_disk(error)) from error
        return Stored(answers=answers, version=_version(data), saved=saved, declaration=declared)

    def keep_aside(self, answers: Any, declaration: Any = None) -> Path:
        """Keep the version that the learner did not choose, under a name of its own.

        Raises:
            SaveRefusedError: It cannot be written.
        """
        answers = whole_characters(answers)
        self._check(answers)
        try:
            path = self._free_name("other")
            write_whole(path, self._bytes(answers, self._stamp(), declared_for(declaration, answers)))
        except OSError as error:
            raise SaveRefusedError(_disk(error)) from error
        return path

    def _make_room(self, base: str) -> None:
        """See that writing the file loses nothing that the form was not showing."""
        try:
            now = self._read()
        except _DamagedError:
            self._set_aside("damaged")
            return
        if now is None:
            return
        if now.version != base:
            raise ChangedMeanwhileError(now)
        if now.older:  # it may answer questions that this form no longer asks
            write_whole(self._free_name("older"), self.path.read_bytes())

    def _read(self) -> Stored | None:
        if not os.path.lexists(self.path):
            return None
        if not self.path.is_file() or self.path.stat().st_size > MAX_BYTES:
            raise _DamagedError
        data = self.path.read_bytes()
        try:
            found = json.loads(data.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise _DamagedError from error
        if not isinstance(found, dict) or found.get("schema") != SCHEMA:
            raise _DamagedError
        if found.get("assignment") != self._form["id"]:
            raise OtherAssignmentError(
                f"The file {FILE} in this notebook's folder holds answers to another assignment "
                f"({str(found.get('assignment'))[:80]}), so this form did not open over them. "
                "Move that file to the folder of its own assignment, then run this cell again."
            )
        if not isinstance(found.get("answers"), dict):
            raise _DamagedError
        return Stored(
            answers=found["answers"],
            version=_version(data),
            saved=str(found.get("saved", ""))[:40],
            older=found.get("form") != self._form["form"],
            declaration=declaration_of(found.get("declaration")),
        )

    def _check(self, answers: Any) -> None:
        """Let through only what the marker's own model accepts."""
        try:
            Answers(assignment=self._form["id"], answers=answers)
        except ValidationError as error:
            first = error.errors()[0]
            titles = {section["id"]: section["title"] for section in self._form["sections"]}
            place = next((titles[part] for part in first["loc"] if part in titles), "This form")
            if any(found["type"] == "string_too_long" for found in error.errors()):
                raise SaveRefusedError(
                    f"{place} has an answer of more than {MAX_TEXT:,} characters. "
                    "Shorten it, and everything is saved."
                ) from error
            raise SaveRefusedError(
                f"{place} is not in the shape of an answers file. Run the cell with the form again."
            ) from error

    def _bytes(self, answers: Any, saved: str, declaration: dict[str, Any] | None) -> bytes:
        content = {
            "schema": SCHEMA,
            "assignment": self._form["id"],
            "form": self._form["form"],
            "saved": saved,
            "answers": answers,
            **({"declaration": declaration} if declaration else {}),
        }
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()

    def _stamp(self) -> str:
        return self._now().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _free_name(self, kind: str) -> Path:
        number = 1
        while os.path.lexists(path := self.path.with_name(f"answers.{kind}-{number}.json")):
            number += 1
        return path

    def _set_aside(self, kind: str) -> Path:
        path = self._free_name(kind)
        self.path.rename(path)
        return path


class _DamagedError(Exception):
    """The file is there and is not an answers file."""


def _version(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _disk(error: OSError) -> str:
    reason = error.strerror or type(error).__name__
    return f"The file {FILE} could not be written ({reason}). Keep this page open, and ask for help."


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a crash leaves the old one or the new one, never a part.

    Args:
        path: The file, replaced when it exists.
        data: Its new content.

    Raises:
        OSError: The disk refused; the old file is as it was.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(_mode(path))
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    # The name is on the disk only when the folder is; Windows has no such call.
    with contextlib.suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _mode(path: Path) -> int:
    """Return the permissions that a file has, or that a new one would get: nbgrader must read it."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
