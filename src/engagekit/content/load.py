"""Read every content file of a course, and report every problem of every file in one run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from engagekit.content.validate import nearest, validate
from engagekit.content.yamltext import Document, Loc, read_yaml
from engagekit.model import (
    Case,
    CaseKey,
    Course,
    FaultRegister,
    FigureRegister,
    Form,
    GoalDraft,
    GoalKey,
    Interview,
    ItemRegister,
    MarkingScheme,
    Problem,
    ReferenceCoding,
    ReplyKey,
    ReplySet,
    Script,
    SecondReading,
    SourceRegister,
    Theme,
    Web,
    WebKey,
)
from engagekit.model.schemes import CodingScheme

MAX_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of content file: where it lives, which schema it names, and how it gets its id."""

    schema: str
    glob: str
    model: type[BaseModel]
    id_of: Callable[[Path], str] | None


def _stem(path: Path) -> str:
    return path.stem


def _folder(path: Path) -> str:
    return path.parent.name


KINDS: tuple[Kind, ...] = (
    Kind("sources", "source_material/sources.yaml", SourceRegister, None),
    Kind("items", "source_material/items/*.yaml", ItemRegister, None),
    Kind("items", "source_material/standards/*.yaml", ItemRegister, None),
    Kind("figures", "source_material/figures/*.yaml", FigureRegister, None),
    Kind("faults", "source_material/faults.yaml", FaultRegister, None),
    Kind("theme", "source_material/themes/*.yaml", Theme, _stem),
    Kind("scheme", "source_material/schemes/*.yaml", CodingScheme, _stem),
    Kind("interview", "source_material/vignettes/interviews/*/vignette.yaml", Interview, _folder),
    Kind("interview-key", "source_material/vignettes/interviews/*/key.yaml", ReferenceCoding, _folder),
    Kind("case", "source_material/vignettes/cases/*/vignette.yaml", Case, _folder),
    Kind("case-key", "source_material/vignettes/cases/*/key.yaml", CaseKey, _folder),
    Kind("replies", "source_material/vignettes/replies/*/vignette.yaml", ReplySet, _folder),
    Kind("replies-key", "source_material/vignettes/replies/*/key.yaml", ReplyKey, _folder),
    Kind("web", "source_material/vignettes/webs/*/vignette.yaml", Web, _folder),
    Kind("web-key", "source_material/vignettes/webs/*/key.yaml", WebKey, _folder),
    Kind("goal", "source_material/vignettes/goals/*/vignette.yaml", GoalDraft, _folder),
    Kind("goal-key", "source_material/vignettes/goals/*/key.yaml", GoalKey, _folder),
    Kind("second-reading", "source_material/vignettes/*/*/second.yaml", SecondReading, _folder),
    Kind("form", "assignments/*/form.yaml", Form, _folder),
    Kind("marking", "source_material/marking/*/marking.yaml", MarkingScheme, _folder),
    Kind("script", "source_material/marking/*/exemplars/*.yaml", Script, _stem),
    Kind("script", "source_material/marking/*/cohort/*.yaml", Script, _stem),
)
VIGNETTES = ("interview", "case", "replies", "web", "goal")
"""Schemas of the vignettes; a vignette's key has the same name with ``-key``."""
_SHELVES = {
    "theme": "themes",
    "scheme": "schemes",
    "form": "forms",
    "marking": "marking",
    "second-reading": "readings",
    **dict.fromkeys(VIGNETTES, "vignettes"),
    **{f"{name}-key": "keys" for name in VIGNETTES},
}
_SCHEMA = re.compile(r"^([a-z-]+)/([0-9]{1,9})$")


@dataclass(slots=True)
class Library:
    """The course as far as it could be read, and where everything stands in its files."""

    root: Path
    course: Course
    problems: list[Problem] = field(default_factory=list)
    documents: dict[tuple[str, str], Document] = field(default_factory=dict)
    files: int = 0
    unread: set[tuple[str, str]] = field(default_factory=set)
    """Kind and id of files that are there but could not be read; rules do not call them missing."""

    def there(self, kind: str, shelf: Iterable[str]) -> set[str]:
        """Return the ids of a kind that exist, whether or not their files could be read."""
        return {*shelf, *(name for known, name in self.unread if known == kind)}

    def vignettes_there(self) -> set[str]:
        """Return the ids of the vignettes that exist, whether or not their files could be read."""
        return {*self.course.vignettes, *(name for kind, name in self.unread if kind in VIGNETTES)}

    def problems_in(self, path: str) -> list[Problem]:
        """Return the problems of one file."""
        return [problem for problem in self.problems if problem.path == path]

    def problem(
        self, kind: str, name: str, loc: Loc, message: str, hint: str = "", *, key: bool = False
    ) -> Problem:
        """Return a problem at a place in the file that holds an object.

        Args:
            kind: The file's schema, such as ``vignette``.
            name: The object's id (for registers, the source's id).
            loc: Steps from the top of the file to the value.
            message: What is wrong.
            hint: What to do.
            key: Point at the key rather than the value.
        """
        document = self.documents[kind, name]
        return Problem(document.path, *document.place(loc, key=key), message, hint)


def load(root: Path) -> Library:
    """Read all content files below a course folder.

    Args:
        root: The course folder, which holds ``source_material/`` and ``assignments/``.

    Returns:
        The library. Files with problems are left out of its course and listed in ``problems``.
    """
    library = Library(root=root, course=Course())
    parts: dict[str, Any] = {name: {} for name in Course.model_fields} | {"faults": ()}
    for kind in KINDS:
        for path in sorted(root.glob(kind.glob)):
            library.files += 1
            document = read_file(root, path)
            library.problems += document.problems
            document.problems = []
            value = None if document.data is None else _read_object(document, kind, path)
            library.problems += document.problems
            if value is not None:
                key = _key(kind, path, value)
                # Else the later file would silently stand in for the earlier one.
                if key in library.documents:
                    library.problems.append(_second(document, library.documents[key]))
                    continue
                library.documents[key] = document
                _put(parts, kind, path, value)
            elif kind.id_of:
                library.unread.add((kind.schema, kind.id_of(path)))
    library.course = Course.model_construct(**parts)
    return library


def read_file(root: Path, path: Path) -> Document:
    """Read one YAML file; its path in messages is relative to the course folder."""
    name = path.relative_to(root).as_posix()
    try:
        if path.exists() and not path.is_file():  # reading a pipe or a device might never end
            return Document(
                name, problems=[Problem(name, 0, 0, "cannot be read: it is not an ordinary file")]
            )
        if path.stat().st_size > MAX_BYTES:
            return Document(name, problems=[Problem(name, 0, 0, f"larger than {MAX_BYTES} bytes")])
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        return Document(
            name, problems=[Problem(name, 0, 0, f"not UTF-8 text (byte {error.start})", "save it as UTF-8")]
        )
    except OSError as error:
        return Document(name, problems=[Problem(name, 0, 0, f"cannot be read: {error.strerror}")])
    return read_yaml(name, text)


def _read_object(document: Document, kind: Kind, path: Path) -> BaseModel | None:
    data = document.data
    if isinstance(data, dict):
        declared = data.pop("schema", None)
        problem = _schema_problem(document, kind, declared)
        if problem:
            document.problems.append(problem)
            return None
    return validate(document, kind.model, {"id": kind.id_of(path)} if kind.id_of else {})


def _schema_problem(document: Document, kind: Kind, declared: Any) -> Problem | None:
    wanted = f"{kind.schema}/1"
    if declared is None:
        return Problem(
            document.path, 1, 1, "the schema line is missing", f"start the file with `schema: {wanted}`"
        )
    if declared == wanted:
        return None
    line, column = document.place(("schema",))
    match = _SCHEMA.match(declared) if isinstance(declared, str) else None
    if match and match[1] == kind.schema and int(match[2]) > 1:
        return Problem(
            document.path,
            line,
            column,
            f'"{declared}" is newer than this engagekit reads',
            "update engagekit",
        )
    hint = nearest(match[1] if match else str(declared), {known.schema for known in KINDS})
    return Problem(
        document.path,
        line,
        column,
        f'"{declared}" is not the schema of this folder',
        f"it should be {wanted}" if not hint else f"it should be {wanted}; {hint}",
    )


def _second(document: Document, first: Document) -> Problem:
    place = document.place(("source",))
    return Problem(document.path, *place, "this source has a register already", f"it is {first.path}")


def _key(kind: Kind, path: Path, value: Any) -> tuple[str, str]:
    if kind.schema in ("sources", "faults"):
        return (kind.schema, kind.schema)
    if kind.schema in ("items", "figures"):
        return (kind.schema, value.source)
    if kind.schema == "script":
        return ("script", f"{path.parent.parent.name}/{path.parent.name}/{path.stem}")
    return (kind.schema, value.id)


def _put(parts: dict[str, Any], kind: Kind, path: Path, value: Any) -> None:
    if kind.schema == "sources":
        parts["sources"] = {source.id: source for source in value.sources}
    elif kind.schema == "faults":
        parts["faults"] = value.faults
    elif kind.schema in ("items", "figures"):
        parts["registers" if kind.schema == "items" else "figure_registers"][value.source] = value
    elif kind.schema == "script":
        shelf = parts[path.parent.name]
        assignment = path.parent.parent.name
        shelf[assignment] = (*shelf.get(assignment, ()), value)
    else:
        parts[_SHELVES[kind.schema]].setdefault(value.id, value)
