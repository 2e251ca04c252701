"""Read the book's pages as text: what each cites, lists, draws and says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_ROLE = re.compile(r"\{(item|figure)\}`([^`]+)`")
_OWN_WORDS = re.compile(r"<([^<>]+)>\s*$")
_DIRECTIVE = re.compile(r"^[ \t]*(?:`{3,}|:{3,})\{([a-z-]+)\}[ \t]*(\S*)", re.MULTILINE)
_HEADING = re.compile(r"^# +(.+)$", re.MULTILINE)

# Blocks whose inside is data or code; the inside of every other block is prose.
_NO_PROSE = {"toctree", "raw", "code", "code-block", "code-cell", "math"}
_FENCE = re.compile(r"^[ \t]*(`{3,}|:{3,})(?:\{([a-z-]+)\})?(.*)$")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the book.

    Attributes:
        path: The file, relative to the course folder, with forward slashes.
        title: Its first heading.
        items: Ids that it cites in its own sentences, with ``{item}``.
        lists: Directives with their argument, such as ``("items", "planning")``.
        figures: Ids of figures that it states in a sentence, with ``{figure}``.
        text: Its Markdown.
    """

    path: str
    title: str
    items: frozenset[str]
    lists: frozenset[tuple[str, str]]
    figures: frozenset[str]
    text: str


def read_pages(root: Path) -> list[Page]:
    """Return every page below ``book/`` and every notebook of a course folder, sorted by path."""
    paths = [*(root / "book").rglob("*.md"), *(root / "notebooks").glob("*.ipynb")]
    shown = [path for path in paths if not any(part.startswith(".") for part in path.relative_to(root).parts)]
    return [page_of(path.relative_to(root).as_posix(), _markdown(path)) for path in sorted(shown)]


def page_of(path: str, text: str) -> Page:
    """Return what a page's Markdown cites, lists and states."""
    heading = _HEADING.search(text)
    roles = _ROLE.findall(text)
    return Page(
        path=path,
        title=heading[1].strip() if heading else path,
        items=frozenset(name for role, inside in roles if role == "item" for name in _cited(inside)),
        lists=frozenset(_DIRECTIVE.findall(text)),
        figures=frozenset(inside.lstrip("~").partition("#")[0] for role, inside in roles if role == "figure"),
        text=text,
    )


def _cited(inside: str) -> list[str]:
    own = _OWN_WORDS.search(inside)
    return [name.strip() for name in ([own[1]] if own else inside.split(","))]


def _markdown(path: Path) -> str:
    text = path.read_text("utf-8")
    if path.suffix == ".md":
        return text
    try:
        cells = json.loads(text)["cells"]
    except (ValueError, KeyError, TypeError):
        return ""  # a damaged notebook: building the book says so
    return "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def prose_of(text: str) -> str:
    """Return the sentences of a page: no headings, tables, code, options or marks of Markdown.

    A list entry without a full stop gets one, so that a list does not read as one long sentence.
    """
    return "\n".join(_plain(line) for line in _prose_lines(text))


def _prose_lines(text: str) -> Iterator[str]:
    hidden = ""
    for line in re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL).splitlines():
        fence = _FENCE.match(line)
        if hidden:
            if fence and line.strip() == hidden:
                hidden = ""
        elif fence:
            marks, name, rest = fence.groups()
            code = marks.startswith("`") and not name and bool(rest.strip())
            if name in _NO_PROSE or code:
                hidden = marks
        elif line.strip() and not re.match(r"^\s*(#|\||\(\S+\)=$|:[a-z-]+:|---|\+\+\+)", line):
            yield line.strip()


def _plain(line: str) -> str:
    line = re.sub(r"\{item\}`([^`]*)`", lambda found: _own_words(found[1]), line)
    line = re.sub(r"\{[a-z-]+\}`([^`<]*)(<[^>]*>)?`", r"\1", line)
    line = re.sub(r"\(\s*[;,\s]*\)", "", line)
    line = re.sub(r"\(\s*[;,]\s*", "(", line)
    line = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", line)
    entry = re.match(r"^([-*+]|\d+\.)\s", line)
    line = re.sub(r"^([-*+>]|\d+\.)\s+", "", line)
    line = re.sub(r"[*`]+|\{[a-z-]+\}", "", line)
    line = re.sub(r"\s+([.,;:?!])", r"\1", line).strip()
    return line + "." if entry and line and line[-1] not in ".?!:;" else line


def _own_words(inside: str) -> str:
    """Return what a citation adds to the sentence: words of the page's own, else nothing worth counting."""
    return _OWN_WORDS.sub("", inside).strip() if _OWN_WORDS.search(inside) else ""
