"""What can be seen from a goal's own words: whether it has an act, a test, a time and a person. Never a mark.

The browser says the same with ``frontend/js/goal_rules.js``; both are held to ``tests/golden/goals.json``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

PARTS = ("act", "test", "by", "who")
LONGEST = 500
"""How much of a part is read, in characters."""

Finding = Literal["found", "fault", "unsure"]
_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_DIGIT = re.compile("[0-9]")
_DATE = re.compile("[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}")
_NAME = re.compile("[A-Z\u00c0-\u00de][a-z\u00df-\u00ff]+")


@lru_cache(maxsize=1)
def goal_cues() -> Mapping[str, tuple[str, ...]]:
    """Return the words that are looked for: lists of phrases, lower case and with straight apostrophes."""
    text = resources.files("engagekit.scoring").joinpath("goal_cues.json").read_text("utf-8")
    return {name: tuple(phrases) for name, phrases in json.loads(text).items()}


@dataclass(frozen=True, slots=True)
class Remark:
    """What the check saw in one part of a goal.

    Attributes:
        part: ``act``, ``test``, ``by`` or ``who``.
        finding: ``found``, ``fault``, or ``unsure`` where the words do not tell.
        kind: What it is about: ``observable``, ``avoidance``, ``vague``, ``test``, ``date`` or ``owner``.
        words: The words that decided it; empty when nothing was found.
    """

    part: str
    finding: Finding
    kind: str
    words: str = ""

    def as_value(self) -> dict[str, str]:
        """Return the remark as JSON has it."""
        return {"part": self.part, "finding": self.finding, "kind": self.kind, "words": self.words}


def read_goal(goal: Mapping[str, str]) -> tuple[Remark, ...]:
    """Return what can be seen in each part of a goal.

    Args:
        goal: The parts ``act``, ``test``, ``by`` and ``who``. A part that is missing counts as empty.

    Returns:
        One remark a part, two for an act that is both vague and only avoids something.

    Examples:
        >>> [remark.finding for remark in read_goal({"act": "Stop drinking", "by": "soon"})]
        ['fault', 'unsure', 'fault', 'unsure']
    """
    texts = {part: goal.get(part, "")[:LONGEST] for part in PARTS}
    act, test, by, who = (texts[part] for part in PARTS)
    return (*_act(act), _test(test), _time(by), _owner(who))


def tokens(text: str) -> list[str]:
    """Return the words of a text: lower case, straight apostrophes, ASCII letters and digits."""
    return _TOKEN.findall(text.replace("\u2019", "'").lower())


def _find(words: list[str], phrases: tuple[str, ...]) -> str:
    """Return the phrase that comes first in the words; the longer one where two start together."""
    starting = _by_first_word(phrases)
    for start, word in enumerate(words):
        for wanted, phrase in starting.get(word, ()):
            if words[start : start + len(wanted)] == wanted:
                return phrase
    return ""


@lru_cache(maxsize=64)
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[tuple[list[str], str]]]:
    """Return first word to the phrases that begin with it, the longest first."""
    found: dict[str, list[tuple[list[str], str]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        wanted = phrase.split(" ")
        found.setdefault(wanted[0], []).append((wanted, phrase))
    return found


def _number(words: list[str]) -> str:
    """Return the first word with a digit in it, such as ``4`` or ``5k``."""
    return next(filter(_DIGIT.search, words), "")


def _act(text: str) -> list[Remark]:
    words = tokens(text)
    for opener in goal_cues()["openers"]:
        start = opener.split(" ")
        if words[: len(start)] == start:
            words = words[len(start) :]
            break
    avoided, vague = _find(words[:3], goal_cues()["avoidance"]), _find(words, goal_cues()["vague"])
    remarks = []
    if avoided:
        instead = _find(words, goal_cues()["instead"])
        remarks.append(Remark("act", "unsure" if instead else "fault", "avoidance", avoided))
    if vague:
        remarks.append(Remark("act", "fault", "vague", vague))
    if remarks:
        return remarks
    seen = _find(words[:2], goal_cues()["acts"])
    return [Remark("act", "found" if seen else "unsure", "observable", seen)]


def _test(text: str) -> Remark:
    words = tokens(text)
    number = _number(words) or _find(words, goal_cues()["numbers"])
    evidence = number or _find(words, goal_cues()["evidence"])
    if evidence:
        return Remark("test", "found", "test", evidence)
    vague = _find(words, goal_cues()["vague_test"])
    return Remark("test", "fault" if vague else "unsure", "vague" if vague else "test", vague)


def _time(text: str) -> Remark:
    words = tokens(text)
    cues = goal_cues()
    written = _DATE.search(text)
    found = (
        (written[0] if written else "")
        or _find(words, (*cues["months"], *cues["days"], *cues["points"]))
        or _number(words)
    )
    if found:
        return Remark("by", "found", "date", found)
    vague = _find(words, goal_cues()["vague_time"])
    return Remark("by", "fault" if vague else "unsure", "date", vague)


def _owner(text: str) -> Remark:
    words = tokens(text)
    owner = _find(words, goal_cues()["people"])
    if owner:
        return Remark("who", "found", "owner", owner)
    nobody = _find(words, goal_cues()["nobody"])
    if nobody:
        return Remark("who", "fault", "owner", nobody)
    name = _NAME.search(text)
    return Remark("who", "found" if name else "unsure", "owner", name[0] if name else "")
