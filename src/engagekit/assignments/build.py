"""Build what learners receive for an assignment: the notebook, and the form as public data beside it."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engagekit.assignments.cells import Cell, check_cells, form_cell, text_cell
from engagekit.assignments.source import load_assignments
from engagekit.model import CaseFile, CodingScheme, Course, Form, Interview, MarkingScheme, content_hash

FORM_SCHEMA = "assignment-form/1"
BRIEF_FILE = "brief.src.md"
FORM_FILE = "form.json"
FOR_LEARNERS = ("brief-", "how-this-is-marked")
"""How the ids of the cells begin that are addressed to learners."""
_SECTION = re.compile(r"^(?=## )", re.MULTILINE)
_HOW_MARKED = (
    "## How this is marked\n\n"
    "You do nothing below this line. Your marks come from the answers that you save in the form, never from "
    "running a cell. The kit checks codes and quotations. An assessor reads and marks what you wrote in "
    "your own words, and can change any mark that the kit proposes."
)


@dataclass(frozen=True, slots=True)
class Product:
    """The two files that are built for an assignment, as text."""

    id: str
    notebook: str
    form: str


def case_of(course: Course, form: Form) -> Interview | CaseFile:
    """Return what a form asks about: its own case file, or the interview that it names.

    Raises:
        KeyError: The course has no interview of that name.
    """
    return form.case if form.case else course.interview(form.vignette or "")


def form_data(form: Form, case: Interview | CaseFile, scheme: CodingScheme | None) -> dict[str, Any]:
    """Return the public form: questions, the case and the codes, and nothing about right answers.

    ``form`` holds the hash of all the rest; an answers file names it, so that answers to an older
    version are noticed.
    """
    data: dict[str, Any] = {
        "schema": FORM_SCHEMA,
        "id": form.id,
        "title": form.title,
        "marking_point": form.marking_point,
        "intro": form.intro,
        "sections": [section.model_dump(mode="json", exclude_none=True) for section in form.sections],
        "case": _interview_data(case) if isinstance(case, Interview) else case.model_dump(mode="json"),
    }
    if scheme:
        data["scheme"] = _scheme_data(scheme)
    return {**data, "form": content_hash(data)}


def _interview_data(case: Interview) -> dict[str, Any]:
    return {
        "id": case.id,
        "title": case.title,
        "setting": case.setting,
        "goal": case.goal,
        "introduction": case.introduction,
        "people": {
            "practitioner": case.people.practitioner.name,
            "person": case.people.person.name,
        },
        "utterances": [
            {"id": turn.id, "speaker": turn.speaker, "text": turn.text} for turn in case.utterances
        ],
    }


def _scheme_data(scheme: CodingScheme) -> dict[str, Any]:
    return {
        "id": scheme.id,
        "title": scheme.title,
        "codes": [
            {
                "id": code.id,
                "label": code.label,
                "letter": code.letter or "",
                "definition": code.definition,
            }
            for code in scheme.codes
        ],
        "rules": [{"id": rule.id, "text": rule.text} for rule in scheme.rules],
    }


def _notebook(brief: str, marking: MarkingScheme) -> dict[str, Any]:
    parts = [part.strip() for part in _SECTION.split(brief) if part.strip()]
    cells: list[Cell] = [text_cell(f"brief-{number:02}", part) for number, part in enumerate(parts, 1)]
    cells += [form_cell(), text_cell("how-this-is-marked", _HOW_MARKED)]
    for check in marking.checks:
        cells += check_cells(check)
    return {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def to_json(value: Any) -> str:
    """Return JSON as Jupyter writes it, the same on every run and every machine."""
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def build(course: Course, assignment: str, brief: str) -> Product:
    """Build one assignment.

    Args:
        course: The loaded course.
        assignment: Id of the form.
        brief: The brief, in Markdown; each second-level heading starts a cell.

    Raises:
        KeyError: The course has no form or no marking scheme of that name.
    """
    import nbformat  # here, because those who only read answers should not wait for it

    form, marking = course.forms[assignment], course.marking[assignment]
    case = case_of(course, form)
    notebook = _notebook(brief, marking)
    nbformat.validate(json.loads(json.dumps(notebook)))
    return Product(
        id=assignment,
        notebook=to_json(notebook),
        form=to_json(
            form_data(form, case, course.schemes[case.scheme] if isinstance(case, Interview) else None)
        ),
    )


def _write_if_changed(path: Path, text: str) -> bool:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)
    return True


def products(root: Path, course: Course) -> list[Product]:
    """Build every assignment of a course in memory."""
    folder = root / "assignments"
    return [
        build(course, name, (folder / name / BRIEF_FILE).read_text(encoding="utf-8"))
        for name in course.marking
    ]


def build_all(root: str | os.PathLike[str]) -> list[Path]:
    """Build every assignment of the course at a folder; return the files that changed."""
    root = Path(root)
    changed = []
    for product in products(root, load_assignments(root)):
        folder = root / "assignments" / product.id
        for name, text in ((f"{product.id}.ipynb", product.notebook), (FORM_FILE, product.form)):
            if _write_if_changed(folder / name, text):
                changed.append(folder / name)
    return changed
