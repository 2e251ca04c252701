"""A small assignment over a case file, with every kind of field and every kind of check of entries."""

from __future__ import annotations

from typing import Any

from engagekit.model import Answers, Form, Judgement, MarkingScheme
from engagekit.scoring import Assessment, judge

CASE = {
    "title": "Mo",
    "introduction": "Two papers about Mo.",
    "person": "Mo Sharif",
    "today": "2026-11-16",
    "documents": [
        {
            "id": "d1",
            "title": "Note of a meeting",
            "passages": [
                {"id": "p01", "text": "Mo sleeps on a cousin’s sofa and has to leave by Friday."},
                {"id": "p02", "text": "Since the depot closed he drinks most evenings."},
                {"id": "p03", "text": "On Sundays he cooks for his mother."},
            ],
        },
        {
            "id": "d2",
            "title": "Letter",
            "passages": [
                {"id": "p04", "text": "We can see Mr Sharif on 24 November."},
                {"id": "p05", "text": "On Sundays he cooks for his mother."},
            ],
        },
    ],
}


def _options(*names: str) -> list[dict[str, str]]:
    return [{"id": name, "text": name.capitalize()} for name in names]


def _field(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "kind": kind, "label": name.capitalize(), **more}


def _section(name: str, *fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    kind = "entries" if "entry" in more else "fields"
    rows = {"min_rows": 1, "max_rows": 6} if kind == "entries" else {}
    start = {"id": name, "kind": kind, "title": name.capitalize(), "instructions": "Fill it in."}
    return {**start, **rows, "fields": list(fields), **more}


FORM = {
    "id": "plan",
    "title": "Plan",
    "marking_point": "mp2",
    "case": CASE,
    "intro": "Read first.",
    "sections": [
        _section(
            "needs",
            _field("need", "choice", options=_options("housing", "alcohol", "cooking", "gambling")),
            _field("shows", "quote", min_words=3, max_words=12),
            _field("sort", "choice", options=_options("trouble", "strength")),
            _field("why", "words", least=5),
            entry="Need",
        ),
        _section(
            "goals",
            _field("for", "link", section="needs", field="need"),
            _field("act", "words"),
            _field("test", "words"),
            _field("by", "date"),
            _field("who", "choice", options=_options("mo", "me", "nobody")),
            entry="Goal",
        ),
        _section(
            "threads",
            _field("need", "link", section="needs", field="need"),
            _field("agency", "link", section="log", field="agency"),
            entry="Thread",
        ),
        _section(
            "log",
            _field("agency", "choice", options=_options("council", "clinic", "police")),
            _field("shows", "quote"),
            _field("consent", "choice", options=_options("yes", "no")),
            _field("first", "date"),
            _field("second", "date"),
            _field("said", "words", least=4),
            entry="Contact",
        ),
        _section(
            "looking-back",
            _field("moment", "choice", options=_options("sofa", "stove")),
            _field("seen", "quote"),
            _field("part", "words", least=5),
            _field("changed", "quote", out_of="part"),
        ),
    ],
}


def _check(name: str, kind: str, section: str, points: str = "6", **more: Any) -> dict[str, Any]:
    words = {
        outcome: f"{name} {outcome}"
        for outcome in ("met", "partly", "not_met", "not_attempted", "needs_assessor")
    }
    return {"id": name, "kind": kind, "section": section, "points": points, "title": name, **words, **more}


SCHEME = {
    "id": "plan",
    "assignment": "plan",
    "title": "Plan",
    "marking_point": "mp2",
    "checks": [
        _check(
            "find-needs", "fields", "needs", count=2, by="need", words=["why"],
            accept={
                "housing": {"quotes": {"shows": ["p01"]}},
                "alcohol": {"quotes": {"shows": ["p02"]}},
                "cooking": {"quotes": {"shows": ["p05", "p01"]}, "choices": {"sort": ["strength"]}},
            },
        ),
        _check(
            "set-goals", "goal", "goals", "8", count=2, who=["mo", "me"],
            first="2026-11-17", last="2027-02-28",
            follow={"field": "for", "check": "find-needs"},
        ),
        _check(
            "tie", "links", "threads", "4", count=2,
            follow=[{"field": "need", "check": "find-needs"}, {"field": "agency", "check": "keep-log"}],
        ),
        _check(
            "keep-log", "log", "log", "8", count=2, by="agency", anchor="shows", order=["first", "second"],
            words=["said"],
            accept={
                "council": {
                    "quotes": {"shows": ["p04"]},
                    "choices": {"consent": ["yes"]},
                    "dates": {"first": ["2026-11-17", "2026-11-24"]},
                },
                "clinic": {"quotes": {"shows": ["p02"]}, "choices": {"consent": ["yes"]}},
            },
        ),
        _check(
            "look-back", "elements", "looking-back", "4", count=1, by="moment", anchor="seen",
            tied={"changed": "part"}, words=["part"],
            accept={
                "sofa": {"quotes": {"seen": ["p01"]}},
                "stove": {"quotes": {"seen": ["p01"]}, "worth": "0.5"},
            },
        ),
    ],
    "flags": [],
}  # fmt: skip

HOUSING = {
    "need": "housing",
    "shows": "has to leave by Friday",
    "why": "He will have nowhere to sleep at the weekend.",
}
ALCOHOL = {
    "need": "alcohol",
    "shows": "he drinks most evenings",
    "why": "It began when his work stopped and it fills the gap.",
}
COOKING = {
    "need": "cooking",
    "shows": "he cooks for his mother",
    "sort": "strength",
    "why": "He keeps this up whatever happens.",
}
GOAL = {
    "for": "housing",
    "act": "Ring the council about a room",
    "test": "A date for a viewing is in my book",
    "by": "2026-11-24",
    "who": "mo",
}
SECOND_GOAL = {
    "for": "alcohol",
    "act": "Go to the drop-in once a week",
    "test": "Four visits are stamped on his card",
    "by": "2026-12-18",
    "who": "me",
}
COUNCIL = {
    "agency": "council",
    "shows": "We can see Mr Sharif",
    "consent": "yes",
    "first": "2026-11-18",
    "second": "2026-11-24",
    "said": "They will hold a slot for him.",
}
CLINIC = {
    "agency": "clinic",
    "shows": "he drinks most evenings",
    "consent": "yes",
    "first": "2026-11-19",
    "second": "2026-11-19",
    "said": "I asked what a first visit is like.",
}
BACK = {
    "moment": "sofa",
    "seen": "Mo sleeps on a cousin's sofa",
    "part": "I talked over him, so next time I will wait and count to five.",
    "changed": "next time I will wait",
}
FULL = {
    "needs": [HOUSING, ALCOHOL],
    "goals": [GOAL, SECOND_GOAL],
    "threads": [{"need": "housing", "agency": "council"}, {"need": "alcohol", "agency": "clinic"}],
    "log": [COUNCIL, CLINIC],
    "looking-back": BACK,
}


def an_assessment(flags: list[dict[str, Any]] | None = None, **more: Any) -> Assessment:
    """Return the assignment, with other flags where they are given."""
    form = Form.model_validate(FORM)
    scheme = MarkingScheme.model_validate({**SCHEME, "flags": flags or []})
    assert form.case is not None
    return Assessment(form, scheme, form.case, **more)


ASSESSMENT = an_assessment()


def answers(**sections: Any) -> Answers:
    """Return answers with the given sections; ``looking_back`` stands for looking-back."""
    named = {name.replace("_", "-"): value for name, value in sections.items()}
    return Answers.model_validate({"assignment": "plan", "answers": named})


def judged(check: str, **sections: Any) -> Judgement:
    """Return the judgement of one check."""
    return next(one for one in judge(ASSESSMENT, answers(**sections)) if one.check == check)
