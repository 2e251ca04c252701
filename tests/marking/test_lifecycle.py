"""One assignment's whole life, by nbgrader's own commands."""

import csv
import os
import runpy
import shutil
import subprocess
import sys
import traceback
import warnings
import zipfile
from pathlib import Path

import pytest

from .conftest import reworded

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="nbgrader's exchange does not run on Windows"),
]
ROOT = Path(__file__).resolve().parents[2]


def run_forked(arguments, folder, environment, said):
    """Run one of nbgrader's commands in a fork; return its exit code, and what it wrote."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of a fork, from Python 3.12 on
        child = os.fork()
    if child == 0:
        code = 1
        try:
            with said.open("w", encoding="utf-8") as file:
                os.dup2(file.fileno(), 1)
                os.dup2(file.fileno(), 2)
            sys.stdout, sys.stderr = open(1, "w"), open(2, "w")  # noqa: SIM115
            os.environ.clear()
            os.environ.update(environment)
            os.chdir(folder)
            sys.argv = ["nbgrader", *arguments]
            runpy.run_module("nbgrader", run_name="__main__", alter_sys=True)
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code, said.read_text("utf-8", errors="replace")


@pytest.fixture
def bare(tmp_path):
    """The course as a fresh clone has it."""
    folder = tmp_path / "course"
    for name in ("assignments", "source_material"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    return folder


def test_from_release_to_export(bare, tmp_path, scripts, desk):
    """Generated, released, fetched, submitted, collected, marked, decided, fed back, released, exported."""
    from nbgrader.api import Gradebook

    from engagekit.marking.sample import answers_text

    # As when the virtual environment is not activated: nbgrader's helpers are not on the path.
    environment = {**os.environ, "PATH": os.defpath, "JUPYTER_DATA_DIR": str(tmp_path / "jupyter")}

    def nbgrader(*arguments):
        """The command as somebody types it, where one of ours takes the place of nbgrader's."""
        command = [sys.executable, "-m", "nbgrader", *arguments]
        done = subprocess.run(
            command, cwd=bare, env=environment, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, f"{arguments}: {done.stderr[-3000:]}"
        return done.stderr

    def forked(*arguments):
        """The same command in a copy of this process, which need not import nbgrader first."""
        code, said = run_forked(arguments, bare, environment, tmp_path / "said.txt")
        assert code == 0, f"{arguments}: {said[-3000:]}"

    desk_of_amara = tmp_path / "amara"
    at_the_desk = f"--Exchange.assignment_dir={desk_of_amara}"
    desk_of_amara.mkdir()
    forked("generate_assignment", "interview")
    forked("release_assignment", "interview")
    forked("fetch_assignment", "interview", at_the_desk)
    fetched = {path.name for path in (desk_of_amara / "interview").iterdir()}
    assert fetched == {"interview.ipynb", "form.json"}
    asked = desk.assessment.form
    strong = answers_text(reworded(scripts["strong"], asked, "amara"), "interview", desk.form)
    (desk_of_amara / "interview/answers.json").write_text(strong, encoding="utf-8")
    forked("submit", "interview", at_the_desk, "--student", "amara")
    forked("collect", "interview")
    archive = bare / "_grading/downloaded/interview/archive"
    archive.mkdir(parents=True)
    with zipfile.ZipFile(archive / "downloads.zip", "w") as file:
        file.writestr(
            "ben_answers.json", answers_text(reworded(scripts["weak"], asked, "ben"), "interview", desk.form)
        )
    forked("zip_collect", "interview")

    log = nbgrader("autograde", "interview")
    assert "amara: 18 of 38 marks proposed, 2 of 7 checks wait for an assessor" in log

    with Gradebook(f"sqlite:///{bare}/_grading/gradebook.db", "engagekit") as book:
        grade = book.find_grade("own-session", "interview", "interview", "amara")
        grade.manual_score, grade.needs_manual_grade = 9.5, False
        comment = book.find_comment("own-session", "interview", "interview", "amara")
        comment.manual_comment = "You stayed with <her> words & waited."
        book.db.commit()
    forked("generate_feedback", "interview")
    page = (bare / "_grading/feedback/amara/interview/interview.html").read_text("utf-8")
    assert "You stayed with &lt;her&gt; words &amp; waited." in page
    assert "9.5 of 12" in page
    forked("release_feedback", "interview")
    forked("fetch_feedback", "interview", at_the_desk, "--student", "amara")
    fetched = list((desk_of_amara / "interview/feedback").rglob("interview.html"))
    assert [path.read_text("utf-8") for path in fetched] == [page]

    forked("export", "--to", "grades.csv")
    with (bare / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert float(rows["amara"]["score"]) == 27.5
    assert rows["amara"]["needs_assessor"] == rows["ben"]["needs_assessor"] == "yes"
    nbgrader("export", "--exporter=engagekit.marking.export.CheckByCheck", "--to", "checks.csv")
    with (bare / "checks.csv").open(encoding="utf-8-sig", newline="") as file:
        checks = {(row["student_id"], row["check"]): row for row in csv.DictReader(file)}
    assert checks["amara", "own-session"]["marks"] == "9.5"
    assert checks["amara", "next-replies"]["marks"] == ""
