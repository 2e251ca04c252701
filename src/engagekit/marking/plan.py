"""What is to become of each submission: marked, left as it is, or left until --remark is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engagekit.marking import script
from engagekit.marking.crew import Crew
from engagekit.marking.folders import Earlier
from engagekit.marking.intake import SECRET_FILE, TIMESTAMP_FILE, Submission, read_secret, read_timestamp
from engagekit.marking.ledger import Ledger, Standing
from engagekit.marking.prints import Prints
from engagekit.marking.rows import Status

CHANGED = "It changed after it was marked; --force marks it again."
LIKE_NOW = "Much of it now stands in another script; --force marks it again."
EARLIER_SCHEME = "It was marked under an earlier scheme; --force marks it again."


@dataclass(frozen=True, slots=True)
class Plan:
    """One submission, and what is to become of it.

    Attributes:
        submission: Where the work lies.
        digest: SHA-256 of the answers; empty when none could be read.
        like: Learners whose script is much the same.
        timestamp: When the work was handed in.
        found: What an earlier marking left, when it is whole.
        todo: What is to be done.
        reason: Why, where that is worth saying.
    """

    submission: Submission
    digest: str
    like: tuple[str, ...]
    timestamp: datetime | None
    found: Earlier | None
    todo: Status
    reason: str = ""

    @property
    def student(self) -> str:
        """Return the learner's id."""
        return self.submission.student

    def beside(self) -> tuple[tuple[str, str], ...]:
        """Return the small files of nbgrader's that go with marked work."""
        files = []
        if self.timestamp is not None:
            files.append((TIMESTAMP_FILE, f"{self.timestamp} UTC"))
        secret = read_secret(self.submission.folder)
        return (*files, (SECRET_FILE, secret)) if secret else tuple(files)


def scan_all(submissions: Iterable[Submission], prints: Prints, crew: Crew) -> dict[str, script.Scanned]:
    """Read every submission of the assignment, or what is stored about it; the whole cohort is compared."""
    known = prints.known()
    found: dict[str, script.Scanned] = {}
    unknown = []
    for one in submissions:
        seen = script.look(one.student, one.folder, known)
        if seen is None:
            unknown.append((one.student, one.folder))
        else:
            found[one.student] = seen
    found |= {seen.student: seen for seen in crew.run(script.scan, unknown)}
    there = {seen.digest: seen.runs for seen in found.values() if seen.runs is not None}
    prints.keep({digest: runs for digest, runs in there.items() if digest not in known})
    prints.forget(known.keys() - there.keys())
    return found


@dataclass(frozen=True, slots=True)
class Rules:
    """What was asked for, and what decides.

    Attributes:
        basis: Hash of what judgements rest on now.
        force: Mark again what is marked.
        by_time: Keep nbgrader's rule: only what was handed in later is marked again.
    """

    basis: str
    force: bool
    by_time: bool

    def plan(
        self,
        submission: Submission,
        scanned: script.Scanned,
        like: tuple[str, ...],
        found: Earlier | None,
        proposed: Mapping[str, float | None] | None,
        marked: datetime | None,
    ) -> Plan:
        """Decide about one submission.

        Args:
            submission: Where it lies.
            scanned: What stands in it now.
            like: Learners whose script is much the same.
            found: What is on disk from an earlier marking.
            proposed: What is in the gradebook from an earlier marking; None when there is nothing.
            marked: When the work was handed in that was marked.
        """
        timestamp = read_timestamp(submission.folder)
        # Rows and files that differ are what a stopped run leaves: both are made again.
        whole = found if found and proposed == {name: one[1] for name, one in found.marks.items()} else None
        same = whole is not None and (whole.digest, whole.refused) == (scanned.digest, scanned.refused)
        if whole is None:
            todo, reason = Status.MARKED, ""
        elif self.by_time:
            newer = timestamp is not None and marked is not None and timestamp > marked
            todo = Status.MARKED if self.force or newer else Status.UNCHANGED
            reason = self._left(whole, same, like) if todo is Status.UNCHANGED else ""
        elif same and whole.basis != self.basis:
            todo, reason = Status.WAITING, ""
        else:
            fresh = same and whole.like == like and timestamp == marked and not self.force
            todo, reason = (Status.UNCHANGED if fresh else Status.MARKED), ""
        return Plan(submission, scanned.digest, like, timestamp, found, todo, reason)

    def _left(self, found: Earlier, same: bool, like: tuple[str, ...]) -> str:
        """Say what nbgrader's rule passes over."""
        if not same:
            return CHANGED
        if found.basis != self.basis:
            return EARLIER_SCHEME
        return LIKE_NOW if found.like != like else ""


def plan_all(
    submissions: Iterable[Submission],
    scanned: Mapping[str, script.Scanned],
    near: Mapping[str, tuple[str, ...]],
    rules: Rules,
    ledger: Ledger,
    found: Callable[[str], tuple[Path, Earlier | None]],
) -> list[Plan]:
    """Decide about each of the submissions.

    Args:
        submissions: The submissions that were asked for.
        scanned: What stands in each.
        near: Learners whose script is much like another's.
        rules: What was asked for.
        ledger: The gradebook.
        found: Gives the folder of a learner's marked work, and what is in it.
    """
    submissions = list(submissions)
    standings: dict[str, Standing] = ledger.standings([one.student for one in submissions])
    plans = []
    for one in submissions:
        target, before = found(one.student)
        standing = standings.get(one.student)
        plans.append(
            rules.plan(
                one,
                scanned[one.student],
                near.get(one.student, ()),
                before,
                ledger.proposed(standing) if standing else None,
                read_timestamp(target) if before else None,
            )
        )
    return plans
