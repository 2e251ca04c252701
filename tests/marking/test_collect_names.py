"""Learners' names after collecting, and what is said when there is nobody or nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from downloads import Office, answers, row_of

from engagekit.cli import main
from engagekit.marking.standings import read_gradebook


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def listed(office: Office) -> dict[str, tuple[str, str, str]]:
    """Return what the gradebook holds: learner to given name, family name and address."""
    found = read_gradebook(f"sqlite:///{office.root}/_grading/gradebook.db").learners
    return {one.id: (one.given, one.family, one.email) for one in found.values()}


def test_the_rosters_names_go_into_the_gradebook(office: Office) -> None:
    """Those of learners whose work came; the next download needs no roster to know them."""
    moodle = "Zoë Müller-O'Brien_77_assignsubmission_file_/answers.json"
    source = office.archive((moodle, answers()), ("carol/answers.json", answers()))
    office.forget()
    office.bring(source, dry=True)
    assert listed(office) == {}
    office.bring(source)
    assert listed(office) == {
        "zoe-m": ("Zoë", "Müller-O'Brien", "zoe@example.org"), "carol": ("Carol", "Ó Sé", ""),
    }  # fmt: skip
    again = office.archive((moodle, answers("plan")), name="plan.zip")
    assert row_of(office.bring(again, roster=None), "answers").learner == "zoe-m"


def test_a_roster_without_an_address_takes_none_away(office: Office) -> None:
    """A name is brought up to date, and what the table does not say stays."""
    source = office.archive(("amara-k/answers.json", answers()))
    office.bring(source)
    office.bring(source, roster=office.table("id,given,family", "amara-k,Amara,Kay-Lund", name="new.csv"))
    assert listed(office)["amara-k"] == ("Amara", "Kay-Lund", "amara@example.org")


def test_a_file_of_nobody_says_where_it_is_kept_and_what_to_do(office: Office) -> None:
    """The path is the one below the course folder, and the message suggests a roster."""
    row = row_of(office.bring(office.archive(("nobody/answers.json", answers()))), "nobody")
    assert "--roster" in row.reason
    kept = row.reason.rpartition("kept in ")[2]
    assert kept.startswith("_grading/collected/unmatched/")
    assert (office.root / kept).read_bytes() == answers()


def test_an_empty_folder_ends_the_command_with_status_1(office: Office, monkeypatch, capsys) -> None:
    """The terminal says that there is nothing in it."""
    (office.folder / "empty").mkdir()
    monkeypatch.setenv("ENGAGEKIT_ROOT", str(office.root))
    words = ["engagekit", "collect", str(office.folder / "empty"), "--roster", str(office.roster)]
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 1
    assert "there is nothing in it" in capsys.readouterr().err
