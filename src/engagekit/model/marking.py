"""The key of an assignment: what is checked, what it is worth, and what each outcome tells the learner."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from engagekit.model.base import Frozen, Id, Text, content_hash

Share = Annotated[float, Field(gt=0, le=1)]


class _Check(Frozen):
    """What every kind of check carries: its worth, its standards and its words to the learner.

    ``theme`` names the chapter that helps, and ``practise`` the exercise, as ``lens.vignette``.
    """

    id: Id
    section: Id
    points: float = Field(gt=0, le=100)
    title: Text
    evidences: tuple[Id, ...] = ()
    theme: Id | None = None
    practise: Annotated[str, Field(pattern=r"^[a-z]+\.[a-z0-9-]+$")] | None = None
    met: Text | None = None
    partly: Text | None = None
    not_met: Text | None = None
    not_attempted: Text | None = None
    needs_assessor: Text | None = None
    note: Text | None = None
    guidance: Text | None = None


class CodingCheck(_Check):
    """Agreement with the reference coding on uncontested turns; ``partly`` earns half."""

    kind: Literal["coding"]
    codes: tuple[Id, ...] = ()
    met_at: Share
    partly_at: Share


class QuoteCheck(_Check):
    """Each ask is answered by an exact span of one keyed turn; marks are in proportion."""

    kind: Literal["quote"]
    accept: dict[Id, tuple[Id, ...]]
    min_words: int = Field(default=3, ge=1)
    max_words: int = Field(default=40, ge=1)


class Accepted(Frozen):
    """What fits for one kind of entry.

    ``quotes`` has quote field to passages, ``choices`` choice field to options, ``dates`` date field to the
    first and last day that fit. ``worth`` is below 1 for an answer near the right one, such as the stage
    next to it.
    """

    quotes: dict[Id, tuple[Id, ...]] = Field(default_factory=dict)
    choices: dict[Id, tuple[Id, ...]] = Field(default_factory=dict)
    dates: dict[Id, tuple[date, date]] = Field(default_factory=dict)
    worth: Share = 1.0


class _EntriesCheck(_Check):
    """Entries that the case bears out. At most ``count`` earn marks, each in equal part.

    ``by`` is the choice that says what an entry is about; two entries about the same count once. ``words``
    are fields in the learner's own words: an entry in which one is blank, too thin or copied earns nothing,
    and no wording of theirs earns anything by itself.
    """

    count: int = Field(ge=1)
    by: Id
    accept: dict[Id, Accepted] = Field(min_length=1)
    words: tuple[Id, ...] = ()


class FieldsCheck(_EntriesCheck):
    """An entry counts when everything in it fits, and not otherwise."""

    kind: Literal["fields"]


class LogCheck(_EntriesCheck):
    """A contact log: each entry earns the share of its elements that fit, once its ``anchor`` quotation does.

    ``order`` are date fields that must not run backwards; that is one element more.
    """

    kind: Literal["log"]
    anchor: Id
    order: tuple[Id, ...] = ()


class ElementsCheck(_EntriesCheck):
    """A reflective entry: each earns the share of its elements that fit, once its ``anchor`` quotation does.

    ``tied`` has quote field to the field of the same entry that it must be quoted from.
    """

    kind: Literal["elements"]
    anchor: Id
    tied: dict[Id, Id] = Field(default_factory=dict)


class Follow(Frozen):
    """A link that must lead to an entry that earned its marks in another check."""

    field: Id
    check: Id


class GoalCheck(_Check):
    """Goals with the four parts of a SMART goal, each for something that another check found in the case.

    The section has the fields ``act``, ``test``, ``by`` (a date) and ``who`` (a choice). A goal earns the
    share of its parts that hold, once ``follow`` leads somewhere; ``by`` must lie from ``first`` to ``last``.
    """

    kind: Literal["goal"]
    count: int = Field(ge=1)
    follow: Follow
    first: date
    last: date
    who: tuple[Id, ...] = Field(min_length=1)


class LinksCheck(_Check):
    """Each of ``count`` entries hangs together: every link leads to an entry that the case bears out.

    An entry earns the share of its links that do. Two entries that lead to the same place by every link
    count once.
    """

    kind: Literal["links"]
    count: int = Field(ge=1)
    follow: tuple[Follow, ...] = Field(min_length=2)


class ReplyCheck(_Check):
    """Free replies: the machine lists what it sees and a person gives the mark."""

    kind: Literal["reply"]


class PersonCheck(_Check):
    """Only a person can judge this; the machine reports what is complete."""

    kind: Literal["person"]


Check = Annotated[
    CodingCheck
    | QuoteCheck
    | FieldsCheck
    | LogCheck
    | ElementsCheck
    | GoalCheck
    | LinksCheck
    | ReplyCheck
    | PersonCheck,
    Field(discriminator="kind"),
]


class ChoicesSign(Frozen):
    """Entries whose choice is one of ``any_of``: at least ``least``, and at least ``share`` of them all."""

    kind: Literal["choices"]
    section: Id
    field: Id
    any_of: tuple[Id, ...] = Field(min_length=1)
    least: int = Field(default=1, ge=1)
    share: float = Field(default=0, ge=0, le=1)


class RepliesSign(Frozen):
    """Words in which the reply rules find one of ``finds``, such as advice or a warning.

    ``fields`` are prompts or fields of the section; all of them when left out.
    """

    kind: Literal["replies"]
    section: Id
    fields: tuple[Id, ...] = ()
    finds: tuple[Literal["advice", "warning", "arguing", "labelling", "false-praise"], ...] = Field(
        min_length=1
    )


class PhrasesSign(Frozen):
    """One of the phrases stands, as whole words, in what was written, and is not plainly denied there."""

    kind: Literal["phrases"]
    section: Id
    fields: tuple[Id, ...] = ()
    phrases: tuple[Text, ...] = Field(min_length=1)


class MissingSign(Frozen):
    """The section holds fewer than ``least`` entries or answers, although ``beside`` holds some."""

    kind: Literal["missing"]
    section: Id
    beside: Id
    fields: tuple[Id, ...] = ()
    least: int = Field(default=1, ge=1)


Sign = Annotated[ChoicesSign | RepliesSign | PhrasesSign | MissingSign, Field(discriminator="kind")]


class MisconceptionFlag(Frozen):
    """One of the unit's common misconceptions that this assignment can surface. It moves no mark.

    Any one of the ``signs`` raises it. ``note`` tells the assessor where to look, ``feedback`` tells the
    learner what to think over.
    """

    misconception: Id
    note: Text
    feedback: Text
    signs: tuple[Sign, ...] = ()


class MarkingScheme(Frozen):
    """All checks of one assignment, frozen: its ``hash`` changes when anything in it does."""

    id: Id
    assignment: Id
    title: Text
    marking_point: Id
    checks: tuple[Check, ...] = Field(min_length=1)
    flags: tuple[MisconceptionFlag, ...] = ()

    @cached_property
    def hash(self) -> str:
        """Return the content hash that every judgement under this scheme carries."""
        return content_hash(self)

    @property
    def total(self) -> float:
        """Return the most that a script can earn."""
        return float(sum(check.points for check in self.checks))
