"""Judge entries that the case has to bear out: needs and strengths, a contact log, reflective entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engagekit.model import ElementsCheck, FieldsCheck, LogCheck, Outcome, Row
from engagekit.model.marking import Accepted
from engagekit.scoring.entries import (
    SPOILT,
    Element,
    Entry,
    choice,
    elements_of,
    finding,
    in_order,
    own_words,
    rows_of,
    tied,
)
from engagekit.scoring.parts import Finding
from engagekit.scoring.reading import Reading

EntriesCheck = FieldsCheck | LogCheck | ElementsCheck


def judge_entries(reading: Reading, check: EntriesCheck) -> Finding:
    """Judge a ``fields``, ``log`` or ``elements`` check.

    Args:
        reading: The script being read.
        check: The check.

    Returns:
        Marks in proportion to the best ``count`` entries; None when a person has to read words that would
        otherwise earn.
    """
    entries = read_entries(reading, check)
    if not entries:
        return Finding(Outcome.NOT_ATTEMPTED, 0.0, "Nothing was entered.")
    return finding(reading.assessment, check.section, entries, check.count, check.points)


def read_entries(reading: Reading, check: EntriesCheck) -> tuple[Entry, ...]:
    """Return the entries of a check as they were read, once for each script."""
    if check.id not in reading.entries:
        reading.entries[check.id] = _read_all(reading, check)
    return reading.entries[check.id]


def _read_all(reading: Reading, check: EntriesCheck) -> tuple[Entry, ...]:
    written: list[str] = []
    # One passage is evidence for one entry: quoting it for each in turn shows nothing about the others.
    used = {name: set[str]() for accepted in check.accept.values() for name in accepted.quotes}
    entries: list[Entry] = []
    for number, row in rows_of(reading.assessment, check.section, reading.answers):
        taken = {name: set(places) for name, places in used.items()}
        entry = _read(reading, check, number, row, tuple(written), taken)
        if entry.possible > 0 and not any(one.possible > 0 and one.about == entry.about for one in entries):
            used = taken
        entries.append(entry)
        written += [row.get(name, "") for name in check.words]
    return tuple(entries)


def _read(
    reading: Reading,
    check: EntriesCheck,
    number: int,
    row: Row,
    written: tuple[str, ...],
    used: Mapping[str, set[str]],
) -> Entry:
    """Read one entry: what it is about, its own words, and what has to fit."""
    assessment = reading.assessment
    entry = Entry(number, row.get(check.by, "").strip())
    accepted = check.accept.get(entry.about) or _nothing(check)
    about = choice(assessment, check.section, row, check.by, check.accept)
    if accepted.worth < 1:
        about = replace(about, remark=f"Close: the rest earns {_part(accepted.worth)}.")
    entry.elements.append(about)
    doubted = asked = False
    for index, name in enumerate(check.words):
        others = (*written, *(row.get(other, "") for other in check.words[:index]))
        element, doubt = own_words(assessment, check.section, row, name, others)
        entry.elements.append(element)
        doubted |= doubt is not None and not doubt.asks
        asked |= doubt is not None and doubt.asks
    fitting = list(_fitting(reading, check, row, accepted, used))
    entry.elements += [element for _, element in fitting]
    entry.why = SPOILT if doubted else ""
    if about.fits and not doubted:
        entry.possible = _share(check, fitting) * accepted.worth
        entry.share = 0.0 if asked else entry.possible
    return entry


def _part(worth: float) -> str:
    """Return a share in words.

    Examples:
        >>> _part(0.5), _part(0.4)
        ('half', '40% of its marks')
    """
    return {0.25: "a quarter", 0.5: "half", 0.75: "three quarters"}.get(worth, f"{worth:.0%} of its marks")


def _nothing(check: EntriesCheck) -> Accepted:
    """Return what is looked at in an entry about something else: the same answers, none of which can fit."""
    nothing: tuple[str, ...] = ()
    quotes = {name: nothing for accepted in check.accept.values() for name in accepted.quotes}
    choices = {name: nothing for accepted in check.accept.values() for name in accepted.choices}
    return Accepted.model_construct(quotes=quotes, choices=choices, dates={})


def _fitting(
    reading: Reading, check: EntriesCheck, row: Row, accepted: Accepted, used: Mapping[str, set[str]]
) -> list[tuple[str, Element]]:
    """Return what earns: quotations, choices, dates, tied quotations and the order of dates."""
    assessment = reading.assessment
    fields = assessment.fields.get(check.section, {})
    found = list(elements_of(assessment, check.section, row, accepted, used))
    if isinstance(check, ElementsCheck):
        for name, source in check.tied.items():
            label = fields[source].label if source in fields else source
            found.append((name, tied(fields.get(name), row, name, source, label)))
    if isinstance(check, LogCheck) and check.order:
        labels = [fields[name].label if name in fields else name for name in check.order]
        found.append(("", in_order(row, check.order, labels)))
    return found


def _share(check: EntriesCheck, fitting: list[tuple[str, Element]]) -> float:
    """Return the share of an entry that holds: all or nothing, or by the element once the anchor does."""
    fits = [bool(element.fits) for _, element in fitting]
    if isinstance(check, FieldsCheck):
        return float(all(fits))
    anchored = any(element.fits for name, element in fitting if name == check.anchor)
    return sum(fits) / len(fits) if anchored else 0.0
