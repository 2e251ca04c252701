"""Judge a script against its marking scheme: one judgement a check, each with the words that decided it.

Pure and total: for any valid answers every check gets a judgement, never an exception. Marks come from
structured answers alone. Where only a person can judge, marks are None and the outcome says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from engagekit.model import (
    Answers,
    CaseFile,
    Check,
    CodingCheck,
    CodingScheme,
    Evidence,
    Form,
    Interview,
    Judgement,
    MarkingScheme,
    Outcome,
    PersonCheck,
    QuoteCheck,
    QuotesSection,
    ReferenceCoding,
    ReplyCheck,
)
from engagekit.scoring.judge_writing import judge_person, judge_replies
from engagekit.scoring.parts import Finding
from engagekit.scoring.words import contains_span, is_blank, words_of


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that judging one assignment needs, from the course."""

    form: Form
    scheme: MarkingScheme
    case: Interview | CaseFile
    key: ReferenceCoding | None = None
    coding: CodingScheme | None = None
    exemplars: tuple[str, ...] = ()
    """Texts of exemplar scripts and of the brief, which a learner may not hand in as their own."""


def judge(assessment: Assessment, answers: Answers) -> tuple[Judgement, ...]:
    """Judge every check of an assignment.

    Args:
        assessment: The form, key and case.
        answers: What the learner handed in.

    Returns:
        One judgement a check, in the scheme's order. ``marks`` is a float in [0, max_marks], or None
        when a person has to decide.
    """
    return tuple(_judge_one(assessment, check, answers) for check in assessment.scheme.checks)


def nothing_handed_in(scheme: MarkingScheme, reason: str, *, readable: bool = True) -> tuple[Judgement, ...]:
    """Return the judgements for a script that holds no answers at all.

    Args:
        scheme: The marking scheme.
        reason: What was found instead of answers, in words for the assessor and the learner.
        readable: False when something was handed in that cannot be read; a person must then look.

    Returns:
        One judgement a check: ``not_attempted`` with no marks, or ``needs_assessor`` with marks undecided.
    """
    outcome = Outcome.NOT_ATTEMPTED if readable else Outcome.NEEDS_ASSESSOR
    finding = Finding(outcome, 0.0 if readable else None, reason)
    return tuple(_judgement(scheme, check, finding) for check in scheme.checks)


def _judge_one(assessment: Assessment, check: Check, answers: Answers) -> Judgement:
    return _judgement(assessment.scheme, check, _JUDGES[check.kind](assessment, check, answers))


def _judgement(scheme: MarkingScheme, check: Check, finding: Finding) -> Judgement:
    said = {
        Outcome.MET: check.met,
        Outcome.PARTLY_MET: check.partly,
        Outcome.NOT_MET: check.not_met,
        Outcome.NOT_ATTEMPTED: check.not_attempted,
        Outcome.NEEDS_ASSESSOR: check.needs_assessor,
    }[finding.outcome]
    return Judgement(
        check=check.id,
        title=check.title,
        outcome=finding.outcome,
        marks=None if finding.marks is None else _award(finding.marks, check.points),
        max_marks=check.points,
        reason=finding.reason,
        feedback=said or "",
        evidence=finding.evidence,
        flags=finding.flags,
        standards=check.evidences,
        theme=check.theme,
        practise=check.practise,
        scheme=scheme.hash,
    )


def _award(marks: float, points: float) -> float:
    """Return marks as a plain float with two decimals, inside 0..points."""
    exact = Decimal(str(marks)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return float(min(max(exact, Decimal(0)), Decimal(str(points))))


def _coding(assessment: Assessment, check: CodingCheck, answers: Answers) -> Finding:
    reference = assessment.key.scored()
    if check.codes:
        reference = {turn: code for turn, code in reference.items() if code in check.codes}
    given = answers.named(check.section)
    coded = {turn: given[turn] for turn in reference if not is_blank(given.get(turn, ""))}
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
    return Finding(
        outcome, part * check.points, reason, _coding_evidence(assessment, reference, given, agreed)
    )


def _coding_evidence(
    assessment: Assessment, reference: Mapping[str, str], given: Mapping[str, str], agreed: list[str]
) -> tuple[Evidence, ...]:
    """Show the learner's own code beside each turn, and whether it counted; never the reference code."""
    labels = _labels(assessment.coding)
    spoken = {turn.id: turn.text for turn in assessment.case.utterances}
    numbers = _numbers(assessment.case)
    return tuple(
        Evidence(
            label=f"Turn {numbers[turn]}: {_clip(spoken[turn])}",
            words=_own_code(given.get(turn, ""), labels),
            remark="agrees" if turn in agreed else "differs",
            counts=turn in agreed,
        )
        for turn in reference
    )


def _own_code(code: str, labels: Mapping[str, str]) -> str:
    return labels.get(code, f"{code[:60]} (no such code)") if code else "(no code)"


def _quotes(assessment: Assessment, check: QuoteCheck, answers: Answers) -> Finding:
    section = assessment.form.section(check.section)
    labels = {ask.id: ask.label for ask in section.asks} if isinstance(section, QuotesSection) else {}
    given = answers.named(check.section)
    if all(is_blank(given.get(ask, "")) for ask in check.accept):
        return Finding(Outcome.NOT_ATTEMPTED, 0.0, "No words were quoted.")
    spoken = {turn.id: turn.text for turn in assessment.case.turns("person")}
    numbers, used = _numbers(assessment.case), set[str]()
    evidence, found = [], 0
    for ask, accepted in check.accept.items():
        quotation = given.get(ask, "")
        remark, counts = _read_quotation(check, quotation, accepted, spoken, numbers, used)
        found += counts
        evidence.append(Evidence(label=labels.get(ask, ask), words=quotation, remark=remark, counts=counts))
    share = found / len(check.accept)
    outcome = Outcome.MET if share == 1 else Outcome.PARTLY_MET if found else Outcome.NOT_MET
    return Finding(
        outcome,
        share * check.points,
        f"{found} of {len(check.accept)} quotations show what was asked.",
        tuple(evidence),
    )


def _read_quotation(
    check: QuoteCheck,
    quotation: str,
    accepted: tuple[str, ...],
    spoken: Mapping[str, str],
    numbers: Mapping[str, int],
    used: set[str],
) -> tuple[str, bool]:
    if is_blank(quotation):
        return "Nothing was quoted.", False
    count = len(words_of(quotation))
    if count < check.min_words:
        return f"Only {count} words; quote at least {check.min_words}.", False
    if count > check.max_words:
        return f"{count} words; quote no more than {check.max_words}, just the words that show it.", False
    turns = [turn for turn, text in spoken.items() if contains_span(text, quotation)]
    if not turns:
        return "These words are not in what the person says.", False
    fitting = [turn for turn in turns if turn in accepted and turn not in used]
    if fitting:
        used.add(fitting[0])
        return f"The person's own words, just before turn {numbers[fitting[0]]}.", True
    if any(turn in accepted for turn in turns):
        return "This turn was already quoted for the other answer; find another.", False
    return "The person's own words, but they show something else.", False


def _replies(assessment: Assessment, check: ReplyCheck, answers: Answers) -> Finding:
    return judge_replies(assessment.form, check, answers, _texts(assessment))


def _person(assessment: Assessment, check: PersonCheck, answers: Answers) -> Finding:
    misconceptions = {flag.misconception for flag in assessment.scheme.flags}
    return judge_person(
        assessment.form, check, answers, _texts(assessment), misconceptions, _labels(assessment.coding)
    )


def _numbers(vignette: Interview) -> dict[str, int]:
    """Number turns as the form does: the practitioner's in order, the person's by the one that follows."""
    numbers, number = {}, 1
    for turn in vignette.utterances:
        numbers[turn.id] = number
        number += turn.speaker == "practitioner"
    return numbers


def _labels(coding: CodingScheme) -> dict[str, str]:
    return {code.id: code.label for code in coding.codes}


def _texts(assessment: Assessment) -> tuple[str, ...]:
    case = [turn.text for turn in assessment.case.utterances]
    return (*case, assessment.case.introduction, *assessment.exemplars)


def _clip(text: str, width: int = 90) -> str:
    return text if len(text) <= width else text[: width - 1].rsplit(" ", 1)[0] + "…"


_JUDGES: dict[str, Callable[..., Finding]] = {
    "coding": _coding,
    "quote": _quotes,
    "reply": _replies,
    "person": _person,
}
