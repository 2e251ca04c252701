"""The components' own files, in the order in which a page loads them."""

from __future__ import annotations

import json
from pathlib import Path

from engagekit.scoring.goal import goal_cues
from engagekit.scoring.reply import cues_value

HERE = Path(__file__).resolve().parent

SCRIPTS: dict[str, tuple[str, ...]] = {
    "practice": (
        "dom.js",
        "agreement.js",
        "attempts.js",
        "attempts_model.js",
        "scoring.js",
        "reply_words.js",
        "reply_clauses.js",
        "reply_rules.js",
        "goal_rules.js",
        "exercise_state.js",
        "exercise_items.js",
        "exercise_questions.js",
        "confusions.js",
        "radar.js",
        "exercise_results.js",
        "exercise_record.js",
        "exercise.js",
        "lens_talk.js",
        "lens_case.js",
        "lens_reply.js",
        "lens_web.js",
        "lens_goal.js",
        "chooser.js",
        "progress_state.js",
        "progress_next.js",
        "progress_chart.js",
        "progress_record.js",
        "progress.js",
        "elements.js",
    ),
    "form": (
        "dom.js",
        "attempts.js",
        "form_text.js",
        "form_case.js",
        "form_fields.js",
        "form_declaration.js",
        "form_state.js",
        "form_store.js",
        "form_field.js",
        "form_view.js",
        "form_reader.js",
        "form_inputs.js",
        "form_coding.js",
        "form_writing.js",
        "form_rows.js",
        "form_sign.js",
        "form_check.js",
        "form_saving.js",
        "form.js",
    ),
}
"""The classic scripts of each component. They share ``globalThis.engagekit``; later ones use earlier ones."""

STYLES: dict[str, tuple[str, ...]] = {
    "practice": ("engagekit.css", "exercise.css", "lenses.css", "progress.css"),
    "form": ("engagekit.css", "exercise.css", "form.css"),
}
"""The style sheets of each component."""


def scripts(component: str) -> tuple[Path, ...]:
    """Return the paths of a component's scripts, in loading order."""
    return tuple(HERE / "js" / name for name in SCRIPTS[component])


def styles(component: str) -> tuple[Path, ...]:
    """Return the paths of a component's style sheets, in loading order."""
    return tuple(HERE / "css" / name for name in STYLES[component])


def bundle_js(component: str) -> str:
    """Return a component's scripts as one classic script, which works from ``file://`` too."""
    return _cues(component) + _joined(scripts(component))


def bundle_esm(component: str) -> str:
    """Return a component as the one module that anywidget wants.

    The text is the very script that a page loads, followed by an export of the component's ``render``.
    """
    door = f"export default {{ render: globalThis.engagekit.{component}.render }};\n"
    return bundle_js(component) + door


def bundle_css(component: str) -> str:
    """Return a component's style sheets as one text."""
    return _joined(styles(component))


def _joined(paths: tuple[Path, ...]) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in paths)


def _cues(component: str) -> str:
    """Return, as a script, the words that the rules look for: one table for Python and the browser."""
    if component != "practice":
        return ""
    tables = json.dumps(
        {"reply": cues_value(), "goal": goal_cues()}, ensure_ascii=False, separators=(",", ":")
    )
    return f"(globalThis.engagekit = globalThis.engagekit || {{}}).cues = {tables};\n"
