"""The launcher: what it installs and when, what it says when it cannot, and how it hands over.

A fake uv on PATH stands in for the installer, so nothing here touches the network.
"""

from __future__ import annotations

import errno
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
COURSE = ROOT / "course.py"
WINDOWS = os.name == "nt"

FAKE_UV = """
import os, signal, sys, time
from pathlib import Path
words = sys.argv[1:]
with open(os.environ["FAKE_UV_LOG"], "a") as log:
    log.write(" ".join([*words, "certs=" + os.environ.get("UV_SYSTEM_CERTS", "")]) + "\\n")
venv = Path(words[words.index("--python") + 1]).parent.parent
if os.environ.get("FAKE_UV_SAYS"):
    print(os.environ["FAKE_UV_SAYS"])
    sys.exit(int(os.environ.get("FAKE_UV_STATUS", "2")))
if os.environ.get("FAKE_UV_INTERRUPTS"):
    (venv / "half-installed").write_text("")
    os.kill(os.getppid(), signal.SIGINT)
    time.sleep(60)
if "-e" in words:
    site = next(venv.glob("[lL]ib/**/site-packages"))
    (site / "engagekit").mkdir(exist_ok=True)
    (site / "engagekit" / "__main__.py").write_text(
        "import json, os, sys\\n"
        "print(json.dumps({'words': sys.argv[1:], 'path': os.environ['PATH'].split(os.pathsep)[0],"
        " 'root': os.environ['ENGAGEKIT_ROOT'], 'cwd': os.getcwd(), 'python': sys.prefix}))\\n"
    )
"""


def load() -> ModuleType:
    """Import course.py, which is not part of the package."""
    spec = importlib.util.spec_from_file_location("course", COURSE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


course = load()


class Copy:
    """A copy of the course's launcher in a folder of its own, with a fake uv."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "the course"
        self.root.mkdir()
        for name in (
            "course.py",
            "requirements.txt",
            "requirements-dev.txt",
            "constraints.txt",
            "pyproject.toml",
        ):
            shutil.copy(ROOT / name, self.root / name)
        self.calls_file = folder / "calls.txt"
        self.calls_file.write_text("")
        self.tools = folder / "tools"
        self.tools.mkdir()
        script = self.tools / "uv"
        script.write_text(f"#!{sys.executable}\n{FAKE_UV}")
        script.chmod(0o755)
        if WINDOWS:
            (self.tools / "uv.bat").write_text(f'@"{sys.executable}" "{script}" %*\n')

    def run(self, *words: str, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        """Run the copy as a person would."""
        keep = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "HOME") if name in os.environ}
        path = os.pathsep.join([str(self.tools), os.defpath])
        full = {**keep, "PATH": path, "FAKE_UV_LOG": str(self.calls_file), "ENGAGEKIT_INSTALLER": "uv", **env}
        return subprocess.run(
            [sys.executable, str(self.root / "course.py"), *words],
            cwd=cwd, env=full, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    def calls(self) -> list[str]:
        """Return the fake installer's command lines since the last time."""
        lines = self.calls_file.read_text().splitlines()
        self.calls_file.write_text("")
        return lines


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Copy:
    """Give a copy of the launcher; whatever breaks, pip stays off the network."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    return Copy(tmp_path)


def answer(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """Return what the fake engagekit said about how it was called."""
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """Return what a failed run told the person; never a traceback, always a failing status."""
    assert done.returncode != 0
    assert "Traceback" not in done.stdout + done.stderr
    return done.stderr.strip()


# --- installing and handing over ---


def test_first_run_installs_with_the_pins_and_hands_over(copy: Copy) -> None:
    """A newcomer's first command installs the pinned packages and the course, then runs the command."""
    said = answer(copy.run("mark", "--help"))
    packages, itself = copy.calls()
    assert "requirements.txt" in packages and "-c" in packages and "constraints.txt" in packages
    assert "requirements-dev.txt" not in packages
    assert "--no-deps -e" in itself
    assert said["words"] == ["mark", "--help"]
    assert Path(said["python"]) == copy.venv


def test_programs_of_the_environment_come_first_on_path(copy: Copy) -> None:
    """The environment works without being activated: nbgrader finds alembic by its bare name."""
    assert Path(answer(copy.run("check"))["path"]) == copy.venv / ("Scripts" if WINDOWS else "bin")


def test_workplace_certificates_are_trusted(copy: Copy) -> None:
    """The fast installer is told to trust what the computer trusts, unless the person said otherwise."""
    answer(copy.run("check"))
    assert all(call.endswith("certs=1") for call in copy.calls())
    answer(copy.run("test", UV_SYSTEM_CERTS="0"))
    assert all(call.endswith("certs=0") for call in copy.calls())


def test_works_from_any_folder(copy: Copy, tmp_path: Path) -> None:
    """The course is found beside course.py, and the caller's folder stays the working folder."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    said = answer(copy.run("check", cwd=elsewhere))
    assert Path(said["root"]) == copy.root
    assert Path(said["cwd"]) == elsewhere
    assert list(elsewhere.iterdir()) == []


def test_second_run_installs_nothing(copy: Copy) -> None:
    """A complete environment is used as it is."""
    answer(copy.run("check"))
    copy.calls()
    assert answer(copy.run("check"))["words"] == ["check"]
    assert copy.calls() == []


@pytest.mark.parametrize("name", ["requirements.txt", "constraints.txt", "pyproject.toml"])
def test_changed_requirements_are_noticed(copy: Copy, name: str) -> None:
    """Whichever file decides what is installed: a change to it brings the environment up to date."""
    answer(copy.run("check"))
    copy.calls()
    with (copy.root / name).open("a") as handle:
        handle.write("# changed\n")
    done = copy.run("check")
    assert "have changed" in done.stdout
    assert answer(done) and len(copy.calls()) == 2


def test_other_line_endings_are_no_change(copy: Copy) -> None:
    """A checkout with Windows line endings does not count as changed requirements."""
    answer(copy.run("check"))
    copy.calls()
    path = copy.root / "requirements.txt"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    answer(copy.run("check"))
    assert copy.calls() == []


def test_test_command_adds_what_the_tests_need_once(copy: Copy) -> None:
    """`test` installs the development requirements too; later commands leave them alone."""
    answer(copy.run("start"))
    copy.calls()
    done = copy.run("test")
    assert "Adding what the tests need" in done.stdout
    assert "requirements-dev.txt" in copy.calls()[0]
    answer(copy.run("start"))
    answer(copy.run("test"))
    assert copy.calls() == []


def test_moved_folder_is_installed_afresh(copy: Copy, tmp_path: Path) -> None:
    """An environment names its own folder in its programs, so after a move it is made again."""
    answer(copy.run("check"))
    copy.root = copy.root.rename(tmp_path / "moved")
    done = copy.run("check")
    assert "its folder was moved" in done.stdout
    assert Path(answer(done)["python"]) == copy.venv


def test_progress_and_log_are_shown(copy: Copy) -> None:
    """The person sees each step, what the installer prints, and where the log is."""
    done = copy.run("check")
    for step in ("[1/3]", "[2/3]", "[3/3]", "Ready after"):
        assert step in done.stdout
    log = copy.venv / "install.log"
    assert str(log) in done.stdout
    assert "pip install" in log.read_text()


# --- when it cannot ---


@pytest.mark.parametrize(
    ("says", "expected"), [("dns error", "no connection"), ("No space left on device", "The disk is full")]
)
def test_failed_install_gets_a_sentence_and_the_next_run_repairs(
    copy: Copy, says: str, expected: str
) -> None:
    """A failed install ends in its sentence; when the trouble is put right, the same command works."""
    assert expected in sentence(copy.run("check", FAKE_UV_SAYS=says))
    done = copy.run("check")
    assert "cut off" in done.stdout
    assert answer(done)["words"] == ["check"]


def test_installer_that_was_itself_interrupted_counts_as_stopped(copy: Copy) -> None:
    """Ctrl-C may reach only the installer: that is a stop too, and no failure to explain."""
    done = copy.run("check", FAKE_UV_SAYS="cancelled", FAKE_UV_STATUS="130")
    assert done.returncode == 130
    assert "Stopped" in sentence(done)


@pytest.mark.skipif(WINDOWS, reason="Windows cannot send Ctrl-C to one process from a test")
def test_interrupted_install_is_repaired_by_the_next_run(copy: Copy) -> None:
    """Ctrl-C stops at once with a sentence; the next run clears away what was half installed."""
    done = copy.run("check", FAKE_UV_INTERRUPTS="1")
    assert done.returncode == 130
    assert "Stopped" in sentence(done)
    assert (copy.venv / "half-installed").exists()
    assert json.loads((copy.venv / "install.json").read_text())["state"] == "installing"
    assert answer(copy.run("check"))["words"] == ["check"]
    assert not (copy.venv / "half-installed").exists()


def test_damaged_stamp_is_no_stamp(copy: Copy) -> None:
    """A stamp that cannot be read is never taken for a complete install."""
    answer(copy.run("check"))
    copy.calls()
    (copy.venv / "install.json").write_text('["ready"')
    answer(copy.run("check"))
    assert len(copy.calls()) == 2


def test_environment_of_somebody_else_is_not_deleted(copy: Copy) -> None:
    """A broken .venv that course.py did not make is named, and left as it is."""
    copy.venv.mkdir()
    (copy.venv / "pyvenv.cfg").write_text("home = nowhere\n")
    (copy.venv / "mine.txt").write_text("mine")
    assert "course.py did not make it" in sentence(copy.run("check"))
    assert (copy.venv / "mine.txt").read_text() == "mine"


def test_two_installs_at_once_are_refused(copy: Copy) -> None:
    """A second window waits its turn, and the first one's work is left alone."""
    copy.venv.mkdir()
    held = course.hold(str(copy.venv / "install.lock"))
    try:
        assert "Another window" in sentence(copy.run("check"))
        assert copy.calls() == []
    finally:
        held.close()
    assert answer(copy.run("check"))


def test_missing_file_of_the_course_is_named(copy: Copy) -> None:
    """An incomplete copy of the course says which file is missing."""
    (copy.root / "constraints.txt").unlink()
    assert "constraints.txt is missing" in sentence(copy.run("check"))


def test_folder_that_cannot_be_written_gets_a_sentence(
    copy: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A read-only course folder is refused before anything is tried."""
    monkeypatch.setattr(course.os, "access", lambda path, mode: False)
    assert course.main(["check"], root=str(copy.root)) == 1
    assert "cannot be written to" in capsys.readouterr().err
    assert not copy.venv.exists()


@pytest.mark.parametrize(
    ("number", "expected"), [(errno.ENOSPC, "The disk is full"), (errno.EROFS, "could not be written")]
)
def test_trouble_met_by_the_launcher_itself_gets_a_sentence(
    copy: Copy,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    number: int,
    expected: str,
) -> None:
    """The disk can also fill up while the launcher writes its own stamp or log."""

    def fail(self: object, what: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(course.Venv, "record", fail)
    assert course.main(["check"], root=str(copy.root)) == 1
    assert expected in capsys.readouterr().err


def test_missing_ensurepip_names_the_debian_package(
    copy: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Debian's Python without python3-venv, and no uv: the sentence names the package to install."""

    def fake_run(command: list[str], log: str) -> tuple[int, str]:
        return (1, "/usr/bin/python3: No module named ensurepip") if "ensurepip" in command else (0, "")

    monkeypatch.setattr(course, "run", fake_run)
    monkeypatch.setattr(course, "quiet_call", lambda command: 1)
    monkeypatch.setenv("ENGAGEKIT_INSTALLER", "pip")
    assert course.main(["check"], root=str(copy.root)) == 1
    assert "python3-venv" in capsys.readouterr().err


def test_pip_gets_its_chance_when_uv_fails(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some workplaces configure pip only: a failure of uv is not the end."""
    commands: list[list[str]] = []

    def fake_run(command: list[str], log: str) -> tuple[int, str]:
        commands.append(command)
        return (2, "error sending request") if command[0] == "/fake/uv" else (0, "")

    monkeypatch.setattr(course, "run", fake_run)
    monkeypatch.setattr(course, "quiet_call", lambda command: 0)
    monkeypatch.setattr(course, "find_uv", lambda venv: "/fake/uv")
    monkeypatch.delenv("ENGAGEKIT_INSTALLER", raising=False)
    course.install(course.Venv(str(copy.root)), tests=False)
    assert [command[0] for command in commands] == ["/fake/uv"] + [course.Venv(str(copy.root)).python] * 2


# --- help ---


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",)])
def test_help_works_before_anything_is_installed(copy: Copy, words: tuple[str, ...]) -> None:
    """Asking for help makes nothing and needs nothing."""
    done = copy.run(*words)
    assert done.returncode == 0
    assert "course.py start" in done.stdout and "course.py test" in done.stdout
    assert not copy.venv.exists()
