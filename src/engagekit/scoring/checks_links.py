"""Judge what hangs together: links to entries that the case bears out, and goals with SMART parts."""

from __future__ import annotations

from collections.abc import Mapping

from engagekit.model import ElementsCheck, FieldsCheck, Follow, GoalCheck, LinksCheck, LogCheck, Outcome, Row
from engagekit.scoring.assessment import Assessment
from engagekit.scoring.checks_entries import read_entries
from engagekit.scoring.entries import (
    SPOILT,
    Element,
    Entry,
    choice,
    date_within,
    finding,
    own_words,
    rows_of,
    shown,
)
from engagekit.scoring.goal import PARTS, read_goal
from engagekit.scoring.parts import Finding
from engagekit.scoring.reading import Reading

WORDS = ("act", "test")
"""The parts of a goal that are written in own words."""
NOT_FOR_ANYTHING = "this goal is for something that earned nothing above"


def judge_links(reading: Reading, check: LinksCheck) -> Finding:
    """Judge whether entries lead, by every link, to entries that earned their marks elsewhere."""
    borne = [_borne_out(reading, follow) for follow in check.follow]
    entries: list[Entry] = []
    leads: dict[int, set[tuple[str, str]]] = {}
    for number, row in rows_of(reading.assessment, check.section, reading.answers):
        places = [row.get(follow.field, "").strip() for follow in check.follow]
        entry = Entry(number, "\n".join(places))
        for follow, found in zip(check.follow, borne, strict=True):
            entry.elements.append(_followed(reading.assessment, check.section, row, follow, found))
        entry.share = sum(element.fits is True for element in entry.elements) / len(check.follow)
        doubtful = sum(element.asks for element in entry.elements) / len(check.follow)
        entry.possible = entry.share + doubtful
        ways = zip(check.follow, places, borne, strict=True)
        leads[number] = {(follow.field, place) for follow, place, found in ways if place in found}
        entries.append(entry)
    if not entries:
        return Finding(Outcome.NOT_ATTEMPTED, 0.0, "Nothing was entered.")
    _drop_repeats(entries, leads)
    return finding(
        reading.assessment,
        check.section,
        entries,
        check.count,
        check.points,
        "linked to what the case bears out",
    )


def _drop_repeats(entries: list[Entry], leads: Mapping[int, set[tuple[str, str]]]) -> None:
    """Take away what entries earn that lead only to what better ones lead to already.

    Otherwise one thing that the case bears out, linked again and again beside links to nothing, would count
    as often.
    """
    seen = set[tuple[str, str]]()
    for entry in sorted(entries, key=lambda one: (-one.share, -one.possible, one.number)):
        if entry.possible and leads[entry.number] <= seen:
            entry.share = entry.possible = 0.0
            entry.why = "it leads only to what other entries lead to"
        seen |= leads[entry.number]


def judge_goals(reading: Reading, check: GoalCheck) -> Finding:
    """Judge goals: each for something found in the case, with an act, a test, a day and a person.

    Words alone earn nothing: a goal needs a day or a person that fits before its act and test count.
    """
    borne = _borne_out(reading, check.follow)
    entries, written = [], list[str]()
    for number, row in rows_of(reading.assessment, check.section, reading.answers):
        entries.append(_goal(reading.assessment, check, number, row, borne, tuple(written)))
        written += [row.get(part, "") for part in WORDS]
    if not entries:
        return Finding(Outcome.NOT_ATTEMPTED, 0.0, "No goal was entered.")
    goals = "goal" if check.count == 1 else "goals"
    return finding(
        reading.assessment,
        check.section,
        entries,
        check.count,
        check.points,
        "in all four parts, for something that you showed in the papers",
        (f"{goals} holds", f"{goals} hold"),
    )


def _goal(
    assessment: Assessment,
    check: GoalCheck,
    number: int,
    row: Row,
    borne: Mapping[str, bool],
    written: tuple[str, ...],
) -> Entry:
    entry = Entry(number, row.get(check.follow.field, "").strip())
    link = _followed(assessment, check.section, row, check.follow, borne)
    seen = {one.part: one for one in read_goal({part: row.get(part, "") for part in PARTS})}
    elements, spoilt, asked, held = [link], False, link.asks, 0
    for index, part in enumerate(WORDS):
        others = (*written, *(row.get(other, "") for other in WORDS[:index]))
        element, doubt = own_words(assessment, check.section, row, part, others)
        if doubt is None:
            fault = seen[part]
            remark = f"May be vague: “{fault.words}”." if fault.finding == "fault" else "Filled in."
            element = Element(part, element.words, remark, True)
        else:
            spoilt |= not (doubt.asks or doubt.thin)
            asked |= doubt.asks
        held += doubt is None or doubt.asks
        elements.append(element)
    firm = [
        date_within(row, "by", check.first, check.last),
        choice(assessment, check.section, row, "who", check.who),
    ]
    entry.elements = [*elements, *firm]
    fitting = sum(element.fits is True for element in firm)
    entry.why = SPOILT if spoilt else "" if link.fits else NOT_FOR_ANYTHING
    if (link.fits or link.asks) and fitting and not spoilt:
        entry.possible = (held + fitting) / len(PARTS)
        entry.share = 0.0 if asked else entry.possible
    return entry


def _borne_out(reading: Reading, follow: Follow) -> dict[str, bool]:
    """Return what another check found: True where it earned, False where a person has to read it first."""
    found: dict[str, bool] = {}
    for check in reading.assessment.scheme.checks:
        if check.id == follow.check and isinstance(check, FieldsCheck | LogCheck | ElementsCheck):
            for entry in read_entries(reading, check):
                if entry.possible > 0:
                    found[entry.about] = found.get(entry.about, False) or entry.share > 0
    return found


def _followed(
    assessment: Assessment, section: str, row: Row, follow: Follow, borne: Mapping[str, bool]
) -> Element:
    value = row.get(follow.field, "").strip()
    words = shown(assessment.options(section, follow.field), value)
    if not value:
        return Element(follow.field, "", "Nothing was chosen.", False)
    if value not in borne:
        return Element(follow.field, words, "Leads to nothing that the case bears out.", False)
    if not borne[value]:
        return Element(follow.field, words, "Leads to words that a person has to read first.", None, True)
    return Element(follow.field, words, "Leads to something that the case bears out.", True)
