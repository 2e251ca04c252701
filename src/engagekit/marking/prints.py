"""Fingerprints of the answers files of one assignment, kept between runs, and the lock on marking it.

The file is derived: it may be deleted at any time, and what is in it is worked out again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType

FOLDER = "fingerprints"
_WAIT_S = 2.0
_SET_UP = (
    "CREATE TABLE IF NOT EXISTS about (key TEXT PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS prints (digest TEXT PRIMARY KEY, runs BLOB NOT NULL)",
)


class BusyError(ValueError):
    """Another process is marking this assignment."""


class Prints:
    """The stored fingerprints. While it is open, no other process marks the same assignment.

    The lock is the open transaction of an SQLite file, so it is gone when the process is, however it ended.
    """

    def __init__(self, folder: Path, assignment: str, key: str) -> None:
        """Open the store and take the lock.

        Args:
            folder: Where derived files of marking lie.
            assignment: The assignment.
            key: Hash of all that fingerprints rest on besides the answers; another key empties the store.

        Raises:
            BusyError: Another process holds the lock.
        """
        path = folder / FOLDER / f"{assignment}.db"
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = _open(path, assignment)
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)
            self._db = _open(path, assignment)
        if self._db.execute("SELECT key FROM about").fetchall() != [(key,)]:
            self._db.execute("DELETE FROM prints")
            self._db.execute("DELETE FROM about")
            self._db.execute("INSERT INTO about VALUES (?)", (key,))

    def __enter__(self) -> Prints:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._db.commit()
        self._db.close()

    def known(self) -> dict[str, bytes]:
        """Return every stored fingerprint by the digest of its answers file."""
        return dict(self._db.execute("SELECT digest, runs FROM prints"))

    def keep(self, new: Mapping[str, bytes]) -> None:
        """Add fingerprints."""
        self._db.executemany("INSERT OR REPLACE INTO prints VALUES (?, ?)", new.items())

    def forget(self, digests: Iterable[str]) -> None:
        """Drop the fingerprints of files that are no longer there."""
        self._db.executemany("DELETE FROM prints WHERE digest = ?", [(digest,) for digest in digests])


def _open(path: Path, assignment: str) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
    try:
        db.execute("BEGIN EXCLUSIVE")
        for statement in _SET_UP:
            db.execute(statement)
        db.execute("SELECT digest, runs FROM prints LIMIT 1").fetchall()
    except sqlite3.OperationalError as error:
        db.close()
        if "locked" in str(error):
            raise BusyError(
                f"{assignment}: this assignment is being marked already; try again when that is done"
            ) from error
        raise
    except BaseException:
        db.close()
        raise
    return db
