"""Judge codes and quotations: agreement with the reference, and exact words that show what was asked for."""

from __future__ import annotations

from collections.abc import Mapping

from engagekit.model import CodingCheck, Evidence, Interview, Outcome, QuoteCheck, QuotesSection
from engagekit.scoring.assessment import Assessment
from engagekit.scoring.parts import Finding
from engagekit.scoring.places import read_quotation
from engagekit.scoring.reading import Reading
from engagekit.scoring.words import is_blank


def judge_coding(reading: Reading, check: CodingCheck) -> Finding:
    """Judge codes by their agreement with the reference on the turns that are not contested."""
    key = reading.assessment.key
    reference = key.scored() if key else {}
    if check.codes:
        reference = {turn: code for turn, code in reference.items() if code in check.codes}
    given = reading.answers.named(check.section)
    coded = {turn: given[turn].strip() for turn in reference if not is_blank(given.get(turn, ""))}
    if not coded:
        return Finding(Outcome.NOT_ATTEMPTED, 0.0, "No turn that counts here was coded.")
    agreed = [turn for turn, code in coded.items() if code == reference[turn]]
    share = len(agreed) / len(reference)
    outcome, part = (
        (Outcome.MET, 1.0) if share >= check.met_at
        else (Outcome.PARTLY_MET, 0.5) if share >= check.partly_at
        else (Outcome.NOT_MET, 0.0)
    )  # fmt: skip
    reason = (
        f"{len(agreed)} of {len(reference)} turns agree with the reference ({share:.0%}); "
        f"{check.met_at:.0%} is met, {check.partly_at:.0%} is partly met."
    )
    missing = len(reference) - len(coded)
    if missing:
        reason += f" {missing} {'was' if missing == 1 else 'were'} left uncoded."
    evidence = _evidence(reading.assessment, reference, given, agreed)
    return Finding(outcome, part * check.points, reason, evidence)


def _evidence(
    assessment: Assessment, reference: Mapping[str, str], given: Mapping[str, str], agreed: list[str]
) -> tuple[Evidence, ...]:
    """Show the learner's own code beside each turn, and whether it counted; never the reference code."""
    turns = assessment.case.utterances if isinstance(assessment.case, Interview) else ()
    spoken = {turn.id: turn.text for turn in turns}
    numbers = assessment.places.numbers
    return tuple(
        Evidence(
            label=f"Turn {numbers.get(turn, '?')}: {_clip(spoken.get(turn, turn))}",
            words=_own_code(given.get(turn, "").strip(), assessment.codes),
            remark="agrees" if turn in agreed else "differs",
            counts=turn in agreed,
        )
        for turn in reference
    )


def _own_code(code: str, labels: Mapping[str, str]) -> str:
    return labels.get(code, f"{code[:60]} (no such code)") if code else "(no code)"


def _clip(text: str, width: int = 90) -> str:
    return text if len(text) <= width else text[: width - 1].rsplit(" ", 1)[0] + "…"


def judge_quotes(reading: Reading, check: QuoteCheck) -> Finding:
    """Judge quotations: each has to be exact words out of one accepted place, and no place serves twice."""
    assessment = reading.assessment
    section = assessment.form.section(check.section)
    labels = {ask.id: ask.label for ask in section.asks} if isinstance(section, QuotesSection) else {}
    given = reading.answers.named(check.section)
    if all(is_blank(given.get(ask, "")) for ask in check.accept):
        return Finding(Outcome.NOT_ATTEMPTED, 0.0, "No words were quoted.")
    used = set[str]()
    evidence, found = [], 0
    for ask, accepted in check.accept.items():
        words = given.get(ask, "")
        remark, counts = read_quotation(
            assessment.places, words, accepted, check.min_words, check.max_words, used
        )
        found += counts
        evidence.append(Evidence(label=labels.get(ask, ask), words=words, remark=remark, counts=counts))
    share = found / len(check.accept) if check.accept else 0.0
    outcome = Outcome.MET if share == 1 else Outcome.PARTLY_MET if found else Outcome.NOT_MET
    reason = f"{found} of {len(check.accept)} quotations show what was asked."
    return Finding(outcome, share * check.points, reason, tuple(evidence))
