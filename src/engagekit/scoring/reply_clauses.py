"""The language of the cue table: phrases, rules, and where one clause ends and the next begins.

A phrase is words in a row. ``a/b`` is either, ``<name>`` any word of a named set, ``*ing`` any word ending
so, ``word?`` may be missing, ``..`` is up to four words, ``_`` is any one word, ``=`` is the clause's end,
and ``!word`` says that this word does not stand just before. The twin is ``frontend/js/reply_clauses.js``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engagekit.scoring.reply_words import NONE, OPAQUE, STOP, Cut, Word

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


class Phrases(tuple[Phrase, ...]):
    """Phrases in order, and for each word those that may begin with it: most begin with some other word."""

    @cached_property
    def anywhere(self) -> tuple[Phrase, ...]:
        """Return the phrases that may begin with any word."""
        return tuple(phrase for phrase in self if _first_words(phrase) is None)

    @cached_property
    def by_word(self) -> dict[str, tuple[Phrase, ...]]:
        """Return, for each word that a phrase names first, the phrases that may begin with it."""
        firsts = [_first_words(phrase) for phrase in self]
        every = frozenset[str]().union(*(words for words in firsts if words is not None))
        return {
            word: tuple(
                phrase for phrase, words in zip(self, firsts, strict=True) if words is None or word in words
            )
            for word in every
        }

    def from_word(self, norm: str | None) -> tuple[Phrase, ...]:
        """Return, in order, the phrases that may begin with a word; None stands for the end of the clause."""
        return self.by_word.get(norm, self.anywhere) if norm is not None else self.anywhere


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


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of words ``words[first:last]`` that is read on its own.

    ``mark`` is "yes" when it ends in a question mark, "later" when only its sentence does, otherwise "no".
    """

    first: int
    last: int
    sentence: int
    mark: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the table, ready to use."""

    id: str
    code: str
    certain: str
    where: str
    mark: str
    phrases: Phrases
    needs: Phrases
    unless: Phrases
    held: frozenset[str]
    after: frozenset[str]
    joins: frozenset[str]
    most: int
    asks: bool
    reason: str
    other: tuple[str, str] | None

    def fits(
        self, clause: Clause, words: Sequence[Word], table: Table, earlier: frozenset[str]
    ) -> list[tuple[int, int]] | None:
        """Return the places of the words that set the rule off, or None where it does not fit."""
        if self.mark and (self.mark == "yes") != (clause.mark == "yes"):
            return None
        if (self.after and not self.after & earlier) or clause.last - clause.first > self.most:
            return None
        hit = self._first_hit(clause, words, table)
        if hit is None or find(self.unless, words, clause.first, clause.last) is not None:
            return None
        if self.needs:
            more = find(self.needs, words, clause.first, clause.last)
            if more is None:
                return None
            hit = hit + [at for at in more if at not in hit]
        return spans_of(sorted(hit), words)

    def _first_hit(self, clause: Clause, words: Sequence[Word], table: Table) -> list[int] | None:
        """Return the indices of the first words that match one of the phrases."""
        if self.where == "start":
            places = table.starts(clause, words)
        else:
            places = list(range(clause.first, clause.last))
        for at in places:
            if at > clause.first and words[at - 1].norm in self.held:
                continue
            hit = match_any(self.phrases, words, at, clause.last)
            if hit is not None:
                return hit
        return None


@dataclass(frozen=True, slots=True)
class Table:
    """The cue table, its phrases compiled."""

    cues: Mapping[str, Any]
    rules: tuple[Rule, ...]
    fillers: Phrases
    soft: Phrases
    bare: Phrases
    tags: Phrases
    describing: Phrases
    holds: frozenset[str]
    lead_ins: frozenset[str]
    follow_ons: frozenset[str]
    joiners: frozenset[str]
    askers: frozenset[str]
    plain: frozenset[str]
    rules_by_word: Mapping[str, int]
    rules_at_any: int

    def rules_for(self, clause: Clause, words: Sequence[Word]) -> Iterator[Rule]:
        """Give the rules of which a phrase can begin at one of the clause's words, in order."""
        # One bit a rule: looking up each word once is quicker than asking each rule about each word.
        possible = self.rules_at_any
        for word in words[clause.first : clause.last]:
            possible |= self.rules_by_word.get(word.norm, 0)
        while possible:
            lowest = possible & -possible
            yield self.rules[lowest.bit_length() - 1]
            possible ^= lowest

    def starts(self, clause: Clause, words: Sequence[Word]) -> list[int]:
        """Return where a clause may be said to start: at its first word, and after each filler."""
        places = [clause.first]
        while True:
            hit = match_any(self.fillers, words, places[-1], clause.last)
            if hit is None or hit[-1] + 1 >= clause.last:
                return places
            places.append(hit[-1] + 1)

    def describes(self, words: Sequence[Word]) -> bool:
        """Tell whether the text says what the learner would do, and not the words they would say."""
        return match_any(self.describing, words, 0, len(words)) is not None


def compile_cues(cues: Mapping[str, Any]) -> Table:
    """Return the cue table ready to use."""
    sets: Mapping[str, list[str]] = cues["sets"]
    split = cues["split"]

    def phrases(texts: Sequence[str]) -> Phrases:
        return Phrases(tuple(_item(part, sets) for part in text.split()) for text in texts)

    rules = tuple(
        Rule(
            id=rule["id"],
            code=rule["code"],
            certain=rule.get("certain", ""),
            where=rule["where"],
            mark=rule.get("mark", ""),
            phrases=phrases(rule["phrases"]),
            needs=phrases(rule.get("needs", [])),
            unless=phrases(rule.get("unless", [])),
            held=frozenset(rule.get("held", [])),
            after=frozenset(rule.get("after", [])),
            joins=frozenset(rule.get("joins", [])),
            most=rule.get("most", 1_000_000),
            asks=rule.get("asks", False),
            reason=rule.get("reason", ""),
            other=(rule["other"]["code"], rule["other"]["reason"]) if "other" in rule else None,
        )
        for rule in cues["rules"]
    )
    fillers = phrases(cues["fillers"])
    rules_by_word: dict[str, int] = {}
    for number, rule in enumerate(rules):
        for word in rule.phrases.by_word:
            rules_by_word[word] = rules_by_word.get(word, 0) | 1 << number
    return Table(
        cues=cues,
        rules=rules,
        fillers=fillers,
        soft=phrases(split["soft"]),
        bare=phrases(split["bare"]),
        tags=phrases(split["tags"]),
        describing=phrases(cues["describing"]),
        holds=frozenset(split["holds"]),
        lead_ins=frozenset(split["lead_ins"]),
        follow_ons=frozenset(split["follow_ons"]),
        joiners=frozenset(split["joiners"]),
        askers=frozenset(split["askers"]),
        plain=frozenset(cues["plain"])
        | {word for rule in rules for phrase in rule.phrases for item in phrase for word in item.words}
        | {word for phrase in fillers for item in phrase for word in item.words},
        rules_by_word=rules_by_word,
        rules_at_any=sum(1 << number for number, rule in enumerate(rules) if rule.phrases.anywhere),
    )


def _item(part: str, sets: Mapping[str, list[str]]) -> Item:
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


def match_any(phrases: Phrases, words: Sequence[Word], at: int, last: int) -> list[int] | None:
    """Return the matched words' indices for the first phrase that begins at a place, or None."""
    for phrase in phrases.from_word(words[at].norm if at < last else None):
        hit = _match(phrase, 0, words, at, last)
        if hit:
            return hit
    return None


def find(phrases: Phrases, words: Sequence[Word], first: int, last: int) -> list[int] | None:
    """Return the first match of any phrase anywhere in a run of words, or None."""
    if not phrases:
        return None
    for at in range(first, last):
        hit = match_any(phrases, words, at, last)
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


def clauses_of(pieces: Cut, table: Table) -> list[Clause]:
    """Return the clauses of a text: its sentences, cut again where a new clause plainly begins."""
    words = pieces.words
    edges = [at for at, word in enumerate(words) if word.before == STOP or at == 0] + [len(words)]
    clauses: list[Clause] = []
    for sentence in range(len(edges) - 1):
        first, last = edges[sentence], edges[sentence + 1]
        asked = pieces.asked if last == len(words) else words[last].asked
        cuts = [*_cuts(words, first, last, table), last]
        for number in range(len(cuts) - 1):
            ends = number == len(cuts) - 2
            mark = ("yes" if ends else "later") if asked else "no"
            clauses.append(Clause(cuts[number], cuts[number + 1], sentence, mark))
    return clauses


def _cuts(words: Sequence[Word], first: int, last: int, table: Table) -> list[int]:
    """Return where the clauses of a sentence begin."""
    cuts = [first]
    for at in range(first + 1, last):
        start = at
        paused = words[at].before != NONE
        if words[at - 1].norm in table.joiners and at - 1 > cuts[-1]:
            start, paused = at - 1, paused or words[at - 1].before != NONE
        split_word = words[start].start == words[start - 1].start
        if split_word or start <= cuts[-1] or words[at].norm == OPAQUE:
            continue
        held = not paused and words[start - 1].norm in table.holds
        if held or not match_any(table.soft if paused else table.bare, words, at, last):
            continue
        if _only_fillers(words, cuts[-1], start, table):  # last: it walks back over all of them
            continue
        head = words[table.starts(Clause(cuts[-1], at, 0, ""), words)[-1]].norm
        in_question = not paused and start == at and head in table.askers
        goes_on = head in table.lead_ins and words[at].norm in table.follow_ons
        if not in_question and not goes_on and match_any(table.tags, words, at, last) is None:
            cuts.append(start)
    return cuts


def _only_fillers(words: Sequence[Word], first: int, last: int, table: Table) -> bool:
    """Tell whether nothing but fillers stands between two places."""
    at = first
    while at < last:
        hit = match_any(table.fillers, words, at, last)
        if hit is None:
            return False
        at = hit[-1] + 1
    return True
