"""The data of an exercise: every lens, nothing from an assessment, and a hash that says what compares."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "content"))
from vignette_files import a_full_course

from engagekit.content import load_course
from engagekit.frontend.exercises import (
    NoSuchExerciseError,
    NotForPracticeError,
    catalogue,
    exercise,
    practice,
)
from engagekit.model import LENSES, Course, content_hash
from engagekit.scoring.practice import codes_of, is_answer, outcome
from realcourse import real_course

SMALL = {
    "talk": "first-visit",
    "stage": "ana-letters",
    "desistance": "ana-letters",
    "reply": "two-mornings",
    "web": "dee-spring",
    "goal": "eli-mornings",
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Give a small course with a vignette of every kind."""
    return load_course(a_full_course(tmp_path_factory.mktemp("course")))


@pytest.fixture(scope="module")
def real(root: Path) -> Course:
    """Give the real course."""
    return real_course()


def every_exercise(course: Course) -> list[dict[str, Any]]:
    """Return every vignette of a course that is not for assessment, through each of its lenses."""
    return [
        exercise(course, vignette.id, lens)
        for vignette in course.vignettes.values()
        if vignette.use != "assessment"
        for lens in vignette.lenses
    ]


def changed(course: Course, shelf: str, name: str, **fields: Any) -> Course:
    """Return the course with fields of one vignette or key replaced."""
    whole = getattr(course, shelf)
    return course.model_copy(update={shelf: {**whole, name: whole[name].model_copy(update=fields)}})


def without_scheme(course: Course, name: str) -> Course:
    """Return the course without one coding scheme."""
    left = {key: scheme for key, scheme in course.schemes.items() if key != name}
    return course.model_copy(update={"schemes": left})


@pytest.mark.parametrize("which", ["course", "real"])
def test_every_item_has_a_key_that_is_one_of_its_answers(which: str, request: pytest.FixtureRequest) -> None:
    """The component can answer to each item of every exercise, and the key agrees with itself."""
    made = every_exercise(request.getfixturevalue(which))
    assert made
    for each in made:
        order = [code["id"] for code in each["scheme"]["codes"]]
        assert {item["id"] for item in each["items"]} == set(each["key"]), each["id"]
        assert any(not item["optional"] for item in each["items"])
        for item in each["items"]:
            key = each["key"][item["id"]]
            if item["kind"] not in ("choice", "set"):
                continue
            answer = " ".join(key["set"]) or "none" if item["kind"] == "set" else key["code"]
            if item["evidence"]:
                answer = " ".join([answer, *key["shown_by"]])
            assert is_answer(item, answer, order), (each["id"], item["id"])
            wanted = "discuss" if key.get("also") or key.get("discussion") else "agrees"
            assert outcome(item, key, answer, order) == wanted, (each["id"], item["id"])


def test_all_exercises_have_the_same_outline(course: Course) -> None:
    """The component reads every lens in the same way, and all of it is JSON."""
    made = every_exercise(course)
    assert {each["lens"] for each in made} == set(LENSES)
    for each in made:
        assert json.loads(json.dumps(each)) == each
        assert list(each) == [
            "schema", "lens", "id", "title", "summary", "introduction", "use", "facts", "content", "scheme",
            "body", "items", "key",
        ]  # fmt: skip
        assert re.fullmatch(r"[0-9a-f]{16}", each["content"])
        assert all(set(fact) == {"term", "text"} for fact in each["facts"])
        assert set(each["scheme"]) == {"id", "title", "level", "codes", "rules", "groups"}


def test_talk_asks_about_every_practitioner_turn_and_reads_the_person_for_discussion(real: Course) -> None:
    """Each practitioner turn counts; the person's turns with a reading are optional and never score."""
    made = exercise(real, "aisha-first-month")
    vignette, key = real.interview("aisha-first-month"), real.interview_key("aisha-first-month")
    asked = [item["id"] for item in made["items"] if not item["optional"]]
    assert asked == [turn.id for turn in vignette.turns("practitioner")]
    assert {item["id"] for item in made["items"] if item["optional"]} == {turn.turn for turn in key.person}


def test_a_reading_of_the_person_is_a_choice_of_client_talk(course: Course) -> None:
    """It offers the four kinds of client talk, not the practitioner's codes, and is for discussion."""
    reading = {"turn": "t02", "code": "sustain", "reason": "It leans away."}
    key = course.keys["first-visit"]
    person = (type(key).model_validate({**key.model_dump(), "person": [reading]})).person
    made = exercise(changed(course, "keys", "first-visit", person=person), "first-visit")
    (item,) = [each for each in made["items"] if each["id"] == "t02"]
    assert (item["optional"], codes_of(item)) == (True, ("change", "sustain"))
    assert outcome(item, made["key"]["t02"], "change") == "discuss"
    assert made["content"] == exercise(course, "first-visit")["content"]


def test_attempts_from_the_time_of_talk_alone_still_compare(real: Course) -> None:
    """An interview's hash is worked out as it was then: talk, codes and keyed codes."""
    vignette, key = real.interview("aisha-first-month"), real.interview_key("aisha-first-month")
    then = {
        "utterances": [utterance.model_dump() for utterance in vignette.utterances],
        "codes": [code.id for code in real.schemes["talk"].codes],
        "key": {turn.turn: [turn.code, *turn.also] for turn in key.turns},
    }
    assert exercise(real, "aisha-first-month")["content"] == content_hash(then)


def test_desistance_asks_what_the_key_lists_and_offers_the_rest(real: Course, course: Course) -> None:
    """Factors come in the order of the scheme, each with its own lines; one not listed is not stated."""
    made = exercise(course, "ana-letters", "desistance")
    assert [item["id"] for item in made["items"]] == ["b1-intention", "b2-hope"]
    assert [item["choices"][2]["definition"] for item in made["items"]] == ["Perhaps.", "Eh."]
    assert {item["group"] for item in made["items"]} == {"outlook"}
    shorter = changed(course, "keys", "ana-letters", factors=course.keys["ana-letters"].factors[:1])
    made = exercise(shorter, "ana-letters", "desistance")
    assert [item["optional"] for item in made["items"]] == [False, True]
    assert made["key"]["b2-hope"]["code"] == "not-stated"
    (entry,) = [each for each in catalogue(shorter, str)["exercises"] if each["lens"] == "desistance"]
    assert [item["id"] for item in entry["items"]] == list(entry["key"]) == ["b1-intention"]
    scheme = course.schemes["desistance"]
    one = scheme.model_copy(update={"codes": scheme.codes[:1]})
    fewer = shorter.model_copy(update={"schemes": {**course.schemes, scheme.id: one}})
    assert exercise(fewer, "ana-letters", "desistance")["content"] == made["content"]
    assert len(real.schemes["desistance"].codes) == 43


def test_stage_asks_three_things(course: Course) -> None:
    """The stage with its sentences, the facts left out, and the one response that fits."""
    made = exercise(course, "ana-letters", "stage")
    stage, missing, following = made["items"]
    assert (stage["evidence"], stage["ordinal"], stage["choices"]) == (True, True, [])
    assert (missing["kind"], codes_of(missing)) == (
        "set",
        ("behaviour", "present-state", "intention", "duration"),
    )
    assert following["choices"][0]["label"] == "What helped you open them?"
    assert made["key"]["next"] | {"instead": set(made["key"]["next"]["instead"])} == {
        "code": "r1", "reason": "It helps.", "rule": "", "also": [], "discuss": "", "shown_by": [],
        "instead": {"r2", "r3"},
    }  # fmt: skip
    assert made["facts"] == [{"term": "The change asked about", "text": "Opening her post."}]


def stage_key(course: Course, **fields: Any) -> Course:
    """Return the course with fields of Ana's stage replaced."""
    stage = course.keys["ana-letters"].stage.model_copy(update=fields)
    return changed(course, "keys", "ana-letters", stage=stage)


def test_what_cannot_be_told_needs_no_sentence(course: Course) -> None:
    """Sentences that come near do not turn the right answer into half of one."""
    untold = stage_key(course, code="not-enough-information", missing=("duration",), instead={})
    made = exercise(untold, "ana-letters", "stage")
    assert outcome(made["items"][0], made["key"]["stage"], "not-enough-information") is None
    order = [code["id"] for code in made["scheme"]["codes"]]
    assert outcome(made["items"][0], made["key"]["stage"], "not-enough-information", order) == "agrees"


def test_a_split_on_whether_it_can_be_told_is_a_split_on_what_is_missing(course: Course) -> None:
    """Neither question counts then; a split between two stages leaves the second one alone."""
    for also, result in (("not-enough-information", "discuss"), ("contemplation", "agrees")):
        made = exercise(stage_key(course, also=(also,), discuss="They split."), "ana-letters", "stage")
        assert outcome(made["items"][1], made["key"]["missing"], "none") == result


def test_a_web_asks_every_area_at_both_dates(course: Course) -> None:
    """All areas at the first date come before all areas at the second, each with its date."""
    items = exercise(course, "dee-spring")["items"]
    assert [item["id"] for item in items][9:11] == ["time-first", "home-second"]
    assert items[0]["label"] == "Home, 3 March 2026"
    assert len(items) == 20


def test_a_reply_is_words_and_a_goal_is_four_fields(course: Course) -> None:
    """What is written has exemplars and no score."""
    reply = exercise(course, "two-mornings")
    assert [item["kind"] for item in reply["items"]] == ["text", "text"]
    assert reply["key"]["p1"]["roadblock"]["kind"] == "advice"
    assert "about" not in json.dumps(reply["body"]["prompts"])
    faults, goal = exercise(course, "eli-mornings")["items"]
    assert len(faults["choices"]) == 8
    assert [each["id"] for each in goal["fields"]] == ["act", "test", "by", "who"]
    assert exercise(course, "eli-mornings")["key"]["faults"]["set"] == ["vague", "no-date"]


def test_nothing_says_who_the_person_is_for_the_balance_table(course: Course) -> None:
    """Age, group and offence as kept for counting never reach a learner."""
    for each in every_exercise(course):
        told = json.dumps(each)
        assert [word for word in ("ethnicity", "licence", "fraud", "community-order") if word in told] == []


REWORDED = {
    "talk": ("keys", "first-visit", "turns"),
    "desistance": ("keys", "ana-letters", "factors"),
    "web": ("keys", "dee-spring", "areas"),
    "goal": ("keys", "eli-mornings", "faults"),
}


@pytest.mark.parametrize("lens", REWORDED)
def test_a_better_reason_keeps_earlier_attempts_comparable(course: Course, lens: str) -> None:
    """The hash stays when a reason is reworded."""
    shelf, name, field = REWORDED[lens]
    before = exercise(course, name, lens)
    first, *rest = getattr(course.keys[name], field)
    old = first.first if lens == "web" else first
    new = old.model_copy(update={"reason": "Said better."})
    first = first.model_copy(update={"first": new}) if lens == "web" else new
    after = exercise(changed(course, shelf, name, **{field: (first, *rest)}), name, lens)
    assert after != before
    assert after["content"] == before["content"]


def test_another_key_or_another_text_is_another_version(course: Course) -> None:
    """Hashes change with the keyed answer, its sentences, a text that is read, and what can be chosen."""
    before = {lens: exercise(course, name, lens)["content"] for lens, name in SMALL.items()}

    def after(lens: str, shelf: str, **fields: Any) -> str:
        return str(exercise(changed(course, shelf, SMALL[lens], **fields), SMALL[lens], lens)["content"])

    case, replies = course.vignettes["ana-letters"], course.vignettes["two-mornings"]
    sentences = (case.sentences[0].model_copy(update={"text": "She was early."}), *case.sentences[1:])
    responses = (case.responses[0].model_copy(update={"text": "Well?"}), *case.responses[1:])
    prompts = (replies.prompts[0].model_copy(update={"says": "No bus."}), *replies.prompts[1:])
    factor = course.keys["ana-letters"].factors[0].model_copy(update={"shown_by": ("s01",)})
    assert after("stage", "vignettes", sentences=sentences) != before["stage"]
    assert after("stage", "vignettes", responses=responses) != before["stage"]
    assert after("desistance", "vignettes", responses=responses) == before["desistance"]
    assert after("reply", "vignettes", prompts=prompts) != before["reply"]
    assert after("goal", "vignettes", draft="Be late less.") != before["goal"]
    assert after("goal", "keys", faults=course.keys["eli-mornings"].faults[:1]) != before["goal"]
    assert (
        after("desistance", "keys", factors=(factor, *course.keys["ana-letters"].factors[1:]))
        != before["desistance"]
    )
    assert (
        exercise(stage_key(course, code="contemplation", instead={}), "ana-letters", "stage")["content"]
        != before["stage"]
    )


def test_an_assessment_case_is_refused(real: Course) -> None:
    """Every case that is not for practice is turned away by name, and no shelf or catalogue has it."""
    unseen = [name for name, case in real.vignettes.items() if case.use == "assessment"]
    assert unseen
    for name in unseen:
        with pytest.raises(NotForPracticeError, match=name):
            exercise(real, name)
        with pytest.raises(NotForPracticeError, match=name):
            practice(real, real.vignettes[name].lenses[0], [name])
    told = json.dumps([catalogue(real, lambda lens: ""), *(practice(real, lens) for lens in LENSES)])
    assert not [name for name in unseen if name in told]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("frist-visit",), 'no vignette "frist-visit"; did you mean "first-visit"?'),
        (("ana-letters",), '"ana-letters" has more than one lens: say "stage" or "desistance"'),
        (("ana-letters", "talk"), '"ana-letters" is for the lens "stage" or "desistance"'),
        (("first-visit", "tlak"), '"first-visit" is for the lens "talk" (no lens is called "tlak")'),
    ],
)
def test_what_is_not_there_is_told_with_what_is(
    course: Course, arguments: tuple[str, ...], words: str
) -> None:
    """A misspelt vignette, a lens left out and a wrong lens each say what to write."""
    with pytest.raises(NoSuchExerciseError) as caught:
        exercise(course, *arguments)
    assert str(caught.value) == words


@pytest.mark.parametrize(
    ("lens", "scheme"), [("talk", "talk"), ("stage", "stages"), ("desistance", "desistance"), ("web", "web")]
)
def test_a_missing_scheme_is_named(course: Course, lens: str, scheme: str) -> None:
    """The message names the scheme's file."""
    with pytest.raises(NoSuchExerciseError, match=f"schemes/{scheme}.yaml"):
        exercise(without_scheme(course, scheme), SMALL[lens], lens)


def test_rules_are_named_in_words(real: Course) -> None:
    """No rule sends a learner to an id."""
    rules = exercise(real, "aisha-first-month")["scheme"]["rules"]
    for rule in rules:
        assert not re.search("|".join(other["id"] for other in rules), rule["text"])


def test_a_shelf_has_everything_of_a_lens_and_retests_come_last(course: Course) -> None:
    """Without ids a shelf is complete; with ids it is those, in that order."""
    assert [each["id"] for each in practice(course, "stage")["exercises"]] == ["ana-letters"]
    second = course.vignettes["first-visit"].model_copy(update={"id": "second-visit"})
    again = course.model_copy(
        update={
            "vignettes": {**course.vignettes, "second-visit": second},
            "keys": {**course.keys, "second-visit": course.keys["first-visit"]},
        }
    )
    retested = changed(again, "vignettes", "first-visit", use="retest")
    assert [each["id"] for each in practice(retested, "talk")["exercises"]] == ["second-visit", "first-visit"]
    chosen = practice(again, "talk", ["second-visit"])
    assert [each["id"] for each in chosen["exercises"]] == ["second-visit"]


def test_a_mixed_shelf_takes_turns(course: Course) -> None:
    """Every lens is there, and ids may say which lens."""
    shelf = practice(course, "mixed")
    assert [each["lens"] for each in shelf["exercises"]] == list(LENSES)
    chosen = practice(course, "mixed", ["desistance/ana-letters", "dee-spring", "ana-letters"])
    assert [each["lens"] for each in chosen["exercises"]] == ["desistance", "web", "stage", "desistance"]
    with pytest.raises(NoSuchExerciseError, match='no lens "sage"; did you mean "stage"'):
        practice(course, "sage")


def test_a_catalogue_scores_without_texts(course: Course) -> None:
    """Progress can work out every outcome from it; nobody can read a vignette or a reason in it."""
    found = catalogue(course, lambda lens: f"{lens}.html")
    assert [(each["lens"], each["page"]) for each in found["exercises"]] == [
        (lens, f"{lens}.html") for lens in LENSES
    ]
    told = json.dumps(found)
    for words in ("She came in late.", "Nine weeks.", "What brings you here?", "Be better in the mornings."):
        assert words not in told
    for each in found["exercises"]:
        whole = exercise(course, each["id"], each["lens"])
        order = [code["id"] for code in each["scheme_codes"]]
        for item in each["items"]:
            answer = {"set": "none", "choice": "x"}.get(item["kind"], "x")
            for code in (*codes_of(item, order), answer):
                full = next(one for one in whole["items"] if one["id"] == item["id"])
                assert outcome(item, each["key"][item["id"]], code, order) == outcome(
                    full, whole["key"][item["id"]], code, order
                )
