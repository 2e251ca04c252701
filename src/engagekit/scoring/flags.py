"""See the signs of common misconceptions, with the words that show them. A flag moves no mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from engagekit.model import (
    Answers,
    ChoicesSign,
    Evidence,
    Flag,
    MissingSign,
    PhrasesSign,
    QuotesSection,
    RepliesSection,
    RepliesSign,
    Sign,
    WordsField,
)
from engagekit.scoring.assessment import Assessment
from engagekit.scoring.entries import label_of, rows_of, shown
from engagekit.scoring.judge_writing import read_once
from engagekit.scoring.reply import cut_out
from engagekit.scoring.words import NEAR_COPY, is_blank, normalise, share_in, words_of

_SENTENCE = re.compile(r"[^.?!;\n]+[.?!;]*")
_DENIALS = frozenset(
    {"not", "never", "no", "without", "cannot", "avoid", "avoided", "avoiding", "lying", "nor", "neither"}
)
_DENIALS_IN_TWO = (("instead", "of"), ("rather", "than"))
_REACH = 4
"""How many words before a phrase may deny it."""


def raise_flags(assessment: Assessment, answers: Answers) -> tuple[Flag, ...]:
    """Return the misconceptions that a script may show.

    Args:
        assessment: The form, and the signs to look for.
        answers: What the learner handed in.

    Returns:
        One flag for each misconception with a sign, in the scheme's order, with all words that raised it.
    """
    flags = []
    for wanted in assessment.scheme.flags:
        evidence = tuple(one for sign in wanted.signs for one in _seen(assessment, answers, sign))
        if evidence:
            title = wanted.misconception.replace("-", " ").capitalize()
            flags.append(
                Flag(
                    misconception=wanted.misconception,
                    title=title,
                    note=wanted.note,
                    feedback=wanted.feedback,
                    evidence=tuple(dict.fromkeys(evidence)),
                )
            )
    return tuple(flags)


def _seen(assessment: Assessment, answers: Answers, sign: Sign) -> Iterator[Evidence]:
    if isinstance(sign, ChoicesSign):
        yield from _choices(assessment, answers, sign)
    elif isinstance(sign, RepliesSign):
        yield from _replies(assessment, answers, sign)
    elif isinstance(sign, PhrasesSign):
        yield from _phrases(assessment, answers, sign)
    else:
        yield from _missing(assessment, answers, sign)


def _choices(assessment: Assessment, answers: Answers, sign: ChoicesSign) -> Iterator[Evidence]:
    rows = rows_of(assessment, sign.section, answers)
    chosen = [(number, row) for number, row in rows if row.get(sign.field, "").strip() in sign.any_of]
    if len(chosen) < sign.least or len(chosen) < sign.share * len(rows):
        return
    options = assessment.options(sign.section, sign.field)
    for number, row in chosen:
        yield Evidence(
            label=label_of(assessment, sign.section, number, sign.field),
            words=shown(options, row[sign.field].strip()),
            remark=f"{len(chosen)} of {len(rows)} entries are answered like this.",
        )


def _written(
    assessment: Assessment, answers: Answers, section_id: str, fields: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Give what was written in a section, each with the name of its place: all own words, or those fields.

    What is mostly copied from what every learner is given says nothing about the learner.
    """
    for label, text in _answers(assessment, answers, section_id, fields):
        if not is_blank(text) and share_in(text, assessment.given_runs) < NEAR_COPY:
            yield label, text


def _answers(
    assessment: Assessment, answers: Answers, section_id: str, fields: Sequence[str]
) -> Iterator[tuple[str, str]]:
    section = assessment.form.section(section_id)
    if isinstance(section, RepliesSection | QuotesSection):
        given = answers.named(section_id)
        asked = (
            {prompt.id: prompt.label for prompt in section.prompts}
            if isinstance(section, RepliesSection)
            else {ask.id: ask.label for ask in section.asks}
        )
        for name, label in asked.items():
            if not fields or name in fields:
                yield label, given.get(name, "")
        return
    known = assessment.fields.get(section_id, {})
    wanted = fields or [name for name, field in known.items() if isinstance(field, WordsField)]
    for number, row in rows_of(assessment, section_id, answers):
        for name in wanted:
            if name in known:
                yield label_of(assessment, section_id, number, name), row.get(name, "")


def _replies(assessment: Assessment, answers: Answers, sign: RepliesSign) -> Iterator[Evidence]:
    for label, text in _written(assessment, answers, sign.section, sign.fields):
        for one in read_once(text).findings:
            if one.certain == "clear" and one.code in sign.finds:
                words = normalise(cut_out(text, one.start, one.end))
                yield Evidence(label=label, words=words, remark=one.reason)


def _phrases(assessment: Assessment, answers: Answers, sign: PhrasesSign) -> Iterator[Evidence]:
    for label, text in _written(assessment, answers, sign.section, sign.fields):
        for sentence, phrase in said(text, sign.phrases):
            yield Evidence(label=label, words=sentence, remark=f"Holds “{phrase}”.")


def said(text: str, phrases: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Give each sentence in which one of the phrases stands and is not denied, with the first such phrase.

    Args:
        text: What was written.
        phrases: Phrases, matched as whole words whatever their case and apostrophes.
    """
    wanted = _as_words(phrases)
    whole = f" {' '.join(words_of(text))} "
    likely = [(phrase, parts) for phrase, parts, spaced in wanted if spaced in whole]
    if not likely:
        return
    for sentence in _SENTENCE.findall(normalise(text)):
        words = words_of(sentence)
        for phrase, parts in likely:
            if _stands(words, parts):
                yield sentence.strip(), phrase
                break


@lru_cache(maxsize=256)
def _as_words(phrases: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Return each phrase with its words, and with its words as they stand in a text of words and spaces."""
    pairs = ((phrase, words_of(phrase)) for phrase in phrases)
    return tuple((phrase, words, f" {' '.join(words)} ") for phrase, words in pairs if words)


def _stands(words: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    size = len(parts)
    return any(
        words[at : at + size] == parts and not _denied(words[max(0, at - _REACH) : at])
        for at in range(len(words) - size + 1)
    )


def _denied(before: tuple[str, ...]) -> bool:
    """Tell whether the words just before a phrase deny it; "not only" and "why not" do not."""
    for at, word in enumerate(before):
        if word in _DENIALS or word.endswith("n't"):
            only = before[at + 1 : at + 2] in (("only",), ("just",))
            if not (word == "not" and (only or before[at - 1 : at] == ("why",))):
                return True
    return any(pair in pairwise(before) for pair in _DENIALS_IN_TWO)


def _missing(assessment: Assessment, answers: Answers, sign: MissingSign) -> Iterator[Evidence]:
    there = _answered(assessment, answers, sign.section, sign.fields)
    same = sign.section == sign.beside
    beside = _answered(assessment, answers, sign.beside, ()) - (there if same else 0)
    if there >= sign.least or beside < 1:
        return
    section, other = assessment.form.section(sign.section), assessment.form.section(sign.beside)
    label = _asked(assessment, sign) or section.title
    remark = "Nothing stands here" if not there else f"Only {there} of at least {sign.least} stand here"
    yield Evidence(label=label, remark=f"{remark}, beside {beside} in “{other.title}”.")


def _answered(assessment: Assessment, answers: Answers, section_id: str, fields: Sequence[str]) -> int:
    """Count the entries of a section, or its answers where it is not made of entries, in those fields."""
    section = assessment.form.section(section_id)
    if section.kind == "entries":
        rows = rows_of(assessment, section_id, answers)
        return sum(not fields or any(not is_blank(row.get(name, "")) for name in fields) for _, row in rows)
    given = answers.named(section_id)
    return sum(not is_blank(text) for name, text in given.items() if not fields or name in fields)


def _asked(assessment: Assessment, sign: MissingSign) -> str:
    section = assessment.form.section(sign.section)
    if isinstance(section, QuotesSection):
        labels = {ask.id: ask.label for ask in section.asks}
    else:
        labels = {name: field.label for name, field in assessment.fields.get(sign.section, {}).items()}
    return "; ".join(labels.get(name, name) for name in sign.fields)
