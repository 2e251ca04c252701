"""Whose a file in a download is, as far as its name tells: Moodle's, Canvas's and plain ways of naming."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Literal

Platform = Literal["moodle", "canvas", "plain"]

_MOODLE = re.compile(
    r"(?P<name>.*)_(?P<number>[0-9]{1,20})_assignsubmission_(?:file|onlinetext)_.*", re.DOTALL
)
_CANVAS = re.compile(
    r"(?P<name>.+?)_(?:(?P<late>LATE)_)?(?P<number>[0-9]{1,20})_(?P<upload>[0-9]{1,20})_.+", re.DOTALL
)
# A browser adds " (1)" to a second download, Moodle "_1", and Canvas "-1".
_ANSWERS = re.compile(
    r"(?:(?P<who>.+?)[ _-])?answers(?:[ _-]?\(?[0-9]{1,3}\)?)?\.json", re.DOTALL | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Sender:
    """What the name of a file says about who handed it in.

    Attributes:
        platform: The way in which the file is named.
        names: What may be a learner's id or name.
        number: The platform's number for the person; empty when there is none.
        late: The platform says that it came late.
        upload: The platform's number for the upload: the higher, the later. 0 when there is none.
    """

    platform: Platform
    names: tuple[str, ...]
    number: str = ""
    late: bool = False
    upload: int = 0


def sender_of(parts: tuple[str, ...], assignments: Container[str]) -> Sender:
    """Read the path of a file in a download.

    Args:
        parts: The path, folder by folder.
        assignments: Ids of the course's assignments: a folder of such a name is not a learner's.
    """
    *folders, base = parts
    for part in (*folders, base):
        if found := _MOODLE.fullmatch(part):
            # With names hidden, everybody is called Participant.
            name = "" if found["name"] == "Participant" else found["name"]
            return Sender("moodle", (name,) if name else (), found["number"])
    if found := _CANVAS.fullmatch(base):
        return Sender("canvas", (found["name"],), found["number"], bool(found["late"]), int(found["upload"]))
    while folders and folders[-1] in assignments:
        folders.pop()
    answers = _ANSWERS.fullmatch(base)
    names = [answers["who"]] if answers and answers["who"] else []
    if folders:
        names.append(folders[-1])
    elif not answers:
        names.append(base.rpartition(".")[0])
    return Sender("plain", tuple(names))
