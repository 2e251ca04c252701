"""The key that a panel proposes, as a file to compare with the key and to paste from.

Where the panel agrees with the key, the entry is the key's own. Where it does not, the entry has the panel's
answer and no reason: only people can write that, and ``engagekit check`` names every entry without one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from engagekit.content.load import KINDS
from engagekit.model import CaseKey, GoalKey, Key, ReferenceCoding, WebKey
from engagekit.reports.panel.results import Coded, Question

HEAD = "# Proposed by engagekit panel."
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
COMMENT = "#"
"""The entry of a mapping that is written as comments."""

ORDER = ("basis", "turn", "factor", "area", "code", "answer", "shown_by", "reason", "rule", "also", "discuss",
         "instead", "missing", "missing_reason", "response", "fits")  # fmt: skip
"""How authors order what they write; whatever is not named comes after, as it comes."""

WIDE = 110

Entry = dict[str, Any]


def proposal(key: Key, coded: Sequence[Coded]) -> str:
    """Return the text of a proposed ``key.yaml``.

    Args:
        key: The key as it is.
        coded: The vignette through each lens that a panel coded.
    """
    asked = {(each.item, each.part): each for one in coded for each in one.questions}
    data = key.model_dump(mode="json", exclude_defaults=True, exclude={"id"})
    _APPLY[type(key)](data, asked, max((len(one.coders) for one in coded), default=0))
    schema = next(kind.schema for kind in KINDS if kind.model is type(key))
    lines = [
        f"{HEAD} Nothing here is in use until you copy it over the key.",
        "# An entry without a reason needs one: engagekit check will name it.",
        f"schema: {schema}/1",
        *_lines(data, 0),
    ]
    return "\n".join(lines) + "\n"


def _talk(data: Entry, asked: Mapping[tuple[str, str], Question], coders: int) -> None:
    data["basis"] = _basis(data, coders)
    data["turns"] = [_entry(each, "code", asked.get((each["turn"], ""))) for each in data["turns"]]


def _case(data: Entry, asked: Mapping[tuple[str, str], Question], coders: int) -> None:
    data["basis"] = _basis(data, coders)
    stage = _entry(data["stage"], "code", asked.get(("stage", "")))
    facts = {part: each for (item, part), each in asked.items() if item == "missing"}
    if facts:
        chosen, comments = _chosen(facts, stage.get("missing", []))
        if chosen != stage.get("missing", []):
            stage["missing"] = chosen
            stage.pop("missing_reason", None)
        stage[COMMENT] = [*stage.get(COMMENT, []), *comments]
    following = asked.get(("next", ""))
    if following and following.changes_key:
        stage["responses"] = _responses(stage["responses"], following)
    data["stage"] = stage
    listed = {each["factor"] for each in data["factors"]}
    factors = [_entry(each, "answer", asked.get((each["factor"], ""))) for each in data["factors"]]
    factors += [
        _entry({"factor": name}, "answer", each)
        for (name, _), each in asked.items()
        if each.measure == "desistance-other" and name not in listed and each.changes_key
    ]
    data["factors"] = factors


def _web(data: Entry, asked: Mapping[tuple[str, str], Question], coders: int) -> None:
    data["basis"] = _basis(data, coders)
    for area in data["areas"]:
        for when in ("first", "second"):
            area[when] = _entry(area[when], "code", asked.get((f"{area['area']}-{when}", "")))


def _goal(data: Entry, asked: Mapping[tuple[str, str], Question], coders: int) -> None:
    data["basis"] = _basis(data, coders)
    before = {each["fault"]: each for each in data["faults"]}
    faults = {part: each for (item, part), each in asked.items() if item == "faults"}
    if not faults:
        return
    chosen, comments = _chosen(faults, list(before))
    data["faults"] = [before.get(fault, {"fault": fault}) for fault in chosen]
    data[COMMENT] = comments


_APPLY: dict[type, Callable[[Entry, Mapping[tuple[str, str], Question], int], None]] = {
    ReferenceCoding: _talk,
    CaseKey: _case,
    WebKey: _web,
    GoalKey: _goal,
}


def _basis(data: Entry, coders: int) -> str:
    return f"A panel of {coders} tutors coded this and settled it. Before that: {data['basis']}"


def _entry(before: Entry, field: str, question: Question | None) -> Entry:
    """Return one keyed answer as the panel would have it."""
    if question is None or not question.changes_key:
        return before
    split = question.split
    told = ", ".join(f"{count} {answer}" for answer, count in split.counts)
    entry: Entry = {COMMENT: [f"{question.label}. The tutors: {told}. The key had: {question.key}."]}
    entry |= {name: value for name, value in before.items() if name in ("turn", "factor", "area")}
    entry[field] = split.code
    stays = split.code == before.get(field)
    if "shown_by" in before or any(question.evidence.values()):
        entry["shown_by"] = list(before.get("shown_by", ())) if stays else _shown_by(question)
    if stays:
        # Only what is for discussion changes, so the reason for the answer still holds.
        kept = ("reason", "rule")
        entry |= {name: before[name] for name in kept if name in before}
        entry["instead"] = {
            name: text for name, text in before.get("instead", {}).items() if name not in split.also
        }
    else:
        entry[COMMENT].append("Write the reason and the rule.")
    if split.also:
        entry["also"] = list(split.also)
        entry["discuss"] = f"A panel of tutors split on this: {told}."
    more = ("missing", "missing_reason", "responses")
    entry |= {name: before[name] for name in more if name in before}
    return {name: value for name, value in entry.items() if value not in ({}, None)}


def _shown_by(question: Question) -> list[str]:
    """Return the sentences that at least half of those with the proposed answer pointed at."""
    theirs = [
        question.evidence.get(coder, ())
        for coder, answer in question.answers.items()
        if answer == question.split.code
    ]
    every = sorted({sentence for each in theirs for sentence in each})
    return [sentence for sentence in every if sum(sentence in each for each in theirs) * 2 >= len(theirs)]


def _chosen(questions: Mapping[str, Question], before: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return which of several choices hold, and comments on those that tutors split on.

    A choice that the panel does not decide stays as the key has it.
    """
    standing, chosen, comments = set(before), [], []
    for name, each in questions.items():
        if (each.split.code == "yes") if each.split.verdict == "agreed" else name in standing:
            chosen.append(name)
        if each.split.verdict == "contested":
            told = ", ".join(f"{count} {answer}" for answer, count in each.split.counts)
            comments.append(f"{each.label}: the tutors split, {told}. It stays as the key has it.")
    return chosen, comments


def _responses(before: Sequence[Entry], question: Question) -> list[Entry]:
    told = ", ".join(f"{count} {answer}" for answer, count in question.split.counts)
    if question.split.verdict == "contested":
        comment = f"What to say next: the tutors split, {told}. It stays as the key has it."
        return [{COMMENT: [comment], **before[0]}, *before[1:]]
    comment = f"What to say next. The tutors: {told}. Write the reasons again."
    found: list[Entry] = []
    for each in before:
        fits = each["response"] == question.split.code
        same = fits == each["fits"]
        found.append(dict(each) if same else {COMMENT: [comment], "response": each["response"], "fits": fits})
    return found


def _lines(value: Entry, indent: int) -> Iterator[str]:
    """Write a mapping as YAML, every text so that it means itself."""
    pad = " " * indent
    for comment in value.get(COMMENT, ()):
        yield f"{pad}# {' '.join(comment.split())}"
    places = {name: place for place, name in enumerate(ORDER)}
    for name, each in sorted(value.items(), key=lambda pair: places.get(pair[0], len(places))):
        if name == COMMENT:
            continue
        if isinstance(each, dict):
            yield f"{pad}{name}:"
            yield from _lines(each, indent + 2)
        elif isinstance(each, list) and each and isinstance(each[0], dict):
            yield f"{pad}{name}:"
            for part in each:
                yield from (f"{pad}  # {' '.join(comment.split())}" for comment in part.get(COMMENT, ()))
                bare = {key: inner for key, inner in part.items() if key != COMMENT}
                first, *rest = _lines(bare, indent + 4)
                yield f"{pad}  - {first.lstrip()}"
                yield from rest
        elif isinstance(each, list):
            yield f"{pad}{name}: [{', '.join(map(_scalar, each))}]"
        elif len(line := f"{pad}{name}: {_scalar(each)}") > WIDE and _foldable(each):
            yield f"{pad}{name}: >-"
            yield from wrap(
                each, WIDE, initial_indent=f"{pad}  ", subsequent_indent=f"{pad}  ", break_long_words=False,
                break_on_hyphens=False,
            )  # fmt: skip
        else:
            yield line


def _foldable(text: str) -> bool:
    """Say whether a text comes back the same from lines that were folded at its spaces."""
    return text == " ".join(text.split()) and text.isprintable()


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if _ID.fullmatch(str(value)):
        return str(value)
    quoted = json.dumps(str(value), ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
