"""Practice as HTML for a page: custom elements with their data, and words for readers without JavaScript."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from engagekit.frontend.fallback import exercise_words, practice_words, progress_words
from engagekit.frontend.sharing import share

# Inside <script> the browser looks for "</script" and "<!--" alone. Escaping these three leaves nothing to
# find, and keeps the page well-formed wherever it is copied.
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def script_json(value: Any) -> str:
    """Return JSON that may stand inside a ``<script type="application/json">`` element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, safe in _UNSAFE.items():
        text = text.replace(character, safe)
    return text


def exercise_html(exercise: Mapping[str, Any], heading: int = 3) -> str:
    """Return an exercise as HTML, alive wherever the component's scripts are loaded.

    Args:
        exercise: What ``exercise`` gives (schema ``exercise/1``).
        heading: The level of the exercise's own heading, so that it fits the page around it.

    Returns:
        The element with its data, and inside it what there is to read, which the component replaces.
    """
    return _element("exercise", exercise, heading, exercise_words(exercise, heading))


def practice_html(shelf: Mapping[str, Any], heading: int = 2) -> str:
    """Return a shelf of exercises to choose from as HTML.

    Args:
        shelf: What ``practice`` gives (schema ``practice/1``).
        heading: The level of the shelf's own heading.
    """
    return _element("practice", share(shelf), heading, practice_words(shelf, heading))


def progress_html(catalogue: Mapping[str, Any], heading: int = 2) -> str:
    """Return a learner's progress as HTML; it is worked out in the page, from the answers kept there.

    Args:
        catalogue: What ``catalogue`` gives (schema ``catalogue/1``).
        heading: The level of its own heading.
    """
    return _element("progress", catalogue, heading, progress_words(catalogue, heading))


def data_html(data: Mapping[str, Any], heading: int | None = None) -> str:
    """Return an exercise or a shelf as HTML, by its schema."""
    show = practice_html if str(data["schema"]).startswith("practice/") else exercise_html
    return show(data) if heading is None else show(data, heading)


def _element(name: str, data: Mapping[str, Any], heading: int, words: str) -> str:
    return (
        f'<engagekit-{name} heading="{heading}">\n'
        f'<script type="application/json">{script_json(data)}</script>\n'
        f'<div class="ek ek-{escape(str(data.get("lens", name)))} ek-fallback" lang="en-GB">\n{words}</div>\n'
        f"</engagekit-{name}>\n"
    )
