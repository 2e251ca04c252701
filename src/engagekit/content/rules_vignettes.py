"""Rules about vignettes and their keys: everything is answered once, with codes and rules that exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from engagekit.content.load import Library
from engagekit.content.unknown import unknown
from engagekit.model import (
    Case,
    CaseKey,
    GoalDraft,
    GoalKey,
    Interview,
    Problem,
    ReferenceCoding,
    ReplyKey,
    ReplySet,
    Web,
    WebKey,
)

KIND_OF: dict[type, str] = {
    Interview: "interview",
    Case: "case",
    ReplySet: "replies",
    Web: "web",
    GoalDraft: "goal",
    ReferenceCoding: "interview-key",
    CaseKey: "case-key",
    ReplyKey: "replies-key",
    WebKey: "web-key",
    GoalKey: "goal-key",
}
"""The schema of the file that each type is read from."""

FOLDER_OF = {"interview": "interviews", "case": "cases", "replies": "replies", "web": "webs", "goal": "goals"}
ANSWERS = ("present", "absent", "ambiguous", "not-stated")
Rule = Callable[[Library], Iterator[Problem]]
Loc = tuple[str | int, ...]


def vignettes_are_in_order(library: Library) -> Iterator[Problem]:
    """No two vignettes share an id, schemes exist, and parts are numbered without a gap."""
    for kind, name in library.documents:
        if kind in FOLDER_OF:
            found = library.course.vignettes.get(name)
            if found is not None and KIND_OF[type(found)] != kind:
                where = library.documents[KIND_OF[type(found)], name].path
                yield library.problem(kind, name, (), f'the id "{name}" is used twice', f"first in {where}")
    schemes = library.there("scheme", library.course.schemes)
    for vignette in library.course.vignettes.values():
        kind = KIND_OF[type(vignette)]
        if isinstance(vignette, Interview | Web):
            yield from unknown(library, kind, vignette.id, ("scheme",), [vignette.scheme], schemes, "scheme")
        if isinstance(vignette, Interview):
            yield from _numbered(library, kind, vignette.id, "utterances", vignette.utterances, "t{:02d}")
        elif isinstance(vignette, Case):
            yield from _numbered(library, kind, vignette.id, "sentences", vignette.sentences, "s{:02d}")
            yield from _numbered(library, kind, vignette.id, "responses", vignette.responses, "r{}")
        elif isinstance(vignette, ReplySet):
            yield from _numbered(library, kind, vignette.id, "prompts", vignette.prompts, "p{}")


def _numbered(
    library: Library, kind: str, name: str, field: str, parts: Sequence[Any], form: str
) -> Iterator[Problem]:
    for index, part in enumerate(parts):
        wanted = form.format(index + 1)
        if part.id != wanted:
            loc = (field, index, "id")
            yield library.problem(kind, name, loc, f'this is "{part.id}"', f'it should be "{wanted}"')
            return


def practice_has_a_key(library: Library) -> Iterator[Problem]:
    """Every vignette has a key. Assessment keys may be away, as they are in a learner bundle."""
    for vignette in library.course.vignettes.values():
        kind = KIND_OF[type(vignette)]
        if vignette.id not in library.course.keys and (f"{kind}-key", vignette.id) not in library.documents:
            if vignette.use == "assessment" and not library.course.marking:
                continue
            path = f"source_material/vignettes/{FOLDER_OF[kind]}/{vignette.id}/key.yaml"
            if not any(problem.path == path for problem in library.problems):
                message = "this vignette has no key"
                yield library.problem(kind, vignette.id, (), message, f"write {path}")


def interview_keys_code_every_turn_once(library: Library) -> Iterator[Problem]:
    """A key codes every practitioner turn once, with codes and rules of the interview's scheme."""
    for key, vignette in _pairs(library, ReferenceCoding, Interview):
        turns = [turn.id for turn in vignette.turns("practitioner")]
        given = [turn.turn for turn in key.turns]
        yield from _once_each(
            library, "interview-key", key.id, "turns", "turn", given, turns, "practitioner turn"
        )
        scheme = library.course.schemes.get(vignette.scheme)
        codes = [code.id for code in scheme.codes] if scheme else None
        rules = [rule.id for rule in scheme.rules] if scheme else None
        for index, turn in enumerate(key.turns):
            yield from _reasoned(
                library, "interview-key", key.id, ("turns", index), "code", turn, codes, rules
            )
        client = library.course.schemes.get("client-talk")
        said = [turn.id for turn in vignette.turns("person")]
        known = [code.id for code in client.codes] if client else None
        for index, each in enumerate(key.person):
            loc: Loc = ("person", index)
            kind = "interview-key"
            yield from unknown(
                library, kind, key.id, (*loc, "turn"), [each.turn], said, "turn of the person's"
            )
            if known is not None:
                yield from unknown(library, kind, key.id, (*loc, "code"), [each.code], known, "code")
            if each.turn in [other.turn for other in key.person[:index]]:
                yield library.problem(kind, key.id, (*loc, "turn"), f'turn "{each.turn}" is there twice')


def case_keys_hold(library: Library) -> Iterator[Problem]:
    """A case's key uses codes and rules of its schemes, points at sentences and judges each response once."""
    stages, desistance = (library.course.schemes.get(name) for name in ("stages", "desistance"))
    for key, case in _pairs(library, CaseKey, Case):
        kind, stage = "case-key", key.stage
        sentences = [sentence.id for sentence in case.sentences]
        codes = [code.id for code in stages.codes] if stages else None
        rules = [rule.id for rule in stages.rules] if stages else None
        yield from _reasoned(library, kind, key.id, ("stage",), "code", stage, codes, rules)
        yield from unknown(
            library, kind, key.id, ("stage", "shown_by"), stage.shown_by, sentences, "sentence"
        )
        unknowable = stage.code == "not-enough-information"
        if unknowable != bool(stage.missing):
            message = "facts are missing exactly when the stage is not-enough-information"
            yield library.problem(kind, key.id, ("stage", "missing" if stage.missing else "code"), message)
        if not unknowable and not stage.shown_by:
            yield library.problem(kind, key.id, ("stage",), "no sentence shows this stage", "add shown_by")
        given = [each.response for each in stage.responses]
        offered = [each.id for each in case.responses]
        place = "stage"
        yield from _once_each(
            library, kind, key.id, (place, "responses"), "response", given, offered, "response"
        )
        if sum(each.fits for each in stage.responses) != 1:
            message = "exactly one response should fit"
            yield library.problem(kind, key.id, (place, "responses"), message)
        factors = [code.id for code in desistance.codes] if desistance else None
        rules = [rule.id for rule in desistance.rules] if desistance else None
        for index, factor in enumerate(key.factors):
            loc: Loc = ("factors", index)
            if factor.factor in [other.factor for other in key.factors[:index]]:
                message = f'"{factor.factor}" is answered twice'
                yield library.problem(kind, key.id, (*loc, "factor"), message)
            if factors is not None:
                yield from unknown(
                    library, kind, key.id, (*loc, "factor"), [factor.factor], factors, "factor"
                )
            yield from _reasoned(library, kind, key.id, loc, "answer", factor, ANSWERS, rules)
            yield from unknown(
                library, kind, key.id, (*loc, "shown_by"), factor.shown_by, sentences, "sentence"
            )
            if (factor.answer == "not-stated") == bool(factor.shown_by):
                message = "a sentence shows every answer but not-stated"
                yield library.problem(kind, key.id, loc, message)


def reply_keys_hold(library: Library) -> Iterator[Problem]:
    """Each prompt has its replies once."""
    for key, replies in _pairs(library, ReplyKey, ReplySet):
        given, wanted = [each.prompt for each in key.prompts], [each.id for each in replies.prompts]
        yield from _once_each(library, "replies-key", key.id, "prompts", "prompt", given, wanted, "prompt")


def web_keys_hold(library: Library) -> Iterator[Problem]:
    """A web and its key have each area of the scheme once, and scores that the scheme has."""
    for key, web in _pairs(library, WebKey, Web):
        scheme = library.course.schemes.get(web.scheme)
        if scheme is None:
            continue
        areas, codes = [area.id for area in scheme.areas], [code.id for code in scheme.codes]
        rules = [rule.id for rule in scheme.rules]
        kinds = (("web", [each.area for each in web.areas]), ("web-key", [each.area for each in key.areas]))
        for kind, given in kinds:
            yield from _once_each(library, kind, key.id, "areas", "area", given, areas, "area")
        for index, each in enumerate(key.areas):
            for name, rating in (("first", each.first), ("second", each.second)):
                loc: Loc = ("areas", index, name)
                yield from _reasoned(library, "web-key", key.id, loc, "code", rating, codes, rules)


def goal_keys_hold(library: Library) -> Iterator[Problem]:
    """A goal's faults are named once each."""
    for key, _ in _pairs(library, GoalKey, GoalDraft):
        faults = [each.fault for each in key.faults]
        for index, fault in enumerate(faults):
            if fault in faults[:index]:
                loc: Loc = ("faults", index, "fault")
                yield library.problem("goal-key", key.id, loc, f'"{fault}" is named twice')


def readings_name_vignettes(library: Library) -> Iterator[Problem]:
    """A second reading belongs to a vignette, and settles only what it answered."""
    for reading in library.course.readings.values():
        yield from unknown(
            library, "second-reading", reading.id, (), [reading.id], library.vignettes_there(), "vignette"
        )
        for index, settled in enumerate(reading.settled):
            loc: Loc = ("settled", index, "item")
            yield from unknown(
                library, "second-reading", reading.id, loc, [settled.item], reading.answers, "answer"
            )


def _pairs(library: Library, key_type: type[Any], type_: type[Any]) -> Iterator[tuple[Any, Any]]:
    """Give each key with its vignette. A key without one is left to ``keys_have_vignettes``."""
    for key in library.course.keys.values():
        vignette = library.course.vignettes.get(key.id)
        if isinstance(key, key_type) and isinstance(vignette, type_):
            yield key, vignette


def keys_have_vignettes(library: Library) -> Iterator[Problem]:
    """A key stands beside a vignette of its own kind."""
    for key in library.course.keys.values():
        kind = KIND_OF[type(key)]
        vignette = library.course.vignettes.get(key.id)
        own = kind.removesuffix("-key")
        beside = vignette is not None and KIND_OF[type(vignette)] == own
        if not beside and (own, key.id) not in library.unread:
            yield library.problem(kind, key.id, (), "there is no vignette beside this key")


def _once_each(
    library: Library,
    kind: str,
    name: str,
    field: str | Loc,
    part: str,
    given: Sequence[str],
    wanted: Sequence[str],
    what: str,
) -> Iterator[Problem]:
    """Every wanted name is given once and no other is."""
    base: Loc = (field,) if isinstance(field, str) else field
    for index, value in enumerate(given):
        if value in given[:index]:
            yield library.problem(kind, name, (*base, index, part), f'{what} "{value}" is there twice')
        else:
            yield from unknown(library, kind, name, (*base, index, part), [value], wanted, what)
    for value in wanted:
        if value not in given:
            yield library.problem(kind, name, base, f'{what} "{value}" is missing')


def _reasoned(
    library: Library,
    kind: str,
    name: str,
    loc: Loc,
    field: str,
    entry: Any,
    codes: Iterable[str] | None,
    rules: Iterable[str] | None,
) -> Iterator[Problem]:
    """An answer and its alternatives are codes, its rule exists, and a contested one says why."""
    answer = getattr(entry, field)
    if codes is not None:
        known = list(codes)
        yield from unknown(library, kind, name, (*loc, field), [answer], known, "code")
        yield from unknown(library, kind, name, (*loc, "also"), entry.also, known, "code")
        for code in entry.instead:
            place = (*loc, "instead", code)
            yield from unknown(library, kind, name, place, [code], known, "code", key=True)
    if rules is not None and entry.rule:
        yield from unknown(library, kind, name, (*loc, "rule"), [entry.rule], rules, "rule")
    if bool(entry.also) != bool(entry.discuss):
        missing = "discuss" if entry.also else "also"
        yield library.problem(kind, name, loc, f'an entry for discussion needs "{missing}" too')
    if answer in entry.also or answer in entry.instead:
        yield library.problem(kind, name, (*loc, field), f'"{answer}" cannot be its own alternative')


VIGNETTE_RULES: tuple[Rule, ...] = (
    vignettes_are_in_order,
    practice_has_a_key,
    keys_have_vignettes,
    interview_keys_code_every_turn_once,
    case_keys_hold,
    reply_keys_hold,
    web_keys_hold,
    goal_keys_hold,
    readings_name_vignettes,
)
