"""Turn a document into a model, and a validator's complaints into a tutor's words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from engagekit.content.yamltext import Document, Loc
from engagekit.model import Problem

M = TypeVar("M", bound=BaseModel)


def nearest(word: str, choices: Iterable[str]) -> str:
    """Return a hint that names the nearest valid choice, or all choices when they are few."""
    options = sorted(set(choices))
    close = difflib.get_close_matches(word, options, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{close[0]}"?'
    if 0 < len(options) <= 12:
        return "choose from " + ", ".join(options)
    return ""


def validate(document: Document, model: type[M], extra: dict[str, Any]) -> M | None:
    """Check a document's data against a model.

    Args:
        document: The file. Its problems are added to, never removed.
        model: What the file should hold.
        extra: Fields that the file does not hold itself, such as the id that is its name.

    Returns:
        The model, or None when there was any problem.
    """
    if not isinstance(document.data, dict):
        message = "should hold named fields, one `name: value` a line"
        document.problems.append(Problem(document.path, 1, 1, message))
        return None
    for name in extra:
        if name in document.data:
            place = document.place((name,), key=True)
            message, hint = f'"{name}" is not written in the file', "its name says it; remove the line"
            document.problems.append(Problem(document.path, *place, message, hint))
    try:
        result = model.model_validate({**document.data, **extra})
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=True):
            if not _only_follows(detail):
                document.problems.append(_problem(document, model, detail))
        return None
    return None if document.problems else result


def _only_follows(detail: Any) -> bool:
    """Tell whether a list is called too short only because its entries were faulty themselves."""
    given = detail.get("input")
    if detail["type"] != "too_short" or not isinstance(given, list):
        return False
    return len(given) >= int(detail["ctx"]["min_length"])


def _problem(document: Document, model: type[BaseModel], detail: Any) -> Problem:
    loc: Loc = detail["loc"]
    kind: str = detail["type"]
    known = _known(document, loc)
    field = str(loc[-1]) if loc else ""
    where = ".".join(str(step) for step in known) or "the file"
    if kind == "missing":
        line, column = document.place(known)
        inside = f" in {where}" if known else ""
        return Problem(document.path, line, column, f'"{field}" is missing{inside}')
    if kind == "extra_forbidden":
        line, column = document.place(known, key=True)
        hint = nearest(field, _fields_at(model, loc[:-1]))
        return Problem(document.path, line, column, f'"{field}" is not a field here', hint)
    line, column = document.place(known)
    message, hint = _words(kind, detail)
    return Problem(document.path, line, column, f"{where}: {message}", hint)


def _words(kind: str, detail: Any) -> tuple[str, str]:
    given = detail.get("input")
    shown = f'"{given[:60]}"' if isinstance(given, str) else "this"
    context = detail.get("ctx") or {}
    if kind == "literal_error":
        choices = [part.strip("' ") for part in context["expected"].replace(" or ", ", ").split(",")]
        return f"{shown} is not allowed here", nearest(str(given), choices)
    if kind == "enum":
        choices = [part.strip("' ") for part in context["expected"].replace(" or ", ", ").split(",")]
        return f"{shown} is not allowed here", nearest(str(given), choices)
    if kind == "union_tag_invalid":
        choices = [part.strip("' ") for part in context["expected_tags"].split(",")]
        return f'"{context["tag"]}" is not a kind', nearest(str(context["tag"]), choices)
    if kind == "union_tag_not_found":
        return 'the field "kind" is missing', ""
    if kind == "string_pattern_mismatch":
        if "a-z" in context.get("pattern", "") and "sha256" not in context["pattern"]:
            return (
                f"{shown} is not an id",
                "use small letters, digits and single hyphens, starting with a letter",
            )
        return f"{shown} does not have the right form", f"it should match {context.get('pattern')}"
    if kind in ("string_too_short",):
        return "is empty", "write the words, or remove the field if it may be left out"
    if kind in ("int_parsing", "float_parsing", "int_from_float"):
        return f"{shown} is not a number", ""
    if kind in ("string_type", "tuple_type", "dict_type", "list_type", "model_type", "model_attributes_type"):
        wanted = {"string_type": "text", "tuple_type": "a list", "list_type": "a list"}.get(
            kind, "named fields"
        )
        return f"should be {wanted}", ""
    if kind == "too_short":
        return "the list is empty or too short", ""
    message = str(detail["msg"])
    return message[0].lower() + message[1:], ""


def _known(document: Document, loc: Loc) -> Loc:
    """Drop the steps that the file does not have: names of union members, and a missing field."""
    known: Loc = ()
    for step in loc:
        if (*known, step) in document.values:
            known = (*known, step)
    return known


def _fields_at(model: type[BaseModel], loc: Loc) -> set[str]:
    """Return the field names that are valid where a location leads, across all members of a union."""
    models: list[type[BaseModel]] = [model]
    for step in loc:
        if isinstance(step, int):
            continue
        found: list[type[BaseModel]] = []
        for candidate in models:
            if step in candidate.model_fields:
                found += list(_models_in(candidate.model_fields[step]))
        models = found or models
    return {
        name
        for candidate in models
        for name in candidate.model_fields
        if name != "id" or candidate is not model
    }


def _models_in(annotation: Any) -> Iterable[type[BaseModel]]:
    if isinstance(annotation, FieldInfo):
        annotation = annotation.annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
