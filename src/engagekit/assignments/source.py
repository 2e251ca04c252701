"""The part of the course that assignments rest on."""

from __future__ import annotations

from pathlib import Path

from engagekit.content import ContentError, check
from engagekit.model import Course


def load_assignments(root: Path) -> Course:
    """Return the course when everything that its assignments rest on is in order.

    A fault elsewhere, such as a chapter that is being written, must not keep a cohort from being marked.

    Args:
        root: The course folder.

    Raises:
        ContentError: A form, a marking or coding scheme, or a case that a form asks about has an error.
    """
    report = check(root)
    cases = tuple(
        f"source_material/vignettes/interviews/{form.vignette}/"
        for form in report.course.forms.values()
        if form.vignette
    )
    relevant = ("assignments/", "source_material/marking/", "source_material/schemes/", *cases)
    errors = [
        problem
        for problem in report.problems
        if problem.severity == "error" and problem.path.startswith(relevant)
    ]
    if errors:
        raise ContentError(errors)
    return report.course
