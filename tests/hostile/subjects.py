"""An assignment as a cheat with the key would see it: every box of its form, and what fits where."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from random import Random
from typing import Any

from engagekit.marking.desk import Desk
from engagekit.model import Answers, Course, Interview, Script, answers_hash
from realcourse import real_assignments, real_desk

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Slot:
    """One box of a form: ``kind`` is code, quote, words, choice, link or date."""

    section: str
    row: int
    field: str
    kind: str
    options: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    least: int = 1
    shortest: int = 3
    out_of: str | None = None
    leads: tuple[str, str] | None = None

    @property
    def seed(self) -> str:
        return f"{self.section}/{self.row}/{self.field}"


Given = str | Callable[[Slot], str | None] | None
"""What goes into a box: words, or what says them; None leaves it out."""


class Subject:
    """One assignment: its desk, its exemplars, and scripts made for it."""

    def __init__(self, course: Course, assignment: str) -> None:
        self.id = assignment
        self.desk: Desk = real_desk(assignment)
        self.form = self.desk.assessment.form
        self.scheme = self.desk.assessment.scheme
        self.places = self.desk.assessment.places
        self.brief = self.desk.assessment.exemplars[0]
        self.exemplars: dict[str, Script] = {one.id: one for one in course.exemplars[assignment]}
        self.cohort: tuple[Script, ...] = course.cohort[assignment]

    def __repr__(self) -> str:
        return self.id

    @cached_property
    def strong(self) -> dict[str, Any]:
        """Return the answers of the exemplar whose codes, choices and quotations earn the most."""
        plain = {name: json.loads(one.model_dump_json())["answers"] for name, one in self.exemplars.items()}
        marks = {name: (self.marks(self.own_words(one)), name == "strong") for name, one in plain.items()}
        return plain[max(marks, key=lambda name: marks[name])]

    def marks(self, answers: Any) -> float:
        """Return the marks before anything is held."""
        from engagekit.scoring import judge

        found = judge(self.desk.assessment, Answers(assignment=self.id, answers=answers))
        return sum(one.marks or 0.0 for one in found)

    @property
    def machine(self) -> float:
        """Return the most that the machine proposes."""
        return float(sum(one.points for one in self.scheme.checks if one.kind not in ("reply", "person")))

    @cached_property
    def passages(self) -> dict[str, str]:
        """Return what can be quoted: place to text."""
        return {name: place.text for name, place in self.places.by_id.items()}

    @cached_property
    def papers(self) -> tuple[str, ...]:
        """Return whole papers, or for an interview everything that is said."""
        case = self.desk.assessment.case
        if isinstance(case, Interview):
            return (" ".join(turn.text for turn in case.utterances),)
        return tuple(" ".join(one.text for one in paper.passages) for paper in case.documents)

    def accepted(self, section: str, field: str) -> frozenset[str]:
        """Return the places that any check accepts for a box."""
        found: set[str] = set()
        for check in self.scheme.checks:
            if check.section != section:
                continue
            if check.kind == "quote":
                found.update(check.accept.get(field, ()))
            for one in getattr(check, "accept", {}).values():
                found.update(getattr(one, "quotes", {}).get(field, ()))
        return frozenset(found)

    def wrong_quote(self, slot: Slot) -> str:
        """Return a true quotation from a place that shows something else."""
        accepted = [self.passages[name] for name in self.accepted(slot.section, slot.field)]
        wrong = [
            words
            for name, text in self.passages.items()
            if name not in self.accepted(slot.section, slot.field)
            and len(words := " ".join(text.split()[:12])) > 20
            and not any(words in one for one in accepted)
        ]
        return wrong[Random(slot.seed).randrange(len(wrong))]

    def slots(self, rows: int | None = None, answers: Mapping[str, Any] | None = None) -> Iterator[Slot]:
        """Give every box, with ``rows`` entries a section (as many as the form allows when not said)."""
        assessment = self.desk.assessment
        codes = tuple(assessment.codes)
        for section in self.form.sections:
            if section.kind == "coding":
                names = tuple(assessment.codes.values())
                turns = assessment.case.turns("practitioner")  # type: ignore[union-attr]
                yield from (Slot(section.id, 0, one.id, "code", codes, names) for one in turns)
            elif section.kind == "quotes":
                yield from (Slot(section.id, 0, ask.id, "quote") for ask in section.asks)
            elif section.kind == "replies":
                yield from (Slot(section.id, 0, one.id, "words", least=3) for one in section.prompts)
            else:
                given = (answers or {}).get(section.id, ())
                many = 1 if section.kind == "fields" else len(given) if answers is not None else rows
                for row in range(section.max_rows if many is None else many):
                    for one in section.fields:
                        options = getattr(one, "options", ())
                        yield Slot(
                            section.id,
                            row,
                            one.id,
                            one.kind,
                            tuple(option.id for option in options) or (codes if one.kind == "choice" else ()),
                            tuple(option.text for option in options),
                            getattr(one, "least", 1),
                            getattr(one, "min_words", 3),
                            getattr(one, "out_of", None),
                            (one.section, one.field) if one.kind == "link" else None,
                        )

    def put(self, answers: dict[str, Any], slot: Slot, words: str | None) -> None:
        """Put words into a box of some answers."""
        section = self.form.section(slot.section)
        if section.kind == "entries":
            rows = answers.setdefault(slot.section, [])
            while len(rows) <= slot.row:
                rows.append({})
            place = rows[slot.row]
        else:
            place = answers.setdefault(slot.section, {})
        if words is None:
            place.pop(slot.field, None)
        else:
            place[slot.field] = words

    def fill(self, rows: int | None = None, **given: Given) -> dict[str, Any]:
        """Fill a whole form: ``words=``, ``quote=``, ``choice=`` and so on, or ``every=`` for all boxes."""
        answers: dict[str, Any] = {}
        for slot in self.slots(rows):
            self.put(answers, slot, _said(given.get(slot.kind, given.get("every")), slot))
        return answers

    def change(self, answers: Mapping[str, Any], **given: Given) -> dict[str, Any]:
        """Return answers with the boxes of the named kinds changed, and all others as they were."""
        changed = json.loads(json.dumps(answers))
        for slot in self.slots(answers=answers):
            if slot.kind in given and self.get(answers, slot):
                self.put(changed, slot, _said(given[slot.kind], slot))
        return changed

    def map(self, answers: Mapping[str, Any], kinds: str, change: Callable[[str], str]) -> dict[str, Any]:
        """Return answers with the words in boxes of some kinds rewritten."""
        given = {kind: lambda slot: change(self.get(answers, slot)) for kind in kinds.split()}
        return self.change(answers, **given)

    def get(self, answers: Mapping[str, Any], slot: Slot) -> str:
        """Return what stands in a box."""
        place = answers.get(slot.section, {})
        if isinstance(place, list | tuple):
            place = place[slot.row] if slot.row < len(place) else {}
        return str(place.get(slot.field, ""))

    def has(self, kind: str) -> bool:
        """Say whether the form has boxes of a kind."""
        return any(slot.kind == kind for slot in self.slots(1))

    def own_words(self, answers: Mapping[str, Any], seed: str = "a fresh learner") -> dict[str, Any]:
        """Return answers with fresh prose in every box for own words, and what is quoted out of them."""
        fresh = self.change(answers, words=lambda slot: prose(f"{seed}/{slot.seed}", slot.least))
        for slot in self.slots(answers=fresh):
            if slot.out_of and self.get(fresh, slot):
                source = Slot(slot.section, slot.row, slot.out_of, "words")
                self.put(fresh, slot, " ".join(self.get(fresh, source).split()[:8]))
        return fresh

    def file(self, answers: Any, declaration: Any = "honest", **changes: Any) -> bytes:
        """Return an answers file. The declaration is a good one unless another is given."""
        data = {"schema": "answers/1", "assignment": self.id, "form": self.desk.form, "saved": ""}
        if declaration == "honest":
            declaration = {"own_work": True, "ai": "none", "said": "", "content": answers_hash(answers)}
        if declaration is not None:
            data["declaration"] = declaration
        return json.dumps({**data, "answers": answers, **changes}).encode()


def _said(given: Given, slot: Slot) -> str | None:
    return given(slot) if callable(given) else given


@lru_cache(maxsize=8)
def subject(assignment: str) -> Subject:
    """Return an assignment."""
    return Subject(real_assignments(), assignment)


ASSIGNMENTS = tuple(real_assignments().marking)

_WORDS = {
    "who": "aunt uncle neighbour cousin landlord teacher baker postman sister brother grandad plumber",
    "did": "planted painted carried mended borrowed measured watered sold polished hid counted found",
    "what": "leek trumpet bicycle kettle ladder curtain violin marrow hammock teapot wardrobe canoe",
    "where": "Swansea Bolton Truro Perth Whitby Oban Derby Ludlow Margate Kendal Tenby Hexham",
    "when": "Easter dawn teatime August harvest winter noon midnight springtime breakfast sunset Lent",
    "how": "badly twice slowly gladly alone quietly well often proudly again carefully once",
}
_FRAMES = (
    "My {who} {did} a {what} near {where} and it {how} got wet by {when}.",
    "When the {who} from {where} {did} his {what}, she {how} sang until {when}.",
    "There was a {what} in {where} that no {who} ever {did} before {when}, {how} or not.",
    "At {when} our {who} {how} asked why the {what} was {did} over in {where}.",
)


def prose(seed: str, least: int = 1) -> str:
    """Return fluent English about nothing that was asked, different for each seed, of some length."""
    chance, text = Random(seed), ""
    lists = {name: words.split() for name, words in _WORDS.items()}
    while len(text.split()) < max(least, 12):
        frame = chance.choice(_FRAMES)
        text += " " + frame.format(**{name: chance.choice(words) for name, words in lists.items()})
    return text.strip()
