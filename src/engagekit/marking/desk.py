"""One assignment's marking desk: everything from the course that marking a script needs, read once."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engagekit.assignments import Received, read_submission
from engagekit.assignments.build import BRIEF_FILE, FORM_FILE, build, case_of
from engagekit.assignments.source import load_assignments
from engagekit.marking.paper import Paper, cut
from engagekit.marking.record import MarkRecord
from engagekit.model import Answers, Course, Flag, Form, Interview, Judgement, Script, content_hash
from engagekit.scoring import (
    Assessment,
    hold,
    judge,
    nothing_handed_in,
    own_words,
    raise_flags,
    reasons_to_hold,
)

log = logging.getLogger(__name__)

LIKE_ANOTHER = "Much of this stands in another learner's script."
_FAULT = "The kit could not judge these answers. An assessor decides."


class DeskError(ValueError):
    """The course cannot mark this assignment; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What marking one assignment needs.

    Attributes:
        assessment: Form, marking scheme, case, key and codes.
        notebook: The assignment notebook as plain data.
        template: The same, cut where a script's outputs go.
        form: Hash of the form as the course has it now.
        versions: Hashes of the form that learners may have answered: the course's and the released one.
        scheme: Hash of the marking scheme.
        basis: Hash of all that judgements rest on; when it changes, marks may move.
        titles: Misconception to what the unit guide calls it, so that a flag has one name everywhere.
    """

    assessment: Assessment
    notebook: dict[str, Any]
    template: Paper
    form: str
    versions: frozenset[str]
    scheme: str
    basis: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)

    def read(self, folder: Path) -> Received:
        """Read a learner's submission folder."""
        return read_submission(folder, self.assessment.form, self.assessment.case, self.versions)

    def mark(self, received: Received, like: tuple[str, ...] = ()) -> MarkRecord:
        """Judge what was received. Whatever goes wrong, a record comes back, and no mark by mistake.

        Args:
            received: The submission as it was read.
            like: Learners whose script says much the same; their marks and this one's are held.
        """
        marking, answers = self.assessment.scheme, received.answers
        declaration = answers.declaration
        held: tuple[str, ...] = (LIKE_ANOTHER,) if like else ()
        flags: tuple[Flag, ...] = ()
        needs_person = received.needs_person
        if received.refused:
            judgements = nothing_handed_in(marking, received.refused, readable=received.missing)
        else:
            try:
                judgements, flags, held = self._judge(answers, received.content, held)
            except Exception:
                log.exception("judging failed; every check of this script goes to an assessor")
                needs_person = True
                judgements = nothing_handed_in(marking, _FAULT, readable=False)
        return MarkRecord(
            assignment=marking.assignment,
            title=marking.title,
            marking_point=marking.marking_point,
            scheme=self.scheme,
            basis=self.basis,
            form=answers.form,
            digest=received.digest,
            refused=received.refused,
            notes=received.notes,
            files=received.files,
            needs_person=needs_person or bool(held),
            flags=flags,
            held=held,
            like=like,
            declared=bool(declaration and declaration.holds_for(received.content)),
            ai=(declaration.ai or "") if declaration else "",
            said=declaration.said if declaration else "",
            judgements=judgements,
        )

    def _judge(
        self, answers: Answers, content: str, held: tuple[str, ...]
    ) -> tuple[tuple[Judgement, ...], tuple[Flag, ...], tuple[str, ...]]:
        """Return the judgements, the flags, and why marks are held."""
        judgements = judge(self.assessment, answers)
        flags = tuple(
            flag.model_copy(update={"title": self.titles.get(flag.misconception, flag.title)})
            for flag in raise_flags(self.assessment, answers)
        )
        held = (*reasons_to_hold(self.assessment, answers, content), *held)
        return (hold(judgements, held) if held else judgements), flags, held


def _texts(form: Form, script: Script) -> list[str]:
    """Return the writing of an exemplar: what a learner may not hand in as their own."""
    texts = own_words(form, Answers(assignment=form.id, answers=script.answers))
    return [text for text in texts if len(text.split()) > 3]


def _released_form(path: Path) -> str:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return str(found["form"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _basis(assessment: Assessment) -> str:
    """Return a hash that changes when anything does that a judgement rests on."""
    parts = (assessment.form, assessment.scheme, assessment.case, assessment.key, assessment.coding)
    plain = [part.model_dump(mode="json") if part else None for part in parts]
    return content_hash([*plain, list(assessment.exemplars)])


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
    exemplars = [text for script in course.exemplars.get(assignment, ()) for text in _texts(form, script)]
    assessment = Assessment(
        form=form,
        scheme=marking,
        case=case,
        key=course.interview_key(case.id) if isinstance(case, Interview) else None,
        coding=course.schemes[case.scheme] if isinstance(case, Interview) else None,
        exemplars=(brief, *exemplars),
    )
    notebook = json.loads(product.notebook)
    return Desk(
        assessment=assessment,
        notebook=notebook,
        template=cut(notebook, marking),
        form=version,
        versions=frozenset(versions),
        scheme=marking.hash,
        basis=_basis(assessment),
        titles={item.id: item.title for item in course.items() if item.kind == "misconception"},
    )
