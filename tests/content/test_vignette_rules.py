"""Faults in vignettes and keys of every kind, one at a time, and the words that report them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from vignette_files import a_full_course

from engagekit.content import check

PLACE = "source_material/vignettes/"
CASE, CASE_KEY = "cases/ana-letters/vignette.yaml", "cases/ana-letters/key.yaml"
SECOND = "cases/ana-letters/second.yaml"
TALK, TALK_KEY = "interviews/first-visit/vignette.yaml", "interviews/first-visit/key.yaml"
REPLIES, REPLIES_KEY = "replies/two-mornings/vignette.yaml", "replies/two-mornings/key.yaml"
WEB, WEB_KEY = "webs/dee-spring/vignette.yaml", "webs/dee-spring/key.yaml"
GOAL_KEY = "goals/eli-mornings/key.yaml"

FAULTS = {
    "interview with an unknown scheme": (TALK, "scheme: talk", "scheme: tlak"),
    "web with an unknown scheme": (WEB, "scheme: web", "scheme: wbe"),
    "sentences with a gap": (CASE, "id: s04", "id: s14"),
    "responses out of order": (CASE, "id: r3", "id: r4"),
    "prompts out of order": (REPLIES, "id: p2", "id: p3"),
    "stage that is no code": (CASE_KEY, "code: action", "code: actoin"),
    "stage with an unknown rule": (CASE_KEY, "rule: four-facts", "rule: for-facts"),
    "stage shown by no such sentence": (CASE_KEY, "shown_by: [s02, s03]", "shown_by: [s02, s30]"),
    "stage shown by nothing": (CASE_KEY, "shown_by: [s02, s03]", "shown_by: []"),
    "stage known and a fact missing": (CASE_KEY, "missing: []", "missing: [duration]"),
    "stage unknown and nothing missing": (CASE_KEY, "code: action", "code: not-enough-information"),
    "fact that does not exist": (CASE_KEY, "missing: []", "missing: [mood]"),
    "two responses that fit": (CASE_KEY, "response: r2, fits: false", "response: r2, fits: true"),
    "no response that fits": (CASE_KEY, "response: r1, fits: true", "response: r1, fits: false"),
    "response judged twice": (CASE_KEY, "response: r3", "response: r2"),
    "feedback for no code": (CASE_KEY, "instead: {contemplation", "instead: {contemplaton"),
    "feedback for the keyed code": (CASE_KEY, "instead: {contemplation", "instead: {action"),
    "factor that does not exist": (CASE_KEY, "factor: b2-hope", "factor: b2-hop"),
    "factor answered twice": (CASE_KEY, "factor: b2-hope", "factor: b1-intention"),
    "factor with an unknown answer": (CASE_KEY, "answer: ambiguous", "answer: unclear"),
    "factor with an unknown rule": (CASE_KEY, "rule: stated-only}\n  - ", "rule: stated}\n  - "),
    "factor shown by no such sentence": (CASE_KEY, "shown_by: [s05]", "shown_by: [s55]"),
    "factor shown by nothing": (CASE_KEY, "shown_by: [s05]", "shown_by: []"),
    "factor not stated and shown": (CASE_KEY, "not-stated, shown_by: []", "not-stated, shown_by: [s01]"),
    "alternative that is no answer": (
        CASE_KEY, "reason: It hangs on an if.", "reason: It hangs., also: [presnt], discuss: Split.",
    ),
    "alternative without a word on it": (
        CASE_KEY, "reason: It hangs on an if.", "reason: It hangs., also: [present]",
    ),
    "word on no alternative": (CASE_KEY, "reason: It hangs on an if.", "reason: It hangs., discuss: Split."),
    "alternative to itself": (
        CASE_KEY, "reason: It hangs on an if.", "reason: It hangs., also: [ambiguous], discuss: Split.",
    ),
    "person's turn that the practitioner has": (
        TALK_KEY, "turns:", "person: [{turn: t01, code: change, reason: r}]\nturns:",
    ),
    "person's turn with an unknown code": (
        TALK_KEY, "turns:", "person: [{turn: t02, code: chnge, reason: r}]\nturns:",
    ),
    "person's turn read twice": (
        TALK_KEY, "turns:",
        "person: [{turn: t02, code: change, reason: r}, {turn: t02, code: sustain, reason: r}]\nturns:",
    ),
    "prompt without replies": (REPLIES_KEY, "prompt: p2", "prompt: p1"),
    "prompt that does not exist": (REPLIES_KEY, "prompt: p2", "prompt: p7"),
    "roadblock that does not exist": (REPLIES_KEY, "kind: labelling", "kind: labeling"),
    "web with an area twice": (WEB, "area: work", "area: home"),
    "web key with an unknown area": (WEB_KEY, "area: work", "area: wrok"),
    "web key with an unknown score": (WEB_KEY, "code: thinking", "code: thinkin"),
    "web key with an unknown rule": (WEB_KEY, "rule: their-words", "rule: their-word"),
    "fault named twice": (GOAL_KEY, "fault: no-date", "fault: vague"),
    "fault that does not exist": (GOAL_KEY, "fault: vague", "fault: vauge"),
    "second reading settles what it did not read": (SECOND, "item: b1-intention", "item: b2-hope"),
}  # fmt: skip

EXPECTED: dict[str, tuple[str, ...]] = {
    "interview with an unknown scheme": (
        'interviews/first-visit/vignette.yaml:4:9: error: no scheme "tlak"; did you mean "talk"?',
    ),
    "web with an unknown scheme": (
        'webs/dee-spring/vignette.yaml:4:9: error: no scheme "wbe"; did you mean "web"?',
    ),
    "sentences with a gap": (
        'cases/ana-letters/vignette.yaml:13:10: error: this is "s14"; it should be "s04"',
    ),
    "responses out of order": (
        'cases/ana-letters/key.yaml:12:5: error: response "r4" is missing',
        'cases/ana-letters/key.yaml:14:18: error: no response "r3"; choose from r1, r2, r4',
        'cases/ana-letters/vignette.yaml:19:10: error: this is "r4"; it should be "r3"',
    ),
    "prompts out of order": (
        'replies/two-mornings/key.yaml:4:3: error: prompt "p3" is missing',
        'replies/two-mornings/key.yaml:7:13: error: no prompt "p2"; choose from p1, p3',
        'replies/two-mornings/vignette.yaml:12:9: error: this is "p3"; it should be "p2"',
    ),
    "stage that is no code": (
        'cases/ana-letters/key.yaml:4:9: error: no code "actoin"; did you mean "action"?',
    ),
    "stage with an unknown rule": (
        'cases/ana-letters/key.yaml:7:9: error: no rule "for-facts"; did you mean "four-facts"?',
    ),
    "stage shown by no such sentence": (
        'cases/ana-letters/key.yaml:5:19: error: no sentence "s30"; did you mean "s06"?',
    ),
    "stage shown by nothing": (
        "cases/ana-letters/key.yaml:4:3: error: no sentence shows this stage; add shown_by",
    ),
    "stage known and a fact missing": (
        "cases/ana-letters/key.yaml:9:12: error: "
        "facts are missing exactly when the stage is not-enough-information",
    ),
    "stage unknown and nothing missing": (
        "cases/ana-letters/key.yaml:4:9: error: "
        "facts are missing exactly when the stage is not-enough-information",
    ),
    "fact that does not exist": (
        "cases/ana-letters/key.yaml:9:13: error: "
        'stage.missing.0: "mood" is not allowed here; '
        "choose from behaviour, duration, intention, present-state",
    ),
    "two responses that fit": ("cases/ana-letters/key.yaml:12:5: error: exactly one response should fit",),
    "no response that fits": ("cases/ana-letters/key.yaml:12:5: error: exactly one response should fit",),
    "response judged twice": (
        'cases/ana-letters/key.yaml:12:5: error: response "r3" is missing',
        'cases/ana-letters/key.yaml:14:18: error: response "r2" is there twice',
    ),
    "feedback for no code": (
        'cases/ana-letters/key.yaml:8:13: error: no code "contemplaton"; did you mean "contemplation"?',
    ),
    "feedback for the keyed code": (
        'cases/ana-letters/key.yaml:4:9: error: "action" cannot be its own alternative',
    ),
    "factor that does not exist": (
        'cases/ana-letters/key.yaml:17:14: error: no factor "b2-hop"; did you mean "b2-hope"?',
    ),
    "factor answered twice": ('cases/ana-letters/key.yaml:17:14: error: "b1-intention" is answered twice',),
    "factor with an unknown answer": (
        "cases/ana-letters/key.yaml:16:36: error: "
        'factors.0.answer: "unclear" is not allowed here; choose from absent, ambiguous, not-stated, present',
    ),
    "factor with an unknown rule": (
        'cases/ana-letters/key.yaml:16:98: error: no rule "stated"; did you mean "stated-only"?',
    ),
    "factor shown by no such sentence": (
        'cases/ana-letters/key.yaml:16:58: error: no sentence "s55"; did you mean "s05"?',
    ),
    "factor shown by nothing": (
        "cases/ana-letters/key.yaml:16:5: error: a sentence shows every answer but not-stated",
    ),
    "factor not stated and shown": (
        "cases/ana-letters/key.yaml:17:5: error: a sentence shows every answer but not-stated",
    ),
    "alternative that is no answer": (
        'cases/ana-letters/key.yaml:16:90: error: no code "presnt"; did you mean "present"?',
    ),
    "alternative without a word on it": (
        'cases/ana-letters/key.yaml:16:5: error: an entry for discussion needs "discuss" too',
    ),
    "word on no alternative": (
        'cases/ana-letters/key.yaml:16:5: error: an entry for discussion needs "also" too',
    ),
    "alternative to itself": (
        'cases/ana-letters/key.yaml:16:36: error: "ambiguous" cannot be its own alternative',
    ),
    "person's turn that the practitioner has": (
        'interviews/first-visit/key.yaml:3:17: error: no turn of the person\'s "t01"; did you mean "t02"?',
    ),
    "person's turn with an unknown code": (
        'interviews/first-visit/key.yaml:3:28: error: no code "chnge"; did you mean "change"?',
    ),
    "person's turn read twice": ('interviews/first-visit/key.yaml:3:55: error: turn "t02" is there twice',),
    "prompt without replies": (
        'replies/two-mornings/key.yaml:4:3: error: prompt "p2" is missing',
        'replies/two-mornings/key.yaml:7:13: error: prompt "p1" is there twice',
    ),
    "prompt that does not exist": (
        'replies/two-mornings/key.yaml:4:3: error: prompt "p2" is missing',
        'replies/two-mornings/key.yaml:7:13: error: no prompt "p7"; choose from p1, p2',
    ),
    "roadblock that does not exist": (
        "replies/two-mornings/key.yaml:9:50: error: "
        'prompts.1.roadblock.kind: "labeling" is not allowed here; did you mean "labelling"?',
    ),
    "web with an area twice": (
        'webs/dee-spring/vignette.yaml:11:3: error: area "work" is missing',
        'webs/dee-spring/vignette.yaml:12:12: error: area "home" is there twice',
    ),
    "web key with an unknown area": (
        'webs/dee-spring/key.yaml:4:3: error: area "work" is missing',
        'webs/dee-spring/key.yaml:5:12: error: no area "wrok"; did you mean "work"?',
    ),
    "web key with an unknown score": (
        'webs/dee-spring/key.yaml:4:88: error: no code "thinkin"; did you mean "thinking"?',
    ),
    "web key with an unknown rule": (
        'webs/dee-spring/key.yaml:4:59: error: no rule "their-word"; did you mean "their-words"?',
    ),
    "fault named twice": ('goals/eli-mornings/key.yaml:5:13: error: "vague" is named twice',),
    "fault that does not exist": (
        "goals/eli-mornings/key.yaml:4:13: error: "
        'faults.0.fault: "vauge" is not allowed here; did you mean "vague"?',
    ),
    "second reading settles what it did not read": (
        'cases/ana-letters/second.yaml:5:12: error: no answer "b2-hope"; choose from b1-intention, stage',
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a course with a vignette of every kind."""
    return a_full_course(tmp_path)


def lines(root: Path) -> list[str]:
    """Return the report's problems, without the folder that all of them begin with."""
    return [str(problem).removeprefix(PLACE) for problem in check(root).problems]


def spoil(root: Path, name: str, old: str, new: str) -> None:
    """Replace words in one file; the words must be there."""
    path = root / PLACE / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_course_with_every_kind_has_no_problem(root: Path) -> None:
    """The course that the other tests spoil is valid, and all five kinds are in it."""
    report = check(root)
    assert report.problems == ()
    assert len({type(vignette) for vignette in report.course.vignettes.values()}) == 5


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_reported_where_it_is(root: Path, fault: str) -> None:
    """Each fault is told with its file, line and column, and nothing else is."""
    spoil(root, *FAULTS[fault])
    assert sorted(lines(root)) == sorted(EXPECTED[fault])


def test_a_key_alone_and_a_vignette_alone_are_problems(root: Path) -> None:
    """Neither is passed over: a key needs a vignette of its own kind, and a vignette needs a key."""
    folder = root / PLACE
    (folder / GOAL_KEY).unlink()
    (folder / REPLIES).unlink()
    assert lines(root) == [
        "goals/eli-mornings/vignette.yaml:1:1: error: this vignette has no key; "
        f"write {PLACE}goals/eli-mornings/key.yaml",
        "replies/two-mornings/key.yaml:1:1: error: there is no vignette beside this key",
    ]


def test_a_vignette_of_another_kind_is_not_the_one_beside_a_key(root: Path) -> None:
    """A key is not satisfied by an interview of the same name elsewhere."""
    folder = root / PLACE
    (folder / "cases/ana-letters/vignette.yaml").unlink()
    (folder / "cases/ana-letters").rename(folder / "cases/first-visit")
    assert "cases/first-visit/key.yaml:1:1: error: there is no vignette beside this key" not in lines(root)
    (folder / TALK_KEY).unlink()
    assert "cases/first-visit/key.yaml:1:1: error: there is no vignette beside this key" in lines(root)


def test_an_id_is_used_once_over_all_kinds(root: Path) -> None:
    """A case with an interview's name is told, with where the first one is."""
    folder = root / PLACE
    (folder / "cases/ana-letters").rename(folder / "cases/first-visit")
    assert (
        'cases/first-visit/vignette.yaml:1:1: error: the id "first-visit" is used twice; '
        f"first in {PLACE}{TALK}"
    ) in lines(root)


def test_an_assessment_key_may_be_away_where_no_marking_is(root: Path) -> None:
    """A learner bundle leaves it out; a course for practice may not."""
    (root / PLACE / GOAL_KEY).unlink()
    spoil(root, "goals/eli-mornings/vignette.yaml", "use: practice", "use: assessment")
    assert lines(root) == []


def test_a_second_reading_belongs_to_a_vignette(root: Path) -> None:
    """A reading in a folder with no vignette is told."""
    folder = root / PLACE / "cases/nobody"
    folder.mkdir()
    (folder / "second.yaml").write_text(
        "schema: second-reading/1\nreader: R\nanswers: {stage: action}\n", "utf-8"
    )
    (line,) = lines(root)
    assert line.startswith('cases/nobody/second.yaml:1:1: error: no vignette "nobody"')
