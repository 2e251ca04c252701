"""What a panel's codings amount to: agreement by lens and by vignette, and each item's split."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engagekit.frontend.exercises import LENS_NAMES
from engagekit.model import LENSES
from engagekit.reports.panel.codings import Aside, Coding, Codings, Exercise
from engagekit.scoring.consensus import Split, split
from engagekit.scoring.measures import MEASURES, Measure, comparable, order_of
from engagekit.scoring.practice import NONE, codes_of, parts
from engagekit.scoring.reliability import Alpha, alpha, pair_agreement

YES_NO = ("yes", "no")

MOST_TOLD = 10
"""How many things set aside an error names."""


@dataclass(frozen=True, slots=True)
class Question:
    """One item, or one choice of an item of which several may be chosen, as the panel answered it.

    Attributes:
        item: The item.
        part: The choice that yes and no are about; empty where the item has one answer.
        label: Its name for readers.
        words: What the item is about, where its name does not say it.
        measure: What it counts towards.
        names: Answer to its name for readers, in the order of the scheme.
        key: The key's answer now.
        key_also: The key's other answers, where it is for discussion already.
        answers: Tutor to answer.
        evidence: Tutor to the sentences that they pointed at.
        split: How the answers split.
    """

    item: str
    part: str
    label: str
    words: str
    measure: str
    names: Mapping[str, str]
    key: str
    key_also: tuple[str, ...]
    answers: Mapping[str, str]
    evidence: Mapping[str, tuple[str, ...]]
    split: Split

    @property
    def changes_key(self) -> bool:
        """Say whether following the panel would change this item's key."""
        if self.split.verdict == "too-few":
            return False
        return self.split.code != self.key or set(self.split.also) != set(self.key_also)


@dataclass(frozen=True, slots=True)
class Row:
    """The agreement on one measure."""

    measure: Measure
    vignettes: int
    coders: int
    percent: float | None
    alpha: Alpha
    contested: int


@dataclass(frozen=True, slots=True)
class Coded:
    """One vignette through one lens, as the panel coded it."""

    lens: str
    vignette: str
    title: str
    use: str
    coders: tuple[str, ...]
    rows: tuple[Row, ...]
    questions: tuple[Question, ...]

    @property
    def contested(self) -> tuple[Question, ...]:
        """Return the items for discussion."""
        return tuple(each for each in self.questions if each.split.verdict == "contested")


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything that a report shows."""

    coders: tuple[str, ...]
    rows: tuple[Row, ...]
    coded: tuple[Coded, ...]
    asides: tuple[Aside, ...]
    remarks: tuple[str, ...]

    @property
    def secret(self) -> bool:
        """Say whether the report holds what a key for assessment says."""
        return any(each.use == "assessment" for each in self.coded)


def panel_of(codings: Codings) -> Panel:
    """Compare what several tutors answered.

    Raises:
        ValueError: Fewer than two tutors have a coding that counts, or no two of them coded the same item.
    """
    coders = sorted({coding.coder for coding in codings.found})
    if len(coders) < 2:
        who = f"only {coders[0]} has one" if coders else "nobody has one"
        raise ValueError(
            f"a panel needs codings of two tutors or more that count, and {who}.{_told(codings.asides)}"
        )
    groups: dict[tuple[str, str], list[Coding]] = {}
    for coding in sorted(codings.found, key=lambda each: (LENSES.index(each.lens), each.vignette)):
        groups.setdefault((coding.lens, coding.vignette), []).append(coding)
    coded = [_coded(codings.exercises[pair], theirs) for pair, theirs in groups.items() if len(theirs) > 1]
    if not any(len(question.answers) > 1 for each in coded for question in each.questions):
        raise ValueError(
            f"no item was coded by two tutors, so there is nothing to compare.{_told(codings.asides)}"
        )
    alone = [
        Aside(theirs[0].coder, f"{LENS_NAMES[lens]}: {vignette}", "nobody else coded it")
        for (lens, vignette), theirs in groups.items()
        if len(theirs) == 1
    ]
    return Panel(
        coders=tuple(coders),
        rows=_rows([(each.vignette, question) for each in coded for question in each.questions]),
        coded=tuple(coded),
        asides=(*codings.asides, *alone),
        remarks=tuple(remark for theirs in groups.values() for each in theirs for remark in _remarks(each)),
    )


def _told(asides: Sequence[Aside]) -> str:
    lines = "".join(f"\n  {each.coder}, {each.what}: {each.reason}" for each in asides[:MOST_TOLD])
    more = f"\n  and {len(asides) - MOST_TOLD} more" if len(asides) > MOST_TOLD else ""
    return f" Set aside:{lines}{more}" if lines else ""


def _remarks(coding: Coding) -> Iterator[str]:
    what = f"{coding.coder}, {LENS_NAMES[coding.lens]}: {coding.vignette}"
    if coding.missing:
        verb = "item has" if coding.missing == 1 else "items have"
        yield f"{what}: {coding.missing} {verb} no answer. What was answered counts."
    if coding.finished > 1:
        yield (
            f"{what}: finished {coding.finished} times. The latest counts, and by then this tutor had seen "
            "the key: talk about whether it should."
        )


def _coded(asked: Exercise, theirs: Sequence[Coding]) -> Coded:
    questions = tuple(_questions(asked, {coding.coder: coding.answers for coding in theirs}))
    return Coded(
        lens=asked["lens"],
        vignette=asked["id"],
        title=asked["title"],
        use=asked["use"],
        coders=tuple(coding.coder for coding in theirs),
        rows=_rows([(asked["id"], question) for question in questions]),
        questions=questions,
    )


def _questions(asked: Exercise, theirs: Mapping[str, Mapping[str, str]]) -> Iterator[Question]:
    """Give what the panel answered, item by item; items in one's own words, and ones nobody took up, not."""
    labels = {code["id"]: code["label"] for code in asked["scheme"]["codes"]}
    words = _words(asked)
    for item in asked["items"]:
        name, key = item["id"], asked["key"][item["id"]]
        given = {coder: answers[name] for coder, answers in theirs.items() if name in answers}
        if item["kind"] not in ("choice", "set") or (item["optional"] and not given):
            continue
        also = tuple(key.get("also", ()))
        measure = _measure(asked["lens"], item)
        if item["kind"] == "choice":
            names = {each["id"]: each["label"] for each in item["choices"]} or labels
            answers = {coder: parts(answer)[0] for coder, answer in given.items()}
            evidence = {coder: _sentences(asked, answer) for coder, answer in given.items()}
            yield Question(
                name, "", item["label"], words.get(name, ""), measure, names, key["code"], also, answers,
                evidence, split(list(answers.values()), codes_of(item, tuple(names)), key["code"]),
            )  # fmt: skip
            continue
        for choice in item["choices"]:
            answers = {coder: _yes_no(choice["id"], answer) for coder, answer in given.items()}
            keyed = "yes" if choice["id"] in key["set"] else "no"
            label, found = f"{item['label']}: {choice['label']}", split(list(answers.values()), YES_NO, keyed)
            yield Question(
                name, choice["id"], label, choice["definition"], measure, {"yes": "Yes", "no": "No"}, keyed,
                (), answers, {}, found,
            )  # fmt: skip


def _sentences(asked: Exercise, answer: str) -> tuple[str, ...]:
    """Return the sentences that an answer points at, as far as the case has them."""
    known = {sentence["id"] for sentence in asked["body"].get("sentences", ())}
    return tuple(each for each in parts(answer)[1] if each in known)


def _yes_no(choice: str, answer: str) -> str:
    return "yes" if answer != NONE and choice in answer.split(" ") else "no"


def _measure(lens: str, item: Mapping[str, Any]) -> str:
    if lens == "talk":
        return "talk-person" if item["choices"] else "talk"
    if lens == "stage":
        return {"missing": "stage-missing", "next": "stage-next"}.get(item["id"], "stage")
    if lens == "desistance":
        return "desistance-other" if item["optional"] else "desistance"
    return lens


def _words(asked: Exercise) -> dict[str, str]:
    """Return item to the words that it is about."""
    body = asked["body"]
    if asked["lens"] == "talk":
        return {turn["id"]: turn["text"] for turn in body["utterances"]}
    if asked["lens"] == "web":
        return {f"{area['id']}-{when}": area[when] for area in body["areas"] for when in ("first", "second")}
    return {}


def _rows(questions: Sequence[tuple[str, Question]]) -> tuple[Row, ...]:
    """Return the agreement on each measure that any of the questions counts towards."""
    rows = []
    for measure in MEASURES.values():
        source = "stage" if measure.id == "stage-order" else measure.id
        chosen = [(vignette, each) for vignette, each in questions if each.measure == source]
        if not chosen:
            continue
        items = [comparable(measure, list(each.answers.values())) for _, each in chosen]
        rows.append(
            Row(
                measure=measure,
                vignettes=len({vignette for vignette, _ in chosen}),
                coders=len({coder for _, each in chosen for coder in each.answers}),
                percent=pair_agreement(items),
                alpha=alpha(items, order_of(measure, chosen[0][1].names)),
                contested=sum(each.split.verdict == "contested" for _, each in chosen),
            )
        )
    return tuple(rows)
