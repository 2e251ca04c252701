"""What is in the bank of vignettes, in numbers: what is asked, what is keyed, and who it is about. Pure.

A vignette for assessment counts once, in the numbers by use. What its key says, and who it is about, stay
out, because this is printed where learners read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engagekit.model import (
    LENSES,
    About,
    Case,
    CaseKey,
    Course,
    GoalKey,
    Lens,
    ReferenceCoding,
    ReplyKey,
    ReplySet,
    Vignette,
    WebKey,
)

USES = ("practice", "retest", "assessment")
ANSWERS = ("present", "absent", "ambiguous", "not-stated")
AGES = ((18, 24), (25, 34), (35, 49), (50, 90))
"""Age bands, both ends in them. The last is shown as "50 and over"."""

Table = dict[str, int]
"""Names and how often each occurs, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Balance:
    """The bank in numbers.

    Attributes:
        uses: Lens to use to how many vignettes.
        answers: Lens to answer to how often it is keyed.
        factors: Factor to how often it is keyed in any way.
        about: Age, gender and so on to how many people.
        people: How many people the last is about.
        contested: Lens to how many keyed items are for discussion.
    """

    uses: dict[Lens, Table]
    answers: dict[Lens, Table]
    factors: Table
    about: dict[str, Table]
    people: int
    contested: dict[Lens, int]


def band(age: int) -> str:
    """Return the age band of an age.

    Examples:
        >>> band(24), band(25), band(71)
        ('18 to 24', '25 to 34', '50 and over')
    """
    low, high = next((low, high) for low, high in AGES if low <= age <= high)
    return f"{low} and over" if (low, high) == AGES[-1] else f"{low} to {high}"


def people_of(vignette: Vignette) -> Iterator[About]:
    """Give who a vignette is about: one person, or one for each prompt of a set."""
    if isinstance(vignette, ReplySet):
        yield from (prompt.about for prompt in vignette.prompts)
    else:
        yield vignette.about


def balance(course: Course) -> Balance:
    """Return what the bank holds."""
    seen = [vignette for vignette in course.vignettes.values() if vignette.use != "assessment"]
    people = [about for vignette in seen for about in people_of(vignette)]
    keyed = [pair for vignette in seen for pair in _keyed(course, vignette)]
    return Balance(
        uses={lens: _uses(course, lens) for lens in LENSES},
        answers={lens: _answers(course, lens, keyed) for lens in LENSES},
        factors=_factors(course, seen),
        about=_about(people),
        people=len(people),
        contested={lens: sum(also for each, _, also in keyed if each == lens) for lens in LENSES},
    )


def _uses(course: Course, lens: Lens) -> Table:
    found: Counter[str] = Counter(
        vignette.use for vignette in course.vignettes.values() if lens in vignette.lenses
    )
    return {use: found[use] for use in USES}


def _keyed(course: Course, vignette: Vignette) -> Iterator[tuple[Lens, str, bool]]:
    """Give each keyed answer of a vignette: its lens, the answer, and whether it is for discussion."""
    key = course.keys.get(vignette.id)
    if isinstance(key, ReferenceCoding):
        yield from (("talk", turn.code, bool(turn.also)) for turn in key.turns)
    elif isinstance(key, CaseKey):
        yield "stage", key.stage.code, bool(key.stage.also)
        yield from (("desistance", each.answer, bool(each.also)) for each in key.factors)
    elif isinstance(key, ReplyKey):
        yield from (("reply", prompt.roadblock.kind, False) for prompt in key.prompts)
    elif isinstance(key, WebKey):
        ratings = [rating for area in key.areas for rating in (area.first, area.second)]
        yield from (("web", rating.code, bool(rating.also)) for rating in ratings)
    elif isinstance(key, GoalKey):
        yield from (("goal", each.fault, False) for each in key.faults)


def _answers(course: Course, lens: Lens, keyed: Iterable[tuple[Lens, str, bool]]) -> Table:
    found = Counter(answer for each, answer, _ in keyed if each == lens)
    if lens == "desistance":
        return {answer: found[answer] for answer in ANSWERS}
    scheme = course.schemes.get({"talk": "talk", "stage": "stages", "web": "web"}.get(lens, ""))
    # Every code is listed, so that one which is never the answer can be seen.
    order = [code.id for code in scheme.codes] if scheme else sorted(found)
    return {answer: found[answer] for answer in [*order, *sorted(set(found) - set(order))]}


def _factors(course: Course, seen: Iterable[Vignette]) -> Table:
    found: Counter[str] = Counter()
    for vignette in seen:
        key = course.keys.get(vignette.id)
        if isinstance(vignette, Case) and isinstance(key, CaseKey):
            found.update(each.factor for each in key.factors)
    scheme = course.schemes.get("desistance")
    return {code.id: found[code.id] for code in scheme.codes} if scheme else dict(found)


def _about(people: Iterable[About]) -> dict[str, Table]:
    everyone = list(people)
    ages = Counter(band(each.age) for each in everyone)
    return {
        "age": {band(low): ages[band(low)] for low, _ in AGES},
        **{
            field: _most_first(getattr(each, field) for each in everyone)
            for field in ("gender", "ethnicity", "offence", "setting")
        },
        "needs": _most_first(need for each in everyone for need in each.needs),
    }


def _most_first(values: Iterable[str]) -> Table:
    found = Counter(values)
    return {value: found[value] for value in sorted(found, key=lambda each: (-found[each], each))}
