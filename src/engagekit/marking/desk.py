"""One assignment's marking desk: everything from the course that marking a script needs, read once."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engagekit.assignments import Received, read_submission
from engagekit.assignments.build import BRIEF_FILE, FORM_FILE, build, case_of
from engagekit.assignments.source import load_assignments
from engagekit.marking.record import MarkRecord
from engagekit.model import Course, Interview, Script
from engagekit.scoring import Assessment, judge, nothing_handed_in

log = logging.getLogger(__name__)


class DeskError(ValueError):
    """The course cannot mark this assignment; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What marking one assignment needs.

    Attributes:
        assessment: Form, marking scheme, case, key and codes.
        template: The assignment notebook as plain data.
        form: Hash of the form as the course has it now.
        versions: Hashes of the form that learners may have answered: the course's and the released one.
        scheme: Hash of the marking scheme.
    """

    assessment: Assessment
    template: dict[str, Any]
    form: str
    versions: frozenset[str]
    scheme: str

    def read(self, folder: Path) -> Received:
        """Read a learner's submission folder."""
        return read_submission(folder, self.assessment.form, self.assessment.case, self.versions)

    def mark(self, received: Received) -> MarkRecord:
        """Judge what was received. Whatever goes wrong, a record comes back, and no mark by mistake."""
        marking = self.assessment.scheme
        needs_person = received.needs_person
        if received.refused:
            judgements = nothing_handed_in(marking, received.refused, readable=received.missing)
        else:
            try:
                judgements = judge(self.assessment, received.answers)
            except Exception:
                log.exception("judging failed; every check of this script goes to an assessor")
                needs_person = True
                reason = "The kit could not judge these answers. An assessor decides."
                judgements = nothing_handed_in(marking, reason, readable=False)
        return MarkRecord(
            assignment=marking.assignment,
            title=marking.title,
            marking_point=marking.marking_point,
            scheme=self.scheme,
            form=received.answers.form,
            digest=received.digest,
            refused=received.refused,
            notes=received.notes,
            files=received.files,
            needs_person=needs_person,
            judgements=judgements,
        )


def _texts(script: Script) -> list[str]:
    """Return the writing of an exemplar: what a learner may not hand in as their own."""
    texts: list[str] = []
    for response in script.answers.values():
        if isinstance(response, dict):
            texts += response.values()
        else:
            texts += [text for row in response for text in row.values()]
    return [text for text in texts if len(text.split()) > 3]


def _released_form(path: Path) -> str:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return str(found["form"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def open_desk(
    root: str | os.PathLike[str],
    assignment: str,
    released: Path | None = None,
    course: Course | None = None,
) -> Desk:
    """Read from the course what marking an assignment needs.

    Args:
        root: The course folder.
        assignment: The assignment.
        released: Folder of the released assignment; its form's version counts as current too.
        course: The loaded course, when the caller has it.

    Raises:
        DeskError: The course has no such assignment, or no key for it.
        engagekit.content.ContentError: The content files have errors.
    """
    root = Path(root)
    course = course or load_assignments(root)
    if assignment not in course.marking or assignment not in course.forms:
        raise DeskError(
            f"there is no form and marking scheme for '{assignment}' in this course: expected "
            f"assignments/{assignment}/form.yaml and source_material/marking/{assignment}/marking.yaml"
        )
    form, marking = course.forms[assignment], course.marking[assignment]
    case = case_of(course, form)
    if isinstance(case, Interview) and case.id not in course.keys:
        raise DeskError(
            f"there is no key for '{case.id}': add source_material/vignettes/interviews/{case.id}/key.yaml"
        )
    brief = (root / "assignments" / assignment / BRIEF_FILE).read_text(encoding="utf-8")
    product = build(course, assignment, brief)
    version = str(json.loads(product.form)["form"])
    versions = {version, _released_form(released / FORM_FILE) if released else ""} - {""}
    exemplars = [text for script in course.exemplars.get(assignment, ()) for text in _texts(script)]
    return Desk(
        assessment=Assessment(
            form=form,
            scheme=marking,
            case=case,
            key=course.interview_key(case.id) if isinstance(case, Interview) else None,
            coding=course.schemes[case.scheme] if isinstance(case, Interview) else None,
            exemplars=(brief, *exemplars),
        ),
        template=json.loads(product.notebook),
        form=version,
        versions=frozenset(versions),
        scheme=marking.hash,
    )
