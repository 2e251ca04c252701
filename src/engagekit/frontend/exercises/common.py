"""What every lens makes its exercise from: items, keys, a scheme, and the hash that tells versions apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engagekit.model import Code, CodingScheme, Course, content_hash

Item = dict[str, Any]


class NoSuchExerciseError(LookupError):
    """What was asked for is not in the course; the message names the nearest that is."""


class NotForPracticeError(ValueError):
    """An assessment case was asked for where learners would see its key."""


@dataclass(frozen=True, slots=True)
class Lensed:
    """A vignette as one lens asks about it.

    Attributes:
        body: What is read.
        items: What is asked, in order.
        key: Item id to key.
        scheme: The codes, rules and groups.
        facts: Pairs of term and text, shown under the introduction.
        content: The hash of all that an earlier attempt must share to be comparable.
    """

    body: dict[str, Any]
    items: list[Item]
    key: dict[str, dict[str, Any]]
    scheme: dict[str, Any]
    content: str
    facts: list[tuple[str, str]] = field(default_factory=list)


def scheme_of(course: Course, scheme_id: str) -> CodingScheme:
    """Return a scheme.

    Raises:
        NoSuchExerciseError: The course has none of that name.
    """
    try:
        return course.schemes[scheme_id]
    except KeyError:
        path = f"source_material/schemes/{scheme_id}.yaml"
        raise NoSuchExerciseError(
            f'this lens needs the coding scheme "{scheme_id}", which the course does not have: restore {path}'
        ) from None


def scheme_data(scheme: CodingScheme) -> dict[str, Any]:
    """Return a scheme as the component reads it."""
    return {
        "id": scheme.id,
        "title": scheme.title,
        "level": scheme.level,
        "codes": [{**code_data(code), "letter": code.letter or ""} for code in scheme.codes],
        "rules": [{"id": rule.id, "text": _with_names(rule.text, scheme)} for rule in scheme.rules],
        "groups": [{"id": group.id, "title": group.title} for group in scheme.groups],
    }


def no_codes(scheme_id: str, title: str) -> dict[str, Any]:
    """Return what stands for a scheme where a lens has no codes."""
    return {"id": scheme_id, "title": title, "level": "nominal", "codes": [], "rules": [], "groups": []}


def code_data(code: Code) -> dict[str, str]:
    """Return a code as one of an item's choices."""
    return choice(code.id, code.label, code.definition)


def choice(choice_id: str, label: str, definition: str = "") -> dict[str, str]:
    """Return one of an item's choices."""
    return {"id": choice_id, "label": label, "definition": definition}


def _with_names(text: str, scheme: CodingScheme) -> str:
    """Return a rule's text with other rules that it sends the reader to named in words and not by id."""
    for rule in scheme.rules:
        text = text.replace(rule.id, f"“{rule.id.replace('-', ' ')}”")
    return text


def item(
    item_id: str,
    kind: str,
    label: str,
    question: str,
    choices: Sequence[Mapping[str, str]] = (),
    *,
    evidence: bool = False,
    optional: bool = False,
    ordinal: bool = False,
    **more: Any,
) -> Item:
    """Return an item as the component reads it.

    Args:
        item_id: Its id, unique in the exercise.
        kind: ``choice``, ``set``, ``text`` or ``fields``.
        label: Its short name.
        question: What is asked.
        choices: What may be chosen; empty for the codes of the scheme, and for words of one's own.
        evidence: Sentences are pointed at too.
        optional: Not needed to finish, and never counted.
        ordinal: One step away earns half.
        more: What only this lens needs.
    """
    return {
        "id": item_id,
        "kind": kind,
        "label": label,
        "question": question,
        "choices": [dict(each) for each in choices],
        "evidence": evidence,
        "optional": optional,
        "ordinal": ordinal,
        **more,
    }


def coded(entry: Any, code: str, shown_by: Iterable[str] = ()) -> dict[str, Any]:
    """Return the key of a choice from an entry with a reason, a rule and what readers may split on."""
    return {
        "code": code,
        "reason": entry.reason,
        "rule": entry.rule or "",
        "also": list(entry.also),
        "discuss": entry.discuss or "",
        "instead": dict(entry.instead),
        "shown_by": list(shown_by),
    }


def version(
    texts: Any,
    items: Iterable[Item],
    key: Mapping[str, Mapping[str, Any]],
    scheme: Mapping[str, Any],
) -> str:
    """Return a hash that changes when an earlier attempt could no longer be compared with a new one.

    That is when what is read, what is asked, what can be answered or a keyed answer changes. A better worded
    reason, definition or question does not, nor does anything about optional items, which never count.

    Args:
        texts: All that a learner reads before answering.
        items: The items.
        key: Item id to key.
        scheme: What ``scheme_data`` gives.
    """
    counted = [each for each in items if not each["optional"]]
    asked = [
        [
            each["id"],
            each["kind"],
            [one["id"] for one in each["choices"]],
            each["evidence"],
            each["ordinal"],
            [one["id"] for one in each.get("fields", ())],
        ]
        for each in counted
    ]
    keyed = {each["id"]: _keyed(key.get(each["id"], {})) for each in counted}
    codes = [code["id"] for code in scheme["codes"]]
    return content_hash({"texts": texts, "items": asked, "codes": codes, "key": keyed})


def _keyed(key: Mapping[str, Any]) -> list[Any]:
    return [
        key.get("code", ""),
        sorted(key.get("set", ())),
        sorted(key.get("also", ())),
        sorted(key.get("shown_by", ())),
        bool(key.get("discussion")),
    ]
