"""A learner's feedback as one self-contained page."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

from engagekit.marking.escaping import templates
from engagekit.marking.feedback import Decided, MarkSheet, Page
from engagekit.model import Outcome
from engagekit.reports.bookshelf import FEEDBACK, Bookshelf, open_shelf
from engagekit.scoring.holding import HELD

_ENV = templates("engagekit.reports")

MET, PARTLY, NOT_YET = "Met", "Partly met", "Not yet"
NOT_ATTEMPTED, WAITING = "Not attempted", "With your assessor"
WORDS = {
    Outcome.MET: MET,
    Outcome.PARTLY_MET: PARTLY,
    Outcome.NOT_MET: NOT_YET,
    Outcome.NOT_ATTEMPTED: NOT_ATTEMPTED,
    Outcome.NEEDS_ASSESSOR: WAITING,
}
SIGNS = {MET: "✓", PARTLY: "◐", NOT_YET: "○", NOT_ATTEMPTED: "–", WAITING: "…"}
ANOTHER_MARK = (
    "Your assessor looked at this and came to another mark than the kit proposed. "
    "Ask them which words decided it."
)
OVERALL = (
    "Read what to do next in each part. You can hand in again until the date on your course page; "
    "the last one counts."
)
AI_USE = {
    "none": "You said that no AI tool helped you.",
    "language": "You said that an AI tool helped you with the language.",
    "ideas": "You said that an AI tool helped you with ideas.",
    "drafting": "You said that an AI tool helped you to draft it.",
}


def number(value: float) -> str:
    """Return marks without needless zeros."""
    return f"{round(value, 2):g}"


def standing(check: Decided) -> str:
    """Return in words where a check stands: who has decided it, or who will."""
    if check.marks is None:
        return "An assessor will decide"
    if check.by_person:
        return "Decided by an assessor"
    return "Proposed by the kit; an assessor can change it"


def headline(check: Decided) -> str:
    """Return the outcome in words. Once an assessor has given marks, theirs is the outcome."""
    if check.by_person and check.marks is not None:
        if check.marks >= check.judgement.max_marks:
            return MET
        return PARTLY if check.marks > 0 else NOT_YET
    return WAITING if check.marks is None else WORDS[check.judgement.outcome]


def point_stands(checks: tuple[Decided, ...]) -> str:
    """Return where a marking point stands in words: it is met when every part of it is."""
    found = {headline(check) for check in checks}
    if WAITING in found or not found:
        return WAITING
    if len(found) == 1:
        return found.pop()
    return PARTLY if found & {MET, PARTLY} else NOT_YET


def counted(checks: tuple[Decided, ...]) -> str:
    """Return how many parts came out how: ``3 met, 1 not yet``."""
    found = Counter(headline(check) for check in checks)
    return ", ".join(f"{found[word]} {word[0].lower() + word[1:]}" for word in SIGNS if found[word])


def next_step(check: Decided) -> str:
    """Return what to do next, unless an assessor came to another outcome than the machine."""
    if check.by_person and headline(check) != WORDS[check.judgement.outcome]:
        return ""
    return check.judgement.feedback


def is_held(sheet: MarkSheet, check: Decided) -> bool:
    """Say whether a check waits only because the whole script is held: its reason is for the assessor."""
    return bool(sheet.record.held) and check.judgement.feedback == HELD


def still_held(sheet: MarkSheet) -> bool:
    """Say whether anything waits only because the script is held; not once an assessor has decided it."""
    if not sheet.record.held or sheet.record.refused:
        return False
    waits = [check for check in sheet.checks if check.marks is None]
    return len(waits) == len(sheet.checks) or any(
        is_held(sheet, check) or check.judgement.marks is not None for check in waits
    )


def differs(check: Decided) -> bool:
    """Say whether an assessor came to another mark than the machine proposed."""
    proposed = check.judgement.marks
    if not check.by_person or check.marks is None or proposed is None:
        return False
    return round(check.marks - proposed, 2) != 0


def held_words(reason: str) -> tuple[str, str]:
    """Return why a script is held in words for the learner, and what to do about it.

    Args:
        reason: The reason as the record has it, for the assessor.
    """
    low = reason.lower()
    if "declaration" in low:
        why = "The declaration at the end of your form is not there, or not for these answers."
        if "own work" in low and "does not say" in low:
            why = "The declaration does not say that this is your own work."
        elif "ai tool" in low:
            why = "The declaration does not say whether an AI tool helped you."
        return why, (
            "Open your form, read your answers once more, make the declaration at the end, and hand in the "
            "new file. A change to any answer undoes the declaration, so make it last."
        )
    if "exemplar" in low or "another learner" in low:
        return "Much of what you wrote is very close to another text.", (
            "Talk with your assessor about how you wrote it. There may be a good reason. If the words are "
            "not your own, write those parts again in your own words and hand in again."
        )
    return reason, "Talk with your assessor."


_ENV.filters["number"] = number
_ENV.globals |= {
    "standing": standing,
    "headline": headline,
    "next_step": next_step,
    "point_stands": point_stands,
    "counted": counted,
    "held_words": held_words,
    "is_held": is_held,
    "still_held": still_held,
    "differs": differs,
    "another_mark": ANOTHER_MARK,
    "overall": OVERALL,
    "met": MET,
    "signs": SIGNS,
    "ai_use": AI_USE,
}


def page(sheet: MarkSheet, shelf: Bookshelf | None = None) -> str:
    """Return the page. It holds the learner's own words and codes and what came of them, never the key.

    Args:
        sheet: The learner's marks as they stand.
        shelf: What of the book to point to; nothing when left out.
    """
    return _ENV.get_template("feedback.html.j2").render(sheet=sheet, shelf=shelf or Bookshelf())


def pages(root: Path, book_url: str = "", feedback: Path = FEEDBACK) -> Page:
    """Return what writes feedback pages that point to the chapters and exercises of a course.

    The course is read when the first page is written, because nbgrader reads its settings far more often.

    Args:
        root: The course folder.
        book_url: Where learners read the book, if not in the course folder itself.
        feedback: The feedback folder inside the course folder.
    """

    @cache
    def shelf() -> Bookshelf:
        return open_shelf(root, book_url, feedback)

    return lambda sheet: page(sheet, shelf())
