"""Rules for the checks of a marking scheme: whatever they name is there, and every mark can be earned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engagekit.content.rules_marking_spot import Spot, fields_of, most_rows
from engagekit.content.validate import nearest
from engagekit.content.yamltext import Loc
from engagekit.model import (
    Check,
    CodingCheck,
    ElementsCheck,
    FieldsCheck,
    Follow,
    GoalCheck,
    LinkField,
    LinksCheck,
    LogCheck,
    Problem,
    QuoteCheck,
    QuoteField,
    QuotesSection,
    Section,
)
from engagekit.model.marking import Accepted

SECTIONS_OF: Mapping[str, tuple[str, ...]] = {
    "coding": ("coding",),
    "quote": ("quotes",),
    "reply": ("replies",),
    "fields": ("entries", "fields"),
    "log": ("entries",),
    "elements": ("entries", "fields"),
    "goal": ("entries",),
    "links": ("entries",),
    "person": ("coding", "quotes", "replies", "entries", "fields"),
}
"""The kinds of section that each kind of check can read."""
_WORDS = ("met", "partly", "not_met", "not_attempted")
_GOAL = {"act": "words", "test": "words", "by": "date", "who": "choice"}
EntriesCheck = FieldsCheck | LogCheck | ElementsCheck


def check_resolves(spot: Spot, check: Check) -> Iterator[Problem]:
    """Give every problem of one check: its words, its section and what it names there."""
    needed = (*_WORDS, "needs_assessor") if check.kind in ("reply", "person") else _WORDS
    for outcome in needed:
        if not getattr(check, outcome):
            message = f'the check "{check.id}" has no words for {outcome}'
            yield spot.problem((), message, f"write `{outcome}:`, what the learner is told then")
    section = spot.section(check.section)
    if section is None:
        hint = nearest(check.section, [one.id for one in spot.form.sections])
        yield spot.problem(("section",), f'no section "{check.section}"', hint)
    elif section.kind not in SECTIONS_OF[check.kind]:
        message = f"a {check.kind} check cannot read a {section.kind} section"
        yield spot.problem(("section",), message)
    elif isinstance(check, CodingCheck):
        yield from _coding(spot, check)
    elif isinstance(check, QuoteCheck):
        yield from _quotes(spot, check, section)
    elif isinstance(check, EntriesCheck):
        yield from _entries(spot, check, section)
    elif isinstance(check, GoalCheck):
        yield from _goal(spot, check, section)
    elif isinstance(check, LinksCheck):
        yield from _count(spot, check.count, section)
        for index, follow in enumerate(check.follow):
            yield from _follow(spot, ("follow", index), follow, section)


def _coding(spot: Spot, check: CodingCheck) -> Iterator[Problem]:
    if check.partly_at > check.met_at:
        yield spot.problem(("partly_at",), "partly_at is above met_at")
    interview = spot.interview()
    coding = spot.library.course.schemes.get(interview.scheme) if interview else None
    if coding:
        yield from spot.unknown(("codes",), check.codes, {code.id for code in coding.codes}, "code")


def _quotes(spot: Spot, check: QuoteCheck, section: Section) -> Iterator[Problem]:
    asks = {ask.id for ask in section.asks} if isinstance(section, QuotesSection) else set()
    for ask, places in check.accept.items():
        yield from spot.unknown(("accept", ask), [ask], asks, "ask", key=True)
        yield from _places(spot, ("accept", ask), places, check.min_words)
    if check.min_words > check.max_words:
        yield spot.problem(("min_words",), "min_words is above max_words")


def _places(spot: Spot, loc: Loc, places: tuple[str, ...], least: int) -> Iterator[Problem]:
    """The places exist, and one of them has words enough to be quoted."""
    known = spot.places()
    what = spot.place_name
    if not places:
        yield spot.problem(loc, f"no {what.partition(' ')[0]} is accepted, so nobody could earn this")
    elif known:
        for number, place in enumerate(places):
            if place not in known:
                message = f'"{place}" is not a {what}'
                yield spot.problem((*loc, number), message, nearest(place, known))
        longest = max((len(known[place].split()) for place in places if place in known), default=least)
        if longest < least:
            message = f"none of these has {least} words to quote, so nobody could earn this"
            yield spot.problem(loc, message)


def _count(spot: Spot, count: int, section: Section) -> Iterator[Problem]:
    if count > most_rows(section):
        message = f"count is {count}, and the section holds no more than {most_rows(section)}"
        yield spot.problem(("count",), message)


def _entries(spot: Spot, check: EntriesCheck, section: Section) -> Iterator[Problem]:
    """What it is about is a choice, every accepted answer is on offer, and all marks can be earned."""
    fields = fields_of(section)
    yield from _count(spot, check.count, section)
    if check.count > len(check.accept):
        message = f"count is {check.count}, and only {len(check.accept)} different entries are accepted"
        yield spot.problem(("count",), message)
    yield from spot.field(("by",), section, check.by, "choice")
    options = spot.options(fields.get(check.by))
    for about, accepted in check.accept.items():
        loc: Loc = ("accept", about)
        if options:
            yield from spot.unknown(loc, [about], options, f"option of {check.by}", key=True)
        yield from _accepted(spot, loc, accepted, section)
        if not isinstance(check, FieldsCheck) and check.anchor not in accepted.quotes:
            message = f'the anchor "{check.anchor}" has no accepted quotation here, so nobody could earn this'
            yield spot.problem(loc, message, f"add {check.anchor} under quotes", key=True)
    for index, name in enumerate(check.words):
        yield from spot.field(("words", index), section, name, "words")
    if isinstance(check, LogCheck):
        for index, name in enumerate(check.order):
            yield from spot.field(("order", index), section, name, "date")
        if len(check.order) == 1:
            yield spot.problem(("order",), "one date has no order; name two or more, or leave it out")
    if not isinstance(check, FieldsCheck):
        yield from spot.field(("anchor",), section, check.anchor, "quote")
    if isinstance(check, ElementsCheck):
        yield from _tied(spot, check, section)


def _accepted(spot: Spot, loc: Loc, accepted: Accepted, section: Section) -> Iterator[Problem]:
    fields = fields_of(section)
    if not accepted.quotes:
        message = "no quotation is asked for, so a guess would earn this"
        yield spot.problem(loc, message, "name a quote field and its passages under quotes", key=True)
    for name, places in accepted.quotes.items():
        here: Loc = (*loc, "quotes", name)
        yield from spot.field(here, section, name, "quote", key=True)
        field = fields.get(name)
        if isinstance(field, QuoteField) and field.out_of:
            message = f'"{name}" is quoted out of {field.out_of}, not out of the case'
            yield spot.problem(here, message, "use tied", key=True)
        yield from _places(spot, here, places, field.min_words if isinstance(field, QuoteField) else 1)
    for name, chosen in accepted.choices.items():
        here = (*loc, "choices", name)
        yield from spot.field(here, section, name, "choice", key=True)
        options = spot.options(fields.get(name))
        if not chosen:
            yield spot.problem(here, "no option is accepted, so nobody could earn this")
        elif options:
            yield from spot.unknown(here, chosen, options, f"option of {name}")
    for name, (first, last) in accepted.dates.items():
        here = (*loc, "dates", name)
        yield from spot.field(here, section, name, "date", key=True)
        if first > last:
            yield spot.problem(here, f"{first} is after {last}, so nobody could earn this")


def _tied(spot: Spot, check: ElementsCheck, section: Section) -> Iterator[Problem]:
    fields = fields_of(section)
    for name, source in check.tied.items():
        yield from spot.field(("tied", name), section, name, "quote", key=True)
        yield from spot.field(("tied", name), section, source, "words")
        field = fields.get(name)
        if isinstance(field, QuoteField) and field.out_of != source:
            message = f'the form asks for "{name}" out of {field.out_of or "the case"}, not out of {source}'
            yield spot.problem(("tied", name), message)


def _goal(spot: Spot, check: GoalCheck, section: Section) -> Iterator[Problem]:
    fields = fields_of(section)
    for name, kind in _GOAL.items():
        if name not in fields:
            message = f'a goal check needs a {kind} field "{name}" in the section {section.id}'
            yield spot.problem(("section",), message)
        elif fields[name].kind != kind:
            message = f'"{name}" is a {fields[name].kind} field; a goal check needs a {kind} field there'
            yield spot.problem(("section",), message)
    options = spot.options(fields.get("who"))
    if options:
        yield from spot.unknown(("who",), check.who, options, "option of who")
    if check.first > check.last:
        yield spot.problem(("first",), "first is after last, so nobody could earn this")
    yield from _count(spot, check.count, section)
    yield from _follow(spot, ("follow",), check.follow, section)
    followed = _followed(spot, check.follow)
    if followed and check.count > len(followed.accept):
        message = f"count is {check.count}, and {followed.id} accepts only {len(followed.accept)} entries"
        yield spot.problem(("count",), message, "a goal for each, and each counts once")


def _followed(spot: Spot, follow: Follow) -> EntriesCheck | None:
    checks = spot.scheme.checks if spot.scheme else ()
    return next(
        (one for one in checks if one.id == follow.check and isinstance(one, EntriesCheck)),
        None,
    )


def _follow(spot: Spot, loc: Loc, follow: Follow, section: Section) -> Iterator[Problem]:
    """A link is followed to a check of entries that reads the very field which the link offers."""
    yield from spot.field((*loc, "field"), section, follow.field, "link")
    target = _followed(spot, follow)
    if target is None:
        checks = spot.scheme.checks if spot.scheme else ()
        known = {one.id for one in checks if isinstance(one, EntriesCheck)}
        yield from spot.unknown((*loc, "check"), [follow.check], known, "fields, log or elements check")
        return
    link = fields_of(section).get(follow.field)
    if isinstance(link, LinkField) and (link.section, link.field) != (target.section, target.by):
        message = (
            f'the link "{follow.field}" offers {link.section}.{link.field}, '
            f'and "{target.id}" is about {target.section}.{target.by}'
        )
        yield spot.problem((*loc, "check"), message)
