"""Phrases of the cue table: what they are made of, and where they stand in a run of words.

A phrase is words in a row. ``a/b`` is either, ``<name>`` any word of a named set, ``*ing`` any word ending
so, ``word?`` may be missing, ``..`` is up to four words, ``_`` is any one word, ``=`` is the clause's end,
and ``!word`` says that this word does not stand just before. The twin is ``frontend/js/reply_clauses.js``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from engagekit.scoring.reply_words import Word

GAP = 4
"""How many words ``..`` may stand for."""


@dataclass(frozen=True, slots=True)
class Item:
    """One place in a phrase."""

    kind: str
    words: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    optional: bool = False


Phrase = tuple[Item, ...]
Likely = tuple[frozenset[str] | None, int, Phrase]
"""The words that may come second, how many places are settled by then, and the phrase; see ``Phrases``."""


class Phrases(tuple[Phrase, ...]):
    """Phrases in order, and for each word those that may begin with it: most begin with some other word.

    With each phrase stand the words that may come second, ``""`` for the clause's end, or None for any at
    all; and how many of its places need no further look once the first and the second word are known.
    """

    @cached_property
    def anywhere(self) -> tuple[Likely, ...]:
        """Return the phrases that may begin with any word."""
        return tuple((_second_words(phrase), 0, phrase) for phrase in self if _first_words(phrase) is None)

    @cached_property
    def by_word(self) -> dict[str, tuple[Likely, ...]]:
        """Return, for each word that a phrase names first, the phrases that may begin with it."""
        firsts = [
            (_first_words(phrase), (_second_words(phrase), _settled(phrase), phrase)) for phrase in self
        ]
        every = frozenset[str]().union(*(words for words, _ in firsts if words is not None))
        return {
            word: tuple(likely for words, likely in firsts if words is None or word in words)
            for word in every
        }

    def match(self, words: Sequence[Word], at: int, last: int) -> list[int] | None:
        """Return the matched words' indices for the first phrase that begins at a place, or None."""
        likely = self.by_word.get(words[at].norm, self.anywhere) if at < last else self.anywhere
        after = words[at + 1].norm if at + 1 < last else ""
        for second, settled, phrase in likely:
            if second is None or after in second:
                rest = _match(phrase, settled, words, at + settled, last)
                if rest or (rest is not None and settled):
                    return [*range(at, at + settled), *rest]
        return None


def openings(phrase: Phrase) -> Iterator[tuple[str, str | None]]:
    """Give the pairs of words that a phrase can begin with; None for any second word.

    A phrase that can begin with any word gives none.
    """
    after = _second_words(phrase)
    for first in _first_words(phrase) or ():
        yield from ((first, second) for second in ((None,) if after is None else after))


def _second_words(phrase: Phrase) -> frozenset[str] | None:
    """Return what may follow the first word of a phrase; None when it may be anything."""
    if len(phrase) < 2 or phrase[0].kind != "word" or phrase[0].optional:
        return None
    second = phrase[1]
    if second.kind == "=":
        return frozenset({""})
    listed = second.kind == "word" and not (second.optional or second.endings or "_" in second.words)
    return second.words if listed else None


def _settled(phrase: Phrase) -> int:
    """Return how many places of a phrase fit for certain once its first and second words were looked up."""
    if phrase[0].kind != "word" or phrase[0].optional or _first_words(phrase) is None:
        return 0
    second = _second_words(phrase)
    return 1 if second is None or second == {""} else 2


def _first_words(phrase: Phrase) -> frozenset[str] | None:
    """Return the words that a phrase can begin with; None when it may begin with any."""
    words = frozenset[str]()
    for item in phrase:
        if item.kind == "!":
            continue
        if item.kind != "word" or item.endings or "_" in item.words:
            return None
        words |= item.words
        if not item.optional:
            return words
    return None


def item_of(part: str, sets: Mapping[str, list[str]]) -> Item:
    """Return one place of a phrase from its text."""
    if part in ("..", "="):
        return Item(part)
    if part.startswith("!"):
        return Item("!", frozenset(part[1:].split("/")))
    bare = part.removesuffix("?")
    words: set[str] = set()
    endings = []
    for choice in bare.split("/"):
        if choice.startswith("<"):
            words |= set(sets[choice[1:-1]])
        elif choice.startswith("*"):
            endings.append(choice[1:])
        else:
            words.add(choice)
    return Item("word", frozenset(words), tuple(endings), bare != part)


def find(phrases: Phrases, words: Sequence[Word], first: int, last: int) -> list[int] | None:
    """Return the first match of any phrase anywhere in a run of words, or None."""
    if not phrases:
        return None
    for at in range(first, last):
        hit = phrases.match(words, at, last)
        if hit is not None:
            return hit
    return None


def _match(phrase: Phrase, item: int, words: Sequence[Word], at: int, last: int) -> list[int] | None:
    """Match a phrase from one of its items on; the gap is bounded, so this is too."""
    if item == len(phrase):
        return []
    this = phrase[item]
    if this.kind == "=":
        return [] if at == last else None
    if this.kind == "..":
        for skipped in range(GAP + 1):
            if at + skipped > last:
                return None
            rest = _match(phrase, item + 1, words, at + skipped, last)
            if rest is not None:
                return rest
        return None
    if this.kind == "!":
        held = at > 0 and words[at - 1].norm in this.words
        return None if held else _match(phrase, item + 1, words, at, last)
    if at < last and _is(this, words[at].norm):
        rest = _match(phrase, item + 1, words, at + 1, last)
        if rest is not None:
            return [at, *rest]
    return _match(phrase, item + 1, words, at, last) if this.optional else None


def _is(item: Item, norm: str) -> bool:
    return (
        norm in item.words
        or "_" in item.words
        or any(norm.endswith(end) and len(norm) > len(end) + 1 for end in item.endings)
    )


def spans_of(hit: Sequence[int], words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return the places of matched words, neighbours in one span."""
    spans: list[tuple[int, int]] = []
    for number, at in enumerate(hit):
        start, end = words[at].start, words[at].end
        if spans and (start < spans[-1][1] or at == hit[number - 1] + 1):
            start = spans.pop()[0]
        spans.append((start, end))
    return spans
