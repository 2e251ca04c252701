"""Reading entries: which of their elements fit, which own words do not count, and which entries earn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from engagekit.model import (
    Answers,
    EntriesSection,
    Evidence,
    FormField,
    Outcome,
    QuoteField,
    Row,
    WordsField,
)
from engagekit.model.marking import Accepted
from engagekit.scoring.assessment import Assessment
from engagekit.scoring.gates import Doubt, doubts
from engagekit.scoring.parts import Finding
from engagekit.scoring.places import read_quotation
from engagekit.scoring.words import bare, contains_span, is_blank, normalise, words_of

SPOILT = "the entry earns nothing while its own words are missing or do not count"
NOT_WHOLE = "the entry earns nothing while another part of it is missing or does not fit"
"""Why what fits earns nothing, after "but"."""


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that an entry answers: the learner's words for it, whether it fits, and why.

    ``fits`` is None for what bears on no mark, and ``asks`` says that only a person can tell.
    """

    label: str
    words: str
    remark: str
    fits: bool | None
    asks: bool = False


@dataclass(slots=True)
class Entry:
    """One entry as it was read.

    Attributes:
        number: Its number, from 1.
        about: What it is about; two entries about the same count once. Empty when it is about nothing.
        elements: What it answers.
        share: The share that it earns.
        possible: The share that it would earn if a person found its words in order.
        why: Why it earns nothing, when that is about the entry as a whole; it goes on after "but".
    """

    number: int
    about: str
    elements: list[Element] = field(default_factory=list)
    share: float = 0.0
    possible: float = 0.0
    why: str = ""


def rows_of(assessment: Assessment, section_id: str, answers: Answers) -> list[tuple[int, Row]]:
    """Return the entries of a section that are not blank, each with its number on the form."""
    section = assessment.form.section(section_id)
    most = section.max_rows if isinstance(section, EntriesSection) else 1
    fields = assessment.fields.get(section_id, {})
    return [
        (number, row)
        for number, row in enumerate(answers.rows(section_id)[:most], 1)
        if any(name in fields and not is_blank(text) for name, text in row.items())
    ]


def label_of(assessment: Assessment, section_id: str, number: int, name: str) -> str:
    """Return how a field of an entry is named to a reader: ``Need 2: What shows it``."""
    label = assessment.labels.get(section_id, {}).get(name, name)
    entry = assessment.entry_names.get(section_id)
    return f"{entry} {number}: {label}" if entry else label


def quotation(
    assessment: Assessment,
    form_field: FormField | None,
    row: Row,
    name: str,
    accepted: Sequence[str],
    used: set[str] | None = None,
) -> Element:
    """Read a quotation out of the case; ``used`` are the places that other entries have taken."""
    words = row.get(name, "")
    least, most = _lengths(form_field)
    remark, fits = read_quotation(assessment.places, words, accepted, least, most, used)
    return Element(name, words, remark, fits)


def tied(form_field: FormField | None, row: Row, name: str, source: str, source_label: str) -> Element:
    """Read a quotation out of another answer of the same entry."""
    words = row.get(name, "")
    count = len(words_of(words))
    least, most = _lengths(form_field)
    if not count:
        return Element(name, words, "Nothing was quoted.", False)
    if not least <= count <= most:
        remark = f"{count} word{'s' if count > 1 else ''}; quote from {least} to {most}."
        return Element(name, words, remark, False)
    if not bare(words) or not contains_span(row.get(source, ""), words):
        return Element(name, words, f"These words do not stand in your answer to “{source_label}”.", False)
    return Element(name, words, f"Your own words, out of “{source_label}”.", True)


def choice(assessment: Assessment, section: str, row: Row, name: str, accepted: Iterable[str]) -> Element:
    """Read a choice."""
    value = row.get(name, "").strip()
    words = shown(assessment.options(section, name), value)
    if not value:
        return Element(name, "", "Nothing was chosen.", False)
    if value in accepted:
        return Element(name, words, "Fits the case.", True)
    return Element(name, words, "Does not fit what the case says.", False)


def shown(options: Mapping[str, str], value: str) -> str:
    """Return a choice in words; what is not on offer as it was given."""
    return options.get(value, f"{value[:60]} (not on offer)" if value else "")


def day(text: str) -> date | None:
    """Return a day written as ``2026-12-04``, or None for anything else and for days that never were."""
    text = normalise(text)
    if len(text) != 10 or not text.isascii() or text[4] + text[7] != "--":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def date_within(row: Row, name: str, first: date, last: date) -> Element:
    """Read a date that has to lie between two days."""
    words, found = row.get(name, ""), day(row.get(name, ""))
    if found is None:
        blank = is_blank(words)
        return Element(
            name, words, "No date was given." if blank else "Not a date of the form 2026-12-04.", False
        )
    if first <= found <= last:
        return Element(name, words, "A day that fits.", True)
    return Element(name, words, "Too early." if found < first else "Too late.", False)


def in_order(row: Row, names: Sequence[str], labels: Sequence[str]) -> Element:
    """Read whether dates run forwards."""
    days = [day(row.get(name, "")) for name in names]
    label, words = " → ".join(labels), " → ".join(row.get(name, "") or "?" for name in names)
    known = [one for one in days if one is not None]
    if len(known) < len(days):
        return Element(label, words, "A date is missing, so the order cannot be seen.", False)
    forwards = known == sorted(known)
    return Element(label, words, "In order." if forwards else "These dates run backwards.", forwards)


def own_words(
    assessment: Assessment, section: str, row: Row, name: str, others: Iterable[str]
) -> tuple[Element, Doubt | None]:
    """Read own words: they earn nothing, and the first reason why they may not count goes with them."""
    found = assessment.fields.get(section, {}).get(name)
    least = found.least if isinstance(found, WordsField) else 1
    text = row.get(name, "")
    doubt = next(doubts(assessment, text, least, others), None)
    if doubt is None:
        return Element(name, text, "Written in your own words.", None), None
    return Element(name, text, doubt.text, None if doubt.asks else False, doubt.asks), doubt


def elements_of(
    assessment: Assessment, section: str, row: Row, accepted: Accepted, used: Mapping[str, set[str]]
) -> Iterator[tuple[str, Element]]:
    """Give each thing that an entry of one kind has to answer, with its field.

    Args:
        assessment: For the form and the case.
        section: The section.
        row: The entry.
        accepted: What fits.
        used: Quote field to the places that earlier entries have taken; those of this one are added.
    """
    fields = assessment.fields.get(section, {})
    for name, places in accepted.quotes.items():
        yield name, quotation(assessment, fields.get(name), row, name, places, used.get(name))
    for name, options in accepted.choices.items():
        yield name, choice(assessment, section, row, name, options)
    for name, (first, last) in accepted.dates.items():
        yield name, date_within(row, name, first, last)


def _lengths(form_field: FormField | None) -> tuple[int, int]:
    if isinstance(form_field, QuoteField):
        return form_field.min_words, form_field.max_words
    return 3, 40


def best(
    entries: Sequence[Entry], count: int, share: Callable[[Entry], float]
) -> tuple[float, frozenset[int]]:
    """Return what the best entries earn together, and their numbers; one for each thing they are about.

    Args:
        entries: All entries.
        count: How many may earn.
        share: What an entry earns.
    """
    leading: dict[str, Entry] = {}
    for entry in entries:
        if share(entry) > 0 and (entry.about not in leading or share(entry) > share(leading[entry.about])):
            leading[entry.about] = entry
    chosen = sorted(leading.values(), key=lambda entry: (-share(entry), entry.number))[:count]
    return sum(share(entry) for entry in chosen), frozenset(entry.number for entry in chosen)


def finding(
    assessment: Assessment,
    section: str,
    entries: Sequence[Entry],
    count: int,
    points: float,
    what: str = "borne out by the case",
    verbs: tuple[str, str] = ("is", "are"),
) -> Finding:
    """Return what a check of entries comes to.

    Args:
        assessment: For the names of fields.
        section: The section.
        entries: The entries, read; at least one.
        count: How many are asked for.
        points: What the check is worth.
        what: What an entry that earns is said to be.
        verbs: The words between the numbers and that, for one and for more.
    """
    total, chosen = best(entries, count, lambda entry: entry.share)
    possible, waiting = best(entries, count, lambda entry: entry.possible)
    evidence = tuple(
        one for entry in entries for one in _evidence(assessment, section, entry, chosen | waiting)
    )
    whole = sum(entry.share == 1 for entry in entries if entry.number in chosen)
    part = len(chosen) - whole
    reason = f"{whole} of {count} {verbs[whole != 1]} {what}"
    reason += f", and {part} in part." if part else "."
    if possible > total + 1e-9:
        reason += " Another may be, but its words do not look like English. A person reads them."
        return Finding(Outcome.NEEDS_ASSESSOR, None, reason, evidence)
    outcome = Outcome.MET if total > count - 1e-9 else Outcome.PARTLY_MET if total > 0 else Outcome.NOT_MET
    return Finding(outcome, points * total / count, reason, evidence)


def _evidence(
    assessment: Assessment, section: str, entry: Entry, chosen: frozenset[int]
) -> Iterator[Evidence]:
    earns = entry.number in chosen
    spare = entry.possible > 0 and not earns
    for element in entry.elements:
        counts, remark = element.fits, element.remark
        if element.fits and not earns:
            counts = None if spare else False
            if spare:
                remark += " Enough other entries count already."
            else:
                remark = f"{remark.removesuffix('.')}, but {entry.why or NOT_WHOLE}."
        yield Evidence(
            label=label_of(assessment, section, entry.number, element.label),
            words=element.words,
            remark=remark,
            counts=counts,
        )
