"""Steps: in order, visible, and stopping at the first failure."""

from __future__ import annotations

from pathlib import Path

from engagekit.tasks.start import StartOptions, steps
from engagekit.tasks.steps import Step, TaskError, run_steps


def test_steps_run_in_order_and_say_what_there_is_now(tmp_path: Path) -> None:
    """Each step shows its number, its title and its outcome."""
    lines: list[str] = []
    assert run_steps(
        [Step("First", lambda: "one"), Step("Second", lambda: "two")], tmp_path / "log", lines.append
    )
    assert lines[0] == "[1/2] First" and lines[1].endswith("s  one")
    assert lines[2] == "[2/2] Second" and lines[3].endswith("s  two")


def fail_with(error: Exception) -> Step:
    """Return a step that fails."""

    def run() -> str:
        raise error

    return Step("Failing", run)


def test_nothing_runs_after_a_failed_step(tmp_path: Path) -> None:
    """A foreseen failure is one sentence, and ends the run."""
    lines: list[str] = []
    later = Step("Later", lambda: lines.append("ran") or "")
    assert not run_steps([fail_with(TaskError("the dog ate it")), later], tmp_path / "log", lines.append)
    assert lines == ["[1/2] Failing", "      failed: the dog ate it"]
    assert not (tmp_path / "log").exists()


def test_unforeseen_failure_keeps_its_details_in_the_log(tmp_path: Path) -> None:
    """The person sees the message and the log's place, not a traceback."""
    lines: list[str] = []
    log = tmp_path / "logs" / "start.log"
    assert not run_steps([fail_with(KeyError("odd"))], log, lines.append)
    assert "Traceback" in log.read_text() and "odd" in log.read_text()
    assert str(log) in lines[-1] and "Traceback" not in "".join(lines)


def test_start_checks_before_it_builds_and_builds_before_it_marks(tmp_path: Path) -> None:
    """The order of the steps of `start`."""
    titles = [step.title.split()[0] for step in steps(StartOptions(tmp_path))]
    assert titles == ["Checking", "Building", "Building", "Releasing", "Reporting"]


def test_start_without_the_sample_only_releases(tmp_path: Path) -> None:
    """With --no-sample nothing is handed in, marked or reported on."""
    titles = [step.title for step in steps(StartOptions(tmp_path, sample=False))]
    assert titles[-1] == "Releasing the assignments"
    assert len(titles) == 4
