"""Goals and links earn by leading to what another check found in the case."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from casefile import ALCOHOL, CLINIC, COUNCIL, GOAL, HOUSING, SECOND_GOAL, judged

from engagekit.model import Outcome

WELSH = "Mae wedi bod yn yfed ers i ei waith ddod i ben ac nid oes dim arall ganddo."


def goals(*rows: dict[str, str], needs: tuple[dict[str, str], ...] = (HOUSING, ALCOHOL)):
    """Return the judgement of the goals."""
    return judged("set-goals", needs=list(needs), goals=list(rows))


@pytest.mark.parametrize(
    ("change", "marks"),
    [
        ({}, 8.0),
        ({"act": ""}, 7.0),
        ({"test": "Soon"}, 7.0),
        ({"by": "2026-11-16"}, 7.0),
        ({"by": "2027-03-01"}, 7.0),
        ({"by": "next week"}, 7.0),
        ({"by": "2026-02-30"}, 7.0),
        ({"who": "nobody"}, 7.0),
        ({"who": ""}, 7.0),
        ({"act": "", "test": ""}, 6.0),
        ({"by": "", "who": ""}, 4.0),
        ({"for": "cooking"}, 4.0),
        ({"for": ""}, 4.0),
        ({"act": "smart specific measurable achievable relevant goals"}, 4.0),
        ({"test": "Mo sleeps on a cousin's sofa and has to leave by Friday"}, 4.0),
    ],
)
def test_a_goal_earns_the_share_of_its_parts(change: dict[str, str], marks: float) -> None:
    """Act, test, day and person are a quarter each; copied or stuffed words, or no link, cost the goal."""
    one = goals({**GOAL, **change}, SECOND_GOAL)
    assert one.marks == marks, one.evidence
    assert one.outcome is (Outcome.MET if marks == 8 else Outcome.PARTLY_MET)


def test_words_alone_make_no_goal() -> None:
    """However well an act and a test are put, they earn nothing without a day or a person that fits."""
    one = goals({"for": "housing", "act": GOAL["act"], "test": GOAL["test"], "by": "soon", "who": "nobody"})
    assert (one.outcome, one.marks) == (Outcome.NOT_MET, 0.0)


def test_vague_wording_costs_nothing() -> None:
    """What the goal rules think of the words is told to the assessor and moves no mark."""
    one = goals({**GOAL, "act": "Try to be better about money"}, SECOND_GOAL)
    assert one.marks == 8.0
    assert any("May be vague" in shown.remark for shown in one.evidence)


def test_two_goals_for_the_same_need_count_once() -> None:
    """Each goal is for something of its own."""
    assert goals(GOAL, {**SECOND_GOAL, "for": "housing"}).marks == 4.0


def test_a_goal_for_a_need_that_did_not_earn_is_for_nothing() -> None:
    """A link leads only to an entry that the case bears out."""
    wrong = {**ALCOHOL, "shows": "has to leave by Friday"}
    assert goals(GOAL, SECOND_GOAL, needs=(HOUSING, wrong)).marks == 4.0
    assert goals(GOAL, SECOND_GOAL, needs=()).marks == 0.0
    assert goals().outcome is Outcome.NOT_ATTEMPTED


def test_what_leads_to_words_that_a_person_has_to_read_waits_as_well() -> None:
    """A need in Welsh may yet be found, and then its goal and its thread count."""
    needs = (HOUSING, {**ALCOHOL, "why": WELSH})
    one = goals(GOAL, SECOND_GOAL, needs=needs)
    assert (one.outcome, one.marks) == (Outcome.NEEDS_ASSESSOR, None)
    threads = [{"need": "housing", "agency": "council"}, {"need": "alcohol", "agency": "clinic"}]
    tied = judged("tie", needs=list(needs), log=[COUNCIL, CLINIC], threads=threads)
    assert (tied.outcome, tied.marks) == (Outcome.NEEDS_ASSESSOR, None)


@pytest.mark.parametrize(
    ("threads", "marks"),
    [
        ([("housing", "council"), ("alcohol", "clinic")], 4.0),
        ([("housing", "council"), ("alcohol", "")], 3.0),
        ([("housing", "council"), ("gambling", "police")], 2.0),
        ([("housing", "council"), ("housing", "council")], 2.0),
        ([("housing", "council"), ("housing", "clinic")], 4.0),
        ([("cooking", "police")], 0.0),
        ([("p01", "<b>")], 0.0),
    ],
)
def test_a_thread_earns_the_share_of_its_links(threads: list[tuple[str, str]], marks: float) -> None:
    """Links to what was found count; the same thread twice counts once."""
    rows = [{"need": need, "agency": agency} for need, agency in threads]
    assert judged("tie", needs=[HOUSING, ALCOHOL], log=[COUNCIL, CLINIC], threads=rows).marks == marks


def test_links_without_what_they_lead_to_earn_nothing() -> None:
    """Right options alone, with nothing found in the case, are guesses."""
    rows = [{"need": "housing", "agency": "council"}, {"need": "alcohol", "agency": "clinic"}]
    one = judged("tie", threads=rows)
    assert (one.outcome, one.marks) == (Outcome.NOT_MET, 0.0)
    assert judged("tie", needs=[HOUSING]).outcome is Outcome.NOT_ATTEMPTED


def test_what_fits_and_earns_nothing_says_what_is_missing() -> None:
    """Beside a right answer stands why its entry earns nothing, and the reason reads as a sentence."""
    blank = judged("find-needs", needs=[{**HOUSING, "why": ""}])
    seen = {shown.label: shown.remark for shown in blank.evidence}
    lost = "but the entry earns nothing while its own words are missing or do not count."
    assert seen["Need 1: Need"] == f"Fits the case, {lost}"
    lone = goals(GOAL, needs=(ALCOHOL,))
    nothing = "but this goal is for something that earned nothing above."
    assert any(shown.remark == f"Filled in, {nothing}" for shown in lone.evidence)
    assert " hold in all four parts, for something that you showed in the papers" in lone.reason
