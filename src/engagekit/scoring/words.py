"""Reading a learner's words: normalising, finding exact spans, and noticing what is copied or empty.

Nothing here understands language. Every function can say in one sentence why it answered as it did.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
_QUOTES = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015", "-")
    | {"\u2026": "..."}
)
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
NEAR_COPY = 0.5
"""Share of four-word runs found elsewhere from which a text is called a near copy."""


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """Return a text with invisible characters gone, quotation marks plain and white space single."""
    text = unicodedata.normalize("NFC", text)
    text = _INVISIBLE.sub("", text).translate(_QUOTES)
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Zs", "Zl", "Zp") else c for c in text)
    return " ".join(text.split())


def words_of(text: str) -> list[str]:
    """Return a text's words, lower case and without punctuation."""
    return [word.lower() for word in _WORD.findall(normalise(text))]


def is_blank(text: str) -> bool:
    """Tell whether nothing readable was written: only spaces, punctuation or invisible characters."""
    return _WORD.search(normalise(text)) is None


def contains_span(text: str, quotation: str) -> bool:
    """Tell whether a quotation stands word for word in a text.

    White space, kinds of quotation mark, and quotation marks or dots around the quotation are forgiven;
    words, their order and their spelling are not. It must begin and end at whole words.

    Args:
        text: Where it should stand.
        quotation: What the learner copied.

    Returns:
        True when it stands there; False when it does not or is blank.
    """
    needle = normalise(quotation).strip("\"'. ")
    if is_blank(needle):
        return False
    pattern = rf"(?<![^\W_]){re.escape(needle)}(?![^\W_])"
    return re.search(pattern, normalise(text)) is not None


def copied_share(text: str, others: Iterable[str]) -> float:
    """Return the share of a text's four-word runs that stand in any of the other texts.

    Args:
        text: What the learner wrote.
        others: Texts that it may have been copied from.

    Returns:
        A share in [0, 1]; 0 for a text of fewer than four words.
    """
    runs = _runs(text)
    if not runs:
        return 0.0
    known = frozenset[tuple[str, ...]]().union(*map(_runs, others))
    return len(runs & known) / len(runs)


# The case, the brief and the exemplars are compared with every reply of every script: read each once.
@lru_cache(maxsize=4096)
def _runs(text: str, size: int = 4) -> frozenset[tuple[str, ...]]:
    words = words_of(text)
    return frozenset(tuple(words[index : index + size]) for index in range(len(words) - size + 1))


def too_thin(text: str, least: int = 3) -> str:
    """Return why a text is too thin to be a reply, or an empty string when it is not.

    Args:
        text: What the learner wrote.
        least: How many different words it needs.
    """
    words = words_of(text)
    if not words:
        return "Nothing was written."
    if len(words) < least:
        return f"Only {len(words)} word{'s' if len(words) > 1 else ''}."
    if len(set(words)) < least:
        return "The same word again and again."
    return ""
