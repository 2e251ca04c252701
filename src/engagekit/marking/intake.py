"""Finding submissions by their folders alone, and reading the two small files that nbgrader adds to them."""

from __future__ import annotations

import fnmatch
import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from engagekit.assignments.files import is_real_folder, read_small
from engagekit.assignments.strict_json import RefusedError

TIMESTAMP_FILE = "timestamp.txt"
SECRET_FILE = "submission_secret.txt"  # noqa: S105 - the name of nbgrader's file
_SMALL = 1_000
# No slash: nbgrader hands a time zone's name on to a reader of time zone files.
_WHEN = re.compile(r"[0-9][0-9A-Za-z:.+ -]{7,47}")
_SECRET = re.compile(r"[0-9a-f]{32,256}")
_LEARNER = re.compile(r"[\w.@+-](?:[\w .,@+-]{0,126}[\w.@+-])?")


@dataclass(frozen=True, slots=True)
class Submission:
    """Where one learner's work lies."""

    student: str
    folder: Path


def is_safe_id(name: str) -> bool:
    """Say whether a folder's name can stand as a learner's id in pages, tables and file names."""
    return _LEARNER.fullmatch(name) is not None and name.strip(".") != ""


def find_submissions(
    submitted: Path, assignment: str, students: str = "*"
) -> tuple[list[Submission], list[str]]:
    """List the learners who handed something in, whatever it is.

    Args:
        submitted: Folder of the step, with a folder per learner in it.
        assignment: The assignment.
        students: A learner's id, or a pattern such as ``*``.

    Returns:
        The submissions, by learner's id; and the names of folders that cannot be a learner's id.
    """
    found, odd = [], []
    try:
        names = sorted(entry.name for entry in os.scandir(submitted))
    except FileNotFoundError:
        return [], []
    for name in names:
        if not (name == students or fnmatch.fnmatchcase(name, students)):
            continue
        folder = submitted / name / assignment
        if name.startswith(".") or not os.path.lexists(folder):
            continue
        if is_safe_id(name):
            found.append(Submission(name, folder))
        else:
            odd.append(os.fsencode(name).decode("utf-8", "replace"))
    return found, odd


def describe_odd(name: str) -> str:
    """Say what is wrong with a folder's name, and what to do."""
    return f"{name!r} is not a learner's id that can be marked: rename the folder"


def _small_text(folder: Path, name: str) -> str:
    if not is_real_folder(folder):
        return ""
    try:
        return read_small(folder / name, _SMALL).decode("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError, RefusedError):
        return ""


def read_timestamp(folder: Path) -> datetime | None:
    """Return when the work in a folder was handed in, in UTC without a zone; None when unknown."""
    text = _small_text(folder, TIMESTAMP_FILE)
    if not _WHEN.fullmatch(text):
        return None
    try:
        found = parse_utc(text)
    except (ValueError, OverflowError, TypeError):
        return None
    return found if isinstance(found, datetime) else None


def read_secret(folder: Path) -> str:
    """Return the secret under which feedback on the work in a folder is released; empty when it has none."""
    text = _small_text(folder, SECRET_FILE)
    return text if _SECRET.fullmatch(text) else ""
