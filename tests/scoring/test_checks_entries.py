"""Entries earn by exact quotations, fitting choices and real dates; their own words can only lose."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from casefile import (
    ALCOHOL,
    ASSESSMENT,
    BACK,
    CLINIC,
    COOKING,
    COUNCIL,
    FULL,
    HOUSING,
    answers,
    judged,
)

from engagekit.model import Answers, Outcome
from engagekit.scoring import judge
from engagekit.scoring.entries import Entry, best


def needs(*rows: dict[str, str]) -> tuple[Outcome, float | None]:
    """Return what the needs come to."""
    one = judged("find-needs", needs=list(rows))
    return one.outcome, one.marks


def test_a_full_script_earns_every_mark() -> None:
    """What fits everywhere is met everywhere, so the tests below lose by their one change."""
    found = judge(ASSESSMENT, Answers.model_validate({"assignment": "plan", "answers": FULL}))
    assert [one.outcome for one in found] == [Outcome.MET] * 5
    assert [one.marks for one in found] == [one.max_marks for one in found]
    assert all(type(one.marks) is float for one in found)


def test_blank_entries_are_not_attempted() -> None:
    """Rows of spaces, and rows that answer fields the form does not have, are blank."""
    for rows in ([], [{}], [{"need": " ", "why": "…"}], [{"other": "words that no field asks for"}]):
        assert needs(*rows) == (Outcome.NOT_ATTEMPTED, 0.0)


@pytest.mark.parametrize(
    ("field", "value", "remark"),
    [
        ("need", "gambling", "Does not fit"),
        ("need", "=1+1", "Does not fit"),
        ("need", "", "Nothing was chosen"),
        ("shows", "has to leave by Monday", "not in the case"),
        ("shows", "he drinks most evenings", "something else"),
        ("shows", "by Friday", "Only 2 words"),
        ("shows", " ".join(["he drinks most evenings"] * 4), "no more than 12"),
        ("shows", "", "Nothing was quoted"),
        ("why", "", "Nothing was written"),
        ("why", "No home", "Only 2 words. Write at least 5."),
    ],
)  # fmt: skip
def test_an_entry_counts_when_everything_in_it_fits(field: str, value: str, remark: str) -> None:
    """One thing that does not fit takes the entry's marks, and the evidence says which and why."""
    one = judged("find-needs", needs=[{**HOUSING, field: value}, ALCOHOL])
    assert (one.outcome, one.marks) == (Outcome.PARTLY_MET, 3.0)
    assert any(remark in shown.remark and shown.counts is False for shown in one.evidence), one.evidence
    assert not any(shown.counts for shown in one.evidence if shown.label.startswith("Need 1"))


def test_a_right_quotation_does_not_make_up_for_a_wrong_choice() -> None:
    """An entry of a fields check holds as a whole or not at all."""
    assert needs(COOKING, HOUSING) == (Outcome.MET, 6.0)
    assert needs({**COOKING, "sort": "trouble"}, HOUSING) == (Outcome.PARTLY_MET, 3.0)


def test_a_near_answer_earns_its_share() -> None:
    """The option next to the right one earns part of what the rest is worth, and says so."""
    one = judged("look-back", looking_back={**BACK, "moment": "stove"})
    assert (one.outcome, one.marks) == (Outcome.PARTLY_MET, 2.0)
    assert any(shown.remark.startswith("Close: the rest earns half.") for shown in one.evidence)


def test_two_entries_about_the_same_count_once() -> None:
    """A need told twice is one need."""
    again = {**HOUSING, "why": "There is no bed for him after this week."}
    assert needs(HOUSING, again) == (Outcome.PARTLY_MET, 3.0)


def test_a_wrong_entry_does_not_stand_in_the_way_of_a_right_one() -> None:
    """The best entry about each thing counts, and no more than are asked for."""
    wrong = {**HOUSING, "shows": "he drinks most evenings", "why": "Because nothing else is there for him."}
    assert needs(wrong, HOUSING, ALCOHOL, COOKING) == (Outcome.MET, 6.0)
    one = judged("find-needs", needs=[HOUSING, ALCOHOL, COOKING])
    spare = [shown for shown in one.evidence if shown.label == "Need 3: Shows"]
    assert spare[0].counts is None and "Enough other entries" in spare[0].remark


def test_the_same_passage_in_two_papers_serves_where_either_is_accepted() -> None:
    """Words that stand in two places are quoted from the accepted one."""
    assert needs(COOKING, HOUSING) == (Outcome.MET, 6.0)


def test_one_passage_serves_one_entry() -> None:
    """A passage that is accepted for two needs is evidence for the first that quotes it."""
    again = {**COOKING, "shows": "on a cousin's sofa", "why": "He has no stove of his own there."}
    assert needs(HOUSING, again) == (Outcome.PARTLY_MET, 3.0)
    assert needs({**HOUSING, "why": ""}, again) == (Outcome.PARTLY_MET, 3.0)
    assert needs(again, ALCOHOL) == (Outcome.MET, 6.0)


def test_the_best_entry_about_each_thing_counts() -> None:
    """A later and weaker entry does not take the place of a better one, nor the other way round."""
    strong, weak, other = Entry(1, "a", share=1.0), Entry(2, "a", share=0.5), Entry(3, "b", share=0.5)
    assert best([strong, weak, other], 2, lambda one: one.share) == (1.5, frozenset({1, 3}))
    assert best([weak, strong, other], 1, lambda one: one.share) == (1.0, frozenset({1}))
    assert best([Entry(1, "a")], 1, lambda one: one.share) == (0, frozenset())


def test_a_quotation_may_run_over_two_neighbouring_passages() -> None:
    """It counts when the accepted passage holds enough of its words, and not for a word at its edge."""
    over = "has to leave by Friday. Since the depot closed"
    assert needs({**HOUSING, "shows": over}, ALCOHOL)[0] is Outcome.MET
    assert needs({**HOUSING, "shows": "by Friday. Since the"}, ALCOHOL)[1] == 3.0
    edge = "by Friday. Since the depot closed he drinks"
    assert needs({**HOUSING, "shows": edge}, ALCOHOL)[1] == 3.0
    assert needs({**HOUSING, "shows": "cooks for his mother. We can see"}, ALCOHOL)[1] == 3.0


def test_the_same_words_in_two_entries_count_in_the_first_only() -> None:
    """Own words that were used already say nothing about the second entry."""
    one = judged("find-needs", needs=[HOUSING, {**ALCOHOL, "why": HOUSING["why"]}])
    assert one.marks == 3.0
    assert "The same words as another answer." in [shown.remark for shown in one.evidence]


def test_words_in_another_language_wait_for_a_person() -> None:
    """No mark and no zero where only the language stands in the way, unless enough else counts."""
    welsh = {**ALCOHOL, "why": "Mae wedi bod yn yfed ers i ei waith ddod i ben ac nid oes dim arall ganddo."}
    assert needs(HOUSING, welsh) == (Outcome.NEEDS_ASSESSOR, None)
    assert needs(HOUSING, {**welsh, "shows": "has to leave by Friday"}) == (Outcome.PARTLY_MET, 3.0)
    assert needs(HOUSING, COOKING, welsh) == (Outcome.MET, 6.0)


@pytest.mark.parametrize(
    ("change", "marks"),
    [
        ({}, 8.0),
        ({"consent": "no"}, 7.0),
        ({"first": "2026-11-25", "second": "2026-11-26"}, 7.0),
        ({"first": "2026-11-24", "second": "2026-11-18"}, 7.0),
        ({"second": "2026-02-30"}, 7.0),
        ({"first": "18/11/2026"}, 6.0),
        ({"first": "", "second": "", "consent": ""}, 5.0),
        ({"shows": "has to leave by Friday"}, 4.0),
        ({"agency": "police"}, 4.0),
        ({"said": ""}, 4.0),
    ],
)
def test_a_contact_earns_the_share_of_its_elements_once_its_anchor_fits(
    change: dict[str, str], marks: float
) -> None:
    """Quotation, consent, day and order are a quarter each; without the anchor there is nothing."""
    one = judged("keep-log", log=[{**COUNCIL, **change}, CLINIC])
    assert one.marks == marks
    assert one.outcome is (Outcome.MET if marks == 8 else Outcome.PARTLY_MET)


@pytest.mark.parametrize(
    ("change", "marks"),
    [
        ({}, 4.0),
        ({"changed": "next time I would wait"}, 2.0),
        ({"changed": "has to leave by Friday"}, 2.0),
        ({"changed": ""}, 2.0),
        ({"seen": "he cooks for his mother"}, 0.0),
        ({"part": "It was good.", "changed": "It was good"}, 0.0),
        ({"part": "Mo sleeps on a cousin's sofa and has to leave", "changed": "has to leave"}, 0.0),
    ],
)
def test_a_reflection_ties_its_change_to_its_own_words(change: dict[str, str], marks: float) -> None:
    """What was changed has to be quoted out of the learner's own answer, which has to be their own."""
    assert judged("look-back", looking_back={**BACK, **change}).marks == marks


def test_a_section_answered_once_is_one_entry() -> None:
    """Its evidence is named by the fields alone, without a number."""
    one = judged("look-back", looking_back=BACK)
    assert [shown.label for shown in one.evidence] == ["Moment", "Part", "Seen", "Changed"]


def test_rows_beyond_the_forms_last_are_not_read() -> None:
    """Thousands of rows are as good as the six that the form has."""
    rows: list[dict[str, Any]] = [{**HOUSING, "need": "gambling"}] * 6 + [HOUSING, ALCOHOL] * 2000
    one = judged("find-needs", needs=rows)
    assert one.marks == 0.0
    assert len(one.evidence) == 24


def test_the_evidence_never_names_what_was_not_chosen() -> None:
    """A wrong entry shows the learner's own answers and nothing of the key."""
    one = judged("find-needs", needs=[{"need": "gambling", "shows": "by Friday at last", "why": "w"}])
    shown = one.model_dump_json()
    assert "p01" not in shown and "Housing" not in shown and "Alcohol" not in shown


def test_answers_in_the_wrong_shape_are_entries_too() -> None:
    """One entry given without a list is read as one; a list for a section answered once by its first."""
    assert judged("find-needs", needs=HOUSING).marks == 3.0
    assert judged("look-back", looking_back=[BACK, BACK]).marks == 4.0
    assert answers(needs=HOUSING).rows("needs") == (HOUSING,)
