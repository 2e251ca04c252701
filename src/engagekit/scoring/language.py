"""Telling, roughly, whether words are English sentences. Nothing here reads what they say.

English prose is held together by small words (the, of, she, not): about half of it. A list of key words has
next to none, and another language has its own.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Container, Sequence
from functools import lru_cache
from importlib import resources
from typing import Literal

FEWEST = 8
"""Shorter texts are not judged: an honest note may well have no small word in it."""
LOOSE = 0.1
"""Share of small words below which a text does not read as sentences."""
SPARSE = 0.25
"""Share of small words below which many names of skills are a list of them."""
FOREIGN_LETTERS = 0.3
FOREIGN_WORDS = 0.15

Kind = Literal["sentences", "list", "other"]


def word_lists() -> dict[str, frozenset[str]]:
    """Return the lists of words: small English ones, common ones of other languages, names of skills."""
    text = resources.files("engagekit.scoring").joinpath("word_lists.json").read_text("utf-8")
    return {name: frozenset(words.split()) for name, words in json.loads(text).items()}


_LISTS = word_lists()
_SMALL = _LISTS["small"]
# Only words that are not English ones as well. Welsh is among them on purpose: learners may write in it.
_ABROAD = _LISTS["abroad"]
_MIXED = re.compile(r"[^\W\d_]+")


def small_share(words: Sequence[str]) -> float:
    """Return the share of words that are small English ones; 0 for no words."""
    return sum(map(_is_small, words)) / len(words) if words else 0.0


def _abroad_share(words: Sequence[str]) -> float:
    return sum(word in _ABROAD or not word.isascii() for word in words) / len(words)


@lru_cache(maxsize=16_384)
def _is_small(word: str) -> bool:
    return word in _SMALL or word.endswith("n't") or ("'" in word and word.partition("'")[0] in _SMALL)


def kind_of(text: str, words: Sequence[str], known: Container[str]) -> Kind:
    """Say whether a text reads as English sentences, as a list of English words, or as another language.

    Args:
        text: The normalised text.
        words: Its words, lower case.
        known: English words that the assignment itself uses.

    Returns:
        ``sentences`` also where a text is too short to tell.
    """
    if not text.isascii() and _foreign_letters(text) >= FOREIGN_LETTERS:
        return "other"
    if len(words) < FEWEST:
        return "sentences"
    small = small_share(words)
    if small < 2 * SPARSE and _abroad_share(words) > max(small, FOREIGN_WORDS):
        return "other"
    if small >= LOOSE:
        return "sentences"
    return "list" if sum(word in known or _is_small(word) for word in words) * 2 >= len(words) else "other"


def disguised(text: str) -> str:
    """Return a word in which letters of another alphabet stand in for Latin ones, or an empty string."""
    if text.isascii():
        return ""
    for word in _MIXED.findall(text):
        if not word.isascii():
            alphabets = {_alphabet(char) for char in word}
            if "LATIN" in alphabets and alphabets & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"}:
                return str(word)
    return ""


@lru_cache(maxsize=4096)
def _alphabet(char: str) -> str:
    return unicodedata.name(char, "UNKNOWN").partition(" ")[0]


def _foreign_letters(text: str) -> float:
    letters = [char for char in text if char.isalpha()]
    return sum(_alphabet(char) != "LATIN" for char in letters) / len(letters) if letters else 0.0
