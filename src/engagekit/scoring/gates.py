"""What keeps own words from counting. No wording earns anything; these are the reasons why it may lose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from engagekit.scoring.assessment import Assessment
from engagekit.scoring.language import SPARSE, disguised, kind_of, small_share, word_lists
from engagekit.scoring.words import NEAR_COPY, is_blank, normalise, runs_in, share_in, too_thin, words_of

SAME = 0.8
"""Share of four-word runs in another answer of one's own from which the two count as the same words."""
SHORT = 7
"""Fewer words than this may all stand in the case, such as the name of a service, where few are asked for."""
_SKILLS = 0.3
_SKILL_WORDS = word_lists()["skills"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why words may not count. ``asks``: only a person can tell. ``thin``: there is too little of them."""

    text: str
    asks: bool = False
    thin: bool = False


def doubts(assessment: Assessment, text: str, least: int = 3, others: Iterable[str] = ()) -> Iterator[Doubt]:
    """Give every reason why a text may not count as a learner's own words.

    Args:
        assessment: For what is nobody's own: the case, the form, the brief and the exemplars.
        text: What was written.
        least: How many words make it complete.
        others: The learner's other answers of the same kind.
    """
    if is_blank(text):
        yield Doubt("Nothing was written.", thin=True)
        return
    yield from _about(assessment, text, least)
    if _repeats(text, others):
        yield Doubt("The same words as another answer.")


# A script's words are looked at again where two checks read one section.
@lru_cache(maxsize=1024)
def _about(assessment: Assessment, text: str, least: int) -> tuple[Doubt, ...]:
    return tuple(_doubts(assessment, text, least))


def _doubts(assessment: Assessment, text: str, least: int) -> Iterator[Doubt]:
    plain, words = normalise(text), words_of(text)
    word = disguised(plain)
    if word:
        yield Doubt(f"Letters of another alphabet stand in the word “{word[:40]}”.")
    kind = kind_of(plain, words, assessment.vocabulary)
    thin = too_thin(text, least)
    if kind == "other":
        yield Doubt("This does not look like English, so a person reads it.", asks=True)
    elif thin:
        yield Doubt(thin if len(words) >= least else f"{thin} Write at least {least}.", thin=True)
    if share_in(text, assessment.known_runs) >= NEAR_COPY and (len(words) >= SHORT or least >= SHORT - 2):
        yield Doubt("Nearly a copy of the case, the brief or an exemplar.")
    if _lists_skills(words):
        yield Doubt("Names skills rather than using them.")
    elif kind == "list":
        yield Doubt("Reads as a list of words, not as sentences.")


def _lists_skills(words: Sequence[str]) -> bool:
    named = sum(map(_SKILL_WORDS.__contains__, words))
    return len(words) >= 4 and named > _SKILLS * len(words) and small_share(words) < SPARSE


def _repeats(text: str, others: Iterable[str]) -> bool:
    words = words_of(text)
    if len(words) < 4:
        return False
    return any(words_of(other) == words or share_in(text, runs_in(other)) >= SAME for other in others)
