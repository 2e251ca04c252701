"""What the form's scripts work out without a page: the hash that signs, what is missing, and what is kept."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engagekit.frontend.assets import HERE
from engagekit.model import answers_hash
from engagekit.scoring.words import contains_span

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))
from everykind import ANSWERS, every_kind_data

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "declarations.json").read_text("utf-8"))["cases"]
PURE = ("dom.js", "form_text.js", "form_case.js", "form_fields.js", "form_declaration.js", "form_state.js")
Javascript = Callable[..., Any]


@pytest.fixture
def javascript(node: str, tmp_path: Path) -> Javascript:
    """Return a function that evaluates an expression over `form` and `data`, and gives its value."""

    def run(expression: str, data: Any = None) -> Any:
        script = tmp_path / "run.js"
        parts = [(HERE / "js" / name).read_text("utf-8") for name in PURE]
        parts.append(f"const data = {json.dumps(data)}; const form = {json.dumps(every_kind_data())};")
        parts.append("const { formState: state, formDeclaration: signing, formText: text } = engagekit;")
        parts.append(f"process.stdout.write(JSON.stringify((() => ({expression}))()) ?? 'null');")
        script.write_text("\n".join(parts), encoding="utf-8")
        done = subprocess.run([node, str(script)], capture_output=True, encoding="utf-8", timeout=60)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def test_python_and_the_browser_sign_for_the_same_answers(javascript: Javascript) -> None:
    """Both give the hash of every golden case: quotes, controls, emoji, half pairs, any order of names."""
    found = javascript("data.map((each) => signing.answersHash(each.answers))", GOLDEN)
    for case, hashed in zip(GOLDEN, found, strict=True):
        assert hashed == answers_hash(case["answers"]) == case["hash"], case["name"]


def test_the_order_of_names_does_not_matter_and_every_word_does(javascript: Javascript) -> None:
    """The same answers in another order have the same hash; one more space has another."""
    same, other = javascript(
        "[signing.answersHash({b: {d: '1'}, a: []}) === signing.answersHash({a: [], b: {d: '1'}}),"
        " signing.answersHash({a: 'x '}) === signing.answersHash({a: 'x'})]"
    )
    assert same and not other


@pytest.mark.parametrize(
    "spoilt",
    [
        None,
        {},
        {"own_work": False},
        {"own_work": "true"},
        {"ai": "a little"},
        {"said": 5},
        {"content": "0" * 64},
        {"content": ""},
    ],
    ids=str,
)
def test_only_a_declaration_for_these_answers_counts(javascript: Javascript, spoilt: Any) -> None:
    """Anything that is not plainly a declaration for just these answers is none; a whole one is."""
    whole = {"own_work": True, "ai": "ideas", "said": "A list.", "content": answers_hash(ANSWERS)}
    given = {**whole, **spoilt} if spoilt else ({} if spoilt is not None else None)
    found = javascript(
        "data.map((each) => signing.read(each[0], each[1]))", [[whole, ANSWERS], [given, ANSWERS]]
    )
    assert found == [whole, None]


QUOTATIONS = [
    (
        'He says, "I want my own front door by spring."',
        "\u201cI want my own front door by spring\u201d",
        True,
    ),
    ("He says, it's his.", "it\u2019s  his", True),
    ("A sofa since August.", "sofa since Aug", False),
    ("A sofa since August.", "a sofa", True),
    ("He is on a sofa.", "A sofa", True),
    ("He is on a sofa.", "a Sofa", False),
    ("He paid 5.00 each.", "5.00 each", True),
    ("so\u00adfa since\u00a0August", "sofa since August", True),
    ("Costs 5.00 (net) each", "5.00 (net)", True),
    ("anything", "  ...  ", False),
    ("pay - later", "pay \u2013 later", True),
    ("na\u00efve", "nai\u0308ve", True),
    ("caf\u00e9s", "caf\u00e9", False),
]


@pytest.mark.parametrize(("source", "quotation", "there"), QUOTATIONS)
def test_the_form_finds_the_quotations_that_marking_finds(
    javascript: Javascript, source: str, quotation: str, there: bool
) -> None:
    """White space and kinds of quotation mark are forgiven; words, letters and word ends are not."""
    assert javascript("text.contains(data[0], data[1])", [source, quotation]) is there
    assert contains_span(source, quotation) is there


def test_whole_answers_lack_nothing_and_come_back_as_they_were(javascript: Javascript) -> None:
    """Read and kept again, complete answers are the same, and every part counts as whole."""
    found = javascript(
        "(() => { const answers = state.read(form, data); return [state.kept(form, answers),"
        " form.sections.map((each) => state.missing(form, each, answers)),"
        " form.sections.map((each) => state.progress(form, each, answers))] })()",
        ANSWERS,
    )
    assert found[0] == ANSWERS
    assert found[1] == [[], [], [], [], []]
    assert all(each["done"] == each["of"] for each in found[2])


FAULTS = [
    ("needs", {"need": ""}, "Nothing chosen yet."),
    ("needs", {"shown": "my own front dooor"}, "not word for word in the papers"),
    ("needs", {"shown": "since August. He says"}, "more than one sentence"),
    ("needs", {"shown": "front door"}, "Quote at least 3"),
    ("needs", {"why": "Lost without a place."}, "at least 5 are asked for"),
    ("needs", {"core": "not what was said"}, "your answer to \u201cWhy it matters\u201d"),
    ("goals", {"for": "work"}, "no longer chosen in Part 1"),
    ("goals", {"by": "4 December"}, "not a whole date"),
    ("goals", {"by": "2026-02-30"}, "not a whole date"),
    ("goals", {"act": "\u200b"}, "Still empty."),
]


@pytest.mark.parametrize(("section", "change", "told"), FAULTS)
def test_each_kind_of_question_says_what_it_lacks(
    javascript: Javascript, section: str, change: dict[str, str], told: str
) -> None:
    """One answer made incomplete is the one thing listed, under its entry and its question."""
    answers = {**ANSWERS, section: [{**ANSWERS[section][0], **change}, *ANSWERS[section][1:]]}
    found = javascript(
        f"state.missing(form, form.sections.find((each) => each.id === '{section}'), state.read(form, data))",
        answers,
    )
    assert [(each["name"], told in each["fault"]) for each in found] == [([0, next(iter(change))], True)]


def test_entries_that_are_not_begun_are_counted_and_not_listed(javascript: Javascript) -> None:
    """One begun entry of two lists its own gaps and says that one more is wanted."""
    found = javascript(
        "state.missing(form, form.sections[0], state.read(form, data))", {"needs": [{"need": "work"}]}
    )
    assert [each["label"] for each in found] == [
        "Need 1: The words that show it",
        "Need 1: Why it matters",
        "Need 1: The heart of it",
        "1 more need",
    ]
    assert found[-1]["name"] == [1, ""]


HOSTILE = [
    None,
    5,
    [],
    {"needs": {"need": "housing"}},
    {"needs": [None, 5, "x", {"need": ["housing"], "__proto__": "x"}], "stance": [1], "hearing": "x"},
    {"needs": [{"need": "no such need", "by": "x"}] * 40, "nobody": {"asks": "this"}},
]


@pytest.mark.parametrize("answers", HOSTILE, ids=str)
def test_answers_in_any_shape_open_as_a_form(javascript: Javascript, answers: Any) -> None:
    """Whatever a file holds, the form has its own shape, and keeps nothing that it does not ask."""
    found, rows = javascript(
        "[state.kept(form, state.read(form, data)), state.read(form, data).needs.length]",
        answers,
    )
    assert found == {}
    assert 2 <= rows <= 4


def test_half_a_character_is_mended_before_it_is_signed_for(javascript: Javascript) -> None:
    """No file holds half of a pair, so what is kept, and signed for, has none."""
    found = javascript("state.kept(form, state.read(form, {replies: {r1: 'a\\ud83db'}}))")
    assert found == {"replies": {"r1": "a\ufffdb"}}


def test_the_file_holds_a_declaration_only_when_there_is_one(javascript: Javascript) -> None:
    """A file without a declaration has no such field; with one it stands beside the answers."""
    bare, signed = javascript(
        "[null, {own_work: true}].map((declaration) => state.file(form, {answers: {}, declaration}, 'now'))"
    )
    assert "declaration" not in bare
    assert signed["declaration"] == {"own_work": True} and signed["answers"] == {}


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(4, 9, "don't mind"), (2, 7, "don't"), (0, 9, "I don't mind"), (7, 12, "mind"), (3, 4, "don't")],
)
def test_half_words_become_whole(javascript: Javascript, start: int, end: int, words: str) -> None:
    """A cut inside a word takes all of it, its apostrophe too; a cut between words takes no more."""
    value = "I don't mind that."
    assert javascript("text.wholeWords(data[0], data[1], data[2])", [value, start, end]) == words
