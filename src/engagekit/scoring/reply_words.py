"""Cut what a learner typed into words and clauses, without ever changing it.

The twin of ``frontend/js/reply_words.js``. Both walk over code points with the same hand-written character
classes, because the two languages' own ideas of a letter differ. Nothing here understands language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

NONE, PAUSE, STOP = 0, 1, 2
"""What stands before a word: nothing, a pause (comma, dash, dots, emoji), or the end of a sentence."""

OPAQUE = "\u201c"
"""What somebody else's quoted words are read as, in one piece. No cue can match it."""

_APOSTROPHES = frozenset("'\u2019\u2018\u02bc\u2032`\u00b4")
_OPEN = frozenset('"\u201c\u201d\u201e\u00ab')
_CLOSE = frozenset('"\u201c\u201d\u00bb')
_SINGLE_OPEN = frozenset("'\u2018`")
_SINGLE_CLOSE = frozenset("'\u2019\u00b4")
_PAUSES = frozenset(",;:\u2013\u2014\u2026\u2022|")
_QUESTION = frozenset("?\uff1f\u203d")
_STOPS = frozenset("!\uff01\u3002\n\r\u2028\u2029") | _QUESTION
_LONGEST_QUOTE = 300
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


@dataclass(slots=True)
class Word:
    """One word as the cues see it, and where it stands in the text (code points)."""

    norm: str
    start: int
    end: int
    before: int
    asked: bool = False
    """Whether a question mark stands between this word and the one before."""


@dataclass(slots=True)
class Cut:
    """A text in words. ``asked`` tells of a question mark after the last one, ``quoted`` of quoted words."""

    words: list[Word]
    asked: bool
    quoted: bool


# Asked several times about every character of every reply, and there are few different ones.
@lru_cache(maxsize=2048)
def is_word(char: str) -> bool:
    """Tell whether a character is a letter or a digit, by ranges that both languages share."""
    code = ord(char)
    if code < 0xC0:
        return "a" <= char <= "z" or "A" <= char <= "Z" or "0" <= char <= "9"
    if code < 0x2000:
        return code not in (0xD7, 0xF7)
    return 0x2C00 <= code <= 0x2DFF or 0x3040 <= code <= 0xD7FF or 0x20000 <= code <= 0x3FFFF


@lru_cache(maxsize=2048)
def is_invisible(char: str) -> bool:
    """Tell whether a character takes no room: joiners, soft hyphens, emoji variation marks."""
    code = ord(char)
    joins = 0x200B <= code <= 0x200F or 0x2060 <= code <= 0x2064 or 0xFE00 <= code <= 0xFE0F
    return joins or code in (0xAD, 0xFEFF)


def lower(text: str) -> str:
    """Return a text with A to Z in lower case; other letters stay, since no cue has them."""
    return text.lower() if text.isascii() else text.translate(_LOWER)


def cut(chars: Sequence[str], cues: Mapping[str, Any]) -> Cut:
    """Return the words of a text in order; a contraction gives two words that stand in one place.

    Args:
        chars: The text, one code point each.
        cues: The cue table.

    Returns:
        The words. Quotation marks around the learner's own line ("I would say: ...") are looked through;
        what somebody else is quoted as saying becomes one opaque word.
    """
    result = Cut([], False, False)
    closing = {}
    opening = set()
    for start, end in _quotes(chars, cues["elisions"]):
        if _is_own(chars, start, end, cues["leads"]):
            opening.add(start)
        else:
            closing[start] = end
    before, at = STOP, 0
    while at < len(chars):
        if at in closing:
            result.words.append(Word(OPAQUE, at, closing[at] + 1, before, result.asked))
            result.quoted, result.asked, before, at = True, False, NONE, closing[at] + 1
        elif is_word(chars[at]):
            end = _word_end(chars, at)
            _add(result, chars, (at, end), before, cues)
            before, at = NONE, end
        else:
            kind = STOP if at in opening else _boundary(chars, at, result.words, cues["short_forms"])
            before = max(before, kind)
            result.asked = result.asked or chars[at] in _QUESTION
            at += 1
    return result


def _add(
    result: Cut, chars: Sequence[str], place: tuple[int, int], before: int, cues: Mapping[str, Any]
) -> None:
    """Add a word, its contraction spelt out."""
    start, end = place
    plain = "".join(chars[start:end])
    if not plain.isascii() or "`" in plain:
        plain = "".join("'" if c in _APOSTROPHES else c for c in plain if not is_invisible(c))
    plain = lower(plain)
    for part in cues["expand"].get(plain, plain).split(" "):
        result.words.append(Word(part, start, end, before, result.asked))
        result.asked, before = False, NONE
    mistaken = len(result.words) > 1 and result.words[-2].norm == "your"
    if mistaken and result.words[-1].norm in cues["your_for_you_are"] and result.words[-1].before == NONE:
        slip = result.words[-2]
        added = Word("are", slip.start, slip.end, NONE)
        result.words[-2:] = [
            Word("you", slip.start, slip.end, slip.before, slip.asked),
            added,
            result.words[-1],
        ]


def _word_end(chars: Sequence[str], at: int) -> int:
    """Return the position after the word that begins at a position."""
    end = at
    while end < len(chars):
        if not is_word(chars[end]):
            joins = chars[end] in _APOSTROPHES or is_invisible(chars[end])
            if not (joins and end + 1 < len(chars) and is_word(chars[end + 1])):
                break
        end += 1
    return end


def _boundary(chars: Sequence[str], at: int, words: Sequence[Word], short_forms: Sequence[str]) -> int:
    """Return what a character between words does: nothing, a pause or a stop."""
    char = chars[at]
    after = chars[at + 1] if at + 1 < len(chars) else " "
    earlier = chars[at - 1] if at else " "
    if char in _STOPS:
        return STOP
    if char == ".":
        if "." in (after, earlier):
            return PAUSE
        inside = is_word(after) and (words and (len(words[-1].norm) == 1 or "0" <= earlier <= "9"))
        return NONE if inside or (words and words[-1].norm in short_forms) else STOP
    if char == "-":
        return PAUSE if earlier in " -" or after in " -" else NONE
    symbol = ord(char) >= 0x2190 and not is_invisible(char)
    return PAUSE if char in _PAUSES or symbol else NONE


def _quotes(chars: Sequence[str], elisions: Sequence[str]) -> list[tuple[int, int]]:
    """Return the first and last position of each quotation, its marks included."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(chars):
        opens = chars[at] in _OPEN or chars[at] in _SINGLE_OPEN
        end = _quote_end(chars, at, elisions) if opens else -1
        if end > at:
            found.append((at, end))
            at = end
        at += 1
    return found


def _quote_end(chars: Sequence[str], at: int, elisions: Sequence[str]) -> int:
    """Return where the quotation that opens at a position closes, or -1."""
    last = min(len(chars), at + _LONGEST_QUOTE)
    if chars[at] in _OPEN:
        return next((i for i in range(at + 1, last) if chars[i] in _CLOSE), -1)
    if chars[at] not in _SINGLE_OPEN or (at and is_word(chars[at - 1])):
        return -1
    if at + 1 == len(chars) or not is_word(chars[at + 1]):
        return -1
    if lower("".join(chars[at + 1 : _word_end(chars, at + 1)])) in elisions:
        return -1
    for i in range(at + 2, last):
        if chars[i] in "\r\n":
            return -1
        if chars[i] in _SINGLE_CLOSE and (i + 1 == len(chars) or not is_word(chars[i + 1])):
            return i
    return -1


def _is_own(chars: Sequence[str], start: int, end: int, leads: Sequence[str]) -> bool:
    """Tell whether a quotation is the learner's own line: it is all there is, or "I would say" leads in."""
    lead = _lead_before(chars, start)
    after = any(is_word(char) for char in chars[end + 1 :])
    return lead in leads or (lead == "" and not after and not any(is_word(char) for char in chars[:start]))


def _lead_before(chars: Sequence[str], start: int) -> str:
    """Return the plain words between the last stop and a quotation."""
    first = start
    while (
        first
        and chars[first - 1] not in _STOPS
        and chars[first - 1] != "."
        and chars[first - 1] not in _CLOSE
    ):
        first -= 1
    kept = "".join(char if is_word(char) else " " for char in chars[first:start] if char not in _APOSTROPHES)
    return " ".join(lower(kept).split())
