"""Files that are damaged or forged around answers that deserve full marks, for any assignment."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from subjects import Subject

from engagekit.model import answers_hash


def honest(one: Subject) -> dict[str, Any]:
    """Return answers that earn all that the machine can give."""
    return one.own_words(one.strong)


def declared(one: Subject, **changes: Any) -> bytes:
    """Return a file with honest answers and a declaration that is in order but for the changes."""
    answers = honest(one)
    declaration = {"own_work": True, "ai": "none", "said": "", "content": answers_hash(answers), **changes}
    return one.file(answers, {name: value for name, value in declaration.items() if value != "LEFT OUT"})


def _whole(value: Any) -> Callable[[Subject], bytes]:
    return lambda one: one.file(honest(one), value)


def _changed(**changes: Any) -> Callable[[Subject], bytes]:
    return lambda one: declared(one, **changes)


def _after_declaring(one: Subject) -> bytes:
    """One letter more in one box, after the declaration was made."""
    answers = honest(one)
    slot = next(slot for slot in one.slots(answers=answers) if slot.kind == "words")
    file = json.loads(one.file(answers))
    one.put(file["answers"], slot, one.get(answers, slot) + "s")
    return json.dumps(file).encode()


def _blank_box_after_declaring(one: Subject) -> bytes:
    file = json.loads(one.file(honest(one)))
    file["answers"]["a-section-more"] = {}
    return json.dumps(file).encode()


def _made_for_nothing(one: Subject) -> bytes:
    return declared(one, content=answers_hash({}))


def _made_for_an_exemplar(one: Subject) -> bytes:
    return declared(one, content=answers_hash(one.strong))


NO_DECLARATION = "no declaration"
NOT_OWN = "own work"
OTHER = "other answers"
AI_UNSAID = "AI tool"

DECLARATIONS: Mapping[str, tuple[Callable[[Subject], bytes], str]] = {
    "left-out": (_whole(None), NO_DECLARATION),
    "null": (
        lambda one: one.file(honest(one)).replace(b'"declaration": {', b'"declaration": null, "x": {'),
        NO_DECLARATION,
    ),
    "true": (_whole(True), NO_DECLARATION),
    "text": (_whole("This is all my own work."), NO_DECLARATION),
    "number": (_whole(1), NO_DECLARATION),
    "list": (_whole([{"own_work": True}]), NO_DECLARATION),
    "list-of-pairs": (_whole([["own_work", True]]), NO_DECLARATION),
    "empty": (_whole({}), NOT_OWN),
    "nested": (_whole({"own_work": {"own_work": {"own_work": True}}}), NO_DECLARATION),
    "inside-another": (_whole({"declaration": {"own_work": True}}), NO_DECLARATION),
    "own-work-false": (_changed(own_work=False), NOT_OWN),
    "own-work-as-text": (_changed(own_work="true"), NO_DECLARATION),
    "own-work-as-yes": (_changed(own_work="yes"), NO_DECLARATION),
    "own-work-as-one": (_changed(own_work=1), NO_DECLARATION),
    "own-work-as-a-fraction": (_changed(own_work=1.0), NO_DECLARATION),
    "own-work-null": (_changed(own_work=None), NO_DECLARATION),
    "own-work-left-out": (_changed(own_work="LEFT OUT"), NOT_OWN),
    "own-work-as-a-list": (_changed(own_work=[True]), NO_DECLARATION),
    "own-work-in-capitals": (_changed(own_work="LEFT OUT", Own_Work=True), NO_DECLARATION),
    "field-that-is-not-asked": (_changed(signed="Amara"), NO_DECLARATION),
    "ai-use-left-out": (_changed(ai="LEFT OUT"), AI_UNSAID),
    "ai-use-null": (_changed(ai=None), AI_UNSAID),
    "ai-use-of-no-kind": (_changed(ai="a little"), NO_DECLARATION),
    "ai-use-as-a-list": (_changed(ai=["none"]), NO_DECLARATION),
    "ai-use-in-capitals": (_changed(ai="NONE"), NO_DECLARATION),
    "said-is-not-text": (_changed(said={"x": 1}), NO_DECLARATION),
    "said-is-too-long": (_changed(said="a" * 4_001), NO_DECLARATION),
    "huge": (_changed(said="a" * 500_000), NO_DECLARATION),
    "thousands-of-fields": (_whole({f"f{number}": True for number in range(9_000)}), NO_DECLARATION),
    "content-left-out": (_changed(content="LEFT OUT"), OTHER),
    "content-empty": (_changed(content=""), OTHER),
    "content-null": (_changed(content=None), NO_DECLARATION),
    "content-of-nothing": (_made_for_nothing, OTHER),
    "content-of-an-exemplar": (_made_for_an_exemplar, OTHER),
    "content-noughts": (_changed(content="0" * 64), OTHER),
    "content-too-long": (_changed(content="0" * 65), NO_DECLARATION),
    "content-in-capitals": (lambda one: declared(one, content=answers_hash(honest(one)).upper()), OTHER),
    "content-cut-short": (lambda one: declared(one, content=answers_hash(honest(one))[:16]), OTHER),
    "content-with-a-space": (lambda one: declared(one, content=answers_hash(honest(one))[:63] + " "), OTHER),
    "content-as-a-list": (lambda one: declared(one, content=[answers_hash(honest(one))]), NO_DECLARATION),
    "one-letter-after-declaring": (_after_declaring, OTHER),
    "one-section-after-declaring": (_blank_box_after_declaring, OTHER),
    "inside-the-answers": (
        lambda one: one.file({**honest(one), "declaration": {"own_work": True}}, None),
        NO_DECLARATION,
    ),
}
"""Name to a file, and words of the reason for which its marks are held."""


def _with(**changes: Any) -> Callable[[Subject], bytes]:
    return lambda one: one.file(honest(one), **changes)


def _deep(one: Subject) -> bytes:
    answers: Any = "met"
    for _ in range(40):
        answers = [answers]
    return one.file({next(iter(honest(one))): answers}, None)


def _twice(one: Subject) -> bytes:
    text = one.file(honest(one)).decode()
    return (text[:-1] + ', "answers": {}}').encode()


def _number(text: str) -> Callable[[Subject], bytes]:
    return lambda one: one.file(honest(one), score="NUMBER").replace(b'"NUMBER"', text.encode())


REFUSED: Mapping[str, tuple[Callable[[Subject], bytes], str]] = {
    "empty": (lambda one: b"", "empty"),
    "white-space": (lambda one: b" \n\t ", "empty"),
    "not-json": (lambda one: b"answers: met", "not JSON"),
    "python": (lambda one: repr(json.loads(one.file(honest(one)))).encode(), "not JSON"),
    "cut-short": (lambda one: one.file(honest(one))[:-9], "not JSON"),
    "two-files-in-one": (lambda one: one.file({}) + one.file(honest(one)), "not JSON"),
    "in-a-list": (lambda one: b"[" + one.file(honest(one)) + b"]", "form"),
    "in-a-string": (lambda one: json.dumps(one.file(honest(one)).decode()).encode(), "form"),
    "no-schema": (_with(schema=None), "answers/1"),
    "later-schema": (_with(schema="answers/2"), "answers/1"),
    "schema-is-a-list": (_with(schema=["answers/1"]), "answers/1"),
    "no-assignment": (_with(assignment=None), "another assignment"),
    "another-assignment": (_with(assignment="some-other"), "another assignment"),
    "assignment-in-capitals": (
        lambda one: one.file(honest(one), assignment=one.id.upper()),
        "another assignment",
    ),
    "answers-are-a-list": (lambda one: one.file([honest(one)], None), "form"),
    "answers-are-text": (lambda one: one.file(json.dumps(honest(one)), None), "form"),
    "answers-are-nothing": (lambda one: one.file(None, None), "form"),
    "nested-deep": (_deep, "nested"),
    "nested-very-deep": (lambda one: b'{"a":' * 150_000, "nested"),
    "the-same-name-twice": (_twice, "twice"),
    "nan": (_number("NaN"), "NaN"),
    "infinity": (_number("-Infinity"), "Infinity"),
    "huge-number": (_number("9" * 5_000), "too large"),
    "huge-fraction": (_number("-1e400"), "too large"),
    "utf-16": (lambda one: one.file(honest(one)).decode().encode("utf-16"), "UTF-8"),
    "latin-1": (lambda one: one.file({}, said="é").replace(b"\\u00e9", b"\xe9"), "UTF-8"),
    "control-characters": (lambda one: one.file({}, said="X").replace(b'"X"', b'"\x1b\x00"'), "not JSON"),
}
"""Name to a file, and words of the reason for which all of it is refused."""


def _sections(value: Any) -> Callable[[Subject], bytes]:
    return lambda one: one.file({section.id: value for section in one.form.sections})


def _boxes(value: Any) -> Callable[[Subject], bytes]:
    return lambda one: one.file(one.fill(1, every=value))


def _swapped(one: Subject) -> bytes:
    """What should be a list is not one, and the other way round."""
    return one.file(
        {name: {"0": value[0]} if isinstance(value, list) else [value] for name, value in honest(one).items()}
    )


SPOILT = "shape"
NOT_TEXT = "not text"
MISSHAPEN: Mapping[str, tuple[Callable[[Subject], bytes], str]] = {
    **{
        f"sections-are-{name}": (_sections(value), SPOILT)
        for name, value in {
            "text": "met",
            "numbers": 12,
            "true": True,
            "nothing": None,
            "lists-of-lists": [["met"]],
            "fractions": 0.5,
        }.items()
    },
    **{
        f"boxes-are-{name}": (_boxes(value), NOT_TEXT)
        for name, value in {
            "numbers": 12,
            "true": True,
            "false": False,
            "lists": ["met"],
            "objects": {"met": "met"},
            "fractions": 1e300,
        }.items()
    },
    "lists-and-objects-swapped": (_swapped, SPOILT),
}
"""Name to a file that is read, and what the assessor is told; every check then waits for a person."""


def _extra(one: Subject) -> dict[str, Any]:
    return {
        check.id: {"marks": check.points, "outcome": "met", check.section: "met"}
        for check in one.scheme.checks
    }


ODD: Mapping[str, tuple[Callable[[Subject], bytes], str]] = {
    "marks-given-to-oneself": (
        lambda one: one.file({}, marks=one.machine, outcome="met", judgements=_extra(one), held=[]),
        "Fields",
    ),
    "marks-given-as-sections": (lambda one: one.file(_extra(one)), "Sections"),
    "marks-given-as-boxes": (
        lambda one: one.file(
            {
                section.id: [box] if section.kind == "entries" else box
                for section in one.form.sections
                for box in [{"marks": "9", "outcome": "met", "counts": "true", "fits": "true", "share": "1"}]
            }
        ),
        "does not ask",
    ),
    "ten-thousand-sections": (lambda one: one.file({f"s{n}": {} for n in range(10_000)}), "does not have"),
    "ten-thousand-boxes": (
        lambda one: one.file(
            {
                section.id: [box] if section.kind == "entries" else box
                for section in one.form.sections
                for box in [{f"b{n}": "met" for n in range(2_000)}]
            }
        ),
        "does not ask",
    ),
    "names-of-python": (
        lambda one: one.file({"__class__": {}, "__dict__": {}, "model_config": {}, "answers": {}, "": {}}),
        "does not have",
    ),
    "names-of-paths": (
        lambda one: one.file({"../../marking.yaml": {}, "/etc/passwd": {}, "C:\\": {}}),
        "does not have",
    ),
    "half-a-pair": (lambda one: one.file({}, None, saved="\ud800"), ""),
    "another-version": (lambda one: one.file({}, form="0" * 16), "another version"),
    "no-version": (lambda one: one.file({}, form=None), "another version"),
    "version-is-a-list": (lambda one: one.file({}, form=[one.desk.form]), "another version"),
    "empty-and-declared": (lambda one: one.file({}), ""),
    "byte-order-mark": (lambda one: b"\xef\xbb\xbf" + one.file({}), ""),
    "saved-is-markup": (lambda one: one.file({}, saved="<script>alert(1)</script>"), ""),
}
"""Name to a file without one answer that counts, and what the assessor is told."""
