"""The rules of the cue table, and where one clause ends and the next begins.

The phrases that they are made of are in ``reply_phrases``. The twin is ``frontend/js/reply_clauses.js``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engagekit.scoring.reply_phrases import Phrases, find, item_of, openings, spans_of
from engagekit.scoring.reply_words import NONE, OPAQUE, STOP, Cut, Word


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
        self, clause: Clause, words: Sequence[Word], places: Sequence[int], earlier: frozenset[str]
    ) -> list[tuple[int, int]] | None:
        """Return where the words are that set the rule off, or None where it does not fit.

        Args:
            clause: The clause.
            words: All words of the text.
            places: Where one of the rule's phrases may begin, in order.
            earlier: Ids of the rules that fitted earlier clauses.
        """
        if self.mark and (self.mark == "yes") != (clause.mark == "yes"):
            return None
        if (self.after and not self.after & earlier) or clause.last - clause.first > self.most:
            return None
        hit = self._first_hit(clause, words, places)
        if hit is None or find(self.unless, words, clause.first, clause.last) is not None:
            return None
        if self.needs:
            more = find(self.needs, words, clause.first, clause.last)
            if more is None:
                return None
            hit = hit + [at for at in more if at not in hit]
        return spans_of(sorted(hit), words)

    def _first_hit(self, clause: Clause, words: Sequence[Word], places: Sequence[int]) -> list[int] | None:
        """Return the indices of the first words that match one of the phrases."""
        for at in places:
            if at > clause.first and words[at - 1].norm in self.held:
                continue
            hit = self.phrases.match(words, at, clause.last)
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
    rules_by_pair: Mapping[tuple[str, str], int]
    rules_at_any: int
    rules_at_start: int

    def rules_for(self, clause: Clause, words: Sequence[Word]) -> Iterator[tuple[Rule, list[int]]]:
        """Give the rules of which a phrase may begin in a clause, in order, and at which of its words."""
        # One bit a rule: looking up each word with the next one is quicker than asking each rule about it.
        norms = [word.norm for word in words[clause.first : clause.last]]
        bits = {
            at: self.rules_by_word.get(norm, 0) | self.rules_by_pair.get((norm, after), 0) | self.rules_at_any
            for at, (norm, after) in enumerate(zip(norms, [*norms[1:], ""], strict=True), clause.first)
        }
        starts = self.starts(clause, words)
        at_start = {at: bits[at] & self.rules_at_start for at in starts}
        elsewhere = {at: found & ~self.rules_at_start for at, found in bits.items()}
        possible = 0
        for found in (*at_start.values(), *elsewhere.values()):
            possible |= found
        while possible:
            lowest = possible & -possible
            places = at_start if lowest & self.rules_at_start else elsewhere
            rule = self.rules[lowest.bit_length() - 1]
            yield rule, [at for at, found in places.items() if found & lowest]
            possible ^= lowest

    def starts(self, clause: Clause, words: Sequence[Word]) -> list[int]:
        """Return where a clause may be said to start: at its first word, and after each filler."""
        places = [clause.first]
        while True:
            hit = self.fillers.match(words, places[-1], clause.last)
            if hit is None or hit[-1] + 1 >= clause.last:
                return places
            places.append(hit[-1] + 1)

    def describes(self, words: Sequence[Word]) -> bool:
        """Tell whether the text says what the learner would do, and not the words they would say."""
        return self.describing.match(words, 0, len(words)) is not None


def compile_cues(cues: Mapping[str, Any]) -> Table:
    """Return the cue table ready to use."""
    sets: Mapping[str, list[str]] = cues["sets"]
    split = cues["split"]

    def phrases(texts: Sequence[str]) -> Phrases:
        return Phrases(tuple(item_of(part, sets) for part in text.split()) for text in texts)

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
    by_word: dict[str, int] = {}
    by_pair: dict[tuple[str, str], int] = {}
    for number, rule in enumerate(rules):
        for first, after in (pair for phrase in rule.phrases for pair in openings(phrase)):
            if after is None:
                by_word[first] = by_word.get(first, 0) | 1 << number
            else:
                by_pair[first, after] = by_pair.get((first, after), 0) | 1 << number
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
        rules_by_word=by_word,
        rules_by_pair=by_pair,
        rules_at_any=sum(1 << number for number, rule in enumerate(rules) if rule.phrases.anywhere),
        rules_at_start=sum(1 << number for number, rule in enumerate(rules) if rule.where == "start"),
    )


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
        if held or not (table.soft if paused else table.bare).match(words, at, last):
            continue
        if _only_fillers(words, cuts[-1], start, table):  # last: it walks back over all of them
            continue
        head = words[table.starts(Clause(cuts[-1], at, 0, ""), words)[-1]].norm
        in_question = not paused and start == at and head in table.askers
        goes_on = head in table.lead_ins and words[at].norm in table.follow_ons
        if not in_question and not goes_on and table.tags.match(words, at, last) is None:
            cuts.append(start)
    return cuts


def _only_fillers(words: Sequence[Word], first: int, last: int, table: Table) -> bool:
    """Tell whether nothing but fillers stands between two places."""
    at = first
    while at < last:
        hit = table.fillers.match(words, at, last)
        if hit is None:
            return False
        at = hit[-1] + 1
    return True
