"""Flags rise by their signs, with the learner's words, and move no mark."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from casefile import FULL, HOUSING, an_assessment, answers

from engagekit.model import Answers, Flag
from engagekit.scoring import judge, raise_flags


def flagged(sign: dict[str, Any], **sections: Any) -> tuple[Flag, ...]:
    """Return the flags that one sign raises."""
    flag = {"misconception": "deficits-only", "note": "n", "feedback": "f", "signs": [sign]}
    return raise_flags(an_assessment([flag]), answers(**sections))


def phrase(text: str) -> list[str]:
    """Return the words that the phrase sign quotes."""
    sign = {"kind": "phrases", "section": "needs", "phrases": ["It’s his fault", "just lazy"]}
    return [one.words for flag in flagged(sign, needs=[{"why": text}]) for one in flag.evidence]


def test_a_phrase_is_found_as_whole_words_and_quoted_in_its_sentence() -> None:
    """Case and apostrophes do not matter, and the rest of the answer is left out."""
    assert phrase("He rang. IT'S HIS FAULT that he lost it! We spoke.") == ["IT'S HIS FAULT that he lost it!"]
    assert phrase("They say just lazybones do that.") == []


@pytest.mark.parametrize(
    "text",
    [
        "I don't think it's his fault.",
        "It is not that it's his fault, it never was.",
        "He is not just lazy.",
        "He is in pain rather than just lazy.",
        "I asked why instead of calling it just lazy.",
        "I would be lying if I said it's his fault.",
    ],
)
def test_a_phrase_that_is_denied_raises_nothing(text: str) -> None:
    """A denial in the four words before turns the phrase round."""
    assert phrase(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "He did not come. He is just lazy.",
        "Not once have I seen him try and to me he is just lazy.",
        "He is not only late but just lazy.",
        "Why not say it: just lazy.",
    ],
)
def test_a_denial_of_something_else_does_not_count(text: str) -> None:
    """A denial in another sentence, too far away, or in "not only" and "why not" denies nothing here."""
    assert len(phrase(text)) == 1


def test_a_copied_case_says_nothing_about_the_learner() -> None:
    """Words that stand in the case raise no flag."""
    sign = {"kind": "phrases", "section": "needs", "phrases": ["drinks most evenings"]}
    assert flagged(sign, needs=[{"why": "Since the depot closed he drinks most evenings."}]) == ()
    assert flagged(sign, needs=[{"why": "I worry that he drinks most evenings now."}]) != ()


def test_choices_need_their_number_and_their_share() -> None:
    """Both ``least`` and ``share`` have to be reached, over entries that are not blank."""
    sign = {"kind": "choices", "section": "needs", "field": "need", "any_of": ["alcohol", "gambling"]}
    rows = [{"need": "alcohol"}, {"need": "gambling"}, {"need": "housing"}, {"need": " "}]
    (flag,) = flagged({**sign, "least": 2, "share": 0.6}, needs=rows)
    assert [one.words for one in flag.evidence] == ["Alcohol", "Gambling"]
    assert flag.evidence[0].label == "Need 1: Need"
    assert flagged({**sign, "least": 3}, needs=rows) == ()
    assert flagged({**sign, "share": 0.7}, needs=rows) == ()


def test_replies_raise_what_the_rules_are_sure_of() -> None:
    """Plain advice is found in the fields that are named, and a finding that is unsure is not used."""
    sign = {"kind": "replies", "section": "goals", "finds": ["advice"]}
    advice = "You should ring them today."
    (flag,) = flagged(sign, goals=[{"act": advice}])
    assert flag.evidence[0].words == "You should ring them today"
    assert flagged({**sign, "fields": ["test"]}, goals=[{"act": advice}]) == ()
    assert flagged({**sign, "finds": ["warning"]}, goals=[{"act": advice}]) == ()
    assert flagged(sign, goals=[{"act": "You could ring them today."}]) == ()


def test_missing_looks_at_what_stands_beside() -> None:
    """Nothing in one place counts only where something stands in the other."""
    sign = {"kind": "missing", "section": "goals", "beside": "needs"}
    (flag,) = flagged(sign, needs=[HOUSING])
    assert flag.evidence[0].label == "Goals" and flag.evidence[0].words == ""
    assert flagged(sign) == ()
    assert flagged(sign, needs=[HOUSING], goals=[{"act": "x"}]) == ()
    assert flagged({**sign, "least": 2}, needs=[HOUSING], goals=[{"act": "x"}]) != ()
    inside = {"kind": "missing", "section": "looking-back", "fields": ["part"], "beside": "looking-back"}
    (flag,) = flagged(inside, looking_back={"moment": "sofa"})
    assert flag.evidence[0].label == "Part"
    assert flagged(inside, looking_back={"part": "I waited."}) == ()


def test_a_flag_carries_its_words_and_moves_no_mark() -> None:
    """Title, note and feedback are there, and the judgements are the same with it and without."""
    sign = {"kind": "choices", "section": "needs", "field": "need", "any_of": ["alcohol"]}
    given = Answers.model_validate({"assignment": "plan", "answers": FULL})
    flag = {"misconception": "deficits-only", "note": "n", "feedback": "f", "signs": [sign, sign]}
    with_flag = an_assessment([flag])
    (found,) = raise_flags(with_flag, given)
    assert (found.title, found.note, found.feedback) == ("Deficits only", "n", "f")
    assert len(found.evidence) == 1
    without = [(one.outcome, one.marks) for one in judge(an_assessment(), given)]
    assert [(one.outcome, one.marks) for one in judge(with_flag, given)] == without
