"""Reading a typed reply: the vectors, the doubts, and what must never happen."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagekit.scoring.reply import cues_value, cut_out, read_reply

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "replies.json").read_text("utf-8"))["replies"]
CUES = cues_value()
CODES = {code["id"] for code in CUES["codes"]}
SKILLS = ("open-question", "closed-question", "reflection", "affirmation", "summary", "autonomy-support")
ROADBLOCKS = ("advice", "warning", "arguing", "labelling", "false-praise")


def seen(text: str) -> list[dict[str, Any]]:
    """Return what was found in a text, in the form of the vectors."""
    return [
        {
            "code": one.code,
            "certain": one.certain,
            "words": [cut_out(text, span.start, span.end) for span in one.words],
            "other": one.other.code if one.other else None,
        }
        for one in read_reply(text).findings
    ]


def codes(text: str) -> list[tuple[str, str]]:
    """Return the code and certainty of each finding."""
    return [(one.code, one.certain) for one in read_reply(text).findings]


@pytest.mark.parametrize("case", GOLDEN, ids=[str(number) for number in range(len(GOLDEN))])
def test_golden_vectors(case: dict[str, Any]) -> None:
    """Each vector gives its codes, its certainty, its words and its notes."""
    assert seen(case["text"]) == case["findings"], case["text"]
    assert [note.code for note in read_reply(case["text"]).notes] == case["notes"]


def test_the_vectors_cover_what_they_must() -> None:
    """Enough of every code, of doubt, of nothing at all, and of talk typed without care."""
    found = [one["code"] for case in GOLDEN for one in case["findings"]]
    assert len(GOLDEN) >= 320
    assert all(found.count(code) >= 10 for code in (*SKILLS, *ROADBLOCKS))
    assert sum(any(one["other"] for one in case["findings"]) for case in GOLDEN) >= 30
    assert sum(not case["findings"] for case in GOLDEN) >= 30
    careless = [case for case in GOLDEN if case["text"] and not re.search("[A-Z.?!]", case["text"])]
    assert len(careless) >= 80


@pytest.mark.slow
def test_no_rule_is_idle() -> None:
    """Every rule that gives a code is the reason for at least one vector."""
    used = {one.rule for case in GOLDEN for one in read_reply(case["text"]).findings}
    assert {rule["id"] for rule in CUES["rules"] if rule["code"]} - used == set()


def test_the_table_holds_together() -> None:
    """Rule ids are unique, codes are known, doubt names its second reading, and sets exist."""
    ids = [rule["id"] for rule in CUES["rules"]]
    assert len(ids) == len(set(ids))
    for rule in CUES["rules"]:
        assert rule["code"] in CODES | {""}, rule["id"]
        if rule["code"]:
            assert rule["reason"] and rule["certain"] in ("clear", "unsure"), rule["id"]
            assert (rule["certain"] == "unsure") == ("other" in rule), rule["id"]
        if "other" in rule:
            assert rule["other"]["code"] in CODES - {rule["code"]}
        assert set(rule.get("after", [])) <= set(ids)
        assert set(rule.get("joins", [])) <= CODES


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (
            "what would help",
            "no question mark, but reads as an open question, because it starts with “what would”",
        ),
        ("Did you ring?", "reads as a closed question, because it starts with “Did you”"),
        ("Would you mind if I told you of a club?", "asks leave first, with “Would you mind if”"),
        (
            "What would you like us to work on?",
            "asks the person to set what you do together, with “What would you like us to work”",
        ),
    ],
)
def test_the_reason_quotes_what_was_typed(text: str, start: str) -> None:
    """A reason shows the learner's own words and says when a question mark was missed."""
    assert read_reply(text).findings[0].reason == start


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("You feel let down", ("reflection", "other")),
        ("So you're drinking again?", ("closed-question", "reflection")),
        ("Could you tell me about it", ("open-question", "closed-question")),
        ("well done", ("false-praise", "affirmation")),
        ("Can I share an idea? You could try a diary.", ("advice", "information")),
        ("Why did you go?", ("arguing", "open-question")),
    ],
)
def test_two_readings_are_both_given(text: str, pair: tuple[str, str]) -> None:
    """Where honest readers differ the finding is unsure and names the other reading with its reason."""
    last = read_reply(text).findings[-1]
    assert last.certain == "unsure"
    assert last.other is not None and last.other.reason
    assert (last.code, last.other.code) == pair


@pytest.mark.parametrize(
    ("careful", "careless"),
    [
        ("What's been the hardest part?", "whats been the hardest part"),
        ("You're worried about the flat.", "youre worried about the flat"),
        ("You’re worried about the flat.", "You`re worried about the flat…"),
        ("Why don't you ring them?", "WHY DONT YOU RING THEM"),
        ("Did he call?", "did he call 😀"),
        ("It's your choice.", "its your choice"),
    ],
)
def test_carelessness_changes_nothing(careful: str, careless: str) -> None:
    """Lower case, lost apostrophes, curly ones, dots and emoji give the same code and certainty."""
    assert codes(careful) == codes(careless) != []


def test_asking_leave_keeps_its_own_reason_after_an_open_question() -> None:
    """An open question and a request for leave in one sentence are two findings, each with its reason."""
    first, second = read_reply("What would you like me to know, and would you mind if I rang?").findings
    assert first.reason == "reads as an open question, because it starts with “What would”"
    assert second.reason == "asks leave first, with “would you mind if”"


def test_a_run_on_is_cut_where_a_question_begins() -> None:
    """Two clauses without a mark between them are two findings whose places do not overlap."""
    text = "sounds like you had a rough week what would help"
    first, second = read_reply(text).findings
    assert cut_out(text, first.start, first.end) == "sounds like you had a rough week"
    assert cut_out(text, second.start, second.end) == "what would help"


@pytest.mark.parametrize(
    "text", ['He said "what now?"', "you told her 'why would you do that'", "“are you ok” he asked"]
)
def test_somebody_elses_question_is_not_the_learners(text: str) -> None:
    """Quoted talk is left out, and a note says so."""
    reading = read_reply(text)
    assert not {one.code for one in reading.findings} & {"open-question", "closed-question", "arguing"}
    assert "quoted" in [note.code for note in reading.notes]


@pytest.mark.parametrize("text", ['"What now?"', "I'd say: “What now?”", "Me: 'What now?'"])
def test_ones_own_line_may_stand_in_quotation_marks(text: str) -> None:
    """A learner who puts the whole reply in quotation marks is still read."""
    assert codes(text) == [("open-question", "clear")]


def test_places_are_counted_as_javascript_counts() -> None:
    """An emoji takes two units, so the browser's slice gives the right words."""
    one = read_reply("😀😀 what would help").findings[0]
    assert (one.words[0].start, one.words[0].end) == (5, 15)


def test_a_very_long_text_is_cut_and_says_so() -> None:
    """Only the first 2,000 characters are read."""
    reading = read_reply("what helped you. " * 400)
    assert max(one.end for one in reading.findings) <= 2000
    assert reading.notes[0].code == "too-long"


@pytest.mark.slow
def test_a_long_crowd_of_cues_takes_no_longer() -> None:
    """Repeating the start of a phrase does not make matching explode."""
    for bit in ("you are so very really ", "if you ", "how many ", "'", '"', "and "):
        read_reply(bit * 2000)


def test_nothing_looks_like_a_mark() -> None:
    """A reading has findings and notes, and no number but places."""
    value = read_reply("You should stop. What helps?").as_value()
    assert set(value) == {"findings", "notes"}
    assert set(value["findings"][0]) == {
        "start",
        "end",
        "code",
        "certain",
        "words",
        "reason",
        "other",
        "rule",
    }
    assert not re.search(
        r"\b(mark|score|correct|wrong|points?)\b", json.dumps(CUES["notes"]) + value["findings"][0]["reason"]
    )


SWAPS = (
    ("Aisha", "Gwen"),
    ("Tyrone", "Piotr"),
    ("James", "Fatima"),
    ("alvis", "mo"),
    ("he", "she"),
    ("his", "her"),
    ("him", "her"),
    ("mum", "dad"),
    ("son", "daughter"),
    ("brother", "sister"),
    ("Black", "white"),
    ("Muslim", "Christian"),
)
PATTERNS = (
    "What does {} mean to you",
    "did {} ring you",
    "is {} still around",
    "You miss {} and you can't say so.",
    "so {} let you down",
    "It sounds like {} matters to you",
    "You should ring {} tonight",
    "but you said {} was fine",
    "Why did {} go",
    "{} knows how to wind you up",
    "you care about {}",
    "how did {} take it",
    "If you go near {} you will be back in prison",
)


@pytest.mark.parametrize(("one", "other"), SWAPS)
def test_names_and_groups_change_nothing(one: str, other: str) -> None:
    """The same words about another name, pronoun or group read the same, for the same reason."""
    for pattern in PATTERNS:
        readings = [read_reply(pattern.format(who)) for who in (one, other)]
        first, second = ([(f.code, f.certain, f.rule) for f in one.findings] for one in readings)
        assert first == second, pattern


def swapped(text: str) -> str:
    """Return a text with he and she, mum and dad and so on exchanged."""
    pairs = [
        ("he", "she"),
        ("him", "her"),
        ("mum", "dad"),
        ("son", "daughter"),
        ("brother", "sister"),
        ("lad", "lass"),
    ]
    table = dict(pairs) | {b: a for a, b in pairs}
    return re.sub("[a-z]+", lambda word: table.get(word[0], word[0]), text)


@pytest.mark.slow
def test_swapping_the_vectors_changes_no_code() -> None:
    """Exchanging the people in every vector leaves every code as it was."""
    changed = [
        c["text"]
        for c in GOLDEN
        if codes(c["text"]) != codes(swapped(c["text"])) and "good lad" not in c["text"]
    ]
    assert changed == []


PIECES = st.sampled_from(
    [
        phrase
        for rule in CUES["rules"]
        for phrase in re.findall("[a-z]+(?: [a-z]+)*", " ".join(rule["phrases"][:6]))
    ]
    + [
        "?",
        ".",
        "...",
        "…",
        ",",
        "'",
        '"',
        "“",
        "’",
        "😀",
        "\n",
        "ß",
        "I'd",
        "youre",
        "不",
        "\u200d",
        "-",
        "9.30",
    ]
)
REPLIES = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=25).map(" ".join))


@settings(deadline=None, max_examples=150)
@given(REPLIES)
def test_any_text_gets_an_answer(text: str) -> None:
    """Never an error; places lie in order inside the text, words in their finding, silence explained."""
    reading = read_reply(text)
    length = len(text.encode("utf-16-le", "surrogatepass")) // 2
    edge = 0
    for one in reading.findings:
        assert edge <= one.start < one.end <= length
        edge = one.end
        assert one.words and one.code in CODES
        assert all(one.start <= span.start < span.end <= one.end for span in one.words)
        assert one.other is None or one.certain == "unsure"
    assert reading.findings or reading.notes
