"""Judging: marks from structured answers only, in range, with the words that decided them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagekit.model import Answers, CodingScheme, Form, Interview, MarkingScheme, Outcome, ReferenceCoding
from engagekit.scoring import Assessment, judge, nothing_handed_in

VIGNETTE = Interview.model_validate(
    {
        "id": "case",
        "title": "Case",
        "use": "assessment",
        "scheme": "talk",
        "setting": "s",
        "goal": "g",
        "introduction": "An unseen case.",
        "summary": "s",
        "people": {"practitioner": {"name": "Jo"}, "person": {"name": "Sam"}},
        "about": {
            "age": 40,
            "gender": "man",
            "ethnicity": "white",
            "offence": "theft",
            "setting": "community-order",
            "needs": ["work"],
        },
        "utterances": [
            {"id": "t01", "speaker": "practitioner", "text": "What matters to you?"},
            {"id": "t02", "speaker": "person", "text": "My daughter matters more than any of it."},
            {"id": "t03", "speaker": "practitioner", "text": "You want to be there for her."},
            {
                "id": "t04",
                "speaker": "person",
                "text": "I want a job by spring, and I also like my nights out.",
            },
            {"id": "t05", "speaker": "practitioner", "text": "Did you apply?"},
            {"id": "t06", "speaker": "person", "text": "Not yet."},
            {"id": "t07", "speaker": "practitioner", "text": "Could you tell me more?"},
        ],
    }
)
KEY = ReferenceCoding.model_validate(
    {
        "id": "case",
        "basis": "ours",
        "turns": [
            {"turn": "t01", "code": "open", "reason": "r"},
            {"turn": "t03", "code": "reflection", "reason": "r"},
            {"turn": "t05", "code": "closed", "reason": "r"},
            {"turn": "t07", "code": "open", "reason": "r", "also": ["closed"], "discuss": "form or function"},
        ],
    }
)
CODING = CodingScheme.model_validate(
    {
        "id": "talk",
        "title": "Talk",
        "unit": "turn",
        "level": "nominal",
        "summary": "s",
        "codes": [
            {"id": code, "label": code.title(), "definition": "d"}
            for code in ("open", "closed", "reflection")
        ],
    }
)
FORM = Form.model_validate(
    {
        "id": "interview",
        "title": "T",
        "marking_point": "mp1",
        "vignette": "case",
        "intro": "i",
        "sections": [
            {"id": "coding", "kind": "coding", "title": "t", "instructions": "i"},
            {
                "id": "hearing",
                "kind": "quotes",
                "title": "t",
                "instructions": "i",
                "asks": [{"id": "value-1", "label": "A value"}, {"id": "value-2", "label": "Another"}],
            },
            {
                "id": "replies",
                "kind": "replies",
                "title": "t",
                "instructions": "i",
                "prompts": [
                    {"id": "r1", "who": "Al", "said": "You lot never listen.", "label": "Your words"},
                    {"id": "r2", "who": "Bo", "said": "It is all right.", "label": "Your words"},
                ],
            },
            {
                "id": "session",
                "kind": "entries",
                "title": "t",
                "instructions": "i",
                "entry": "Turn",
                "min_rows": 3,
                "max_rows": 9,
                "fields": [
                    {"id": "person", "kind": "words", "label": "Said", "least": 1},
                    {"id": "mine", "kind": "words", "label": "Next", "least": 1},
                    {"id": "code", "kind": "choice", "label": "Code"},
                ],
            },
        ],
    }
)
SCHEME = MarkingScheme.model_validate(
    {
        "id": "interview",
        "assignment": "interview",
        "title": "t",
        "marking_point": "mp1",
        "checks": [
            {
                "id": "code-turns",
                "kind": "coding",
                "section": "coding",
                "points": "6",
                "title": "Code",
                "met_at": "0.9",
                "partly_at": "0.6",
                "met": "Well read.",
                "not_met": "Practise.",
            },
            {
                "id": "hear",
                "kind": "quote",
                "section": "hearing",
                "points": "1",
                "title": "Hear",
                "accept": {"value-1": ["t02", "t04"], "value-2": ["t02", "t04"]},
                "max_words": "10",
            },
            {"id": "reply", "kind": "reply", "section": "replies", "points": "8", "title": "Reply"},
            {"id": "own", "kind": "person", "section": "session", "points": "12", "title": "Own session"},
        ],
    }
)
ASSESSMENT = Assessment(FORM, SCHEME, VIGNETTE, KEY, CODING)


def answers(**sections: object) -> Answers:
    """Return answers with the given sections."""
    return Answers.model_validate({"assignment": "interview", "answers": sections})


def judged(check: str, **sections: object):
    """Return the judgement of one check."""
    (found,) = [one for one in judge(ASSESSMENT, answers(**sections)) if one.check == check]
    return found


def test_blank_work_is_not_attempted() -> None:
    """An empty script earns nothing and is told apart from a wrong one."""
    for one in judge(ASSESSMENT, answers()):
        assert (one.outcome, one.marks) == (Outcome.NOT_ATTEMPTED, 0.0)


def test_coding_counts_uncontested_turns_only() -> None:
    """Three of three uncontested turns are met; the contested turn moves nothing."""
    right = {"t01": "open", "t03": "reflection", "t05": "closed"}
    assert judged("code-turns", coding=right).marks == 6
    assert judged("code-turns", coding={**right, "t07": "reflection"}).marks == 6
    partly = judged("code-turns", coding={**right, "t05": "open"})
    assert (partly.outcome, partly.marks) == (Outcome.PARTLY_MET, 3.0)
    assert [one.counts for one in partly.evidence] == [True, True, False]
    assert [one.label[:7] for one in partly.evidence] == ["Turn 1:", "Turn 2:", "Turn 3:"]


def test_uncoded_turns_count_against() -> None:
    """Coding only the easy turn cannot reach full agreement."""
    one = judged("code-turns", coding={"t01": "open"})
    assert (one.outcome, one.marks) == (Outcome.NOT_MET, 0.0)
    assert "2 were left uncoded" in one.reason


def test_a_check_of_some_codes_looks_at_their_turns_only() -> None:
    """Turns whose reference is another code move nothing there."""
    check = SCHEME.checks[0].model_copy(update={"codes": ("open", "closed")})
    scheme = SCHEME.model_copy(update={"checks": (check,)})
    given = answers(coding={"t01": "open", "t03": "open", "t05": "closed"})
    (one,) = judge(Assessment(FORM, scheme, VIGNETTE, KEY, CODING), given)
    assert one.marks == 6.0
    assert [shown.label[:7] for shown in one.evidence] == ["Turn 1:", "Turn 3:"]


def test_evidence_never_names_the_reference_code() -> None:
    """A learner reading the feedback sees the own code and whether it agrees, not the key."""
    one = judged("code-turns", coding={"t01": "closed", "t03": "closed", "t05": "open"})
    shown = one.model_dump_json()
    assert "Reflection" not in shown and "reflection" not in shown


def test_quotations_must_be_the_persons_exact_words() -> None:
    """Exact spans of keyed turns earn; paraphrase, another's words and the same turn twice do not."""
    both = judged("hear", hearing={"value-1": "My daughter matters", "value-2": "a job by spring"})
    assert (both.outcome, both.marks) == (Outcome.MET, 1.0)
    assert both.evidence[1].remark == "The person's own words, just before turn 3."
    twice = judged("hear", hearing={"value-1": "My daughter matters", "value-2": "matters more than any"})
    assert (twice.outcome, twice.marks) == (Outcome.PARTLY_MET, 0.5)
    for wrong in ("my kid matters most", "What matters to you?", "Not yet", "My daughter"):
        assert judged("hear", hearing={"value-1": wrong}).marks == 0
    long = "I want a job by spring, and I also like my nights out."
    assert judged("hear", hearing={"value-1": long}).marks == 0


def test_free_writing_waits_for_a_person() -> None:
    """Replies and sessions get no machine mark however good they look."""
    reply = judged("reply", replies={"r1": "What would you want me to hear?", "r2": ""})
    assert (reply.outcome, reply.marks, reply.flags) == (Outcome.NEEDS_ASSESSOR, None, ())
    assert reply.evidence[0].remark == "open question (“What would”)"
    assert reply.feedback == "This is with your assessor, who reads it and decides."
    own = judged("own", session=[{"person": "No.", "mine": "What makes today hard?", "code": "open"}])
    assert (own.outcome, own.marks) == (Outcome.NEEDS_ASSESSOR, None)
    assert own.flags == ("Only 1 of at least 3 entries.",)
    shown = [(one.label, one.words) for one in own.evidence]
    assert shown == [
        ("Turn 1: Said", "No."),
        ("Turn 1: Next", "What makes today hard?"),
        ("Turn 1: Code", "Open"),
    ]


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("My daughter matters more than any of it.", "Nearly a copy"),
        ("open open open open open", "same word again"),
        ("ok", "Only 1 word"),
        ("open questions affirmations reflections summaries OARS", "Names skills"),
        ("Wh\u0430t would you like me to hear?", "Letters of another alphabet"),
        ("Что для вас сейчас важнее всего остального?", "does not look like English"),
    ],
)
def test_doubtful_writing_is_flagged_for_the_assessor(text: str, flag: str) -> None:
    """Copies, thin words and lists of skill names are named, and still get no mark."""
    one = judged("reply", replies={"r1": text})
    assert any(flag in raised for raised in one.flags)
    assert one.marks is None


def test_unreadable_work_goes_to_a_person() -> None:
    """Something that cannot be read is neither a zero nor a mark."""
    for one in nothing_handed_in(SCHEME, "answers.json is not JSON.", readable=False):
        assert (one.outcome, one.marks) == (Outcome.NEEDS_ASSESSOR, None)


texts = st.text(max_size=60) | st.sampled_from(
    ["open", "closed", "reflection", "My daughter matters", "=1+1", "<b>"]
)
named = st.dictionaries(
    st.sampled_from(["t01", "t03", "t05", "value-1", "value-2", "r1", "r2", "x"]), texts, max_size=6
)
rows = st.lists(st.fixed_dictionaries({"person": texts, "mine": texts, "code": texts}), max_size=5)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(["coding", "hearing", "replies", "session", "other"]), named | rows))
def test_judging_is_total_and_stays_in_range(sections: dict) -> None:
    """Whatever is answered, every check gets one judgement, in order, with marks inside 0..max."""
    found = judge(ASSESSMENT, answers(**sections))
    assert [one.check for one in found] == [check.id for check in SCHEME.checks]
    for one in found:
        assert one.marks is None or 0 <= one.marks <= one.max_marks
        assert type(one.marks) in (float, type(None))
        assert (one.marks is None) == (one.outcome == Outcome.NEEDS_ASSESSOR)
