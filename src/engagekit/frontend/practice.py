"""The door for a notebook: one name, one exercise or one lens."""

from __future__ import annotations

from pathlib import Path

from engagekit.content import load_course
from engagekit.content.validate import nearest
from engagekit.frontend.exercises import (
    LENS_NAMES,
    MIXED,
    NoSuchExerciseError,
    exercise,
    lenses_of,
    practice,
)
from engagekit.frontend.widgets import Practice
from engagekit.model import Course


def practise(name: str, lens: str | None = None, root: Path | None = None) -> Practice:
    """Return something to practise, ready to be shown as the last line of a cell.

    Args:
        name: A lens (``talk``, ``stage``, ``desistance``, ``reply``, ``web``, ``goal``) for everything that
            it has, ``mixed`` for some of each, or one vignette's id: a folder's name below
            ``source_material/vignettes/``.
        lens: The lens, for a vignette that has more than one; without it both are shown.
        root: The course folder; found from the working folder upwards where none is given.

    Raises:
        FileNotFoundError: No course folder was found.
        NoSuchExerciseError: The course has nothing of that name.
        NotForPracticeError: It belongs to an assessment.

    Examples:
        >>> practise("talk")  # doctest: +SKIP
        >>> practise("aisha-first-month")  # doctest: +SKIP
        >>> practise("jalal-the-spare-key", lens="stage")  # doctest: +SKIP
    """
    course = load_course(root or course_folder(Path.cwd()))
    if name in (*LENS_NAMES, MIXED):
        return Practice(practice(course, name))
    if name not in course.vignettes:
        hint = nearest(name, [*LENS_NAMES, MIXED, *_open(course)])
        raise NoSuchExerciseError(f'nothing to practise is called "{name}"' + (f"; {hint}" if hint else ""))
    if lens is None and len(lenses_of(course, name)) > 1:
        return Practice(practice(course, MIXED, [name]) | {"title": course.vignettes[name].title})
    return Practice(exercise(course, name, lens))


def _open(course: Course) -> list[str]:
    return [name for name, each in course.vignettes.items() if each.use != "assessment"]


def course_folder(start: Path) -> Path:
    """Return the nearest folder, from ``start`` upwards, that holds ``source_material``."""
    for folder in (start, *start.parents):
        if (folder / "source_material" / "sources.yaml").is_file():
            return folder
    raise FileNotFoundError(
        f"no folder from {start} upwards holds source_material/: open the notebook inside the course folder"
    )
