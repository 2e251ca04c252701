"""The assignment form as HTML for a page: the custom element, its data, and words without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from engagekit.frontend.embed import script_json


def form_html(form: Mapping[str, Any], heading: int = 2) -> str:
    """Return a form as HTML, alive wherever the component's scripts are loaded.

    Args:
        form: The public form (``form.json``).
        heading: The level of the form's own heading, so that it fits the page around it.

    Returns:
        The element with its data. Without JavaScript it lists the parts and says how else to answer.
    """
    parts = "\n".join(
        f"<li>{escape(section['title'])}. {escape(section['instructions'])}</li>"
        for section in form["sections"]
    )
    return (
        f'<engagekit-form heading="{heading}">\n'
        f'<script type="application/json">{script_json(form)}</script>\n'
        '<div class="ek ek-fallback">\n'
        f'<h{heading} class="ek-title">{escape(form["title"])}</h{heading}>\n'
        f'<p class="ek-lead">{escape(form["intro"])}</p>\n'
        "<p>Filling the form in needs JavaScript, which is off or did not load. Ask your assessor for "
        "another format if you cannot turn it on.</p>\n"
        f"<ol>\n{parts}\n</ol>\n"
        "</div>\n"
        "</engagekit-form>\n"
    )
