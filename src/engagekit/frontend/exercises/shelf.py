"""Many exercises: a shelf to choose from, and the catalogue that progress is worked out from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, zip_longest
from typing import Any

from engagekit.content.validate import nearest
from engagekit.frontend.exercises.common import NoSuchExerciseError
from engagekit.frontend.exercises.one import LENS_NAMES, exercise, lenses_of
from engagekit.model import LENSES, Course

MIXED = "mixed"
EACH = 3
"""How many exercises of each lens the mixed shelf has."""

WAIT_DAYS = 7
"""How long to wait before a retest says something about learning."""

_TITLES = {
    "talk": "Choose an interview",
    "stage": "Choose a case",
    "desistance": "Choose a case",
    "reply": "Choose a set of replies",
    "web": "Choose a web",
    "goal": "Choose a goal",
    MIXED: "Choose an exercise",
}
_INTRODUCTIONS = {
    "talk": "Read an interview and give each of the practitioner's turns one code.",
    "stage": "Read a short case. Say where the person stands on one change, what the case leaves out, and "
    "what you would say next.",
    "desistance": "Read a short case. For each factor say what the words show, and mark the sentence.",
    "reply": "Read what somebody says and write what you would say next. Nothing here is marked.",
    "web": "Score ten areas of one person's life at two dates, and see the distance travelled.",
    "goal": "Say what is wrong with a goal as first written. Then write a better one.",
    MIXED: "Some exercises of every lens, in turn.",
}


def practice(course: Course, lens: str, ids: Sequence[str] | None = None) -> dict[str, Any]:
    """Return a shelf of exercises.

    Args:
        course: The course.
        lens: A lens, or ``mixed`` for a few of each in turn.
        ids: The vignettes to show, in this order; on a mixed shelf ``stage/some-case`` says which lens.
            Everything that is not for assessment where none are given, retests last.

    Returns:
        The shelf as the component reads it (schema ``practice/1``).

    Raises:
        NoSuchExerciseError: There is no such lens or vignette.
        NotForPracticeError: A vignette belongs to an assessment.
    """
    if lens not in _TITLES:
        raise NoSuchExerciseError(f'no lens "{lens}"; {nearest(lens, _TITLES)}')
    chosen = _mixed(course) if lens == MIXED else [(lens, name) for name in shelved(course, lens)]
    if ids is not None:
        chosen = [pair for name in ids for pair in _named(course, lens, name)]
    return {
        "schema": "practice/1",
        "title": _TITLES[lens],
        "lens": lens,
        "introduction": _INTRODUCTIONS[lens],
        "exercises": [exercise(course, name, each) for each, name in chosen],
    }


def shelved(course: Course, lens: str) -> list[str]:
    """Return the vignettes that may be practised through a lens, retests last."""
    found = [vignette for vignette in course.vignettes.values() if lens in vignette.lenses]
    return [vignette.id for use in ("practice", "retest") for vignette in found if vignette.use == use]


def _mixed(course: Course) -> list[tuple[str, str]]:
    """Return some vignettes of each lens, the lenses taking turns."""
    columns = []
    for lens in LENSES:
        names = [name for name in shelved(course, lens) if course.vignettes[name].use == "practice"]
        # Stage and Desistance share their cases: from opposite ends, nobody meets the same one twice.
        columns.append([(lens, name) for name in (names[::-1] if lens == "desistance" else names)[:EACH]])
    return [pair for pair in chain.from_iterable(zip_longest(*columns)) if pair]


def _named(course: Course, lens: str, name: str) -> Iterable[tuple[str, str]]:
    if lens != MIXED:
        return [(lens, name)]
    given, slash, rest = name.partition("/")
    return [(given, rest)] if slash else [(each, name) for each in lenses_of(course, name)]


def catalogue(course: Course, page_of: Callable[[str], str]) -> dict[str, Any]:
    """Return what there is to practise, without its texts: enough to work out progress from attempts.

    Args:
        course: The course.
        page_of: Gives the address of the page where a lens is practised; empty where there is none.

    Returns:
        The catalogue as the component reads it (schema ``catalogue/1``). Optional items are left out, as they
        never count.
    """
    return {
        "schema": "catalogue/1",
        "wait_days": WAIT_DAYS,
        "exercises": [
            _entry(exercise(course, name, lens), page_of(lens))
            for lens in LENS_NAMES
            for name in shelved(course, lens)
        ],
    }


def _entry(whole: dict[str, Any], page: str) -> dict[str, Any]:
    items = [item for item in whole["items"] if not item["optional"]]
    return {
        **{name: whole[name] for name in ("lens", "id", "title", "use", "content")},
        "page": page,
        "scheme_codes": [{"id": code["id"], "label": code["label"]} for code in whole["scheme"]["codes"]],
        "items": [_outline(item) for item in items],
        "key": {item["id"]: _answer(whole["key"][item["id"]]) for item in items},
    }


def _outline(item: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: item[name] for name in ("id", "kind", "label", "evidence", "optional", "ordinal")},
        "choices": [{"id": each["id"], "label": each["label"]} for each in item["choices"]],
    }


def _answer(key: dict[str, Any]) -> dict[str, Any]:
    return {
        name: key[name] for name in ("code", "set", "also", "shown_by", "discussion") if key.get(name)
    } | ({"set": key["set"]} if "set" in key else {})
