"""One run of marking: the one way for nbgrader's command, the formgrader's button and ``engagekit mark``.

Rows are committed for a batch of learners, and then their files are put in place. A submission counts as
done when the record on disk and the rows agree with it and with each other, so a run that is stopped at any
moment is finished by the next one.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from engagekit.marking import script
from engagekit.marking.copies import alike
from engagekit.marking.crew import Crew
from engagekit.marking.desk import Desk
from engagekit.marking.folders import (
    Earlier,
    earlier,
    keep_scheme,
    old_records,
    part_of,
    put_in_place,
    recover,
)
from engagekit.marking.intake import Submission, describe_odd, find_submissions
from engagekit.marking.ledger import Entry, Ledger, Penalty
from engagekit.marking.plan import Plan, Rules, plan_all, scan_all
from engagekit.marking.prints import Prints
from engagekit.marking.remarking import Moves, compare
from engagekit.marking.rows import Row, Status
from engagekit.model import content_hash

BATCH = 200
"""How many learners go into one transaction."""


@dataclass(slots=True)
class Setting:
    """Where and how a cohort is marked: nbgrader's settings, and what was asked for.

    Attributes:
        assignment: The assignment.
        submitted: Folder with a folder for each learner.
        target: Gives the folder in which a learner's marked work goes.
        derived: Folder for reports and for what may be deleted at any time.
        penalty: nbgrader's plugin for late penalties.
        wanted: Says whether a learner is among those who were asked for.
        before: Called before a submission is marked.
        after: Called after it is on record.
        create: Add learners whom the gradebook does not list.
        mode: Permissions of the files.
        force: Mark again what is marked.
        remark: Mark again also what was marked under another scheme.
        by_time: Keep nbgrader's rule: only what was handed in later is marked again.
        jobs: How many worker processes.
        log: Takes what happened, learner by learner.
        progress: Takes how many are done, of how many.
    """

    assignment: str
    submitted: Path
    target: Callable[[str], Path]
    derived: Path
    penalty: Penalty
    wanted: Callable[[str], bool] = lambda _: True
    before: Callable[[Submission], None] = lambda _: None
    after: Callable[[Submission], None] = lambda _: None
    create: bool = True
    mode: int = 0o444
    force: bool = False
    remark: bool = False
    by_time: bool = False
    jobs: int = 1
    log: logging.Logger = field(default_factory=lambda: logging.getLogger(__name__))
    progress: Callable[[int, int], None] = lambda _done, _of: None


class Run:
    """One run of marking on one assignment."""

    def __init__(self, setting: Setting, desk: Desk, ledger: Ledger) -> None:
        """Get ready.

        Args:
            setting: Where and how.
            desk: The marking desk.
            ledger: The gradebook, open.
        """
        self._set, self._desk, self._ledger = setting, desk, ledger

    def all(self) -> list[Row]:
        """Mark what needs it.

        Returns:
            A row for each learner on the roster, and each submission folder, that was asked for, by learner.
        """
        every, odd = find_submissions(self._set.submitted, self._set.assignment)
        asked = [one for one in every if self._set.wanted(one.student)]
        rows = {
            # Quoted, because a folder's name may hold orders to the terminal that shows it.
            name: Row(repr(name), status=Status.FAILED, reason=describe_odd(name))
            for name in odd
            if self._set.wanted(name)
        }
        key = content_hash([self._desk.basis, sorted(self._desk.versions)])
        names = self._ledger.roster()
        with (
            Prints(self._set.derived, self._set.assignment, key) as prints,
            Crew(self._desk, self._set.jobs) as crew,
        ):
            scanned = scan_all(every, prints, crew)
            near = alike({one.student: one.runs for one in scanned.values() if one.runs})
            rules = Rules(self._desk.basis, self._set.force, self._set.by_time)
            plans = plan_all(asked, scanned, near, rules, self._ledger, self._found)
            rows |= {plan.student: _left(plan) for plan in plans}
            moves = self._compare(crew, [plan for plan in plans if plan.todo is Status.WAITING])
            for student, move in moves.items():
                rows[student] = replace(rows[student], reason=move.in_words())
            chosen = {Status.MARKED, Status.WAITING} if self._set.remark else {Status.MARKED}
            for row in self._mark(crew, [plan for plan in plans if plan.todo in chosen]):
                rows[row.student] = row
        for student in names:
            if self._set.wanted(student):
                rows.setdefault(student, Row(student))
        return [replace(rows[student], name=names.get(student, "")) for student in sorted(rows)]

    def _found(self, student: str) -> tuple[Path, Earlier | None]:
        target = self._set.target(student)
        recover(target)
        return target, earlier(target, self._set.assignment)

    def _compare(self, crew: Crew, plans: Sequence[Plan]) -> Moves:
        if not plans:
            return {}
        tasks = [
            (script.Task(plan.student, plan.submission.folder, plan.digest, plan.like),) for plan in plans
        ]
        found = {plan.student: plan.found for plan in plans if plan.found}
        return compare(self._set.derived, self._desk, found, crew.run(script.mark, tasks))

    def _task(self, plan: Plan) -> script.Task:
        target = self._set.target(plan.student)
        return script.Task(
            plan.student,
            plan.submission.folder,
            plan.digest,
            plan.like,
            part_of(target),
            plan.beside(),
            old_records(target, plan.found, self._desk.basis),
            self._set.mode,
        )

    def _mark(self, crew: Crew, plans: Sequence[Plan]) -> Iterator[Row]:
        if plans:
            scheme = self._desk.assessment.scheme.model_dump(mode="json")
            keep_scheme(self._set.derived, self._set.assignment, self._desk.basis, scheme)
        for start in range(0, len(plans), BATCH):
            self._set.progress(start, len(plans))
            yield from self._batch(crew, plans[start : start + BATCH])
        self._set.progress(len(plans), len(plans))

    def _batch(self, crew: Crew, plans: Sequence[Plan]) -> Iterator[Row]:
        listed = set() if self._set.create else self._ledger.strangers([plan.student for plan in plans])
        for plan in plans:
            if plan.student in listed:
                yield self._failed(plan, f"No student with ID '{plan.student}' exists in the database")
        plans = [plan for plan in plans if plan.student not in listed]
        for plan in plans:
            self._set.before(plan.submission)
        judged = list(zip(plans, crew.run(script.mark, [(self._task(plan),) for plan in plans]), strict=True))
        for plan, done in judged:
            if done.error:
                self._set.log.error("%s", done.trace or done.error)
                yield self._failed(plan, done.error)
        for plan, done, error in self._record([(plan, done) for plan, done in judged if not done.error]):
            yield self._failed(plan, error) if error else self._finish(plan, done)

    def _record(self, judged: Sequence[tuple[Plan, script.Done]]) -> Iterator[tuple[Plan, script.Done, str]]:
        """Write the rows of a batch at once; when that fails, one by one, so that nobody stops the others."""
        try:
            self._enter(judged)
        except Exception as error:
            self._ledger.drop()
            if len(judged) == 1:
                self._set.log.exception("%s: the gradebook did not take these marks", judged[0][0].student)
                yield (*judged[0], f"{type(error).__name__}: {error}")
                return
            for one in judged:
                yield from self._record([one])
        else:
            for plan, done in judged:
                yield plan, done, ""

    def _enter(self, judged: Sequence[tuple[Plan, script.Done]]) -> None:
        entries = [
            Entry(plan.student, plan.timestamp, done.marks, done.needs_person) for plan, done in judged
        ]
        late = self._ledger.enter(entries, self._set.penalty)
        self._ledger.keep()
        for student, seconds in late.items():
            self._set.log.warning("%s: %s is %g seconds late", student, self._set.assignment, seconds)

    def _finish(self, plan: Plan, done: script.Done) -> Row:
        target = self._set.target(plan.student)
        try:
            put_in_place(target)
            self._set.after(plan.submission)
        except OSError as error:
            self._set.log.exception("%s: the marked files could not be put in place", plan.student)
            return self._failed(plan, f"{type(error).__name__}: {error}")
        log = self._set.log
        log.info(
            "%s: %g of %g marks proposed, %d of %d checks wait for an assessor",
            plan.student,
            done.proposed,
            done.total,
            done.waiting,
            len(done.marks),
        )
        for note in filter(None, (done.refused, *done.held, *done.notes)):
            log.warning("%s: %s", plan.student, note)
        reason = done.refused
        if plan.found and plan.found.marks != {one.check: (one.outcome, one.marks) for one in done.marks}:
            reason = f"{plan.found.proposed:g} marks proposed before, {done.proposed:g} now."
            log.warning("%s: %s", plan.student, reason)
        status = Status.MARKED
        if done.refused:
            status = Status.NOTHING if done.missing else Status.UNREADABLE
        proposed = done.proposed if _any_mark(done.held, (one.marks for one in done.marks)) else None
        return Row(
            plan.student, "", status, reason, proposed, done.total, done.waiting, done.held, done.flags
        )

    def _failed(self, plan: Plan, reason: str) -> Row:
        shutil.rmtree(part_of(self._set.target(plan.student)), ignore_errors=True)
        self._set.log.error("%s: this submission could not be recorded: %s", plan.student, reason)
        return Row(plan.student, status=Status.FAILED, reason=reason)


def _any_mark(held: tuple[str, ...], marks: Iterable[float | None]) -> bool:
    """Say whether anything is proposed yet: a script that is held, or left wholly to a person, has no 0."""
    return not held and any(one is not None for one in marks)


def _left(plan: Plan) -> Row:
    """Return the row of work that is left as it was marked."""
    found = plan.found
    if found is None:
        return Row(plan.student, status=plan.todo)
    return Row(
        plan.student,
        status=plan.todo,
        reason=plan.reason or found.refused,
        proposed=found.proposed if _any_mark(found.held, (one[1] for one in found.marks.values())) else None,
        max=sum(found.most.values()),
        waiting=found.waiting,
        held=found.held,
        flags=found.flags,
    )
