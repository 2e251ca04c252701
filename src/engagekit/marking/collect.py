"""From a download of a learning platform to the folders that marking reads: ``engagekit collect``."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engagekit.assignments.cleaning import clean
from engagekit.assignments.reading import SCHEMA
from engagekit.assignments.strict_json import RefusedError, parse
from engagekit.marking.collect_enrol import enter_names
from engagekit.marking.collect_names import Sender, sender_of
from engagekit.marking.collect_roster import Roster, merged, read_roster
from engagekit.marking.collect_source import HIDDEN, NOT_ANSWERS, Found, files_of
from engagekit.marking.collect_store import Arrived, Store
from engagekit.marking.export import write_table
from engagekit.marking.standings import Gradebook, read_gradebook
from engagekit.marking.steps import Steps

NOT_MATCHED, NOT_READ, NOTHING, LEFT_OUT = "not matched", "could not be read", "nothing came", "left out"
TROUBLE = (NOT_MATCHED, NOT_READ)
COLUMNS = ("file", "learner", "assignment", "handed_in", "late", "status", "reason")


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one file, or of one learner from whom none came."""

    file: str
    learner: str
    assignment: str
    status: str
    reason: str
    handed_in: datetime | None = None
    late: bool = False

    def cells(self) -> dict[str, Any]:
        """Return the row of the table."""
        return {
            "file": self.file,
            "learner": self.learner,
            "assignment": self.assignment,
            "handed_in": f"{self.handed_in} UTC" if self.handed_in else "",
            "late": "yes" if self.late else "",
            "status": self.status,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Collected:
    """All rows of one collection, and where they were written; ``table`` is None when nothing was."""

    rows: tuple[Row, ...]
    table: Path | None
    remarks: tuple[str, ...] = ()

    @property
    def trouble(self) -> int:
        """Return how many files need somebody to look."""
        return sum(row.status in TROUBLE for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A file that could be read, and whose it is."""

    found: Found
    learner: str
    assignment: str
    saved: str
    sender: Sender
    how: str

    @property
    def order(self) -> tuple[Any, ...]:
        """Return what makes one file newer than another of the same learner."""
        return (self.found.when or datetime.min, self.sender.upload, self.saved, self.found.name)


def zone_of(name: str) -> tzinfo:
    """Return a time zone by name, such as ``Europe/London``."""
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name}: no such time zone; name one such as Europe/London") from error


def collect(
    root: str | os.PathLike[str],
    source: Path,
    *,
    roster: Path | None = None,
    only: str | None = None,
    timezone: str = "UTC",
    times: bool = True,
    dry: bool = False,
) -> Collected:
    """Bring a download into the course.

    Args:
        root: The course folder.
        source: The archive or folder that was downloaded.
        roster: Table of learners, besides the gradebook's.
        only: Collect this assignment alone.
        timezone: Zone of the times in the archive.
        times: Take the download's times as the times of handing in.
        dry: Write nothing.

    Raises:
        ValueError: The download, the roster, the zone or the assignment cannot be used.
    """
    root, zone = Path(root), zone_of(timezone)
    assignments = sorted(path.parent.name for path in root.glob("assignments/*/form.yaml"))
    if only is not None and only not in assignments:
        raise ValueError(f"{only}: no such assignment; the course has {', '.join(assignments) or 'none'}")
    rows_of_roster = read_roster(roster) if roster else []
    steps = Steps(root)
    directory = steps.directory
    book = read_gradebook(directory.db_url)
    everybody, remarks = merged(book.learners.values(), rows_of_roster)
    if not everybody.people:
        useless = len(remarks)
        rows_say = (
            f"; {useless} row{' of it gives' if useless == 1 else 's of it give'} no id" if useless else ""
        )
        raise ValueError(
            "nobody is listed yet, so no file can be given to anybody: name a table of learners with "
            f"--roster, one with a column id{rows_say}"
        )
    submitted = root / directory.format_path(directory.submitted_directory, ".", ".")
    store = Store(submitted, submitted.parent / "collected")
    wanted = [only] if only else assignments
    with store.alone(dry=dry), files_of(source, zone) as files:
        rows, candidates = _sort(files, everybody, assignments, wanted, store, root, dry)
        if not (rows or candidates):
            raise ValueError(f"{source}: there is nothing in it")
        rows += _place(candidates, store, book, times=times, dry=dry)
    rows.sort(key=lambda row: (row.file, row.status, row.reason))
    rows += _nothing(everybody, rows, candidates, wanted, store)
    table = None
    if not dry:
        if rows_of_roster:
            came = {each.learner for each in candidates}
            remarks += enter_names(steps, [everybody.people[one] for one in sorted(came)], book)
        name = re.sub(r"[^\w-]", "_", source.resolve().stem)[:80] or "download"
        table = store.collected / f"{name}.csv"
        table.parent.mkdir(parents=True, exist_ok=True)
        write_table(table, COLUMNS, (row.cells() for row in rows))
    return Collected(tuple(rows), table, tuple(remarks))


def _sort(
    files: Any,
    everybody: Roster,
    assignments: Collection[str],
    wanted: Collection[str],
    store: Store,
    root: Path,
    dry: bool,
) -> tuple[list[Row], list[_Candidate]]:
    """Read every file once; return what cannot be placed as rows, and the rest as candidates."""
    rows: list[Row] = []
    candidates: list[_Candidate] = []
    for found in files:
        sender = sender_of(found.parts, assignments)
        match = everybody.find(sender)
        row = Row(clean(found.name)[:300], match.id, "", LEFT_OUT, found.refused, found.when, sender.late)
        if found.refused:
            # What could hold a learner's work must not go by unseen.
            quiet = found.refused in (NOT_ANSWERS, HIDDEN)
            rows.append(row if quiet else replace(row, status=NOT_READ))
            continue
        try:
            data = found.read()
        except (RefusedError, OSError) as error:
            rows.append(replace(row, status=NOT_READ, reason=str(error)))
            continue
        try:
            assignment, saved = _inside(data)
        except RefusedError as error:
            status, reason = NOT_READ, str(error)
        else:
            row = replace(row, assignment=assignment)
            if assignment not in assignments:
                status, reason = NOT_READ, f"the course has no assignment “{clean(assignment)[:80]}”"
            elif assignment not in wanted:
                rows.append(replace(row, reason="it answers another assignment than the one asked for"))
                continue
            elif not match.id:
                status, reason = NOT_MATCHED, match.why
            else:
                candidates.append(_Candidate(found, match.id, assignment, saved, sender, match.why))
                continue
        if not dry:
            kept = os.path.relpath(store.keep(found.parts, data), root)
            reason += f"; kept in {Path(kept).as_posix()}"
        rows.append(replace(row, status=status, reason=clean(reason)))
    return rows, candidates


def _inside(data: bytes) -> tuple[str, str]:
    """Return the assignment that a file answers, and when it says that it was saved."""
    try:
        found = parse(data)
    except RefusedError:
        raise
    except (ValueError, RecursionError, MemoryError) as error:
        raise RefusedError(f"the file cannot be read ({type(error).__name__})") from error
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise RefusedError(f"the file does not say that it is {SCHEMA}")
    assignment, saved = found.get("assignment"), found.get("saved")
    if not isinstance(assignment, str):
        raise RefusedError("the file does not say which assignment it answers")
    return clean(assignment)[:80], saved[:40] if isinstance(saved, str) else ""


def _place(
    candidates: list[_Candidate], store: Store, book: Gradebook, *, times: bool, dry: bool
) -> list[Row]:
    """Put the newest file of each learner and assignment in its place; return a row for each file."""
    groups: dict[tuple[str, str], list[_Candidate]] = defaultdict(list)
    for each in candidates:
        groups[each.learner, each.assignment].append(each)
    rows: list[Row] = []
    for key in sorted(groups):
        *older, newest = sorted(groups[key], key=lambda each: each.order)
        for each in older:
            reason = f"a newer file of this learner is in the download: {clean(newest.found.name)[:200]}"
            rows.append(_row(each, "older", reason))
        try:
            arrived = Arrived(*key, newest.found.read(), newest.found.when, newest.saved)
            status, reason = store.put(arrived, times=times, dry=dry)
        except (RefusedError, OSError) as error:
            rows.append(_row(newest, NOT_READ, str(error)))
            continue
        status_words = NOT_READ if status == "refused" else status
        told = [reason, newest.how, _lateness(newest, book) if times else ""]
        rows.append(_row(newest, status_words, "; ".join(filter(None, told))))
    return rows


def _lateness(each: _Candidate, book: Gradebook) -> str:
    """Warn of a lateness that may be none: platforms give the time of downloading to every file."""
    due = book.due.get(each.assignment)
    late = each.found.when is not None and due is not None and each.found.when > due
    if each.sender.late or not late or each.sender.platform == "plain":
        return ""
    return "the time is after the due date, but it may be that of the download: look on the platform"


def _row(each: _Candidate, status: str, reason: str) -> Row:
    return Row(
        clean(each.found.name)[:300], each.learner, each.assignment, status, reason, each.found.when,
        each.sender.late,
    )  # fmt: skip


def _nothing(
    everybody: Roster, rows: list[Row], candidates: list[_Candidate], wanted: list[str], store: Store
) -> list[Row]:
    """Return a row for everybody from whom no file came."""
    heard = {row.learner for row in rows}
    about = sorted({each.assignment for each in candidates}) or wanted
    name = about[0] if len(about) == 1 else ""
    found = []
    for learner in sorted(everybody.people.keys() - heard):
        earlier = bool(name) and (store.submitted / learner / name).is_dir()
        found.append(Row("", learner, name, NOTHING, "an earlier file is there" if earlier else ""))
    return found


def as_text(collected: Collected, most: int = 60) -> str:
    """Return the table for a terminal: every row of a small one, and of a large one those to look at."""
    rows = collected.rows
    shown = (
        rows if len(rows) <= most else [row for row in rows if row.status in TROUBLE or row.status == "older"]
    )
    lines = [f"! {clean(remark)}" for remark in collected.remarks]
    for row in shown[:500]:
        who = f"{row.learner or '?'} {row.assignment}".strip()
        told = "; ".join(filter(None, [row.reason, "marked late by the platform" if row.late else ""]))
        lines.append(
            f"{row.status:18} {who:34} {row.file}{' - ' if row.file and told else ''}{told}".rstrip()
        )
    if len(shown) < len(rows) or len(shown) > 500:
        lines.append(f"({len(rows) - min(len(shown), 500)} more rows in the table)")
    counts = Counter(row.status for row in rows)
    lines.append(", ".join(f"{number} {status}" for status, number in sorted(counts.items())) or "no files")
    lines.append(f"Table: {collected.table}" if collected.table else "Nothing was written (--dry-run).")
    return "\n".join(lines)
