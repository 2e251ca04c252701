"""How far a learner's coding agrees with the reference. Pure: no files, clock or randomness.

The same numbers are computed in the browser by ``frontend/js/agreement.js``; both are held to
``tests/golden/agreement.json``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from engagekit.model import Agreement, CodeAgreement, Confusion, NextStep

NEXT_STEPS = 2
"""How many codes to suggest for practice."""


def percent_agreement(learner: Sequence[str], reference: Sequence[str]) -> float | None:
    """Return the share of turns that both coded the same way.

    Args:
        learner: Code ids in turn order.
        reference: Code ids for the same turns, in the same order.

    Returns:
        A share in [0, 1], or None when there is nothing to compare.

    Raises:
        ValueError: The two codings differ in length.
    """
    _same_length(learner, reference)
    if not reference:
        return None
    return sum(a == b for a, b in zip(learner, reference, strict=True)) / len(reference)


def cohen_kappa(learner: Sequence[str], reference: Sequence[str]) -> float | None:
    """Return Cohen's kappa for two coders of the same turns (Cohen 1960).

    Kappa is the share of agreement beyond chance, ``(p_o - p_e) / (1 - p_e)``, where chance ``p_e`` is
    estimated from how often each coder used each code.

    Args:
        learner: Code ids in turn order.
        reference: Code ids for the same turns, in the same order.

    Returns:
        Kappa in [-1, 1]: 1 is full agreement, 0 is what chance would give, below 0 is worse than chance.
        None when it is undefined: nothing was coded, or both used one and the same code throughout.
        Show None as "not enough variety to say", never as 0 or 1.

    Raises:
        ValueError: The two codings differ in length.

    Examples:
        Six of eight agree; 0.75 observed, 0.5 by chance, so (0.75 - 0.5) / 0.5:

        >>> cohen_kappa(list("OOOORRRR"), list("OOORRRRO"))
        0.5
    """
    _same_length(learner, reference)
    total = len(reference)
    if total == 0:
        return None
    mine, theirs = Counter(learner), Counter(reference)
    # Whole numbers until the last step, so that Python and JavaScript give the same digits.
    agreed = sum(a == b for a, b in zip(learner, reference, strict=True)) * total
    chance = sum(count * theirs[code] for code, count in mine.items())
    room = total * total - chance
    return None if room == 0 else (agreed - chance) / room


def compare(coding: Mapping[str, str], reference: Mapping[str, str], codes: Sequence[str]) -> Agreement:
    """Compare a learner's coding with the reference, turn by turn and code by code.

    Args:
        coding: Turn id to code id, as the learner gave them. Turns that the reference does not score
            are left out.
        reference: Turn id to code id for the turns that are scored, in order
            (``ReferenceCoding.scored()``).
        codes: Code ids in the order of the scheme; it settles ties and the order of the tables.

    Returns:
        The agreement. Turns that were not coded are listed in ``missing`` and count neither way.
    """
    turns = [turn for turn in reference if coding.get(turn)]
    learner = [coding[turn] for turn in turns]
    expected = [reference[turn] for turn in turns]
    order = {code: index for index, code in enumerate([*codes, *sorted({*learner, *expected} - set(codes))])}
    pairs = Counter(zip(expected, learner, strict=True))
    return Agreement(
        compared=len(turns),
        agreed=sum(count for (theirs, mine), count in pairs.items() if theirs == mine),
        missing=tuple(turn for turn in reference if not coding.get(turn)),
        percent=percent_agreement(learner, expected),
        kappa=cohen_kappa(learner, expected),
        per_code=tuple(
            CodeAgreement(
                code=code,
                reference=expected.count(code),
                learner=learner.count(code),
                agreed=pairs[code, code],
            )
            for code in order
            if code in expected or code in learner
        ),
        confusion=tuple(
            Confusion(reference=theirs, learner=mine, count=count)
            for (theirs, mine), count in sorted(
                pairs.items(), key=lambda pair: tuple(order[code] for code in pair[0])
            )
        ),
        next=_next_steps(pairs, order),
    )


def _next_steps(pairs: Counter[tuple[str, str]], order: Mapping[str, int]) -> tuple[NextStep, ...]:
    """Give the reference codes that were missed most often, each with what it was taken for."""
    missed: Counter[str] = Counter()
    for (theirs, mine), count in pairs.items():
        if theirs != mine:
            missed[theirs] += count
    worst = sorted(missed, key=lambda code: (-missed[code], order[code]))[:NEXT_STEPS]
    steps = []
    for code in worst:
        taken_for = {mine: count for (theirs, mine), count in pairs.items() if theirs == code != mine}
        likely = min(taken_for, key=lambda other: (-taken_for[other], order[other]))
        steps.append(NextStep(code=code, confused_with=likely, count=missed[code]))
    return tuple(steps)


def _same_length(learner: Sequence[str], reference: Sequence[str]) -> None:
    if len(learner) != len(reference):
        raise ValueError(f"the codings differ in length: {len(learner)} and {len(reference)}")
