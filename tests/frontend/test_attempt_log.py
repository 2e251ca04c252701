"""The file of attempts: it only grows, mends itself, loses nothing, and may be shared."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from engagekit.frontend import attempt_log
from engagekit.frontend.attempt_log import AttemptLog, locked
from engagekit.frontend.attempts import AttemptEvent

Event = Callable[..., dict[str, str]]
Make = Callable[..., AttemptEvent]


@pytest.fixture
def make(event: Event) -> Make:
    """Return a maker of events; name only what matters."""
    return lambda **changes: AttemptEvent.from_value(event(**changes))


@pytest.fixture
def log(tmp_path: Path) -> AttemptLog:
    """Give an empty record."""
    return AttemptLog(tmp_path / "attempts")


def items(log: AttemptLog) -> list[str]:
    """Return the items of all events that a log holds."""
    return [event.item for event in log.read().events]


def aside(log: AttemptLog) -> list[str]:
    """Return the names of the damaged files that were set aside."""
    return sorted(path.name for path in log.path.parent.glob("*.damaged"))


def test_append_makes_the_folder_and_adds_each_event_once(log: AttemptLog, make: Make) -> None:
    """What was in the file stays byte for byte; an event that is there is not added again."""
    assert log.read().events == ()
    assert not log.path.parent.exists()
    assert log.append([make()]) == 1
    before = log.path.read_bytes()
    assert log.append([make(), make(item="t04")]) == 1
    assert log.path.name == "attempts.jsonl"
    assert log.path.read_bytes().startswith(before)
    assert items(log) == ["t02", "t04"]


def test_a_file_may_be_named_instead_of_a_folder(tmp_path: Path, make: Make) -> None:
    """The record is then that file."""
    log = AttemptLog(tmp_path / "mine.jsonl")
    log.append([make()])
    assert (tmp_path / "mine.jsonl").is_file()


def test_other_records_in_the_folder_are_read_and_never_written(log: AttemptLog, make: Make) -> None:
    """A downloaded file counts while it lies there; what both hold counts once; the earlier kind is read."""
    log.append([make(item="t02")])
    other = log.path.with_name("engagekit-attempts (1).jsonl")
    earlier = (
        make(item="t06").line().replace("attempt-event/2", "attempt-event/1")
        .replace('"item"', '"turn"').replace('"answer"', '"code"')
    )  # fmt: skip
    text = f"{make(item='t02').line()}\n{make(item='t04').line()}\n{earlier}\nhalf a li"
    other.write_text(text, "utf-8")
    kept = log.read()
    assert [event.item for event in kept.events] == ["t02", "t04", "t06"]
    assert kept.notes() == (
        "In engagekit-attempts (1).jsonl, line 4 could not be read and was left out. "
        "Everything else is here.",
    )
    log.append([make(item="t08")])
    assert other.read_text("utf-8") == text
    assert aside(log) == []
    other.unlink()
    assert items(log) == ["t02", "t08"]


def test_another_record_that_changes_is_read_again(log: AttemptLog, make: Make) -> None:
    """An import while the notebook is open shows."""
    log.append([make()])
    other = log.path.with_name("other.jsonl")
    other.write_text(make(item="t04").line() + "\n", "utf-8")
    assert items(log) == ["t02", "t04"]
    other.write_text(make(item="t04").line() + "\n" + make(item="t06").line() + "\n", "utf-8")
    assert items(log) == ["t02", "t04", "t06"]


# --- damage ---


def test_a_damaged_file_is_set_aside_whole_and_its_good_lines_are_written_back(
    log: AttemptLog, make: Make
) -> None:
    """Nothing is lost: the copy holds every byte, the record every event, and the learner is told."""
    log.append([make(item="t02"), make(item="t04")])
    first, second = log.path.read_bytes().splitlines()
    damaged = first + b"\n\xff\xfe nonsense\n{}\n\n" + second + b"\r\n"
    log.path.write_bytes(damaged)
    kept = log.read()
    assert [event.item for event in kept.events] == ["t02", "t04"]
    assert log.path.read_bytes() == first + b"\n" + second + b"\n"
    (copy,) = kept.asides
    assert (copy.damaged, copy.recovered, copy.copy.read_bytes()) == (2, 2, damaged)
    assert copy.copy.name == "attempts-1.jsonl.damaged"
    assert kept.notes() == (
        "The record of your answers had damage: 2 lines were not readable. The other 2 lines could be "
        f"recovered. The damaged file is kept as {copy.copy.as_posix()}.",
    )
    assert AttemptLog(log.path.parent).read().notes() == ()


def test_every_damaged_file_is_kept(log: AttemptLog, make: Make) -> None:
    """A second damage gets a copy of its own, and the same damage does not get two."""
    for number in (1, 2):
        log.append([make(item=f"t0{number}")])
        with log.path.open("ab") as file:
            file.write(b"damage %d\n" % number)
        assert len(log.read().asides) == number
    assert aside(log) == ["attempts-1.jsonl.damaged", "attempts-2.jsonl.damaged"]
    log.path.write_bytes(log.path.with_name("attempts-2.jsonl.damaged").read_bytes())
    assert items(log) == ["t01", "t02"]
    assert len(aside(log)) == 2


def test_a_line_cut_short_costs_itself_alone(log: AttemptLog, make: Make) -> None:
    """After a crash in mid-line the record goes on with a line of its own."""
    log.append([make(item="t02")])
    with log.path.open("ab") as file:
        file.write(make(item="t04").line().encode()[:40])
    assert log.append([make(item="t06")]) == 1
    assert items(log) == ["t02", "t06"]
    assert len(log.path.read_bytes().splitlines()) == 2
    assert log.read().asides[0].recovered == 1


def test_a_last_line_without_its_end_is_whole(log: AttemptLog, make: Make) -> None:
    """An editor that takes the last line break away damages nothing."""
    log.append([make(item="t02")])
    log.path.write_bytes(log.path.read_bytes().rstrip(b"\n"))
    log.append([make(item="t04")])
    assert items(AttemptLog(log.path)) == items(log) == ["t02", "t04"]
    assert aside(log) == []


def test_a_crash_while_mending_loses_nothing(
    log: AttemptLog, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the good lines cannot be written back, the damaged file stays and is still used."""
    log.append([make(item="t02")])
    with log.path.open("ab") as file:
        file.write(b"damage\n")
    before = log.path.read_bytes()
    write = attempt_log.write_whole

    def only_copies(path: Path, data: bytes) -> None:
        if path.suffix != ".damaged":
            raise OSError(errno.ENOSPC, "No space left on device")
        write(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(attempt_log, "write_whole", only_copies)
        kept = log.read()
        assert [event.item for event in kept.events] == ["t02"]
        assert "attempts.jsonl, line 2 could not be read" in kept.notes()[0]
        assert log.append([make(item="t04")]) == 1
        assert log.path.read_bytes().startswith(before)
    assert items(log) == ["t02", "t04"]
    assert [path.damaged for path in log.read().asides] == [1]


def test_what_is_no_file_is_told_and_never_opened(log: AttemptLog, make: Make) -> None:
    """A folder, or a pipe that would block for ever, under the record's name."""
    log.path.mkdir(parents=True)
    for act in (log.read, lambda: log.append([make()])):
        with pytest.raises(OSError, match="not an ordinary file"):
            act()
    log.path.rmdir()
    log.path.with_name("folder.jsonl").mkdir()
    log.append([make()])
    assert "folder.jsonl could not be read" in log.read().notes()[0]
    assert items(log) == ["t02"]


# --- more than one writer ---

APPEND_MANY = """
import json, sys
from pathlib import Path
from engagekit.frontend.attempt_log import AttemptLog
from engagekit.frontend.attempts import AttemptEvent

path, attempt, line = sys.argv[1:]
log = AttemptLog(Path(path))
for number in range(100):
    for name in (attempt, "shared"):
        value = json.loads(line) | {"attempt": name, "item": f"t{number}"}
        log.append([AttemptEvent.from_value(value)])
    if number % 10 == 0:
        with (Path(path) / "attempts.jsonl").open("ab") as file:
            file.write(b"damage\\n") if sys.argv[2] == "one" else None
"""


def start(log: AttemptLog, name: str, line: str, script: str = APPEND_MANY) -> subprocess.Popen[bytes]:
    """Start another process that writes to the same record."""
    return subprocess.Popen([sys.executable, "-c", script, str(log.path.parent), name, line])


@pytest.mark.slow
def test_two_processes_lose_nothing(log: AttemptLog, make: Make) -> None:
    """Two notebooks write at the same time, and one of them mends: every event is there once and whole."""
    writers = [start(log, name, make().line()) for name in ("one", "two")]
    for writer in writers:
        assert writer.wait(60) == 0
    kept = log.read()
    assert len(kept.events) == 300
    assert len(log.path.read_bytes().splitlines()) == 300
    assert kept.damaged == {}


def test_a_writer_waits_for_the_other_to_finish(log: AttemptLog, make: Make) -> None:
    """While one notebook holds the record, another's answer waits; then it is written."""
    log.append([make()])
    written = threading.Event()

    def write() -> None:
        AttemptLog(log.path).append([make(item="t04")])
        written.set()

    writer = threading.Thread(target=write)
    with log.path.with_name(".attempts.jsonl.lock").open("ab") as file, locked(file.fileno()):
        writer.start()
        assert not written.wait(0.5)
    assert written.wait(60)
    writer.join()
    assert items(log) == ["t02", "t04"]


def test_what_another_process_adds_is_picked_up(log: AttemptLog, make: Make) -> None:
    """Only the addition is read, and an event that the other wrote is not written again."""
    log.append([make(item="t02")])
    other = AttemptLog(log.path)
    other.append([make(item="t04")])
    assert log.append([make(item="t04"), make(item="t06")]) == 1
    assert items(log) == items(other) == ["t02", "t04", "t06"]


def test_a_file_that_was_replaced_or_cut_is_read_from_its_beginning(log: AttemptLog, make: Make) -> None:
    """What is known of a file is forgotten when it is another file, or shorter, or gone."""
    events = [make(item=name, at=f"2026-11-22T10:00:0{n}.000Z") for n, name in enumerate(("a", "b", "c"))]
    log.append(events)
    lines = log.path.read_bytes().splitlines(keepends=True)
    log.path.write_bytes(lines[2] + lines[1])
    assert items(log) == ["b", "c"]
    other = log.path.with_suffix(".new")
    other.write_bytes(b"".join(lines) + make(item="d", at="2026-11-22T10:00:09.000Z").line().encode() + b"\n")
    other.replace(log.path)
    assert items(log) == ["a", "b", "c", "d"]
    log.path.unlink()
    assert log.append(events[:1]) == 1
    assert items(log) == ["a"]


def test_a_file_that_was_written_over_in_place_is_read_from_its_beginning(
    log: AttemptLog, make: Make
) -> None:
    """A longer file whose lines end at the same places is not taken for one that only grew."""
    log.append([make(item="a"), make(item="b")])
    log.path.write_text("".join(make(item=name).line() + "\n" for name in "cde"), "utf-8")
    assert items(log) == ["c", "d", "e"]


KILLED = """
import json, os, sys
from pathlib import Path
from engagekit.frontend import attempt_log
from engagekit.frontend.attempts import AttemptEvent

def torn(path, data):
    with path.open("ab", buffering=0) as file:
        file.write(data[: len(data) // 2])
    os._exit(9)

path, attempt, line = sys.argv[1:]
log = attempt_log.AttemptLog(Path(path))
log.append([AttemptEvent.from_value(json.loads(line) | {"item": "whole"})])
attempt_log._add = torn
log.append([AttemptEvent.from_value(json.loads(line) | {"item": "torn"})])
"""


def test_a_writer_that_is_killed_in_mid_line_costs_that_line_alone(log: AttemptLog, make: Make) -> None:
    """The next one is not kept waiting by the dead one's lock, and everything else is there."""
    log.append([make(item="before")])
    assert start(log, "a1", make().line(), KILLED).wait(60) == 9
    assert log.append([make(item="zz-after")]) == 1
    assert items(log) == ["before", "whole", "zz-after"]
    assert log.read().asides[0].damaged == 1


# --- trouble with the disk ---


def test_a_full_disk_leaves_the_file_as_it_was(
    log: AttemptLog, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write that got half-way is taken back, and the same events can be added later."""
    log.append([make(item="t02")])
    before = log.path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(attempt_log.os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            log.append([make(item="t04")])
    assert log.path.read_bytes() == before
    assert log.append([make(item="t04")]) == 1
    assert items(log) == ["t02", "t04"]


def test_a_folder_that_cannot_be_written_can_still_be_read(
    log: AttemptLog, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading needs no lock there; damage is left where it is; writing says why it cannot."""
    log.append([make(item="t02")])
    with log.path.open("ab") as file:
        file.write(b"damage\n")
    before = {path.name: path.read_bytes() for path in log.path.parent.iterdir()}
    real = Path.open

    def read_only(self: Path, mode: str = "r", **more: object) -> object:
        if set(mode) & set("wa+x"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(self, mode, **more)  # type: ignore[call-overload]

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", read_only)
        fresh = AttemptLog(log.path)
        assert items(fresh) == ["t02"]
        assert "line 2 could not be read" in fresh.read().notes()[0]
        with pytest.raises(PermissionError):
            fresh.append([make(item="t04")])
    assert {path.name: path.read_bytes() for path in log.path.parent.iterdir()} == before


def test_adding_to_a_long_record_reads_only_what_is_new(
    log: AttemptLog, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the first look, an answer costs a few hundred bytes of reading and not the whole file."""
    log.append(make(item=f"t{number}") for number in range(3000))
    log.read()
    size = log.path.stat().st_size
    read: list[int] = []
    real = os.read

    def counted(handle: int, most: int) -> bytes:
        data = real(handle, most)
        read.append(len(data))
        return data

    monkeypatch.setattr(attempt_log.os, "read", counted)
    log.append([make(item="one-more")])
    assert len(log.read().events) == 3001
    assert 0 < sum(read) < 1000 < size
