"""What is wrong, doubtful or at odds in the sources, and what this course does about it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from engagekit.model.base import Frozen, Id, Text

FaultKind = Literal[
    "error",
    "tension",
    "misattribution",
    "dated",
    "unverified",
    "unclear",
    "misprint",
    "easily-misread",
]
"""What sort of fault it is: a mistake, two sources at odds, wrongly credited, out of date, claimed and not
shown, left unclear, a slip of the printer, or sound and still easy to take wrongly."""

Handling = Literal["caution-in-register", "chapter", "glossary", "exercise", "not-used"]
"""Where a reader meets the answer to a fault."""


class FindTheFault(Frozen):
    """A claim in our own words that holds the fault, for a reader to find."""

    claim: Text
    answer: Text


class Fault(Frozen):
    """One fault or tension.

    ``where`` is empty only when the fault belongs to a source as a whole. ``chapters`` names the themes whose
    chapters deal with it, and ``terms`` the entries of the glossary that do.
    """

    id: Id
    title: Text
    source: Id
    where: tuple[Id, ...] = ()
    kind: FaultKind
    what: Text
    instead: Text
    handled: tuple[Handling, ...] = Field(min_length=1)
    chapters: tuple[Id, ...] = ()
    terms: tuple[Text, ...] = ()
    exercise: FindTheFault | None = None


class FaultRegister(Frozen):
    """Every fault that we know of."""

    faults: tuple[Fault, ...]
