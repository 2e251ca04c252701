"""A fault in a content file, told the way a compiler would."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing that is wrong in one place of one file.

    Attributes:
        path: The file, relative to the course folder, with forward slashes.
        line: Line, counted from 1; 0 when the file as a whole is meant.
        column: Column, counted from 1; 0 when the file as a whole is meant.
        message: What is wrong, in a tutor's words.
        hint: What to do about it, such as the nearest valid choice; may be empty.
        severity: ``error`` stops the build; ``warning`` does not.
    """

    path: str
    line: int
    column: int
    message: str
    hint: str = ""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        """Return ``path:line:col: error: message; hint``."""
        tail = f"; {self.hint}" if self.hint else ""
        return f"{self.path}:{self.line}:{self.column}: {self.severity}: {self.message}{tail}"

    def as_json(self) -> dict[str, Any]:
        """Return the problem as plain data, for ``--format json``."""
        return asdict(self)
