"""The Talk exercise as a widget: answers reach the file and Python, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engagekit.frontend import TalkExercise
from engagekit.frontend.attempts import AttemptEvent, AttemptLog

Event = Callable[..., dict[str, str]]


def say(widget: TalkExercise, *events: dict[str, str]) -> None:
    """Send events as the browser does."""
    lines = [AttemptEvent.from_value(value).line() for value in events]
    widget._heard(widget, {"kind": "append", "lines": lines}, [])


@pytest.fixture
def widget(exercise: dict[str, Any], tmp_path: Path) -> TalkExercise:
    """Give a widget with a file of its own."""
    return TalkExercise(exercise, tmp_path / "attempts" / "talk.jsonl")


def test_answers_reach_the_file_and_python(widget: TalkExercise, event: Event) -> None:
    """The attempt and its agreement follow the answers; a discussion turn does not count."""
    assert (widget.attempt, widget.agreement) == (None, None)
    say(
        widget,
        event(turn="t02", code="open-question"),
        event(turn="t04", code="other"),
        event(turn="t08", code="other"),
    )
    assert len(AttemptLog(Path(widget.place)).read().events) == 3
    assert widget.attempt.latest["t04"] == "other"
    assert (widget.agreement.compared, widget.agreement.percent) == (2, 0.5)
    assert widget.agreement.missing == ("t06",)
    assert len(widget.events) == 3


def test_first_answers_count_in_practice_and_last_ones_in_a_retest(
    exercise: dict[str, Any], tmp_path: Path, event: Event
) -> None:
    """The same rule as in the browser."""
    answers = [event(code="other"), event(code="open-question", at="2026-11-22T10:00:01.000Z")]
    for use, share in (("practice", 0.0), ("retest", 1.0)):
        widget = TalkExercise({**exercise, "use": use}, tmp_path / f"{use}.jsonl")
        say(widget, *answers)
        assert widget.agreement.percent == share


def test_a_new_widget_takes_up_the_file(widget: TalkExercise, exercise: dict[str, Any], event: Event) -> None:
    """Running the cell again resumes the attempt."""
    say(widget, event())
    again = TalkExercise(exercise, Path(widget.place))
    assert again.attempt == widget.attempt
    assert again.events == widget.events


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
    ],
)
def test_a_message_that_is_not_an_answer_changes_nothing(widget: TalkExercise, content: Any) -> None:
    """Whatever a page sends, only complete events are kept."""
    widget._heard(widget, content, [])
    assert widget.events == []
    assert AttemptLog(Path(widget.place)).read().events == ()


def test_events_of_other_exercises_are_left_out(widget: TalkExercise, event: Event) -> None:
    """They are neither shown nor written."""
    say(widget, event(vignette="another"), event(lens="stage"))
    assert widget.events == []
    assert AttemptLog(Path(widget.place)).read().events == ()


def test_a_file_that_cannot_be_written_is_said_and_loses_nothing(
    exercise: dict[str, Any], tmp_path: Path, event: Event
) -> None:
    """The answers stay in the widget, the learner is told, and they are written when it works again."""
    blocker = tmp_path / "attempts"
    blocker.write_text("a file where the folder should be")
    widget = TalkExercise(exercise, blocker / "talk.jsonl")
    say(widget, event())
    assert "could not be written" in widget.problem
    assert len(widget.events) == 1
    blocker.unlink()
    say(widget, event(turn="t04"))
    assert widget.problem == ""
    assert len(AttemptLog(Path(widget.place)).read().events) == 2


def test_damaged_lines_are_said(widget: TalkExercise, event: Event) -> None:
    """The learner hears which line could not be read."""
    say(widget, event())
    with Path(widget.place).open("a", encoding="utf-8") as file:
        file.write("half a li\n")
    widget.refresh()
    assert "line 2 could not be read" in widget.problem
    assert len(widget.events) == 1


def test_a_page_without_python_gets_the_living_element(widget: TalkExercise) -> None:
    """The same notebook is alive in the book and in JupyterLab."""
    data, _metadata = widget._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/html"].startswith("<engagekit-talk ")
