"""The Talk exercise as HTML: custom element, data, and a transcript for readers without JavaScript."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

# Inside <script> the browser looks for "</script" and "<!--" alone. Escaping these three leaves nothing to
# find, and keeps the page well-formed wherever it is copied.
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def script_json(value: Any) -> str:
    """Return JSON that may stand inside a ``<script type="application/json">`` element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, safe in _UNSAFE.items():
        text = text.replace(character, safe)
    return text


def talk_html(exercise: Mapping[str, Any], heading: int = 3) -> str:
    """Return a Talk exercise as HTML, alive wherever the component's scripts are loaded.

    Args:
        exercise: What ``talk_exercise`` gives.
        heading: The level of the exercise's own heading, so that it fits the page around it.

    Returns:
        The element with its data, and inside it the plain transcript, which the component replaces.
    """
    turns = "\n".join(_turn(turn, exercise["people"]) for turn in exercise["utterances"])
    return (
        f'<engagekit-talk heading="{heading}">\n'
        f'<script type="application/json">{script_json(exercise)}</script>\n'
        '<div class="ek ek-talk ek-fallback">\n'
        f'<h{heading} class="ek-title">{escape(exercise["title"])}</h{heading}>\n'
        f'<p class="ek-lead">{escape(exercise["introduction"])}</p>\n'
        f"<p>{escape(exercise['setting'])} {escape(exercise['goal'])}</p>\n"
        "<p>This is the transcript to read. Coding it needs JavaScript, which is off or did not load.</p>\n"
        f'<ol class="ek-transcript">\n{turns}\n</ol>\n'
        "</div>\n"
        "</engagekit-talk>\n"
    )


def _turn(turn: Mapping[str, str], people: Mapping[str, str]) -> str:
    speaker = turn["speaker"]
    return (
        f'<li class="ek-says ek-says-{escape(speaker)}"><p class="ek-speaker">{escape(people[speaker])}:</p>'
        f'<p class="ek-words">{escape(turn["text"])}</p></li>'
    )
