"""Progress in a notebook: the tables, the figure, and a record that travels without loss."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engagekit.frontend.attempt_log import AttemptLog
from engagekit.frontend.attempts import AttemptEvent
from engagekit.frontend.exercises import catalogue
from engagekit.frontend.progress import Progress, progress
from engagekit.frontend.progress_words import day, result
from realcourse import real_course

pytestmark = pytest.mark.slow

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "progress.json").read_text("utf-8"))
NOW = "2026-11-22T12:00:00.000Z"


def events(*names: str) -> list[AttemptEvent]:
    """Return the events of golden cases, named by how they begin."""
    found = []
    for name in names:
        (case,) = [case for case in GOLDEN["cases"] if case["name"].startswith(name)]
        found += [
            AttemptEvent(**dict(zip(GOLDEN["fields"], each, strict=True)))
            for each in case["events"]
            if isinstance(each, list) and each
        ]
    return found


@pytest.fixture
def log(tmp_path: Path) -> AttemptLog:
    """Return an empty record."""
    return AttemptLog(tmp_path / "attempts")


def shown(log: AttemptLog, now: str = NOW) -> Progress:
    """Return progress over the golden catalogue at a given time."""
    return Progress(GOLDEN["catalogue"], log, lambda: now)


def test_before_the_first_answer_there_is_a_place_to_start(log: AttemptLog) -> None:
    """Tables are empty and typed, there is no figure, and the first lens is offered."""
    mine = shown(log)
    assert (len(mine.attempts), len(mine.codes), mine.figure) == (0, 0, None)
    assert mine.attempts["share"].dtype == "float64"
    assert mine.suggestions[0]["vignette"] == "ash"
    page = mine._repr_html_()
    assert "any start is a good one" in page
    assert "practise(&quot;ash&quot;, lens=&quot;talk&quot;)" in page
    assert not log.path.exists()


def test_attempts_and_codes_as_tables(log: AttemptLog) -> None:
    """One row an attempt with its share, one row a code with its counts, both as plain pandas tables."""
    log.append(events("a first answer counts", "another version is listed"))
    mine = shown(log)
    table = mine.attempts.set_index(["vignette", "version"])
    assert table.loc[("birch", "current"), "share"] == 0.5
    assert table["share"].isna().sum() == 2
    assert list(mine.attempts["at"]) == sorted(mine.attempts["at"])
    codes = mine.codes.set_index("code")
    assert codes.loc["reflection", ["keyed", "given", "agreed", "share"]].tolist() == [1, 1, 1, 1.0]
    assert codes.loc["closed-question", "share"] == 0.0


def test_the_figure_has_a_drawing_for_each_lens_and_shapes_for_retests(log: AttemptLog) -> None:
    """Retests have a marker shape of their own, and the words beside the figure say what it shows."""
    log.append(events("everything done and nothing due"))
    mine = shown(log)
    assert mine.figure is not None
    titles = [place.get_title(loc="left") for place in mine.figure.axes if place.get_visible()]
    assert titles == ["Talk", "Stage", "Desistance", "Web", "Goal"]
    talk = mine.figure.axes[0]
    marked = {line.get_marker(): len(line.get_xdata()) for line in talk.lines}
    assert (marked["o"], marked["D"]) == (4, 2)
    page = mine._repr_html_()
    assert 'alt="Agreement with the reference by attempt. Talk, 6 attempts: from 2 of 2 on 20 Nov' in page
    assert "Web, one attempt: 2 of 2 on 20 Nov." in page
    assert page.count("Finished, not scored") == 1


def test_a_handful_is_counted_and_not_made_a_percentage(log: AttemptLog) -> None:
    """Three answers are told as so many of three; the earlier version and the unfinished are told as such."""
    log.append(events("a share of five sixths comes back", "another version", "an unfinished practice"))
    page = shown(log)._repr_html_()
    assert "2.5 of 3" in page
    assert "83 per cent" not in page
    assert "Earlier version, not compared" in page
    assert "2 of 4 answered" in page


def test_a_file_is_merged_without_loss_or_doubles(log: AttemptLog, tmp_path: Path) -> None:
    """What is new is added, what is here stays once, unreadable lines are counted; twice adds nothing."""
    theirs, ours = events("a first answer counts"), events("a first answer counts")[:1]
    log.append(ours)
    file = tmp_path / "engagekit-attempts.jsonl"
    file.write_text("".join(f"{each.line()}\n" for each in theirs) + "half a li", encoding="utf-8")
    mine = shown(log)
    first = mine.import_file(file)
    assert str(first) == "2 new answers, 1 already here. 1 line could not be read."
    assert len(mine.attempts) == 1
    assert str(mine.import_file(str(file))) == "0 new answers, 3 already here. 1 line could not be read."
    assert len(log.path.read_text("utf-8").splitlines()) == 3


def test_an_export_brought_to_another_place_is_the_same_record(log: AttemptLog, tmp_path: Path) -> None:
    """Exporting and importing elsewhere gives the same events, byte for byte."""
    log.append(events("everything done and nothing due"))
    file = shown(log).export(tmp_path)
    other = AttemptLog(tmp_path / "elsewhere")
    shown(other).import_file(file)
    assert other.read().events == log.read().events
    assert shown(other).export(tmp_path / "again.jsonl").read_bytes() == file.read_bytes()


def test_an_export_overwrites_nothing_but_an_older_export(log: AttemptLog, tmp_path: Path) -> None:
    """A file that holds something else is left alone and named; a shorter export is replaced."""
    log.append(events("a first answer counts"))
    essay = tmp_path / "essay.txt"
    essay.write_text("My essay.", encoding="utf-8")
    mine = shown(log)
    with pytest.raises(FileExistsError, match=r"essay\.txt.*choose another name"):
        mine.export(essay)
    assert essay.read_text("utf-8") == "My essay."
    with pytest.raises(FileExistsError):
        mine.export(log.path)
    older = mine.export(tmp_path / "mine.jsonl")
    log.append(events("goal: none of the faults"))
    assert len(mine.export(older).read_text("utf-8").splitlines()) == len(log.read().events)


def test_a_record_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    """A folder where the file should be: the page says so, and shows a place to start."""
    (tmp_path / "attempts" / "attempts.jsonl").mkdir(parents=True)
    mine = shown(AttemptLog(tmp_path / "attempts"))
    assert "could not be read" in mine._repr_html_()
    assert mine.suggestions


def test_what_a_record_says_is_never_markup(log: AttemptLog) -> None:
    """An attempt's name and a title with markup in them come out as text."""
    (first, *_) = events("a first answer counts")
    catalogue_ = json.loads(json.dumps(GOLDEN["catalogue"]).replace('"Birch"', '"<img src=x>"'))
    log.append([first])
    page = Progress(catalogue_, log, lambda: NOW)._repr_html_()
    assert "<img src=x>" not in page
    assert "&lt;img src=x&gt;" in page


def test_odd_times_have_words_too(log: AttemptLog) -> None:
    """A year that no calendar reaches does not break the page."""
    assert day("0000-00-00T00:00:00.000Z") == "0000-00-00"
    odd = [AttemptEvent(**{**_values(each), "at": "0000-01-01T00:00:00.000Z"}) for each in events("a first")]
    log.append(odd)
    mine = shown(log)
    assert len(mine.attempts) == 1
    assert "0000-01-01" in mine._repr_html_()


def _values(event: AttemptEvent) -> dict[str, Any]:
    return {name: getattr(event, name) for name in GOLDEN["fields"]}


def test_results_in_words() -> None:
    """Each state of an attempt is said."""
    done = {"finished": True, "done": 9, "all": 9, "count": 9, "points": 7.5, "share": 7.5 / 9}
    assert result(done) == "83 per cent"
    assert result({**done, "share": None}) == "Finished, not scored"
    assert result({**done, "finished": False, "done": 4}) == "4 of 9 answered"
    assert result({}) == "Earlier version, not compared"


def test_the_door_works_on_the_real_course(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Called in a notebook, it finds the course and the record beside the notebook."""
    whole = catalogue(real_course(), lambda lens: "")
    first = whole["exercises"][0]
    answer = AttemptEvent(
        "a1", first["lens"], first["id"], first["content"], first["items"][0]["id"],
        first["key"][first["items"][0]["id"]]["code"], "2026-11-20T10:00:00.000Z",
    )  # fmt: skip
    AttemptLog(tmp_path / "attempts").append([answer])
    monkeypatch.chdir(tmp_path)
    mine = progress(root)
    assert (mine.suggestions[0]["kind"], mine.suggestions[0]["vignette"]) == ("carry-on", first["id"])
    assert first["title"] in repr(mine)
