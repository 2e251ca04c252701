"""Rules for the flags of a marking scheme: what their signs look at is there."""

from __future__ import annotations

from collections.abc import Iterator

from engagekit.content.rules_marking_spot import Spot, fields_of, parts_of
from engagekit.content.yamltext import Loc
from engagekit.model import (
    ChoicesSign,
    MisconceptionFlag,
    MissingSign,
    PhrasesSign,
    Problem,
    RepliesSign,
    Section,
    Sign,
)


def flag_resolves(spot: Spot, flag: MisconceptionFlag) -> Iterator[Problem]:
    """Give every problem of one flag's signs."""
    for index, sign in enumerate(flag.signs):
        loc: Loc = ("signs", index)
        section = spot.section(sign.section)
        if section is None:
            known = {one.id for one in spot.form.sections}
            yield from spot.unknown((*loc, "section"), [sign.section], known, "section")
        else:
            yield from _sign(spot, loc, sign, section)
        if isinstance(sign, MissingSign) and spot.section(sign.beside) is None:
            known = {one.id for one in spot.form.sections}
            yield from spot.unknown((*loc, "beside"), [sign.beside], known, "section")


def _sign(spot: Spot, loc: Loc, sign: Sign, section: Section) -> Iterator[Problem]:
    if isinstance(sign, ChoicesSign):
        yield from spot.field((*loc, "field"), section, sign.field, "choice")
        options = spot.options(fields_of(section).get(sign.field))
        if options:
            yield from spot.unknown((*loc, "any_of"), sign.any_of, options, f"option of {sign.field}")
        return
    parts = parts_of(section)
    if not parts:
        yield spot.problem((*loc, "section"), f"a {section.kind} section holds no words to look at")
        return
    yield from spot.unknown((*loc, "fields"), sign.fields, parts, f"field of the section {section.id}")
    if isinstance(sign, RepliesSign | PhrasesSign):
        fields = fields_of(section)
        for number, name in enumerate(sign.fields):
            if name in fields and fields[name].kind != "words":
                message = f'"{name}" is a {fields[name].kind} field; only own words are searched'
                yield spot.problem((*loc, "fields", number), message)
        if section.kind == "quotes":
            yield spot.problem((*loc, "section"), "what is quoted is not the learner's own words")
        elif fields and not sign.fields and all(one.kind != "words" for one in fields.values()):
            yield spot.problem((*loc, "section"), "this section asks for no own words")
    elif section.kind == "entries" and sign.fields == () and sign.section == sign.beside:
        yield spot.problem((*loc, "beside"), "a section cannot be missing beside itself", "name its fields")
