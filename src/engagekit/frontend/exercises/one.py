"""One vignette through one lens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engagekit.content.validate import nearest
from engagekit.frontend.exercises import desistance, goal, reply, stage, talk, web
from engagekit.frontend.exercises.common import Lensed, NoSuchExerciseError, NotForPracticeError
from engagekit.model import LENSES, Course, Lens

SCHEMA = "exercise/1"

LENS_NAMES: dict[str, str] = {
    "talk": "Talk",
    "stage": "Stage",
    "desistance": "Desistance",
    "reply": "Reply",
    "web": "Web",
    "goal": "Goal",
}
"""What learners call each lens."""

_BUILD: dict[str, Callable[[Course, Any, Any], Lensed]] = {
    "talk": talk.build,
    "stage": stage.build,
    "desistance": desistance.build,
    "reply": reply.build,
    "web": web.build,
    "goal": goal.build,
}


def lenses_of(course: Course, vignette_id: str) -> tuple[Lens, ...]:
    """Return the lenses that a vignette can be practised through.

    Raises:
        NoSuchExerciseError: The course has no such vignette.
        NotForPracticeError: It belongs to an assessment, so its key stays with the markers.
    """
    vignette = course.vignettes.get(vignette_id)
    if vignette is None:
        known = [name for name, each in course.vignettes.items() if each.use != "assessment"]
        hint = nearest(vignette_id, known)
        raise NoSuchExerciseError(f'no vignette "{vignette_id}"' + (f"; {hint}" if hint else ""))
    if vignette.use == "assessment":
        raise NotForPracticeError(f'"{vignette_id}" is an assessment case: its key must not reach a page')
    return vignette.lenses


def exercise(course: Course, vignette_id: str, lens: str | None = None) -> dict[str, Any]:
    """Return an exercise with its key, ready to be put on a page.

    Args:
        course: The course.
        vignette_id: A vignette that is for practice or for a retest.
        lens: The lens; it may be left out where the vignette has only one.

    Returns:
        The exercise as the component reads it (schema ``exercise/1``).

    Raises:
        NoSuchExerciseError: There is no such vignette, lens or scheme, or more than one lens fits.
        NotForPracticeError: The vignette belongs to an assessment, so its key stays with the markers.
    """
    offered = lenses_of(course, vignette_id)
    chosen = lens or offered[0]
    if lens is None and len(offered) > 1:
        raise NoSuchExerciseError(f'"{vignette_id}" has more than one lens: say {_either(offered)}')
    if chosen not in offered:
        unknown = "" if chosen in LENSES else f' (no lens is called "{chosen}")'
        raise NoSuchExerciseError(f'"{vignette_id}" is for the lens {_either(offered)}{unknown}')
    vignette, key = course.vignettes[vignette_id], course.keys.get(vignette_id)
    if key is None:
        raise NoSuchExerciseError(f'"{vignette_id}" has no key: write key.yaml beside its vignette.yaml')
    made = _BUILD[chosen](course, vignette, key)
    return {
        "schema": SCHEMA,
        "lens": chosen,
        "id": vignette.id,
        "title": vignette.title,
        "summary": vignette.summary,
        "introduction": vignette.introduction,
        "use": vignette.use,
        "facts": [{"term": term, "text": text} for term, text in made.facts],
        "content": made.content,
        "scheme": made.scheme,
        "body": made.body,
        "items": made.items,
        "key": made.key,
    }


def _either(names: tuple[str, ...]) -> str:
    return " or ".join(f'"{name}"' for name in names)
