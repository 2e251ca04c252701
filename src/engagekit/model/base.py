"""What every model shares: frozen, closed to unknown fields, and a stable content hash."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80)]
"""A kebab-case name, never reused: ``aisha-first-month``."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Words that must be there."""


class Frozen(BaseModel):
    """A value that never changes after it was read, and has no fields that we do not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def content_hash(value: Any) -> str:
    """Return 16 hexadecimal characters that change when the content does.

    Args:
        value: A model, or plain data that JSON can hold.

    Returns:
        The start of the SHA-256 of the value's canonical JSON (keys sorted, no spaces, UTF-8).
    """
    data = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
