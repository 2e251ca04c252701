"""Vignettes as learners see them: interviews, cases, things people say, webs and goals to mend."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from engagekit.model.base import Frozen, Id, Text

Speaker = Literal["practitioner", "person"]
"""Who speaks: the practitioner, or the person on probation."""

Use = Literal["practice", "retest", "assessment"]
"""What a vignette is for. A retest holds its feedback back; an assessment's key never leaves the markers."""

Lens = Literal["talk", "stage", "desistance", "reply", "web", "goal"]
"""A way of reading a vignette: what the learner is asked about it."""

LENSES: tuple[Lens, ...] = ("talk", "stage", "desistance", "reply", "web", "goal")


class About(Frozen):
    """Who the person is, for the balance table alone.

    No key may rest on anything in here, and learners are not shown it.
    """

    age: int = Field(ge=18, le=90)
    gender: Literal["woman", "man", "non-binary"]
    ethnicity: Literal["asian", "black", "mixed", "white", "traveller", "other"]
    offence: Literal[
        "theft", "burglary", "robbery", "violence", "domestic-abuse", "drugs", "driving", "fraud",
        "criminal-damage", "public-order", "weapons", "arson", "breach",
    ]  # fmt: skip
    setting: Literal["community-order", "suspended-sentence", "custody", "licence", "court-report"]
    needs: tuple[
        Literal[
            "alcohol", "drugs", "housing", "work", "money", "mental-health", "relationships",
            "neurodiversity", "care-experience", "health", "learning",
        ],
        ...,
    ]  # fmt: skip


class Named(Frozen):
    """Someone in a vignette."""

    name: Text


class _Vignette(Frozen):
    """What every vignette has."""

    lenses: ClassVar[tuple[Lens, ...]]

    id: Id
    title: Text
    use: Use
    introduction: Text
    summary: Text


class People(Frozen):
    """The two people in an interview."""

    practitioner: Named
    person: Named


class Utterance(Frozen):
    """One turn of talk."""

    id: Id
    speaker: Speaker
    text: Text


class Interview(_Vignette):
    """A transcript, read through the Talk lens."""

    lenses = ("talk",)

    scheme: Id
    setting: Text
    goal: Text
    people: People
    about: About
    utterances: tuple[Utterance, ...] = Field(min_length=2)

    def turns(self, speaker: Speaker) -> tuple[Utterance, ...]:
        """Return one speaker's utterances, in order."""
        return tuple(turn for turn in self.utterances if turn.speaker == speaker)


class Sentence(Frozen):
    """One sentence of a case, which a learner can point at."""

    id: Id
    text: Text


class Option(Frozen):
    """One of the answers that a question offers."""

    id: Id
    text: Text


class Case(_Vignette):
    """A short account of one person, read through the Stage lens and the Desistance lens.

    ``behaviour`` is the one change that the Stage lens asks about; ``responses`` are the next things that a
    practitioner might do, of which the learner chooses one.
    """

    lenses = ("stage", "desistance")

    person: Named
    about: About
    behaviour: Text
    sentences: tuple[Sentence, ...] = Field(min_length=6)
    responses: tuple[Option, ...] = Field(min_length=3, max_length=4)


class Prompt(Frozen):
    """Something that a person says, to which the learner writes what they would say next."""

    id: Id
    name: Text
    about: About
    situation: Text
    says: Text


class ReplySet(_Vignette):
    """A few things that people say, read through the Reply lens."""

    lenses = ("reply",)

    prompts: tuple[Prompt, ...] = Field(min_length=1)


class WebArea(Frozen):
    """What the person said about one area of life, at the first conversation and at the second."""

    area: Id
    first: Text
    second: Text


class Web(_Vignette):
    """One person's areas of life at two dates, scored from 1 to 5 through the Web lens."""

    lenses = ("web",)

    scheme: Id
    person: Named
    about: About
    dates: tuple[Text, Text]
    areas: tuple[WebArea, ...] = Field(min_length=10, max_length=10)


class GoalDraft(_Vignette):
    """A goal that is not good enough yet, and what the person said about it: mended through the Goal lens."""

    lenses = ("goal",)

    person: Named
    about: About
    situation: tuple[Text, ...] = Field(min_length=2)
    draft: Text


Vignette = Interview | Case | ReplySet | Web | GoalDraft
