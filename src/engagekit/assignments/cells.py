"""The cells of an assignment notebook, as nbgrader's format 3 wants them, with ids that never change."""

from __future__ import annotations

from typing import Any

from engagekit.model import Check, PersonCheck, ReplyCheck

Cell = dict[str, Any]

MACHINE_SOURCE = "# Marked from answers.json. Running this cell always gives nothing.\n0.0\n"
WORDS_SOURCE = (
    "# Marked from answers.json. After marking, the learner's words appear below for the assessor.\n"
)
PERSON_STUB = "An assessor decides this mark from the answers in your form. Please write nothing here."
FORM_SOURCE = "from engagekit.frontend import AssignmentForm\n\nAssignmentForm()\n"


def words_id(check_id: str) -> str:
    """Return the id of the cell that shows the learner's words for a check that a person decides."""
    return f"{check_id}-words"


def _marks(points: float) -> str:
    return "1 mark" if points == 1 else f"{points:g} marks"


def _lines(source: str) -> list[str]:
    return source.rstrip("\n").splitlines(keepends=True)


def text_cell(name: str, source: str) -> Cell:
    """Return a Markdown cell that nbgrader does not know."""
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": _lines(source)}


def _graded(name: str, *, grade: bool, solution: bool, points: float | None = None) -> dict[str, Any]:
    data: dict[str, Any] = {
        "grade": grade,
        "grade_id": name,
        "locked": not solution,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if points is not None:
        data["points"] = points
    return {"deletable": False, "editable": solution, "nbgrader": data}


def _code(name: str, source: str, metadata: dict[str, Any]) -> Cell:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": metadata,
        "outputs": [],
        "source": _lines(source),
    }


def form_cell() -> Cell:
    """Return the locked cell that opens the form."""
    return _code("open-the-form", FORM_SOURCE, _graded("open-the-form", grade=False, solution=False))


def is_for_person(check: Check) -> bool:
    """Say whether only a person gives marks for this check."""
    return isinstance(check, PersonCheck | ReplyCheck)


def check_cells(check: Check) -> list[Cell]:
    """Return the cells of one check: its heading, and what carries its mark in the gradebook."""
    heading = text_cell(f"{check.id}-title", f"### {check.title} ({_marks(check.points)})")
    if not is_for_person(check):
        graded = _graded(check.id, grade=True, solution=False, points=check.points)
        return [heading, _code(check.id, MACHINE_SOURCE, graded)]
    shown = _code(words_id(check.id), WORDS_SOURCE, _graded(words_id(check.id), grade=False, solution=False))
    decided = {
        "cell_type": "markdown",
        "id": check.id,
        "metadata": _graded(check.id, grade=True, solution=True, points=check.points),
        "source": _lines(PERSON_STUB),
    }
    return [heading, shown, decided]
