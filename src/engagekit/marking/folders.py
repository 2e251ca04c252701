"""Putting a marked folder in the place of an earlier one, so that a stop at any moment loses nothing."""

from __future__ import annotations

import contextlib
import json
import math
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engagekit.marking.record import MAX_BYTES, RECORD_FILE

OLD_RECORDS = "judgements.*.json"
_HASH = re.compile("[0-9a-f]{0,64}")


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier marking left on disk, as far as it matters for marking again.

    Attributes:
        basis: Hash of what those judgements rest on.
        scheme: Hash of the marking scheme.
        digest: SHA-256 of the answers that were marked.
        refused: Why none could be read.
        like: Learners whose script was much the same.
        held: Why marks were held.
        flags: How many misconceptions were flagged.
        waiting: How many checks were left to a person.
        marks: Check to outcome and proposed marks.
        most: Check to what it was worth.
    """

    basis: str
    scheme: str
    digest: str
    refused: str
    like: tuple[str, ...]
    held: tuple[str, ...]
    flags: int
    waiting: int
    marks: Mapping[str, tuple[str, float | None]]
    most: Mapping[str, float]

    @property
    def proposed(self) -> float:
        """Return the marks that were proposed."""
        return sum(marks or 0.0 for _, marks in self.marks.values())


def earlier(folder: Path, assignment: str) -> Earlier | None:
    """Return what a marking left in a folder; None when it is not whole."""
    try:
        path = folder / RECORD_FILE
        if path.stat().st_size > MAX_BYTES or not (folder / f"{assignment}.ipynb").is_file():
            return None
        return _earlier(json.loads(path.read_bytes()))
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return None


def _earlier(data: dict[str, Any]) -> Earlier:
    judgements = data["judgements"]
    for one in judgements:
        if not (one["marks"] is None or _is_number(one["marks"])) or not _is_number(one["max_marks"]):
            raise ValueError("marks that are no numbers")
    return Earlier(
        basis=_hash(data.get("basis", "")),
        scheme=_hash(data["scheme"]),
        digest=_hash(data["digest"]),
        refused=str(data["refused"]),
        like=tuple(data["like"]),
        held=tuple(data["held"]),
        flags=len(data["flags"]),
        waiting=sum(one["marks"] is None or data["needs_person"] for one in judgements),
        marks={one["check"]: (one["outcome"], one["marks"]) for one in judgements},
        most={one["check"]: one["max_marks"] for one in judgements},
    )


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and 0 <= value < math.inf


def _hash(value: Any) -> str:
    # It becomes part of a file's name.
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise ValueError("not a hash")
    return value


def _remove(path: Path) -> None:
    """Remove what stands there: a folder, or a file or link that somebody put in its place.

    What cannot be removed stays: the step that needs the place says so, for this learner alone.
    """
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


def part_of(target: Path) -> Path:
    """Return where a marked folder is made ready."""
    return target.with_name(f".{target.name}.part")


def _aside_of(target: Path) -> Path:
    return target.with_name(f".{target.name}.old.part")


def recover(target: Path) -> None:
    """Clear up after a run that was stopped: what was put aside comes back unless its successor is there."""
    _remove(part_of(target))
    aside = _aside_of(target)
    if os.path.lexists(aside):
        if os.path.lexists(target):
            _remove(aside)
        else:
            aside.rename(target)


def put_in_place(target: Path) -> None:
    """Put the folder that was made ready in the place of the earlier one."""
    aside = _aside_of(target)
    if os.path.lexists(target):
        target.rename(aside)
    part_of(target).rename(target)
    _remove(aside)


def old_records(target: Path, found: Earlier | None, basis: str) -> tuple[tuple[Path, str], ...]:
    """Return the earlier records that a new marking keeps: path, and the name to keep it under."""
    kept = [(path, path.name) for path in sorted(target.glob(OLD_RECORDS))]
    if found is not None and found.basis != basis:
        kept.append((target / RECORD_FILE, f"judgements.{found.basis or found.scheme}.json"))
    return tuple({name: (path, name) for path, name in kept}.values())


def keep_scheme(folder: Path, assignment: str, basis: str, scheme: Mapping[str, Any]) -> None:
    """Keep the marking scheme under which records were made, so that a later one can be compared with it."""
    path = folder / "schemes" / assignment / f"{basis}.json"
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(json.dumps(scheme, indent=1, sort_keys=True), encoding="utf-8")
    part.replace(path)


def kept_scheme(folder: Path, assignment: str, basis: str) -> dict[str, Any]:
    """Return a marking scheme that was kept; empty when there is none."""
    try:
        found = json.loads((folder / "schemes" / assignment / f"{basis}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
