"""Mark sheets and courses with marked work, made by hand so that nothing rests on how a script is judged."""

from __future__ import annotations

import dataclasses
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

from engagekit.marking.feedback import Decided, MarkSheet
from engagekit.marking.record import MarkRecord
from engagekit.model import Course, Evidence, Flag, Judgement, Outcome, Theme
from engagekit.reports.bookshelf import Bookshelf
from engagekit.scoring.holding import HELD

FULL = {Outcome.MET: 4.0, Outcome.PARTLY_MET: 2.0, Outcome.NOT_MET: 0.0, Outcome.NOT_ATTEMPTED: 0.0}


def judgement(outcome: Outcome, name: str = "", **changes: Any) -> Judgement:
    """Return a judgement of an outcome, worth four marks."""
    name = name or outcome.value.replace("_", "-")
    return Judgement(
        check=name, title=f"Title of {name}", outcome=outcome, marks=FULL.get(outcome), max_marks=4,
        reason=f"Reason of {name}.", feedback=f"Next step of {name}.", standards=("pc02",),
        scheme="a" * 16,
        evidence=(Evidence(label="Goal 1", words="I want my Saturdays back", remark="fits", counts=True),),
    ).model_copy(update=changes)  # fmt: skip


def record(*judgements: Judgement, **changes: Any) -> MarkRecord:
    """Return a record of honest work."""
    return MarkRecord(
        assignment="interview", title="Listening and open questions", marking_point="mp1", scheme="a" * 16,
        form="b" * 16, declared=True, ai="none", judgements=judgements or tuple(map(judgement, Outcome)),
    ).model_copy(update=changes)  # fmt: skip


def sheet(*judgements: Judgement, **changes: Any) -> MarkSheet:
    """Return the mark sheet of a script that nobody but the machine has seen."""
    made = record(*judgements, **changes)
    checks = tuple(Decided(one, one.marks, False, one.marks is None, "") for one in made.judgements)
    return MarkSheet("amara", "Amara Kay", made, checks, 0.0)


def held(name: str = "held") -> Judgement:
    """Return what holding a script makes of a check."""
    return judgement(
        Outcome.NEEDS_ASSESSOR, name, reason="Held for a person. Secret reason. 4 of 4.", feedback=HELD
    )


def flag(**changes: Any) -> Flag:
    """Return a flag."""
    words = Evidence(label="Your next words to Kyle", words="You should just stop")
    made = Flag(
        misconception="advice-giving", title="Advice giving", note="NOTE FOR THE ASSESSOR",
        feedback="Try asking first.", evidence=(words,),
    )  # fmt: skip
    return made.model_copy(update=changes)


def shelf(course: Course, base: str = "") -> Bookshelf:
    """Return a bookshelf that has one chapter."""
    theme = Theme.model_construct(id="planning", title="Shared planning", page="book/chapters/planning.md")
    return Bookshelf(course.model_copy(update={"themes": {"planning": theme}}), base)


class Reader(HTMLParser):
    """Reads a page: its text, its addresses and its outline, and checks that what is opened is closed."""

    void = frozenset({"meta", "link", "br", "img", "hr", "input"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.levels: list[int] = []
        self._text: list[str] = []
        self.tables = self.captions = 0
        self.feed(html)
        assert self.open == []
        assert len(self.ids) == len(set(self.ids))
        assert all(after - before <= 1 for before, after in pairwise(self.levels))
        assert self.tables == self.captions

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        found = dict(attrs)
        self.links += [found["href"]] if "href" in found else []
        self.fetched += [found[name] for name in ("src", "action", "data", "srcset") if name in found]
        self.ids += [found["id"]] if "id" in found else []
        self.levels += [int(tag[1])] if tag in ("h1", "h2", "h3") else []
        self.tables += tag == "table"
        self.captions += tag == "caption"
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self._text.append(data)

    @property
    def text(self) -> str:
        """Return what a reader sees."""
        return " ".join(" ".join(self._text).split())


def decided(made: MarkSheet, **changes: Any) -> MarkSheet:
    """Return the sheet with its first check changed, as an assessor changes it."""
    first, *others = made.checks
    return dataclasses.replace(made, checks=(dataclasses.replace(first, **changes), *others))
