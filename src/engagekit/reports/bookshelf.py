"""What of the book helps with a check, by title, and where a learner can open it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from engagekit.content.load import load, read_file
from engagekit.frontend.exercises import LENS_NAMES
from engagekit.model import Course

BUILT = Path("_build", "html")
FEEDBACK = Path("_grading", "feedback")


@dataclass(frozen=True, slots=True)
class Place:
    """A chapter or an exercise: what it is called, and where it opens; nowhere is empty."""

    title: str
    address: str = ""


@dataclass(frozen=True)
class Bookshelf:
    """The book, as far as feedback speaks of it.

    Attributes:
        course: The course.
        base: Address of the built book, with a slash at its end; empty when learners cannot reach it.
    """

    course: Course = field(default_factory=Course)
    base: str = ""

    def chapter(self, theme_id: str | None) -> Place | None:
        """Return the chapter about a theme; None when there is no such theme."""
        theme = self.course.themes.get(theme_id or "")
        if theme is None:
            return None
        page = (theme.page or "").removesuffix(".md")
        return Place(theme.title, f"{self.base}{page}.html" if self.base and page else "")

    def exercise(self, practise: str | None) -> Place | None:
        """Return the exercise named ``lens.vignette``; None when nobody may practise it."""
        lens, _, name = (practise or "").partition(".")
        vignette = self.course.vignettes.get(name)
        if vignette is None or vignette.use == "assessment" or lens not in LENS_NAMES:
            return None
        address = f"{self.base}notebooks/{lens}.html#{lens}.{name}" if self.base else ""
        return Place(f"{vignette.title} ({LENS_NAMES[lens]})", address)

    def point(self, marking_point: str) -> str:
        """Return what a marking point is called: ``Marking point 1: Listening and open questions``."""
        number = marking_point.removeprefix("mp")
        return f"Marking point {number}: {title}" if (title := self._titles.get(marking_point)) else ""

    def title(self, item: str, otherwise: str = "") -> str:
        """Return what an item of the sources is called; else the other words, or its id."""
        return self._titles.get(item) or otherwise or item

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {item.id: item.title for item in self.course.items()}


def open_shelf(root: Path, book_url: str = "", feedback: Path = FEEDBACK) -> Bookshelf:
    """Read from the course what feedback may point to.

    Args:
        root: The course folder.
        book_url: Where learners read the book. When it is empty, it is ``html.baseurl`` of ``_config.yml``,
            and without that the book that was built in the course folder, seen from a feedback page.
        feedback: The feedback folder inside the course folder.

    Raises:
        ValueError: The address is not one that a browser opens.
    """
    address = book_url or _base_url(root)
    if address and not address.startswith(("https://", "http://")):
        raise ValueError(f"the book's address must begin with https:// or http://, not {address!r}")
    if not address and (root / BUILT / "index.html").is_file():
        # A page lies in the folder of its learner and assignment.
        page = root / feedback / "learner" / "assignment"
        address = Path(os.path.relpath(root / BUILT, page)).as_posix()
    return Bookshelf(load(root).course, f"{address.rstrip('/')}/" if address else "")


def _base_url(root: Path) -> str:
    data = read_file(root, root / "_config.yml").data
    html = data.get("html") if isinstance(data, dict) else None
    found = html.get("baseurl") if isinstance(html, dict) else None
    return found.strip() if isinstance(found, str) else ""
