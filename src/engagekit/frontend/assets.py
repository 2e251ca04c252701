"""The components' own files, in the order in which a page loads them."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).resolve().parent

SCRIPTS: dict[str, tuple[str, ...]] = {
    "practice": (
        "dom.js",
        "agreement.js",
        "attempts.js",
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
        "progress.js",
        "elements.js",
    ),
    "form": (
        "dom.js",
        "attempts.js",
        "form_state.js",
        "form_store.js",
        "form_field.js",
        "form_coding.js",
        "form_writing.js",
        "form_rows.js",
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


def bundle_esm(component: str) -> str:
    """Return a component as the one module that anywidget wants.

    The text is the very files that a page loads, followed by an export of the component's ``render``.
    """
    door = f"export default {{ render: globalThis.engagekit.{component}.render }};\n"
    return _joined(scripts(component)) + door


def bundle_css(component: str) -> str:
    """Return a component's style sheets as one text."""
    return _joined(styles(component))


def _joined(paths: tuple[Path, ...]) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in paths)
