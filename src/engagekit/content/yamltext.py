"""Read YAML as text: every scalar stays the string that was typed, and every value knows its place.

Reading scalars as text means that ``no`` stays "no" and ``1.10`` stays "1.10"; the models convert what
should be a number. Anchors, aliases, tags and duplicate keys are refused, because each of them makes a
file say something other than what a tutor sees.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from engagekit.model import Problem

Loc = tuple[str | int, ...]
"""Steps from the top of a file to a value: ``("utterances", 3, "speaker")``."""

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
MAX_DEPTH = 40


@dataclass(slots=True)
class Document:
    """A YAML file as plain data, with the line and column of every key and value."""

    path: str
    data: Any = None
    keys: dict[Loc, tuple[int, int]] = field(default_factory=dict)
    values: dict[Loc, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, loc: Loc, *, key: bool = False) -> tuple[int, int]:
        """Return line and column of a value, or of the nearest thing around it that has a place.

        Args:
            loc: Steps to the value. Steps that the file does not have, such as the name of a union's
                member, are skipped.
            key: Point at the value's key instead of the value.
        """
        known: Loc = ()
        for step in loc:
            if (*known, step) in self.values:
                known = (*known, step)
        if key and known == loc and known in self.keys:
            return self.keys[known]
        return self.values.get(known, (1, 1))


def read_yaml(path: str, text: str) -> Document:
    """Read one YAML text.

    Args:
        path: Name of the file for messages.
        text: The file's text.

    Returns:
        The document. ``data`` is None when nothing usable could be read; ``problems`` says why.
    """
    document = Document(path)
    try:
        if text.startswith("\ufeff"):
            text = text[1:]
        # Before composing: deep nesting overflows the composer's stack, and a short file with aliases can
        # stand for more words than fit into memory.
        if _safe_to_compose(document, text):
            root = yaml.compose(text, Loader=_LOADER)
            if root is None:
                document.problems.append(Problem(path, 1, 1, "the file is empty"))
            else:
                document.data = _build(document, root, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = " ".join(str(part) for part in (error.context, error.problem) if part)
        document.problems.append(
            Problem(path, line, column, f"not readable as YAML: {what}", _yaml_hint(what))
        )
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        document.problems.append(
            Problem(path, line, 1, "holds a character that YAML does not allow", "retype that line")
        )
    return document


def _yaml_hint(what: str) -> str:
    if "mapping values are not allowed" in what:
        return "a text that holds a colon and a space needs quotation marks round it"
    if "tab" in what or "\\t" in what:
        return "indent with spaces, not tabs"
    return "check the indentation and the quotation marks around this place"


def _safe_to_compose(document: Document, text: str) -> bool:
    """Report anchors, aliases, tags and deep nesting; say whether the text may be composed all the same."""
    depth, safe = 0, True
    for event in yaml.parse(text, Loader=_LOADER):
        if event.start_mark is None:
            continue
        place = (event.start_mark.line + 1, event.start_mark.column + 1)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            document.problems.append(Problem(document.path, *place, "nested too deeply to be course content"))
            return False
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            safe = safe and not isinstance(event, yaml.AliasEvent)
            document.problems.append(
                Problem(document.path, *place, "anchors and aliases are not used in content files",
                        "write the words out, or put quotation marks round a text that starts with & or *")
            )  # fmt: skip
        tag = getattr(event, "tag", None)
        if tag and not tag.startswith("tag:yaml.org,2002:"):
            document.problems.append(
                Problem(document.path, *place, f'the tag "{tag}" is not used in content files',
                        "put quotation marks round a text that starts with an exclamation mark")
            )  # fmt: skip
    return safe


def _build(document: Document, node: Any, loc: Loc) -> Any:
    place = (node.start_mark.line + 1, node.start_mark.column + 1)
    document.values[loc] = place
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_build(document, child, (*loc, index)) for index, child in enumerate(node.value)]
    built: dict[str, Any] = {}
    for key_node, child in node.value:
        key_place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        if key is None:
            document.problems.append(Problem(document.path, *key_place, "a key must be a word"))
            continue
        if key in built:
            first = document.keys[(*loc, key)][0]
            document.problems.append(
                Problem(document.path, *key_place, f'"{key}" is given twice', f"it is also on line {first}")
            )
            continue
        document.keys[(*loc, key)] = key_place
        built[key] = _build(document, child, (*loc, key))
    return built
