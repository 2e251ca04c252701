"""JSON from strangers: small, shallow, plain, and with nothing that two readers could read differently."""

from __future__ import annotations

import json
import math
import re
from typing import Any

MAX_DEPTH = 12
"""How deeply lists and objects may sit inside each other. A filled-in form needs five."""

MAX_DIGITS = 18
"""The longest whole number, in digits, that is read as a number."""

_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?+', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")


class RefusedError(ValueError):
    """What was handed in cannot be read; the message says why, in words for a tutor."""


def _no_constant(name: str) -> Any:
    raise RefusedError(f"the file holds {name}, which is not a JSON number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise RefusedError("the file holds a number too large to read")
    return number


def _whole(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise RefusedError("the file holds a number too large to read")
    return int(text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise RefusedError("the file gives the same name twice, so it has two meanings")
    return found


def _check_depth(text: str) -> None:
    """Refuse deep nesting before the parser meets it: the parser would run out of stack."""
    depth = 0
    for bracket in _BRACKET.finditer(_STRING.sub("", text)):
        depth += 1 if bracket.group() in "[{" else -1
        if depth > MAX_DEPTH:
            raise RefusedError(f"the file is nested more than {MAX_DEPTH} levels deep")


def parse(data: bytes) -> Any:
    """Return the plain data in a JSON file.

    Args:
        data: The bytes of the file; the caller has already limited how many.

    Raises:
        RefusedError: It is empty, not UTF-8, not JSON, nested too deeply, gives a name twice, or holds a
            number that JSON does not have.
    """
    if not data.strip():
        raise RefusedError("the file is empty")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError("the file is not UTF-8 text") from error
    _check_depth(text)
    try:
        return json.loads(
            text,
            object_pairs_hook=_once,
            parse_constant=_no_constant,
            parse_float=_finite,
            parse_int=_whole,
        )
    except json.JSONDecodeError as error:
        raise RefusedError(f"the file is not JSON: {error.msg} at line {error.lineno}") from error
