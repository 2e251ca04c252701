"""What a hostile script is, and what its makers share. They work for any assignment, out of its form and key.

Each case says what comes of it: why it is held, what the assessor is told and what it earns, which is nothing
unless part of it is honest. Boxes of other kinds than the one under trial are filled as well as a cheat could
fill them, so that nothing else keeps the marks away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from subjects import Slot, Subject, prose

NOTHING = "nothing"
SOME = "some"


@dataclass(frozen=True)
class Case:
    """A script that is up to no good, and what comes of it.

    Attributes:
        make: Makes the answers; None where the form has no such box.
        held: A word of the reason why its marks are held; empty when it is not held.
        says: Words that the assessor must be told, in a note, a flag or a remark.
        earns: ``nothing``; or ``some`` where one part is honest and a test of its own says how much.
    """

    make: Callable[[Subject], Any]
    held: str = ""
    says: str = ""
    earns: str = NOTHING


CASES: dict[str, Case] = {}


def case(**expected: str) -> Callable[[Callable[[Subject], Any]], Callable[[Subject], Any]]:
    """Register a case."""

    def register(make: Callable[[Subject], Any]) -> Callable[[Subject], Any]:
        CASES[make.__name__.strip("_").replace("_", "-")] = Case(make, **expected)
        return make

    return register


def family(name: str, parts: Mapping[str, Any], make: Callable[[Subject, Any], Any], **expected: str) -> None:
    """Register one case for each part of a family."""
    for part, value in parts.items():
        CASES[f"{name}-{part}"] = Case(lambda subject, value=value: make(subject, value), **expected)


def off_topic(slot: Slot) -> str:
    return prose(slot.seed, slot.least)


GATED = ("fields", "log", "elements")
LOOKALIKES = str.maketrans("aceiopxysAEIOPCTHKMBX", "асеіорхуѕАЕІОРСТНКМВХ")
"""Latin letters to Cyrillic ones that look the same."""


def uncode(one: Subject, answers: Any) -> Any:
    """Take right codes away where a coding is no part of the trial: right codes are honest work."""
    return one.change(answers, code=lambda slot: other(one, slot))


def unquote(one: Subject, answers: Any) -> Any:
    """Take right quotations away where nothing else is asked with them: they are honest work."""
    asked = {section.id for section in one.form.sections if section.kind == "quotes"}
    return {**answers, **{name: {} for name in asked if name in answers}}


def gated_only(one: Subject, answers: Any) -> Any:
    """Take away what earns without any own words: right codes, quotations asked for by themselves."""
    free = {
        check.section
        for check in one.scheme.checks
        if check.kind in ("coding", "quote") or (check.kind in GATED and not check.words)
    }
    kept = {name: value for name, value in answers.items() if name not in free}
    return kept


def other(one: Subject, slot: Slot) -> str:
    """Return an option that no check accepts for a box, whatever stands in the others."""
    right = {one.get(one.strong, slot)}
    for check in one.scheme.checks:
        if check.section == slot.section and check.kind in (*GATED, "goal"):
            right |= set(check.accept) if getattr(check, "by", "") == slot.field else set()
            right |= set(getattr(check, "who", ())) if slot.field == "who" else set()
            for accepted in getattr(check, "accept", {}).values():
                right |= set(accepted.choices.get(slot.field, ()))
    wrong = [option for option in slot.options if option not in right]
    return wrong[0] if wrong else "none-of-these"
