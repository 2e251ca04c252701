"""How easy a text is to read, by Flesch's formula of 1948. A guide for authors and nothing more.

The formula knows the length of sentences and words. It does not know whether a text is clear, or true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?]+[\"'\u201d\u2019)]*(?=\s|$)|:(?=\s*\n|$)")
_VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """Counts of a text, and its reading ease."""

    words: int
    sentences: int
    syllables: int

    @property
    def ease(self) -> float:
        """Return Flesch reading ease: 60 to 70 is plain English, higher is easier; 0 for an empty text."""
        if not self.words:
            return 0.0
        return 206.835 - 1.015 * self.words / self.sentences - 84.6 * self.syllables / self.words


def reading(text: str) -> Reading:
    """Count the words, sentences and syllables of a plain text.

    Examples:
        >>> reading("The cat sat on the mat. It slept.")
        Reading(words=8, sentences=2, syllables=8)
    """
    words = [word for found in _WORD.findall(text) for word in found.split("-")]
    sentences = [part for part in _SENTENCE_END.split(text) if _WORD.search(part)]
    return Reading(len(words), max(len(sentences), 1), sum(syllables(word) for word in words))


def syllables(word: str) -> int:
    """Return about how many syllables an English word has: groups of vowels, less the silent ends.

    Examples:
        >>> [syllables(word) for word in ("plan", "hope", "table", "wanted", "asked", "reflection", "idea")]
        [1, 1, 2, 2, 1, 3, 2]
    """
    plain = word.lower().replace("\u2019", "'").partition("'")[0]
    count = len(_VOWELS.findall(plain))
    silent = re.search(r"[^aeiouy]e$|[^aeioutdy]ed$|[^aeiouyscxz]es$", plain)
    if silent and not re.search(r"[^aeiouylr]le$|[^aeiouy]les$", plain):
        count -= 1
    return max(count, 1)
