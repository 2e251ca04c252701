"""Downloads that are damaged, or made to do harm: each member is reported, and nobody else's work suffers."""

from __future__ import annotations

import io
import os
import stat
import struct
import sys
import zipfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from downloads import Office, answers, row_of, statuses
from hypothesis import given, settings
from hypothesis import strategies as st

from engagekit.marking.archive import MAX_MEMBERS
from engagekit.marking.collect import as_text
from engagekit.marking.collect_names import sender_of
from engagekit.marking.collect_store import Store

GOOD = ("ben-o/answers.json", answers(said="good"))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def outside(office: Office) -> set[str]:
    """Return the files beside the grading folder: none of them may come from a download."""
    grading = office.root / "_grading"
    return {
        path.relative_to(office.folder).as_posix()
        for path in office.folder.rglob("*")
        if path.is_file() and grading not in path.parents
    }


def special(name: str, kind: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (2026, 11, 21, 9, 0, 0))
    info.create_system = 3
    info.external_attr = (kind | 0o644) << 16
    return info


def nested() -> bytes:
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w") as file:
        file.writestr("answers.json", answers())
    return inside.getvalue()


MEMBERS = {
    "leads out": ("../amara-k/answers.json", answers(), "leads out"),
    "far out": ("x/../../../amara-k/answers.json", answers(), "leads out"),
    "absolute": ("/etc/amara-k/answers.json", answers(), "leads out"),
    "backslashes": ("..\\..\\amara-k\\answers.json", answers(), "leads out"),
    "a drive": ("C:/amara-k/answers.json", answers(), "leads out"),
    "a link": (special("amara-k/answers.json", stat.S_IFLNK), b"/etc/passwd", "a link or a device"),
    "a device": (special("amara-k/answers.json", stat.S_IFCHR), b"", "a link or a device"),
    "a pipe": (special("amara-k/answers.json", stat.S_IFIFO), b"", "a link or a device"),
    "a bomb": ("amara-k/answers.json", b"[" + b" " * 50_000_000 + b"]", "too large"),
    "a nested archive": ("amara-k/answers.zip", nested(), "not opened"),
    "another archive": ("amara-k/answers.tar.gz", b"\x1f\x8b", "not opened"),
    "a program": ("amara-k/answers.exe", b"MZ", "not an answers file"),
    "a notebook": ("amara-k/interview.ipynb", b"{}", "not an answers file"),
    "hidden": ("__MACOSX/amara-k/._answers.json", b"\x00\x05", "a hidden file"),
    "nothing inside": ("amara-k/answers.json", b"", "the file is empty"),
    "not JSON": ("amara-k/answers.json", b"{", "not JSON"),
    "not UTF-8": ("amara-k/answers.json", b"\xff\xfe{}", "not UTF-8"),
    "another schema": ("amara-k/answers.json", b'{"schema": "answers/9"}', "does not say that it is"),
    "a list": ("amara-k/answers.json", b"[]", "does not say that it is answers/1"),
    "a strange assignment": (
        "amara-k/answers.json", answers("../../etc"), "the course has no assignment “../../etc”",
    ),
    "no assignment": ("amara-k/answers.json", b'{"schema": "answers/1"}', "which assignment"),
    "deep": ("amara-k/answers.json", b"[" * 900_000, "nested"),
    "a huge number": ("amara-k/answers.json", b'{"a": ' + b"9" * 5000 + b"}", "too large to read"),
    "NaN": ("amara-k/answers.json", b'{"a": NaN}', "NaN"),
    "twice the same name": ("amara-k/answers.json", b'{"a": 1, "a": 2}', "same name twice"),
}  # fmt: skip


@pytest.mark.parametrize("member", MEMBERS.values(), ids=MEMBERS)
def test_one_hostile_member_is_reported_and_stops_nobody(office: Office, member: tuple) -> None:
    """The row says why, the other learner's file arrives, and nothing lies outside the grading folder."""
    name, data, reason = member
    source = office.archive((name, data), GOOD)
    before = outside(office)
    collected = office.bring(source)
    (row,) = [row for row in collected.rows if row.file and "ben-o" not in row.file]
    assert row.status in ("left out", "could not be read", "not matched")
    assert reason in row.reason
    assert statuses(collected)["ben-o"] == "collected"
    assert outside(office) == before
    assert not office.submitted("amara-k").exists()
    assert not any(path.is_symlink() for path in office.root.rglob("*"))


def test_a_member_that_claims_to_be_small_is_not_read_to_its_end(office: Office) -> None:
    """The size in the archive is a claim; so is the checksum."""
    source = office.archive(("amara-k/answers.json", b" " * 40_000_000), GOOD)
    data = bytearray(source.read_bytes())
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(mark) + at, 100)
    source.write_bytes(bytes(data))
    collected = office.bring(source)
    assert statuses(collected)["amara-k"] == "could not be read"
    assert statuses(collected)["ben-o"] == "collected"


def test_a_locked_member_is_reported(office: Office) -> None:
    """A password is not asked for."""
    source = office.archive(("amara-k/answers.json", answers()), GOOD)
    data = bytearray(source.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.index(mark) + at, 1)
    source.write_bytes(bytes(data))
    collected = office.bring(source)
    assert "password" in row_of(collected, "amara-k").reason
    assert statuses(collected)["ben-o"] == "collected"


def test_a_damaged_member_is_reported(office: Office) -> None:
    """Its checksum does not fit, and that is all that is lost."""
    source = office.archive(("amara-k/answers.json", answers(said="x" * 500)), GOOD)
    data = bytearray(source.read_bytes())
    start = data.index(b"amara-k/answers.json") + len("amara-k/answers.json")
    data[start + 40] ^= 0xFF
    source.write_bytes(bytes(data))
    collected = office.bring(source)
    assert statuses(collected)["amara-k"] == "could not be read"
    assert statuses(collected)["ben-o"] == "collected"


def test_a_name_that_claims_utf8_and_is_not_costs_only_itself(office: Office) -> None:
    """Python refuses the whole archive; the other names are as good as ever."""
    source = office.archive(("Zo\u00eb/answers.json", answers(said="z")), GOOD)
    source.write_bytes(source.read_bytes().replace("Zo\u00eb".encode(), b"Zo\xff\xfe"))
    collected = office.bring(source)
    assert statuses(collected)["ben-o"] == "collected"
    row = row_of(collected, "Zo")
    assert row.status == "could not be read"
    assert "unpack the archive yourself" in row.reason


def test_names_that_differ_in_capitals_or_not_at_all(office: Office) -> None:
    """They are files of one learner: one counts, the others are reported."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        source = office.archive(
            ("amara-k/answers.json", answers(said="1", saved="1")),
            ("Amara-K/answers.json", answers(said="2", saved="2")),
            ("amara-k/answers.json", answers(said="3", saved="3")),
            GOOD,
        )
    collected = office.bring(source)
    assert sorted(row.status for row in collected.rows if row.learner == "amara-k") == [
        "collected",
        "older",
        "older",
    ]
    assert office.submitted("amara-k").read_bytes() == answers(said="3", saved="3")


@pytest.mark.slow
def test_more_members_than_anybody_hands_in(office: Office) -> None:
    """Twenty thousand are looked at, and what comes after them gets one line."""
    path = office.folder / "many.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("ben-o/answers.json", answers(said="good"))
        for number in range(MAX_MEMBERS):
            file.writestr(f"{number}.txt", b"")
    collected = office.bring(path)
    assert statuses(collected)["ben-o"] == "collected"
    assert len([row for row in collected.rows if row.file]) == MAX_MEMBERS + 1
    assert "more than 20,000 files" in row_of(collected, f"{MAX_MEMBERS - 1}.txt").reason
    assert len(as_text(collected).splitlines()) < 100


@pytest.mark.parametrize("data", [b"", b"PK", b"not an archive at all", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_archive_is_one_sentence(office: Office, data: bytes) -> None:
    """It says what to do."""
    path = office.folder / "cohort.zip"
    path.write_bytes(data)
    with pytest.raises(ValueError, match="Download it again, or unpack it yourself"):
        office.bring(path)


def test_an_empty_archive_and_an_empty_folder_say_that_nothing_is_in_them(office: Office) -> None:
    """One sentence, and no table of learners from whom nothing came."""
    (office.folder / "empty").mkdir()
    for source in (office.archive(), office.folder / "empty"):
        with pytest.raises(ValueError, match="there is nothing in it"):
            office.bring(source)
    with pytest.raises(ValueError, match="no such file or folder"):
        office.bring(office.folder / "away.zip")


def test_a_hostile_folder(office: Office) -> None:
    """Links are not followed, pipes not waited for, and archives not opened."""
    folder = office.folder / "in"
    for name in ("amara-k", "ben-o", "carol"):
        (folder / name).mkdir(parents=True)
    secret = office.folder / "secret.json"
    secret.write_bytes(answers(said="secret"))
    (folder / "amara-k" / "answers.json").symlink_to(secret)
    (folder / "zoe-m").symlink_to(office.folder)
    os.mkfifo(folder / "carol" / "answers.json")
    (folder / "ben-o" / "answers.json").write_bytes(answers())
    (folder / "ben-o" / "answers.zip").write_bytes(nested())
    (folder / "ben-o" / os.fsdecode(b"an\xffswers.json")).write_bytes(answers(said="odd", saved="0"))
    collected = office.bring(folder)
    told = {row.file: (row.status, row.reason) for row in collected.rows if row.file}
    assert "links are not followed" in told["amara-k/answers.json"][1]
    assert "links are not followed" in told["zoe-m"][1]
    assert told["carol/answers.json"] == ("could not be read", "it is not an ordinary file")
    assert "not opened" in told["ben-o/answers.zip"][1]
    assert told["ben-o/answers.json"][0] == "collected"
    assert b"secret" not in b"".join(office.everything().values())


def test_control_characters_in_a_name_do_not_reach_the_terminal(office: Office) -> None:
    """Neither an escape sequence nor a mark that reverses what is read."""
    collected = office.bring(office.archive(("\x1b[31mamara\u202egnp/answers.json", answers())))
    assert "\x1b" not in as_text(collected) and "\u202e" not in as_text(collected)
    assert "\x1b" not in collected.table.read_text("utf-8-sig")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=4))
def test_any_path_at_all_has_a_sender(parts: list[str]) -> None:
    """Whatever files are called, reading their names ends, and without an error."""
    sender = sender_of(tuple(parts), {"interview"})
    assert sender.platform in ("moodle", "canvas", "plain")


@pytest.mark.parametrize("text", ["_1" * 20_000, "a_" * 30_000 + "1", "answers" * 9_000, "1_2_" * 15_000])
def test_long_names_are_read_in_a_moment(text: str) -> None:
    """The patterns have no way to go back and forth for ever."""
    sender_of((text,), ())
    sender_of((text + ".json",), ())


def test_work_that_cannot_be_taken_is_never_passed_over(office: Office) -> None:
    """Too large, or an archive: somebody has to look. A photograph beside it is nobody's concern."""
    large = b'{"a": "' + b"x" * 1_100_000 + b'"}'
    source = office.archive(
        ("amara-k/answers.json", large), ("ben-o/work.zip", nested()), ("carol/me.png", b"x")
    )
    collected = office.bring(source)
    told = {row.file: row.status for row in collected.rows if row.file}
    assert told == {
        "amara-k/answers.json": "could not be read",
        "ben-o/work.zip": "could not be read",
        "carol/me.png": "left out",
    }
    assert collected.trouble == 2


def test_two_downloads_are_not_collected_at_once(office: Office) -> None:
    """While one process collects, another is told to wait, and takes nothing away."""
    source = office.archive(("amara-k/answers.json", answers()))
    store = Store(office.root / "_grading/submitted", office.root / "_grading/collected")
    with store.alone(dry=False), pytest.raises(ValueError, match="being collected just now"):
        office.bring(source)
    assert office.bring(source).trouble == 0
