"""A learner's declaration as it is kept: in shape, and only beside the answers that it was made for."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from engagekit.model import Declaration, answers_hash


def whole_characters(answers: Any) -> Any:
    """Replace lone halves of a character pair: a browser can send one, and no file can hold it."""
    return json.loads(json.dumps(answers, ensure_ascii=False).encode("utf-8", "replace"))


def declaration_of(declaration: Any) -> dict[str, Any] | None:
    """Return a declaration that is in an answers file's shape, whatever it was made for."""
    try:
        return Declaration.model_validate(declaration, strict=True).model_dump(mode="json")
    except (ValidationError, RecursionError):
        return None


def declared_for(declaration: Any, answers: Any) -> dict[str, Any] | None:
    """Return a declaration that was made for just these answers."""
    found = declaration_of(whole_characters(declaration))
    whole = found and found["own_work"] and found["ai"] and found["content"] == answers_hash(answers)
    return found if whole else None
