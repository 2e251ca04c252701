"""Bringing in what learning platforms let a tutor download."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from downloads import LEARNERS, Office, answers, row_of, statuses
from typer.testing import CliRunner

from engagekit.cli import app
from engagekit.marking.cohort import mark_cohort
from engagekit.marking.collect import as_text, collect
from engagekit.marking.collect_names import sender_of
from engagekit.marking.intake import read_timestamp


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


LAYOUTS = {
    "moodle folders": "Amara Kay_1234567_assignsubmission_file_/answers.json",
    "moodle flat": "Amara Kay_1234567_assignsubmission_file_answers.json",
    "moodle second": "Amara Kay_1234567_assignsubmission_file_/answers_1.json",
    "moodle number": "Participant_501_assignsubmission_file_/answers.json",
    "canvas": "kayamara_501_67890_answers.json",
    "canvas late": "kayamara_LATE_501_67890_answers-1.json",
    "canvas by name": "kayamara_999_67890_answers.json",
    "folder": "amara-k/answers.json",
    "folder browser": "amara-k/answers (1).json",
    "flat": "amara-k_answers.json",
    "with assignment": "amara-k/interview/answers.json",
    "wrapped": "download of Friday/amara-k/interview/answers.json",
    "other capitals": "Amara-K/ANSWERS.JSON",
    "by name": "Amara Kay/answers.json",
    "family first": "Kay Amara/answers.json",
    "own file name": "amara-k/my interview.json",
    "named after the learner": "amara-k.json",
}


@pytest.mark.parametrize("name", LAYOUTS.values(), ids=LAYOUTS)
def test_every_layout_finds_its_learner(office: Office, name: str) -> None:
    """Moodle's two, Canvas's, and plain folders; the file arrives byte for byte."""
    collected = office.bring(office.archive((name, answers(said="x"))))
    assert row_of(collected, name).status == "collected"
    assert office.submitted("amara-k").read_bytes() == answers(said="x")
    assert read_timestamp(office.submitted("amara-k").parent).isoformat() == "2026-11-21T09:30:00"
    assert statuses(collected) == {
        "amara-k": "collected", "ben-o": "nothing came", "zoe-m": "nothing came", "carol": "nothing came",
    }  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS.values(), ids=LAYOUTS)
def test_a_folder_is_as_good_as_an_archive(office: Office, name: str) -> None:
    """The same files unpacked are collected alike, with the time of the file."""
    path = office.folder / "unpacked" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(answers())
    os.utime(path, (1_800_000_000, 1_800_000_000))
    collected = office.bring(office.folder / "unpacked")
    assert row_of(collected, name.rpartition("/")[2]).status == "collected"
    assert read_timestamp(office.submitted("amara-k").parent).isoformat() == "2027-01-15T08:00:00"


def test_canvas_tells_lateness_and_upload(office: Office) -> None:
    """LATE is reported, and the numbers are not taken for a name."""
    sender = sender_of(("kayamara_LATE_501_67890_answers-1.json",), ())
    assert (sender.names, sender.number, sender.late, sender.upload) == (("kayamara",), "501", True, 67890)
    collected = office.bring(office.archive(("kayamara_LATE_501_67890_answers-1.json", answers())))
    assert row_of(collected, "LATE").late
    assert "marked late by the platform" in as_text(collected)
    assert [row["late"] for row in office.rows_written(collected) if row["file"]] == ["yes"]


@pytest.mark.parametrize(
    "shown",
    [
        "Zoë Müller-O'Brien",
        "Zoe\u0308 Mu\u0308ller-O’Brien",
        "Zoe Muller OBrien",
        "Müller-O'Brien Zoë",
        "ZOË MÜLLER-O'BRIEN",
    ],
)
def test_names_with_accents_and_marks_are_recognised(office: Office, shown: str) -> None:
    """Composed or not, with or without accents, in either order."""
    collected = office.bring(office.archive((f"{shown}_77_assignsubmission_file_/answers.json", answers())))
    assert office.submitted("zoe-m").exists()
    assert "by name" in row_of(collected, "answers.json").reason


def test_a_name_in_an_archive_that_does_not_say_utf8_is_read(office: Office) -> None:
    """Many programs write UTF-8 without the mark."""
    path = office.archive(("Zo__ M__ller-O'Brien_7_assignsubmission_file_/answers.json", answers()))
    name = "Zoë Müller-O'Brien"
    path.write_bytes(path.read_bytes().replace(b"Zo__ M__ller-O'Brien", name.encode()))
    assert statuses(office.bring(path))["zoe-m"] == "collected"


def test_two_learners_of_one_name_are_never_guessed(office: Office) -> None:
    """The file is kept, the row says who it may be, and the platform's number decides."""
    office.roster = office.table("id,given,family,lms_id", "a1,Sam,Lee,11", "a2,Sam,Lee,12")
    moodle = office.archive(("Sam Lee_99_assignsubmission_file_/answers.json", answers(said="m")))
    row = row_of(office.bring(moodle), "Sam Lee")
    assert (row.status, row.learner) == ("not matched", "")
    assert "a1 or a2" in row.reason
    kept = [data for path, data in office.everything().items() if path.startswith("collected/unmatched/")]
    assert kept == [answers(said="m")]
    assert not (office.root / "_grading" / "submitted").exists()
    canvas = office.archive(("leesam_12_5_answers.json", answers()), name="canvas.zip")
    assert row_of(office.bring(canvas), "leesam").learner == "a2"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Nobody Known_1_assignsubmission_file_/answers.json", "nobody in the gradebook or the roster"),
        ("okaforben_501_7_answers.json", "501 is amara-k's in the roster"),
        ("amara-k/ben-o_answers.json", "may be amara-k or ben-o"),
        ("answers.json", "put it into a folder with the learner's id"),
        ("anon_x7k2p_answers.json", "nobody in the gradebook or the roster"),
    ],
)
def test_what_points_to_nobody_or_to_two_is_kept_aside(office: Office, name: str, reason: str) -> None:
    """Unknown names, numbers that contradict names, and two learners in one path."""
    row = row_of(office.bring(office.archive((name, answers()))), name)
    assert row.status == "not matched"
    assert reason in row.reason
    assert not (office.root / "_grading" / "submitted").exists()


ROSTERS = {
    "ours with a mark": ("utf-8-sig", "id,first_name,last_name,lms_id", "amara-k,Amara,Kay,"),
    "moodle participants": ("utf-8", '"First name","Last name","ID number"', "Amara,Kay,amara-k"),
    "canvas gradebook": (
        "utf-8", "Student,ID,SIS User ID,SIS Login ID,Section", '"Kay, Amara",1234567,amara-k,akay,All',
    ),
    "semicolons": ("utf-8", "id;given;family", "amara-k;Amara;Kay"),
}  # fmt: skip


@pytest.mark.parametrize("table", ROSTERS.values(), ids=ROSTERS)
def test_rosters_of_platforms_are_read_as_they_are(office: Office, table: tuple[str, ...]) -> None:
    """With and without a byte order mark, in Moodle's and Canvas's words; Canvas's ID is its own number."""
    encoding, *lines = table
    roster = office.table(*lines, name="other.csv", encoding=encoding)
    source = office.archive(("Amara Kay_1234567_assignsubmission_file_/answers.json", answers()))
    collected = office.bring(source, roster=roster)
    assert row_of(collected, "Amara").learner == "amara-k"


def test_a_worksheet_without_ids_adds_numbers_to_the_learners_it_names(office: Office, monkeypatch) -> None:
    """Moodle's grading worksheet knows numbers and names; the gradebook knows ids and names."""
    from engagekit.marking import collect as collecting
    from engagekit.marking.standings import Gradebook, Listed

    listed = {row[0]: Listed(row[0], row[1], row[2]) for row in LEARNERS}
    monkeypatch.setattr(collecting, "read_gradebook", lambda url: Gradebook(listed))
    roster = office.table(
        "Identifier,Full name", "Participant 88,Ben Okafor", "Participant 89,Who Else", name="w.csv"
    )
    source = office.archive(("Participant_88_assignsubmission_file_/answers.json", answers()))
    collected = office.bring(source, roster=roster)
    assert row_of(collected, "88").learner == "ben-o"
    assert collected.remarks == ("the roster's row for Who Else gives no learner's id",)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"colour,size\nred,1\n", "no column says who is who"),
        ("id,given\na,Zo\u00eb\n".encode("latin-1"), "not UTF-8"),
    ],
)
def test_a_roster_that_cannot_be_read_is_one_sentence(office: Office, content: bytes, words: str) -> None:
    """It says what to do, and nothing is collected."""
    office.roster.write_bytes(content)
    with pytest.raises(ValueError, match=words):
        office.bring(office.archive(("amara-k/answers.json", answers())))


def test_without_anybody_listed_nothing_is_given_to_anybody(office: Office) -> None:
    """No gradebook and no roster end in one sentence."""
    office.forget()
    source = office.archive(("amara-k/answers.json", answers()))
    with pytest.raises(ValueError, match="name a table of learners with --roster"):
        office.bring(source, roster=None)
    no_ids = office.table("Identifier,Full name", "Participant 1,Amara Kay", name="w.csv")
    with pytest.raises(ValueError, match="1 row of it gives no id"):
        office.bring(source, roster=no_ids)


def test_the_newest_file_of_a_learner_counts(office: Office) -> None:
    """By the archive's time, and among equal times by when the form was saved; the others are reported."""
    early, late = (2026, 11, 20, 8, 0, 0), (2026, 11, 20, 9, 0, 0)
    source = office.archive(
        ("amara-k/answers.json", answers(said="new", saved="2026-01-01"), late),
        ("amara-k/answers (1).json", answers(said="old", saved="2026-12-31"), early),
        ("ben-o/answers (1).json", answers(said="new", saved="2026-11-20T09"), early),
        ("ben-o/answers.json", answers(said="old", saved="2026-11-20T08"), early),
    )
    collected = office.bring(source)
    for learner in ("amara-k", "ben-o"):
        assert b'"new"' in office.submitted(learner).read_bytes()
    old = [row for row in collected.rows if row.status == "older"]
    assert [row.file for row in old] == ["amara-k/answers (1).json", "ben-o/answers.json"]
    assert "amara-k/answers.json" in old[0].reason


def test_a_resubmission_replaces_and_nothing_is_lost(office: Office) -> None:
    """The earlier folder is moved whole; the same bytes again change nothing; an older file stays out."""
    first = office.archive(("amara-k/answers.json", answers(said="1")), name="1.zip")
    office.bring(first)
    (office.submitted("amara-k").parent / "interview.ipynb").write_text("{}", "utf-8")
    second = office.archive(
        ("amara-k/answers.json", answers(said="2")), name="2.zip", when=(2026, 11, 22, 9, 0, 0)
    )
    assert row_of(office.bring(second), "amara").status == "replaced"
    before = office.everything()
    kept = {
        path: data
        for path, data in before.items()
        if path.startswith("collected/replaced/amara-k/interview/")
    }
    assert {path.rpartition("/")[2] for path in kept} == {"answers.json", "interview.ipynb", "timestamp.txt"}
    assert answers(said="1") in kept.values()
    assert row_of(office.bring(second), "amara").status == "unchanged"
    row = row_of(office.bring(first), "amara")
    assert (row.status, office.submitted("amara-k").read_bytes()) == ("older", answers(said="2"))
    after = office.everything()
    assert {path: after[path] for path in before if not path.endswith(".csv")} == {
        path: data for path, data in before.items() if not path.endswith(".csv")
    }


def test_the_same_file_again_and_again_is_kept_each_time(office: Office) -> None:
    """A, B, A, B: neither A that was replaced overwrites the other."""
    for day, said in enumerate("ABAB", 1):
        source = office.archive(("amara-k/answers.json", answers(said=said)), when=(2026, 11, day, 0, 0, 0))
        office.bring(source)
    kept = [
        data for path, data in office.everything().items() if "replaced/" in path and path.endswith(".json")
    ]
    assert sorted(kept) == sorted([answers(said="A"), answers(said="B"), answers(said="A")])


def test_killed_at_any_move_the_next_run_ends_the_same(office: Office, monkeypatch) -> None:
    """Whichever rename was the last to happen, running again gives the same files."""
    first = office.archive(("amara-k/answers.json", answers(said="1")), name="1.zip")
    second = office.archive(
        ("amara-k/answers.json", answers(said="2")), ("ben-o/answers.json", answers("plan")), name="2.zip",
        when=(2026, 11, 22, 9, 0, 0),
    )  # fmt: skip
    real = Path.replace
    outcomes = []
    for limit in (0, 1, 2, 3, 99):
        done = []

        def replace(path: Path, target: Path, limit: int = limit, done: list[Path] = done) -> Path:
            if len(done) >= limit:
                raise KeyboardInterrupt
            done.append(path)
            return real(path, target)

        office.root.joinpath("_grading").mkdir(exist_ok=True)
        office.bring(first)
        monkeypatch.setattr(Path, "replace", replace)
        with contextlib.suppress(KeyboardInterrupt):
            office.bring(second)
        monkeypatch.setattr(Path, "replace", real)
        office.bring(second)
        outcomes.append({k: v for k, v in office.everything().items() if not k.endswith(".csv")})
        for folder in ("submitted", "collected"):
            shutil.rmtree(office.root / "_grading" / folder)
    assert all(outcome == outcomes[-1] for outcome in outcomes)
    assert outcomes[-1]["submitted/amara-k/interview/answers.json"] == answers(said="2")


def test_times_are_utc_unless_a_zone_is_named(office: Office) -> None:
    """An archive says no zone; in British Summer Time the clock is an hour ahead."""
    source = office.archive(("amara-k/answers.json", answers()), when=(2026, 7, 1, 12, 0, 0))
    office.bring(source, timezone="Europe/London")
    assert read_timestamp(office.submitted("amara-k").parent).isoformat() == "2026-07-01T11:00:00"
    with pytest.raises(ValueError, match="no such time zone"):
        office.bring(source, timezone="Mars/Olympus")


def test_an_exact_time_in_the_archive_beats_the_clock_without_a_zone(office: Office) -> None:
    """Info-ZIP's field holds seconds since 1970."""
    info = zipfile.ZipInfo("amara-k/answers.json", (2026, 7, 1, 12, 0, 0))
    info.extra = b"\x55\x54\x05\x00\x01" + (1_800_000_000).to_bytes(4, "little")
    office.bring(office.archive((info, answers())), timezone="Europe/London")
    assert read_timestamp(office.submitted("amara-k").parent).isoformat() == "2027-01-15T08:00:00"


def test_a_time_that_is_none_is_not_made_up(office: Office) -> None:
    """Without a time, or when asked to leave it out, there is no time file."""
    source = office.archive(("amara-k/answers.json", answers()), when=(1980, 1, 1, 0, 0, 0))
    office.bring(source)
    office.bring(office.archive(("ben-o/answers.json", answers())), times=False)
    for learner in ("amara-k", "ben-o"):
        assert [path.name for path in office.submitted(learner).parent.iterdir()] == ["answers.json"]


def test_only_the_assignment_that_was_asked_for(office: Office) -> None:
    """The file says which it is; the name of the folder and the option do not change that."""
    source = office.archive(
        ("amara-k/interview/answers.json", answers("plan")), ("ben-o/answers.json", answers("interview"))
    )
    collected = office.bring(source, only="plan")
    assert office.submitted("amara-k", "plan").exists()
    assert row_of(collected, "ben-o").status == "left out"
    assert not office.submitted("ben-o").exists()
    with pytest.raises(ValueError, match="the course has interview, plan"):
        office.bring(source, only="essay")


def test_a_dry_run_writes_nothing(office: Office) -> None:
    """It says the same and leaves no file."""
    before = office.everything()
    source = office.archive(("amara-k/answers.json", answers()), ("x/answers.json", answers()))
    dry = office.bring(source, dry=True)
    assert (office.everything(), dry.table) == (before, None)
    assert [row.status for row in dry.rows] == [row.status for row in office.bring(source).rows]


def test_the_table_is_safe_in_a_spreadsheet(office: Office) -> None:
    """A file name that begins like a formula is text, and every roster learner has a row."""
    collected = office.bring(office.archive(("=cmd()/answers.json", answers())))
    rows = office.rows_written(collected)
    assert rows[0]["file"] == "'=cmd()/answers.json"
    assert {row["learner"] for row in rows[1:]} == {row[0] for row in LEARNERS}
    assert collected.table.name == "cohort.csv"


def test_the_command_ends_with_1_when_somebody_has_to_look(office: Office, monkeypatch) -> None:
    """And with 0 when all is well."""
    monkeypatch.setenv("ENGAGEKIT_ROOT", str(office.root))
    good = office.archive(("amara-k/answers.json", answers()))
    bad = office.archive(("x/answers.json", answers()), name="bad.zip")
    for source, status in ((good, 0), (bad, 1)):
        done = CliRunner().invoke(app, ["collect", str(source), "--roster", str(office.roster)])
        assert done.exit_code == status, done.output
        assert "Table: " in done.output


def test_a_link_in_the_submitted_folder_is_not_followed(office: Office) -> None:
    """Somebody's folder that leads elsewhere keeps its file out, and elsewhere stays as it is."""
    away = office.folder / "away"
    away.mkdir()
    office.submitted("amara-k").parents[2].mkdir(parents=True)
    office.submitted("amara-k").parents[1].symlink_to(away)
    source = office.archive(("amara-k/answers.json", answers()), ("ben-o/answers.json", answers()))
    collected = collect(office.root, source, roster=office.roster)
    assert statuses(collected)["amara-k"] == "could not be read"
    assert statuses(collected)["ben-o"] == "collected"
    assert list(away.iterdir()) == []


def test_what_was_collected_is_marked_and_marked_anew(room, tmp_path: Path) -> None:
    """From Moodle's download to the gradebook; a resubmission, even without a time, is marked again."""
    roster = tmp_path / "roster.csv"
    roster.write_text("id,given,family\namara,Amara,Kay\n", "utf-8")
    scores = []
    for script in ("weak", "strong"):
        source = tmp_path / f"{script}.zip"
        with zipfile.ZipFile(source, "w") as file:
            name = "Amara Kay_12_assignsubmission_file_/answers.json"
            file.writestr(zipfile.ZipInfo(name), room.answers(script, "amara"))
        assert collect(room.folder, source, roster=roster).trouble == 0
        (row,) = [row for row in mark_cohort(room.folder, "interview") if row.student == "amara"]
        assert row.status == "marked"
        scores.append(room.score("amara"))
    assert scores[0] < scores[1]
