"""Coding schemes: the codes that a learner may give, and the rules for choosing one."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from engagekit.model.base import Frozen, Id, Text


class Area(Frozen):
    """One area of life that a web scores."""

    id: Id
    title: Text


class CodeGroup(Frozen):
    """Codes that belong together."""

    id: Id
    title: Text


class NearMiss(Frozen):
    """Words that look like a code and are another."""

    text: Text
    code: Id


class Code(Frozen):
    """One code of a scheme: what it means, when to use it and when not."""

    id: Id
    label: Text
    group: Id | None = None
    letter: Literal["O", "A", "R", "S"] | None = None
    definition: Text
    use_when: tuple[Text, ...] = ()
    not_when: tuple[Text, ...] = ()
    examples: tuple[Text, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    present: Text | None = None
    absent: Text | None = None
    ambiguous: Text | None = None
    items: tuple[Id, ...] = ()
    maps_to: Text | None = None
    evidence: Text | None = None


class DecisionRule(Frozen):
    """How to choose between codes, and whose rule it is."""

    id: Id
    text: Text
    source: Text


class CodingScheme(Frozen):
    """A codebook for one unit of coding at one level of measurement."""

    id: Id
    title: Text
    unit: Text
    level: Literal["nominal", "ordinal"]
    summary: Text
    groups: tuple[CodeGroup, ...] = ()
    areas: tuple[Area, ...] = ()
    codes: tuple[Code, ...] = Field(min_length=2)
    rules: tuple[DecisionRule, ...] = ()

    def code(self, code_id: str) -> Code:
        """Return a code by id; ``KeyError`` when the scheme has none of that name."""
        for code in self.codes:
            if code.id == code_id:
                return code
        raise KeyError(code_id)
