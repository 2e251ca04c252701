"""Reading a learner's words: normalising, finding exact spans, and noticing what is copied or empty.

Nothing here understands language. Every function can say in one sentence why it answered as it did.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_QUOTES = (
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015", "-")
    | {"\u2026": "..."}
)
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_NARROW = re.compile("[\u2006\u2008-\u200a\u202f\u205f]")
# What looks like a Latin letter and is none, beside what NFKD makes plain: Cyrillic, Greek, Armenian, Latin.
_LOOKALIKES = str.maketrans(
    "асеіјорѕхуһԁԛԝӏАВЕЅІЈКМНОРСТУХԌԚԜαικνορυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲօոսհցıɩɡɑøłđħᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "aceijopsxyhdqwlABESIJKMHOPCTYXGQWaikvopuxABEZHIKMNOPTYXconuhgiigaoldhabcdefghijklmnoprstuvwyz",
)
_ALIKE = str.maketrans("l1|0", "iiio")
NEAR_COPY = 0.5
"""Share of four-word runs found elsewhere from which a text is called a near copy."""
_RUN = 4
_MASK = (1 << 64) - 1
_STEPS = tuple(pow(0x9E3779B97F4A7C15, power, 1 << 64) for power in (3, 2, 1, 0))


# One table that does everything at once: a look at each character by itself is most of the work of marking.
@lru_cache(maxsize=1)
def _plain_table() -> dict[int, str | None]:
    spaces = ("Cc", "Zs", "Zl", "Zp")
    table: dict[int, str | None] = {
        code: " " for code in range(0x10000) if unicodedata.category(chr(code)) in spaces
    }
    unseen = (*range(0x10000), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B), *range(0xE0000, 0xE1000))
    table |= {code: None for code in unseen if _INVISIBLE.match(chr(code))} | {0x2800: " "}
    return table | {ord(char): plain for char, plain in _QUOTES.items()}


@lru_cache(maxsize=1024)
def normalise(text: str) -> str:
    """Return a text with invisible characters gone, quotation marks plain and white space single."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.translate(_plain_table()).split())


# Each look at a script asks for the same few words again: whether they are blank, how many, whose.
@lru_cache(maxsize=1024)
def words_of(text: str) -> tuple[str, ...]:
    """Return a text's words, lower case and without punctuation."""
    return tuple(map(str.lower, _WORD.findall(normalise(text))))


def is_blank(text: str) -> bool:
    """Tell whether nothing readable was written: only spaces, punctuation or invisible characters."""
    return not words_of(text)


def bare(quotation: str) -> str:
    """Return a quotation as it is looked for: normalised, without the marks and dots around it."""
    return normalise(quotation).strip("\"'. ")


def spans(text: str, needle: str) -> Iterator[tuple[int, int]]:
    """Give each place where a needle stands in a text and begins and ends at whole words.

    Whether the first letter is a capital does not matter: people begin a quotation with one.

    Args:
        text: A normalised text.
        needle: What ``bare`` made of a quotation; not empty.
    """
    for wanted in {needle, needle[0].swapcase() + needle[1:]}:
        start = text.find(wanted)
        while start >= 0:
            end = start + len(wanted)
            if not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum()):
                yield start, end
            start = text.find(wanted, start + 1)


def contains_span(text: str, quotation: str) -> bool:
    """Tell whether a quotation stands word for word in a text.

    White space, kinds of quotation mark, a capital at the beginning, and quotation marks or dots around the
    quotation are forgiven; words, their order and their spelling are not. It must begin and end at whole
    words.

    Args:
        text: Where it should stand.
        quotation: What the learner copied.

    Returns:
        True when it stands there; False when it does not or is blank.
    """
    needle = bare(quotation)
    return not is_blank(needle) and next(spans(normalise(text), needle), None) is not None


def copied_share(text: str, others: Iterable[str]) -> float:
    """Return the share of a text's four-word runs that stand in any of the other texts.

    Args:
        text: What the learner wrote.
        others: Texts that it may have been copied from.

    Returns:
        A share in [0, 1]; 0 for a text of fewer than four words.
    """
    return share_in(text, runs(others))


def share_in(text: str, known: frozenset[int]) -> float:
    """Return the share of a text's four-word runs that are known; 0 for fewer than four words."""
    own = runs_in(text)
    return len(own & known) / len(own) if own else 0.0


def runs(texts: Iterable[str]) -> frozenset[int]:
    """Return a number for each run of four words in the texts, the same on every machine and in every run.

    Args:
        texts: What was written. A run does not go on from one text into the next.

    Returns:
        64-bit numbers. Two runs share a number when their words are the same (or once in 10^19).
    """
    return frozenset[int]().union(*map(runs_in, texts))


@lru_cache(maxsize=256)
def runs_in(text: str) -> frozenset[int]:
    """Return the numbers of one text's runs of four words; see ``runs``."""
    numbers = [_numbers(word) for word in words_of(_undisguised(text))]
    return frozenset(
        (first[0] + second[1] + third[2] + fourth[3]) & _MASK
        for first, second, third, fourth in zip(numbers, numbers[1:], numbers[2:], numbers[3:], strict=False)
    )


def _undisguised(text: str) -> str:
    """Return a text as it looks: lookalikes as the letters they pass for, no accents, no hidden gaps.

    It serves to see what is copied, and nothing else: to anybody who reads it, the text is the same.
    """
    plain = text if text.isascii() else normalise(_NARROW.sub("", text))
    if plain.isascii():
        return plain
    plain = unicodedata.normalize("NFKD", plain).translate(_LOOKALIKES)
    return "".join(char for char in plain if not unicodedata.combining(char))


@lru_cache(maxsize=32_768)
def _numbers(word: str) -> tuple[int, ...]:
    """Return what a word adds to the number of a run, by its place in it: first, second, third or fourth."""
    word = word.translate(_ALIKE).replace("rn", "m")
    number = int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
    return tuple(number * step & _MASK for step in _STEPS)


def too_thin(text: str, least: int = 3) -> str:
    """Return why a text is too thin to be a reply, or an empty string when it is not.

    Args:
        text: What the learner wrote.
        least: How many words it needs. From three on, they may not be one word over and over.
    """
    words = words_of(text)
    if not words:
        return "Nothing was written."
    if len(words) < least:
        return f"Only {len(words)} word{'s' if len(words) > 1 else ''}."
    if len(set(words)) < min(least, 3):
        return "The same word again and again."
    runs_there = len(words) - _RUN + 1
    if runs_there >= 2 * _RUN and len(runs_in(text)) < runs_there / 2:
        return "The same words again and again."
    return ""
