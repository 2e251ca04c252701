"""Reference keys: the authors' own answers, each with its reason. They are kept apart from the vignettes."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from engagekit.model.base import Frozen, Id, Text

Answer = Literal["present", "absent", "ambiguous", "not-stated"]
"""What a case says about one desistance factor or obstacle."""

Fact = Literal["behaviour", "present-state", "intention", "duration"]
"""What a stage is worked out from; a case may leave some of it out."""

Fault = Literal[
    "vague", "avoidance", "no-test", "no-date", "nobody", "imposed", "too-big", "out-of-their-hands"
]
"""What may be wrong with a goal."""

Roadblock = Literal["advice", "warning", "arguing", "labelling", "false-praise"]
"""What shuts a conversation down."""


class _Reasoned(Frozen):
    """One keyed answer and why.

    An entry with ``also`` is one that honest readers split on. It is for discussion and never scored.
    """

    reason: Text
    rule: Id | None = None
    also: tuple[Id, ...] = ()
    discuss: Text | None = None
    instead: dict[Id, Text] = Field(default_factory=dict)


class KeyTurn(_Reasoned):
    """The reference code of one practitioner turn."""

    turn: Id
    code: Id


class PersonTurn(Frozen):
    """One reading of what the person said about the change goal. It is for discussion and never scored."""

    turn: Id
    code: Id
    reason: Text


class ReferenceCoding(Frozen):
    """The authors' coding of one interview."""

    id: Id
    basis: Text
    turns: tuple[KeyTurn, ...] = Field(min_length=1)
    person: tuple[PersonTurn, ...] = ()

    def scored(self) -> dict[str, str]:
        """Return turn id to code for the turns that count, in order."""
        return {turn.turn: turn.code for turn in self.turns if not turn.also}


class KeyResponse(Frozen):
    """Whether a response fits what the case says, and why."""

    response: Id
    fits: bool
    reason: Text


class KeyStage(_Reasoned):
    """The stage that a case shows for its behaviour, and the sentences that show it.

    ``missing`` names the facts that the case leaves out; there are none unless the stage cannot be told.
    """

    code: Id
    shown_by: tuple[Id, ...] = ()
    missing: tuple[Fact, ...] = ()
    missing_reason: Text
    responses: tuple[KeyResponse, ...] = Field(min_length=3)


class KeyFactor(_Reasoned):
    """What a case says about one desistance factor or obstacle, and the sentences that show it."""

    factor: Id
    answer: Answer
    shown_by: tuple[Id, ...] = ()


class CaseKey(Frozen):
    """The authors' reading of one case through both lenses. A factor that is not listed is not stated."""

    id: Id
    basis: Text
    stage: KeyStage
    factors: tuple[KeyFactor, ...] = Field(min_length=1)


class Exemplar(Frozen):
    """A reply that does its work, and why."""

    text: Text
    why: Text


class Tempting(Frozen):
    """A reply that many would be tempted to give, the roadblock in it, and what it is likely to do."""

    text: Text
    kind: Roadblock
    why: Text


class KeyPrompt(Frozen):
    """What is shown after a learner has written a reply."""

    prompt: Id
    exemplars: tuple[Exemplar, Exemplar]
    roadblock: Tempting


class ReplyKey(Frozen):
    """The authors' replies to one set of prompts."""

    id: Id
    basis: Text
    prompts: tuple[KeyPrompt, ...] = Field(min_length=1)


class Rating(_Reasoned):
    """A score from 1 (stuck) to 5 (maintaining); ``also`` is empty unless readers split."""

    code: Id


class KeyArea(Frozen):
    """The scores of one area of life at both dates."""

    area: Id
    first: Rating
    second: Rating


class WebKey(Frozen):
    """The authors' scores of one web. In practice the score is the person's own."""

    id: Id
    basis: Text
    areas: tuple[KeyArea, ...] = Field(min_length=10, max_length=10)


class KeyFault(Frozen):
    """One thing wrong with a goal, and why."""

    fault: Fault
    reason: Text


class Goal(Frozen):
    """A goal in its four parts: what the person will do, how all can tell, by when, and who does what."""

    act: Text
    test: Text
    by: Text
    who: Text


class GoalKey(Frozen):
    """What is wrong with a draft, and one way to mend it."""

    id: Id
    basis: Text
    faults: tuple[KeyFault, ...] = Field(min_length=1)
    exemplar: Goal
    why: Text


Key = ReferenceCoding | CaseKey | ReplyKey | WebKey | GoalKey


class Settled(Frozen):
    """One answer on which the two readings differed, and how that was settled.

    ``first`` and ``second`` are answers as the two readers gave them; ``outcome`` says which one the key now
    follows, or that the item is for discussion.
    """

    item: Text
    first: Text
    second: Text
    outcome: Literal["first", "second", "discussion", "neither"]
    why: Text


class SecondReading(Frozen):
    """A second coding of a vignette, made without sight of the first, and how differences were settled.

    ``answers`` has item to answer. Items are turns (``t03``), ``stage``, a factor's id, or an area and date
    (``home-first``).
    """

    id: Id
    reader: Text
    swapped: bool = False
    answers: dict[Text, Text] = Field(min_length=1)
    settled: tuple[Settled, ...] = ()
