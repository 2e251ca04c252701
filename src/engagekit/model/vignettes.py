"""Cases: what learners see, and the reference coding with its reasons."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from engagekit.model.base import Frozen, Id, Text

Speaker = Literal["practitioner", "person"]
"""Who speaks: the practitioner, or the person on probation."""


class Named(Frozen):
    """Someone in a case."""

    name: Text


class People(Frozen):
    """The two people in an interview."""

    practitioner: Named
    person: Named


class Utterance(Frozen):
    """One turn of talk."""

    id: Id
    speaker: Speaker
    text: Text


class Vignette(Frozen):
    """An interview of our own, as learners see it."""

    id: Id
    title: Text
    lens: Literal["talk"]
    use: Literal["practice", "retest", "assessment"]
    scheme: Id
    setting: Text
    goal: Text
    introduction: Text
    summary: Text
    people: People
    utterances: tuple[Utterance, ...] = Field(min_length=2)

    def turns(self, speaker: Speaker) -> tuple[Utterance, ...]:
        """Return one speaker's utterances, in order."""
        return tuple(turn for turn in self.utterances if turn.speaker == speaker)


class KeyTurn(Frozen):
    """The reference code of one practitioner turn, and why.

    A turn with ``also`` is one that honest readers split on. It is for discussion and never scored.
    """

    turn: Id
    code: Id
    reason: Text
    rule: Id | None = None
    also: tuple[Id, ...] = ()
    discuss: Text | None = None
    instead: dict[Id, Text] = Field(default_factory=dict)


class ReferenceCoding(Frozen):
    """The authors' coding of one vignette."""

    id: Id
    basis: Text
    turns: tuple[KeyTurn, ...] = Field(min_length=1)

    def scored(self) -> dict[str, str]:
        """Return turn id to code for the turns that count, in order."""
        return {turn.turn: turn.code for turn in self.turns if not turn.also}
