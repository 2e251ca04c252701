"""The exercises that learners use: browser components, their widgets, and the record of attempts.

The widgets are loaded when they are asked for, so that a page can be built without ipywidgets.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_WHERE = {
    "AssignmentForm": "engagekit.frontend.form_widget",
    "Practice": "engagekit.frontend.widgets",
    "practise": "engagekit.frontend.practice",
}

__all__ = ["AssignmentForm", "Practice", "practise"]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
