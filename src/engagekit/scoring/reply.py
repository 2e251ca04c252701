"""Read a typed reply by transparent rules: what it seems to do, which words say so, and how sure that is.

Nothing here gives a mark. Every finding can be explained by the words that set it off, and where two readings
compete both are given. The rules are data, ``reply_cues.json``, and the same table is sent to the browser,
where ``frontend/js/reply_rules.js`` reads it in the same way; both are held to ``tests/golden/replies.json``.

Places in the text are counted in UTF-16 units, as JavaScript counts them: a character beyond U+FFFF, such as
most emoji, counts as two. In the browser ``text.slice(start, end)`` gives the words; here ``cut_out`` does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import accumulate
from typing import Any

from engagekit.scoring.reply_clauses import Clause, Rule, Table, clauses_of, compile_cues
from engagekit.scoring.reply_words import OPAQUE, Word, cut

TABLE = "reply_cues.json"
_SPACES = frozenset(" \t\n\r\u00a0")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, in UTF-16 units."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Other:
    """A second reading that an honest reader may prefer. Its code may be any code of the talk scheme."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """What one clause reads as, and why."""

    start: int
    end: int
    code: str
    certain: str
    words: tuple[Span, ...]
    reason: str
    other: Other | None
    rule: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something the learner should know about the reading as a whole."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the rules saw in a reply. Never a mark."""

    findings: tuple[Found, ...]
    notes: tuple[Note, ...]

    def as_value(self) -> dict[str, Any]:
        """Return the reading as plain JSON values, equal to what JavaScript's ``read`` returns."""
        return {
            "findings": [
                {
                    "start": one.start,
                    "end": one.end,
                    "code": one.code,
                    "certain": one.certain,
                    "words": [{"start": span.start, "end": span.end} for span in one.words],
                    "reason": one.reason,
                    "other": one.other and {"code": one.other.code, "reason": one.other.reason},
                    "rule": one.rule,
                }
                for one in self.findings
            ],
            "notes": [{"code": note.code, "text": note.text} for note in self.notes],
        }


def cues_value() -> dict[str, Any]:
    """Return a fresh copy of the cue table, to be sent to the browser with an exercise."""
    table: dict[str, Any] = json.loads((resources.files("engagekit.scoring") / TABLE).read_text("utf-8"))
    return table


@lru_cache(maxsize=1)
def _own_table() -> Table:
    return compile_cues(cues_value())


def cut_out(text: str, start: int, end: int) -> str:
    """Return the part of a text between two places that are counted in UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


def read_reply(text: str) -> Reading:
    """Read what a learner typed as the next thing they would say.

    Args:
        text: The reply, as typed. Any text at all; only the first 2,000 characters are read.

    Returns:
        At most one finding a clause, in order, and notes. No findings is an answer: the rules could not tell.
    """
    table = _own_table()
    chars = list(text)
    long = len(chars) > table.cues["limit"]
    chars = chars[: table.cues["limit"]]
    pieces = cut(chars, table.cues)
    drafts: list[_Draft] = []
    for clause in clauses_of(pieces, table):
        _read_clause(clause, pieces.words, table, chars, drafts)
    units = list(accumulate((2 if ord(char) > 0xFFFF else 1 for char in chars), initial=0))
    plain = _plain_share(pieces.words, table)
    if plain < table.cues["plain_share"]:
        for draft in drafts:
            draft.rule_certain = "unsure"
    findings = tuple(draft.found(units) for draft in drafts)
    notes = _notes(pieces.words, table, plain, found=bool(findings), long=long, quoted=pieces.quoted)
    return Reading(findings, notes)


@dataclass(slots=True)
class _Draft:
    """A finding that a later clause of its sentence may still extend. Places in code points."""

    place: tuple[int, int]
    rule: Rule
    rule_certain: str
    spans: list[tuple[int, int]]
    reason: str
    sentence: int

    def found(self, units: Sequence[int]) -> Found:
        """Return the finding with its places in UTF-16 units."""
        return Found(
            start=units[self.place[0]],
            end=units[self.place[1]],
            code=self.rule.code,
            certain=self.rule_certain,
            words=tuple(Span(units[start], units[end]) for start, end in self.spans),
            reason=self.reason,
            other=Other(*self.rule.other) if self.rule.other else None,
            rule=self.rule.id,
        )


def _read_clause(
    clause: Clause, words: Sequence[Word], table: Table, chars: Sequence[str], drafts: list[_Draft]
) -> None:
    """Read one clause by the first rule that fits, and add what it comes to."""
    earlier = frozenset(draft.rule.id for draft in drafts)
    for rule, places in table.rules_for(clause, words):
        spans = rule.fits(clause, words, places, earlier)
        if spans is None:
            continue
        if rule.joins:
            if not drafts or drafts[-1].rule.code not in rule.joins:
                continue
            drafts[-1].place = (drafts[-1].place[0], words[clause.last - 1].end)
        elif rule.code:
            place = (words[clause.first].start, words[clause.last - 1].end)
            reason = _reason(rule, spans, clause, table, chars)
            _add(drafts, _Draft(place, rule, rule.certain, spans, reason, clause.sentence))
        return


def _add(drafts: list[_Draft], draft: _Draft) -> None:
    """Add a finding, or join it to the one before when one sentence goes on doing the same."""
    last = drafts[-1] if drafts else None
    if last is None or (last.sentence, last.rule.code) != (draft.sentence, draft.rule.code):
        drafts.append(draft)
        return
    place = (last.place[0], draft.place[1])
    if last.rule_certain == "unsure" and draft.rule_certain == "clear":
        drafts[-1] = draft
    drafts[-1].place = place


def _reason(
    rule: Rule, spans: Sequence[tuple[int, int]], clause: Clause, table: Table, chars: Sequence[str]
) -> str:
    """Return why a rule fits, with the learner's own words in it."""
    said = (
        "".join(" " if char in _SPACES else char for char in chars[spans[0][0] : spans[0][1]])
        if spans
        else ""
    )
    unmarked = rule.asks and clause.mark == "no"
    return (table.cues["no_mark"] if unmarked else "") + rule.reason.replace(
        "{words}", " ".join(filter(None, said.split(" ")))
    )


def _plain_share(words: Sequence[Word], table: Table) -> float:
    """Return the share of words that are everyday English ones."""
    own = [word for word in words if word.norm != OPAQUE]
    return sum(word.norm in table.plain for word in own) / len(own) if own else 1.0


def _notes(
    words: Sequence[Word], table: Table, plain: float, *, found: bool, long: bool, quoted: bool
) -> tuple[Note, ...]:
    """Return what to say about the reading as a whole."""
    told: Mapping[str, str] = table.cues["notes"]
    codes = ["too-long"] if long else []
    if not words:
        codes.append("empty")
    else:
        if quoted:
            codes.append("quoted")
        if table.describes(words):
            codes.append("described")
        if plain < table.cues["plain_share"]:
            codes.append("not-plain-english")
        elif not found:
            codes.append("nothing-found")
    return tuple(Note(code, told[code]) for code in codes)
