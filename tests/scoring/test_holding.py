"""A script is held for a person without an honest declaration, or when it is an exemplar's."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from casefile import BACK, CASE, FULL, HOUSING, an_assessment

from engagekit.model import Answers, Form, Outcome, answers_hash
from engagekit.scoring import hold, judge, own_words, reasons_to_hold, runs

EXEMPLAR = (
    "He will have nowhere to go once the week is out, and that worries me more than anything else I read. "
    "I would start there, because a man without a bed cannot think about much besides finding one."
)
ASSESSMENT = an_assessment(exemplars=("The brief asks for a plan.", EXEMPLAR))
CONTENT = answers_hash(FULL)


def script(answers: dict[str, Any] = FULL, **declaration: Any) -> Answers:
    """Return answers with an honest declaration, changed as given; None leaves it out."""
    honest = {"own_work": True, "ai": "none", "content": answers_hash(answers)}
    data = {"assignment": "plan", "answers": answers, "declaration": {**honest, **declaration}}
    return Answers.model_validate(data)


def test_an_honest_script_is_not_held() -> None:
    """AI that is owned up to holds nothing either."""
    assert reasons_to_hold(ASSESSMENT, script(), CONTENT) == ()
    assert reasons_to_hold(ASSESSMENT, script(ai="drafting", said="It wrote my goals."), CONTENT) == ()


@pytest.mark.parametrize(
    ("declaration", "reason"),
    [
        ({"own_work": False}, "does not say"),
        ({"content": "0" * 64}, "other answers"),
        ({"content": ""}, "other"),
    ],
)
def test_a_declaration_has_to_be_whole(declaration: dict[str, Any], reason: str) -> None:
    """Not own work, and a declaration for other answers, are each told in a sentence."""
    (told,) = reasons_to_hold(ASSESSMENT, script(**declaration), CONTENT)
    assert reason in told


def test_no_declaration_holds_a_script_and_not_an_empty_one() -> None:
    """There is nothing to hold where nothing was written."""
    given = Answers.model_validate({"assignment": "plan", "answers": FULL})
    assert reasons_to_hold(ASSESSMENT, given, CONTENT) == ("There is no declaration of own work.",)
    empty = Answers.model_validate({"assignment": "plan", "answers": {"needs": [{"why": " "}], "goals": []}})
    assert reasons_to_hold(ASSESSMENT, empty, answers_hash(empty.answers)) == ()


def test_a_near_copy_of_an_exemplar_is_held() -> None:
    """Half of the runs of four words are enough; words that everybody is given do not count either way."""
    copied = {"needs": [{**HOUSING, "why": EXEMPLAR}]}
    assert reasons_to_hold(ASSESSMENT, script(copied), answers_hash(copied)) == (
        "Much of this stands in an exemplar.",
    )
    half = EXEMPLAR + " I have thought about this for a good while now and I do not know what else to do."
    case = " ".join(passage["text"] for paper in CASE["documents"] for passage in paper["passages"])
    for text in (half, f"{case} {half}"):
        mixed = {"needs": [{**HOUSING, "why": text}]}
        assert reasons_to_hold(ASSESSMENT, script(mixed), answers_hash(mixed)) != ()
    own = {"needs": [{**HOUSING, "why": EXEMPLAR[:40] + half.removeprefix(EXEMPLAR)}]}
    assert reasons_to_hold(ASSESSMENT, script(own), answers_hash(own)) == ()
    given = {"needs": [{**HOUSING, "why": case}]}
    assert reasons_to_hold(an_assessment(exemplars=("b", case)), script(given), answers_hash(given)) == ()


def test_holding_takes_marks_and_leaves_everything_else() -> None:
    """What earned waits for a person with its evidence; what earned nothing stays as it is."""
    found = judge(ASSESSMENT, script({"needs": FULL["needs"], "looking-back": {**BACK, "seen": "x"}}))
    held = hold(found, ("There is no declaration of own work.",))
    by_id = {one.check: one for one in held}
    needs = by_id["find-needs"]
    assert (needs.outcome, needs.marks) == (Outcome.NEEDS_ASSESSOR, None)
    assert needs.evidence == next(one for one in found if one.check == "find-needs").evidence
    assert needs.reason.startswith("Held for a person. There is no declaration of own work. The check alone")
    assert "6 of 6" in needs.reason and needs.feedback != "find-needs met"
    assert (by_id["look-back"].outcome, by_id["look-back"].marks) == (Outcome.NOT_MET, 0.0)
    assert by_id["keep-log"].outcome is Outcome.NOT_ATTEMPTED
    assert hold(found, ()) == found


def test_own_words_are_what_was_written_and_nothing_else() -> None:
    """Quotations, choices, links, dates and rows beyond the form's last are left out."""
    form = Form.model_validate(ASSESSMENT.form.model_dump())
    answers = Answers.model_validate({"assignment": "plan", "answers": {**FULL, "needs": [HOUSING] * 9}})
    texts = own_words(form, answers)
    assert texts[:6] == (HOUSING["why"],) * 6
    assert set(texts[6:]) == {
        *(FULL["goals"][0][part] for part in ("act", "test")),
        *(FULL["goals"][1][part] for part in ("act", "test")),
        *(row["said"] for row in FULL["log"]),
        BACK["part"],
    }


def test_runs_are_the_same_on_every_machine() -> None:
    """The numbers do not depend on Python's own hash, on case, on marks or on white space."""
    assert runs(["One two three four"]) == runs(["one, TWO\n three — four!"])
    assert runs(["One two three four"]) == {RUN}
    assert runs(["one two three", "four five six"]) == frozenset()
    assert len(runs(["one two three four five"])) == 2
    assert runs(["four three two one"]) != runs(["one two three four"])
    assert all(0 <= number < 2**64 for number in runs([EXEMPLAR]))


RUN = 6543874223331814362
