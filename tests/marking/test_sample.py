"""The sample cohort's way through nbgrader."""

import pytest

from engagekit.marking import sample
from engagekit.marking.ledger import LedgerError
from engagekit.marking.steps import Steps
from engagekit.model.answers import Learner


def _without_cohort(monkeypatch):
    load = sample.load_assignments

    def only_the_interview(root):
        course = load(root)
        marking = {"interview": course.marking["interview"]}
        return course.model_copy(update={"marking": marking, "cohort": {}})

    monkeypatch.setattr(sample, "load_assignments", only_the_interview)


def test_a_folder_that_is_no_learners_id_stops_nobody(room, monkeypatch):
    """It is named with the reason and the place, and everybody else gets feedback."""
    _without_cohort(monkeypatch)
    room.hand_in("amara")
    room.hand_in("o'brien@hmpps.gov.uk")
    said = []
    sample.run(room.folder, said.append)
    (line,) = [line for line in said if "o'brien" in line]
    assert line.startswith("In _grading/submitted, interview: ")
    assert "\"o'brien@hmpps.gov.uk\" is not a learner's id that can be marked: rename the folder" in line
    assert (room.path("feedback", "amara") / "interview.html").exists()


def test_a_fault_that_is_nobodys_folder_still_stops_the_run(room, monkeypatch):
    """Only work that could not be recorded is passed over."""
    _without_cohort(monkeypatch)

    def fails(*_, **__):
        raise LedgerError("the gradebook is locked")

    monkeypatch.setattr(sample, "mark_cohort", fails)
    with pytest.raises(LedgerError, match="locked"):
        sample.run(room.folder, lambda _: None)


def test_a_first_run_shows_no_warnings(room, scripts, desk, capfd, caplog):
    """Collecting a download finds its folders made, so nothing that looks like a fault is shown."""
    script = scripts["strong"].model_copy(update={"learner": Learner(id="ben", given="Ben", family="B")})
    answers = sample.answers_text(script, "interview", desk.form)
    sample._by_download(room.steps(), script, "interview", answers)
    shown = caplog.text + "".join(capfd.readouterr())
    assert "not found" not in shown
    assert "WARNING" not in shown
    assert (room.path("submitted", "ben") / "answers.json").read_text("utf-8") == answers


def test_a_download_that_was_not_collected_is_handed_in_the_next_time(room, scripts, monkeypatch):
    """A run that is cut off leaves no empty folder that would pass for a submission."""
    script = scripts["strong"].model_copy(update={"learner": Learner(id="ben", given="Ben", family="B")})

    def cut_off(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Steps, "zip_collect", cut_off)
    with pytest.raises(KeyboardInterrupt):
        sample._by_download(room.steps(), script, "interview", "{}")
    assert not room.path("submitted", "ben").exists()
