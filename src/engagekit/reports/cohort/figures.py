"""What a cohort's results amount to. Every number comes with how many scripts it rests on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engagekit.marking.feedback import Decided
from engagekit.model import Flag
from engagekit.reports.cohort.gather import NOTHING, SIGNS, TO_DECIDE, Result, Work, outcome_of
from engagekit.reports.feedback import MET, NOT_ATTEMPTED, NOT_YET, PARTLY

FEW = 10
"""Below so many scripts, a share is not a rate."""


USUAL = (MET, PARTLY, NOT_YET, NOT_ATTEMPTED, TO_DECIDE)
"""What a judged check can be."""


def few(number: int) -> str:
    """Return a sentence of caution about a small number; empty for a larger one."""
    if number >= FEW:
        return ""
    if number == 1:
        return "One script only: it says nothing about the others."
    return f"{number} scripts only: read them one by one, and not as a rate."


@dataclass(frozen=True, slots=True)
class Hard:
    """How much of a check's marks was earned, by those who tried it and have a mark."""

    assignment: str
    check: str
    title: str
    share: float
    number: int

    @property
    def caution(self) -> str:
        """Return what a small number means."""
        return few(self.number)


def hardest(results: Iterable[Result]) -> list[Hard]:
    """Return the checks of some assignments, the hardest first, without those that nobody has marks for."""
    found = []
    for result in results:
        earned: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for _, check in _checks(result):
            if check.marks is not None and outcome_of(check) != NOT_ATTEMPTED:
                earned[check.judgement.check].append((check.marks, check.judgement.max_marks))
        for name, pairs in earned.items():
            most = sum(most for _, most in pairs)
            share = min(1.0, sum(marks for marks, _ in pairs) / most) if most else 0.0
            found.append(Hard(result.assignment, name, result.titles[name], share, len(pairs)))
    return sorted(found, key=lambda hard: (hard.share, hard.assignment, hard.check))


def _checks(result: Result) -> Iterable[tuple[Work, Decided]]:
    return ((work, check) for work in result.works for check in work.checks)


@dataclass(frozen=True, slots=True)
class Raised:
    """A misconception, and whose words raised it."""

    misconception: str
    title: str
    note: str
    by: tuple[tuple[Work, Flag], ...]

    @property
    def learners(self) -> int:
        """Return how many learners raised it."""
        return len({work.learner.id for work, _ in self.by})


def raised(results: Iterable[Result]) -> list[Raised]:
    """Return the misconceptions that were flagged, the commonest first."""
    found: dict[str, list[tuple[Work, Flag]]] = defaultdict(list)
    for result in results:
        for work in result.works:
            for flag in work.record.flags if work.record else ():
                found[flag.misconception].append((work, flag))
    made = [Raised(name, by[0][1].title, by[0][1].note, tuple(by)) for name, by in found.items()]
    return sorted(made, key=lambda one: (-one.learners, one.misconception))


@dataclass(frozen=True, slots=True)
class Criterion:
    """Who gave evidence for a criterion of the occupational standard.

    Attributes:
        id: The criterion.
        decided: Learners whose check an assessor decided, and it is met.
        proposed: Learners for whom that is proposed, and nobody has decided yet.
        partly: Learners with nothing better than a check that is partly met.
    """

    id: str
    decided: tuple[Work, ...]
    proposed: tuple[Work, ...]
    partly: tuple[Work, ...]


def criteria(results: Iterable[Result]) -> list[Criterion]:
    """Return the criteria that the checks can be evidence for, in order."""
    best: dict[str, dict[str, tuple[int, Work]]] = defaultdict(dict)
    for result in results:
        for work, check in _checks(result):
            rank = _rank(check)
            for standard in check.judgement.standards:
                held = best[standard].get(work.learner.id)
                if held is None or rank > held[0]:
                    best[standard][work.learner.id] = (rank, work)
    return [
        Criterion(name, *(_ranked(best[name], rank) for rank in (3, 2, 1)))
        for name in sorted(best, key=_in_order)
    ]


def _rank(check: Decided) -> int:
    word = outcome_of(check)
    if word == MET:
        return 3 if check.by_person else 2
    return 1 if word == PARTLY else 0


def _ranked(found: dict[str, tuple[int, Work]], rank: int) -> tuple[Work, ...]:
    return tuple(found[name][1] for name in sorted(found) if found[name][0] == rank)


def _in_order(name: str) -> tuple[str, int, str]:
    letters = name.rstrip("0123456789")
    digits = name[len(letters) :]
    return letters, int(digits or 0), name


@dataclass(frozen=True, slots=True)
class Agreed:
    """How an assessor's marks compare with what the machine proposed, on one check."""

    assignment: str
    check: str
    title: str
    number: int
    same: int
    higher: int
    lower: int

    @property
    def caution(self) -> str:
        """Return what a small number means."""
        return few(self.number)


def agreement(results: Iterable[Result]) -> list[Agreed]:
    """Compare proposals with assessors' marks, where both exist."""
    found = []
    for result in results:
        pairs: dict[str, list[float]] = defaultdict(list)
        for _, check in _checks(result):
            if check.by_person and check.marks is not None and check.judgement.marks is not None:
                pairs[check.judgement.check].append(round(check.marks - check.judgement.marks, 2))
        found += [
            Agreed(
                result.assignment, name, result.titles[name], len(pairs[name]),
                sum(gap == 0 for gap in pairs[name]), sum(gap > 0 for gap in pairs[name]),
                sum(gap < 0 for gap in pairs[name]),
            )
            for name in result.titles
            if name in pairs
        ]  # fmt: skip
    return found


def spread(result: Result) -> list[tuple[str, Counter[str]]]:
    """Return for each check, by title, how many scripts came out how."""
    found: dict[str, Counter[str]] = {name: Counter() for name in result.titles}
    for _, check in _checks(result):
        found[check.judgement.check][outcome_of(check)] += 1
    return [(result.titles[name], counts) for name, counts in found.items()]


def handed_in(result: Result) -> int:
    """Return how many learners handed something in."""
    return sum(work.status != NOTHING for work in result.works)


def seen(results: Sequence[Result]) -> list[str]:
    """Return the outcomes to count: the five of every cohort, and of the others those that occur."""
    there = {work.outcome for result in results for work in result.works}
    return [word for word in SIGNS if word in there or word in USUAL]
