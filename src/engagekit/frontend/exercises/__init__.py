"""Practice exercises as plain JSON values: what the book and the widget both show.

``exercise`` gives one vignette through one lens, ``practice`` a shelf of them, and ``catalogue`` what
progress needs to know of all of them.
"""

from __future__ import annotations

from engagekit.frontend.exercises.common import NoSuchExerciseError, NotForPracticeError
from engagekit.frontend.exercises.one import LENS_NAMES, exercise, lenses_of
from engagekit.frontend.exercises.shelf import MIXED, catalogue, practice

__all__ = [
    "LENS_NAMES",
    "MIXED",
    "NoSuchExerciseError",
    "NotForPracticeError",
    "catalogue",
    "exercise",
    "lenses_of",
    "practice",
]
