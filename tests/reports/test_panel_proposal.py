"""The proposed key: the key's own words where the panel agrees, and nothing invented where it does not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from panel_files import DESISTANCE, GOAL, STAGE, TALK, WEB

from engagekit.content import check
from engagekit.content.load import KINDS as FILE_KINDS
from engagekit.content.yamltext import read_yaml
from engagekit.reports.panel import run_panel
from engagekit.reports.panel.proposal import _lines, proposal
from realcourse import real_course

if TYPE_CHECKING:
    from panel_files import Tutors

KINDS = {"first-visit": "interviews", "ana-letters": "cases", "dee-spring": "webs", "eli-mornings": "goals"}


def proposed(tutors: Tutors, vignette: str) -> dict[str, Any]:
    """Run the panel and read a proposed key as plain data."""
    run_panel(tutors.root, [tutors.files], tutors.out)
    document = read_yaml("key.yaml", (tutors.out / "proposed" / vignette / "key.yaml").read_text("utf-8"))
    assert document.problems == []
    return dict(document.data)


def pasted(tutors: Tutors, vignette: str) -> list[str]:
    """Copy a proposed key over the key; return what the check says."""
    text = (tutors.out / "proposed" / vignette / "key.yaml").read_text("utf-8")
    kind = KINDS[vignette]
    (tutors.root / "source_material" / "vignettes" / kind / vignette / "key.yaml").write_text(text, "utf-8")
    return [problem.message for problem in check(tutors.root).problems if vignette in problem.path]


@pytest.mark.parametrize("pairs", [(TALK,), (STAGE, DESISTANCE), (GOAL,)], ids=["talk", "case", "goal"])
def test_a_panel_that_agrees_proposes_the_key_as_it_is(tutors: Tutors, pairs: Any) -> None:
    """Only the basis says something new, and the file can be copied over the key as it stands."""
    for pair in pairs:
        tutors.agree(pair, "anna", "bo")
    vignette = pairs[0][1]
    before = tutors.course.keys[vignette].model_dump()
    assert proposed(tutors, vignette)["basis"].startswith("A panel of 2 tutors coded this")
    assert pasted(tutors, vignette) == []
    after = tutors.course.keys[vignette].model_dump()
    assert after.pop("basis") != before.pop("basis")
    assert after == before


def test_a_changed_answer_has_no_reason_until_somebody_writes_one(tutors: Tutors) -> None:
    """The old reason argued for the old answer. The check names the entry that lacks one."""
    for tutor in ("anna", "bo", "cy"):
        tutors.code(tutor, TALK, {"t01": "question", "t03": "question"})
    first, second = proposed(tutors, "first-visit")["turns"]
    assert first["reason"] == "It asks."
    assert second == {"turn": "t03", "code": "question"}
    text = (tutors.out / "proposed" / "first-visit" / "key.yaml").read_text("utf-8")
    assert "# Turn 2. The tutors: 3 question. The key had: reflection." in text
    (message,) = pasted(tutors, "first-visit")
    assert message == '"reason" is missing in turns.1'


def test_a_contested_item_becomes_a_discussion(tutors: Tutors) -> None:
    """Every answer that was given is there, with how many gave it; the key's reason stays with its answer."""
    tutors.agree(TALK, "anna", "bo")
    for tutor in ("cy", "di"):
        tutors.code(tutor, TALK, {"t01": "reflection", "t03": "reflection"})
    turn = proposed(tutors, "first-visit")["turns"][0]
    assert (turn["code"], turn["also"], turn["reason"]) == ("question", ["reflection"], "It asks.")
    assert turn["discuss"] == "A panel of tutors split on this: 2 question, 2 reflection."
    assert pasted(tutors, "first-visit") == []


def test_the_stage_its_facts_and_the_next_step_follow_the_panel(tutors: Tutors) -> None:
    """A new stage has the sentences that half pointed at; a new fitting response drops old reasons."""
    answers = {"stage": "contemplation s05", "missing": "none", "next": "r3"}
    tutors.code("anna", STAGE, answers)
    tutors.code("bo", STAGE, answers | {"stage": "contemplation s05 s06"})
    tutors.code("cy", STAGE, answers | {"stage": "contemplation s05"})
    stage = proposed(tutors, "ana-letters")["stage"]
    assert (stage["code"], stage["shown_by"]) == ("contemplation", ["s05"])
    assert "reason" not in stage
    assert [each["fits"] for each in stage["responses"]] == ["false", "false", "true"]
    assert [each.get("reason") for each in stage["responses"]] == [None, "It tells.", None]


def test_a_factor_that_the_key_left_out_may_be_added(tutors: Tutors) -> None:
    """Two tutors agree that an unlisted factor is present: it is proposed with its sentences."""
    path = tutors.root / "source_material/vignettes/cases/ana-letters/key.yaml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("  - {factor: b2-hope")], "utf-8")
    for tutor in ("anna", "bo"):
        tutors.code(tutor, DESISTANCE, {"b1-intention": "ambiguous s05", "b2-hope": "present s05"})
    factors = proposed(tutors, "ana-letters")["factors"]
    assert factors[1] == {"factor": "b2-hope", "answer": "present", "shown_by": ["s05"]}


def test_faults_of_a_goal_follow_the_majority_and_a_split_stays_as_it_was(tutors: Tutors) -> None:
    """A fault that most name is added, one that none name goes, and one that they split on stays."""
    tutors.code("anna", GOAL, {"faults": "vague nobody"})
    tutors.code("bo", GOAL, {"faults": "nobody"})
    found = proposed(tutors, "eli-mornings")["faults"]
    assert [each["fault"] for each in found] == ["vague", "nobody"]
    text = (tutors.out / "proposed" / "eli-mornings" / "key.yaml").read_text("utf-8")
    assert "# What is wrong: Vague: the tutors split, 1 no, 1 yes. It stays as the key has it." in text or (
        "# What is wrong: Vague: the tutors split, 1 yes, 1 no. It stays as the key has it." in text
    )


def test_one_score_of_a_web_changes_and_the_others_stay(tutors: Tutors) -> None:
    """Area and date name the score."""
    for tutor in ("anna", "bo"):
        tutors.code(tutor, WEB, {"home-first": "maintaining", "home-second": "thinking"})
    home, work = proposed(tutors, "dee-spring")["areas"][:2]
    assert home["first"] == {"code": "maintaining"}
    assert home["second"] == {"code": "thinking", "reason": "Better.", "rule": "their-words"}
    assert work["first"]["reason"] == "Bad."


def test_one_tutor_changes_nothing(tutors: Tutors) -> None:
    """An item that only one tutor answered keeps its key."""
    tutors.agree(TALK, "anna")
    tutors.code("bo", TALK, {"t01": "question"})
    tutors.code("cy", TALK, {"t01": "question"})
    (tutors.files / "anna.jsonl").unlink()
    tutors.code("anna", TALK, {"t03": "question"})
    assert proposed(tutors, "first-visit")["turns"][1]["code"] == "reflection"


def test_no_key_is_ever_written_and_old_proposals_go(tutors: Tutors) -> None:
    """The course's files stay as they were; a second run leaves none of the first run's proposals."""
    tutors.agree(TALK, "anna", "bo")
    tutors.agree(GOAL, "anna", "bo")
    before = {path: path.read_bytes() for path in (tutors.root / "source_material").rglob("*.yaml")}
    proposed(tutors, "eli-mornings")
    mine = tutors.out / "proposed" / "notes" / "key.yaml"
    mine.parent.mkdir()
    mine.write_text("My own notes.\n", "utf-8")
    for path in tutors.files.iterdir():
        path.unlink()
    tutors.agree(TALK, "anna", "bo")
    proposed(tutors, "first-visit")
    assert not (tutors.out / "proposed" / "eli-mornings" / "key.yaml").exists()
    assert mine.read_text("utf-8") == "My own notes.\n"
    assert before == {path: path.read_bytes() for path in (tutors.root / "source_material").rglob("*.yaml")}


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
    lambda text: text == text.strip()
)


@given(TEXTS)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    """Quotation marks, colons, hashes, line ends, long lines: what is written is what is read."""
    document = read_yaml("x", "\n".join(_lines({"basis": text, "also": [text]}, 0)) + "\n")
    assert (document.data, document.problems) == ({"basis": text, "also": [text]}, [])


@pytest.mark.slow
def test_every_real_key_comes_back_as_it_was(root: Path) -> None:
    """Written out as proposals without any change, all keys of the real course read back the same."""
    course = real_course()
    for key in course.keys.values():
        if type(key).__name__ == "ReplyKey":
            continue
        document = read_yaml("key.yaml", proposal(key, []))
        assert document.problems == [], key.id
        data = {name: value for name, value in document.data.items() if name != "schema"}
        kind = next(each for each in FILE_KINDS if each.model is type(key))
        again = kind.model.model_validate({"id": key.id, **data})
        assert again.model_dump() | {"basis": ""} == key.model_dump() | {"basis": ""}, key.id
