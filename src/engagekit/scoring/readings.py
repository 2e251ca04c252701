"""How far the two readings of the bank agree: the key's first reading beside the second. Pure.

The second reading of a vignette was made without sight of the first. Where they differed and the key was
changed, ``settled`` keeps what the first reading had been, so that the numbers are those of before anybody
talked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engagekit.model import CaseKey, Course, Interview, ReferenceCoding, SecondReading, Web, WebKey
from engagekit.scoring.measures import MEASURES, Measure, comparable, order_of
from engagekit.scoring.practice import parts
from engagekit.scoring.reliability import Alpha, alpha, pair_agreement

ALL, SWAPPED, NOT_SWAPPED = "all", "swapped", "not swapped"
NOT_STATED = "not-stated"


@dataclass(frozen=True, slots=True)
class Agreed:
    """How far two readings agree on one measure.

    Attributes:
        measure: What was compared.
        which: All vignettes, those whose names and groups were exchanged for the second reader, or the rest.
        vignettes: How many vignettes.
        items: How many items both readings answered.
        percent: The share of them with the same answer; None when there are none.
        alpha: The agreement beyond chance.
        contested: How many of the items are now for discussion and never scored.
    """

    measure: Measure
    which: str
    vignettes: int
    items: int
    percent: float | None
    alpha: Alpha
    contested: int


@dataclass(frozen=True, slots=True)
class BankAgreement:
    """The agreement of the bank, and answers of second readings that fit no item: vignette and item."""

    rows: tuple[Agreed, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()

    def of(self, which: str) -> tuple[Agreed, ...]:
        """Return the rows of all vignettes, of the swapped ones or of the others."""
        return tuple(row for row in self.rows if row.which == which)


@dataclass(frozen=True, slots=True)
class _Pair:
    """One item that both readers answered."""

    vignette: str
    measure: str
    swapped: bool
    first: str
    second: str
    contested: bool
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Keyed:
    """What a key says about an item, and the answers that it could have had."""

    measure: str
    answer: str
    contested: bool = False
    codes: tuple[str, ...] = ()


def bank_agreement(course: Course) -> BankAgreement:
    """Return how far the two readings of each lens agree.

    Only items that the second reader answered are compared. A vignette whose key is not here, as in a learner
    bundle, is left out.

    Args:
        course: The course.
    """
    pairs: list[_Pair] = []
    unknown: list[tuple[str, str]] = []
    for reading in course.readings.values():
        keyed = _keyed(course, reading.id)
        if keyed is None:
            continue
        unknown += [(reading.id, item) for item in reading.answers if item not in keyed]
        pairs += _pairs(reading, keyed)
    rows = [
        row
        for measure in MEASURES.values()
        for which in (ALL, SWAPPED, NOT_SWAPPED)
        if (row := _row(measure, which, pairs)) is not None
    ]
    return BankAgreement(tuple(rows), tuple(unknown))


def _pairs(reading: SecondReading, keyed: Mapping[str, _Keyed]) -> Iterator[_Pair]:
    before = {settled.item: settled.first for settled in reading.settled}
    for item, answer in reading.answers.items():
        if item not in keyed:
            continue
        entry = keyed[item]
        # An answer may name the sentences that show it; the answer is what is compared.
        first, second = parts(before.get(item, entry.answer))[0], parts(answer)[0]
        measures = [entry.measure, "stage-order"] if entry.measure == "stage" else [entry.measure]
        for measure in measures:
            yield _Pair(reading.id, measure, reading.swapped, first, second, entry.contested, entry.codes)


def _row(measure: Measure, which: str, pairs: Iterable[_Pair]) -> Agreed | None:
    wanted = {ALL: (True, False), SWAPPED: (True,), NOT_SWAPPED: (False,)}[which]
    chosen = [
        pair
        for pair in pairs
        if pair.measure == measure.id
        and pair.swapped in wanted
        and len(comparable(measure, (pair.first, pair.second))) == 2
    ]
    if not chosen:
        return None
    items = [(pair.first, pair.second) for pair in chosen]
    return Agreed(
        measure=measure,
        which=which,
        vignettes=len({pair.vignette for pair in chosen}),
        items=len(items),
        percent=pair_agreement(items),
        alpha=alpha(items, order_of(measure, chosen[0].codes)),
        contested=sum(pair.contested for pair in chosen),
    )


def _keyed(course: Course, vignette_id: str) -> dict[str, _Keyed] | None:
    """Return what the key says about each item that a second reading may answer."""
    vignette, key = course.vignettes.get(vignette_id), course.keys.get(vignette_id)
    if isinstance(vignette, Interview) and isinstance(key, ReferenceCoding):
        return {
            **{turn.turn: _Keyed("talk", turn.code, bool(turn.also)) for turn in key.turns},
            # What the person said is all for discussion.
            **{turn.turn: _Keyed("talk-person", turn.code, True) for turn in key.person},
        }
    if isinstance(key, CaseKey):
        return _of_case(course, key)
    if isinstance(vignette, Web) and isinstance(key, WebKey):
        codes = _codes(course, vignette.scheme)
        return {
            f"{area.area}-{when}": _Keyed("web", rating.code, bool(rating.also), codes)
            for area in key.areas
            for when, rating in (("first", area.first), ("second", area.second))
        }
    return None


def _of_case(course: Course, key: CaseKey) -> dict[str, _Keyed]:
    # A factor that the key does not list is not stated; they are many and easy, so they count apart.
    keyed = {factor: _Keyed("desistance-other", NOT_STATED) for factor in _codes(course, "desistance")}
    keyed |= {each.factor: _Keyed("desistance", each.answer, bool(each.also)) for each in key.factors}
    stage = key.stage
    keyed["stage"] = _Keyed("stage", stage.code, bool(stage.also), _codes(course, "stages"))
    return keyed


def _codes(course: Course, scheme_id: str) -> tuple[str, ...]:
    scheme = course.schemes.get(scheme_id)
    return tuple(code.id for code in scheme.codes) if scheme else ()
