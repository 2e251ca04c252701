"""Practice as a widget: answers reach the file and Python, and nothing else does."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "content"))
from vignette_files import a_full_course

from engagekit.content import load_course
from engagekit.frontend import Practice, practise
from engagekit.frontend.attempt_log import AttemptLog
from engagekit.frontend.attempts import AttemptEvent
from engagekit.frontend.exercises import NoSuchExerciseError, NotForPracticeError, practice
from engagekit.frontend.exercises import exercise as exercise_of

Event = Callable[..., dict[str, str]]


def say(widget: Practice, *events: dict[str, str]) -> None:
    """Send events as the browser does."""
    lines = [AttemptEvent.from_value(value).line() for value in events]
    widget._heard(widget, {"kind": "append", "lines": lines}, [])


@pytest.fixture
def widget(exercise: dict[str, Any], tmp_path: Path) -> Practice:
    """Give a widget with a record of its own."""
    return Practice(exercise, tmp_path / "attempts")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small course with a vignette of every kind."""
    return a_full_course(tmp_path_factory.mktemp("course"))


@pytest.fixture
def here(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder of one's own; return the course folder."""
    monkeypatch.chdir(tmp_path)
    return root


def kept(widget: Practice) -> tuple[AttemptEvent, ...]:
    """Return what is on the disk."""
    return AttemptLog(Path(widget.place)).read().events


def test_answers_reach_the_file_and_python(widget: Practice, event: Event) -> None:
    """The attempt and its agreement follow the answers; discussion does not count."""
    assert (widget.attempts, widget.agreement) == ((), None)
    say(
        widget,
        event(item="t02", answer="open-question"),
        event(item="t03", answer="sustain"),
        event(item="t04", answer="other"),
        event(item="t08", answer="other"),
    )
    assert len(kept(widget)) == 4
    assert Path(widget.place).name == "attempts.jsonl"
    assert widget.attempts[-1].latest["t04"] == "other"
    assert (widget.agreement.compared, widget.agreement.percent) == (2, 0.5)
    assert widget.agreement.missing == ("t06",)
    assert [row.code for row in widget.agreement.codes.per_code] == ["open-question", "reflection", "other"]
    assert len(widget.events) == 4


def test_first_answers_count_in_practice_and_last_ones_in_a_retest(
    exercise: dict[str, Any], tmp_path: Path, event: Event
) -> None:
    """The same rule as in the browser; a retest says nothing before its end."""
    first = [event(item=name, answer="other") for name in ("t02", "t04", "t06")]
    second = event(answer="open-question", at="2026-11-22T10:00:01.000Z")
    for use, share in (("practice", 0.0), ("retest", 1 / 3)):
        widget = Practice({**exercise, "use": use}, tmp_path / use)
        say(widget, *first, second)
        assert (widget.agreement is None) == (use == "retest")
        assert set(widget.results().outcome) == ({"kept"} if use == "retest" else {"differs"})
        assert set(widget.results().reference) == (
            {""} if use == "retest" else {"open-question", "reflection", "closed-question"}
        )
        say(widget, event(item="t08", answer="other", at="2026-11-22T10:00:02.000Z"))
        assert widget.agreement.percent == share


def test_results_are_a_table_of_answers(widget: Practice, event: Event) -> None:
    """One row for each answered item of each attempt: the answer that counts, and when it was given."""
    assert list(widget.results().columns) == [
        "lens", "vignette", "attempt", "item", "answer", "reference", "outcome", "score", "at",
    ]  # fmt: skip
    assert len(widget.results()) == 0
    say(
        widget,
        event(item="t02", answer="other"),
        event(item="t02", answer="open-question", at="2026-11-22T10:00:05.000Z"),
        event(item="t08", answer="other"),
        event(item="t03", answer="change"),
        event(item="t02", answer="open-question", attempt="a2", at="2026-11-23T10:00:00.000Z"),
    )
    found = widget.results().set_index(["attempt", "item"])
    assert found.loc[("a1", "t02"), ["answer", "reference", "outcome", "score", "at"]].tolist() == [
        "other", "open-question", "differs", 0.0, "2026-11-22T10:00:00.000Z",
    ]  # fmt: skip
    assert found.outcome.to_dict() == {
        ("a1", "t02"): "differs", ("a1", "t03"): "discuss", ("a1", "t08"): "discuss",
        ("a2", "t02"): "agrees",
    }  # fmt: skip
    assert found.score.isna().sum() == 2


def test_a_new_widget_takes_up_the_file(widget: Practice, exercise: dict[str, Any], event: Event) -> None:
    """Running the cell again resumes the attempt."""
    say(widget, event())
    again = Practice(exercise, Path(widget.place))
    assert again.attempts == widget.attempts != ()
    assert again.events == widget.events


def test_another_version_is_not_compared(widget: Practice, event: Event) -> None:
    """Events for other content, unknown items or unknown answers are kept and left out of the attempt."""
    say(
        widget,
        event(),
        event(attempt="old", content="fedcba9876543210"),
        event(item="t99"),
        event(answer="nonsense"),
    )
    assert len(kept(widget)) == 4
    assert [attempt.latest for attempt in widget.attempts] == [{"t02": "reflection"}]


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        "x",
        {},
        {"kind": "append"},
        {"kind": "append", "lines": "x"},
        {"kind": "append", "lines": [1, None, "{"]},
        {"kind": "erase", "lens": "talk", "vignette": "small-talk"},
    ],
)
def test_a_message_that_is_not_an_answer_changes_nothing(
    widget: Practice, event: Event, content: Any
) -> None:
    """Whatever a page sends, only complete events are kept, and nothing that is kept is erased."""
    say(widget, event())
    widget._heard(widget, content, [])
    assert len(widget.events) == len(kept(widget)) == 1


def test_events_of_other_exercises_are_left_out(widget: Practice, event: Event) -> None:
    """They are neither shown nor written."""
    say(widget, event(vignette="another"), event(lens="stage"))
    assert widget.events == []
    assert kept(widget) == ()


def test_a_file_that_cannot_be_written_is_said_and_loses_nothing(
    exercise: dict[str, Any], tmp_path: Path, event: Event
) -> None:
    """The answers stay in the widget, the learner is told, and they are written when it works again."""
    blocker = tmp_path / "attempts"
    blocker.write_text("a file where the folder should be")
    widget = Practice(exercise, blocker)
    say(widget, event())
    assert "could not be written" in widget.problem
    assert "Download them before you leave." in widget.problem
    assert len(widget.events) == 1
    blocker.unlink()
    say(widget, event(item="t04"))
    assert widget.problem == ""
    assert len(kept(widget)) == 2


def test_a_full_disk_is_said_and_loses_nothing(
    widget: Practice, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could not be written is measured all the same, and written with the next answer."""
    from engagekit.frontend import attempt_log

    def full(_path: Path, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(attempt_log, "_add", full)
        say(widget, event(answer="open-question"))
    assert "No space left on device" in widget.problem
    assert widget.agreement.percent == 1
    say(widget, event(item="t04"))
    assert (widget.problem, len(kept(widget))) == ("", 2)


def test_damage_is_said(widget: Practice, event: Event) -> None:
    """The learner hears what was recovered and where the damaged file is."""
    say(widget, event())
    with Path(widget.place).open("a", encoding="utf-8") as file:
        file.write("half a li\n")
    widget.refresh()
    assert "1 line was not readable. The other line could be recovered." in widget.problem
    assert "attempts-1.jsonl.damaged" in widget.problem
    assert len(widget.events) == 1


def test_a_page_without_python_gets_the_living_element(widget: Practice) -> None:
    """The same notebook is alive in the book and in JupyterLab."""
    data, _metadata = widget._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/html"].startswith("<engagekit-exercise ")


# --- a shelf ---


def test_a_shelf_keeps_its_exercises_apart(root: Path, tmp_path: Path, event: Event) -> None:
    """Answers go to one file; numbers are about the one worked on last, or the one that is named."""
    widget = Practice(practice(load_course(root), "mixed"), tmp_path)
    content = {f"{each['lens']}/{each['id']}": each["content"] for each in widget.data["exercises"]}
    assert (widget.attempts, widget.agreement, len(widget.results())) == ((), None, 0)
    stage = {"lens": "stage", "vignette": "ana-letters", "content": content["stage/ana-letters"]}
    web = {"lens": "web", "vignette": "dee-spring", "content": content["web/dee-spring"]}
    say(
        widget,
        event(**stage, item="stage", answer="action s02", at="2026-11-22T10:00:01.000Z"),
        event(**web, item="home-first", answer="thinking", at="2026-11-22T10:00:02.000Z"),
        event(**stage, item="missing", answer="duration", at="2026-11-22T10:00:03.000Z"),
    )
    assert (widget.agreement.lens, widget.agreement.percent, widget.agreement.kappa) == ("stage", 0.5, None)
    assert widget.agreement_of("dee-spring").percent == 0.5
    assert widget.agreement_of("goal/eli-mornings") is None
    assert len(kept(widget)) == len(widget.results()) == 3
    assert widget.results().reference.tolist() == ["action s02 s03", "none", "stuck"]
    with pytest.raises(NoSuchExerciseError, match='more than one lens here has "ana-letters"'):
        widget.agreement_of("ana-letters")
    with pytest.raises(NoSuchExerciseError, match='nothing here is called "eve"'):
        widget.attempts_of("eve")


def test_extra_practice_has_an_outcome_and_no_score(root: Path, tmp_path: Path, event: Event) -> None:
    """A factor that the key does not list can be answered; it never counts, in the table either."""
    course = load_course(root)
    key = course.keys["ana-letters"]
    shorter = key.model_copy(update={"factors": key.factors[:1]})
    made = exercise_of(
        course.model_copy(update={"keys": {**course.keys, key.id: shorter}}), key.id, "desistance"
    )
    widget = Practice(made, tmp_path)
    say(
        widget,
        event(
            lens="desistance", vignette=key.id, content=made["content"], item="b2-hope", answer="absent s01"
        ),
    )
    assert widget.results().outcome.tolist() == ["differs"]
    assert widget.results().score.isna().all()
    assert (widget.agreement.percent, widget.agreement.missing) == (None, ("b1-intention",))


def test_a_shelf_in_a_page_is_a_shelf(root: Path, tmp_path: Path) -> None:
    """It becomes the element that offers a choice."""
    data, _metadata = Practice(practice(load_course(root), "talk"), tmp_path)._repr_mimebundle_()
    assert data["text/html"].startswith("<engagekit-practice ")


# --- the door for a notebook ---


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("talk",), ["talk/first-visit"]),
        (("stage",), ["stage/ana-letters"]),
        (("first-visit",), ["talk/first-visit"]),
        (("ana-letters", "desistance"), ["desistance/ana-letters"]),
        (("ana-letters",), ["stage/ana-letters", "desistance/ana-letters"]),
    ],
)
def test_a_name_is_enough(here: Path, arguments: tuple[str, ...], shown: list[str]) -> None:
    """A lens, an interview, a case through one lens and a case through both."""
    assert list(practise(*arguments, root=here)._shown) == shown


def test_mixed_has_every_lens(here: Path) -> None:
    """Each lens is there."""
    assert len(practise("mixed", root=here)._shown) == 6


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("frist-visit",), 'nothing to practise is called "frist-visit"; did you mean "first-visit"?'),
        (("tlak",), 'nothing to practise is called "tlak"; did you mean "talk"?'),
        (("ana-letters", "talk"), '"ana-letters" is for the lens "stage" or "desistance"'),
    ],
)
def test_a_wrong_name_is_told_with_the_nearest(here: Path, arguments: tuple[str, ...], words: str) -> None:
    """A learner who mistypes is told what to type."""
    with pytest.raises(NoSuchExerciseError) as caught:
        practise(*arguments, root=here)
    assert str(caught.value) == words


def test_an_assessment_is_not_for_practice(request: pytest.FixtureRequest) -> None:
    """Its key never reaches a notebook, and the message does not offer it."""
    real = Path(__file__).parents[2]
    with pytest.raises(NotForPracticeError):
        practise("marcus-supervision-review", root=real)
    with pytest.raises(NoSuchExerciseError) as caught:
        practise("marcus-supervision-revew", root=real)
    assert "marcus-supervision-review" not in str(caught.value)


def test_no_course_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook opened elsewhere says so."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match="open the notebook inside the course folder"):
        practise("talk")
