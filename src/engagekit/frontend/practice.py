"""The door for a notebook: one name, one interview."""

from __future__ import annotations

from pathlib import Path

from engagekit.content import load_course
from engagekit.frontend.exercise import talk_exercise
from engagekit.frontend.widgets import TalkExercise


def practise(vignette_id: str, root: Path | None = None) -> TalkExercise:
    """Return a practice interview, ready to be shown as the last line of a cell.

    Args:
        vignette_id: Its id, as in ``source_material/vignettes/interviews/``.
        root: The course folder; found from the working folder upwards where none is given.

    Raises:
        FileNotFoundError: No course folder was found.
        KeyError: The course has no such interview.
        NotForPracticeError: It belongs to an assessment.
    """
    return TalkExercise(talk_exercise(load_course(root or course_folder(Path.cwd())), vignette_id))


def course_folder(start: Path) -> Path:
    """Return the nearest folder, from ``start`` upwards, that holds ``source_material``."""
    for folder in (start, *start.parents):
        if (folder / "source_material" / "sources.yaml").is_file():
            return folder
    raise FileNotFoundError(
        f"no folder from {start} upwards holds source_material/: open the notebook inside the course folder"
    )
