"""One assignment's whole life, by nbgrader's own commands."""

import csv
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from .conftest import reworded

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="nbgrader's exchange does not run on Windows"),
]
ROOT = Path(__file__).resolve().parents[2]


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
        command = [sys.executable, "-m", "nbgrader", *arguments]
        done = subprocess.run(
            command, cwd=bare, env=environment, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, f"{arguments}: {done.stderr[-3000:]}"
        return done.stderr

    desk_of_amara = tmp_path / "amara"
    at_the_desk = f"--Exchange.assignment_dir={desk_of_amara}"
    desk_of_amara.mkdir()
    nbgrader("generate_assignment", "interview")
    nbgrader("release_assignment", "interview")
    nbgrader("fetch_assignment", "interview", at_the_desk)
    fetched = {path.name for path in (desk_of_amara / "interview").iterdir()}
    assert fetched == {"interview.ipynb", "form.json"}
    asked = desk.assessment.form
    strong = answers_text(reworded(scripts["strong"], asked, "amara"), "interview", desk.form)
    (desk_of_amara / "interview/answers.json").write_text(strong, encoding="utf-8")
    nbgrader("submit", "interview", at_the_desk, "--student", "amara")
    nbgrader("collect", "interview")
    archive = bare / "_grading/downloaded/interview/archive"
    archive.mkdir(parents=True)
    with zipfile.ZipFile(archive / "downloads.zip", "w") as file:
        file.writestr(
            "ben_answers.json", answers_text(reworded(scripts["weak"], asked, "ben"), "interview", desk.form)
        )
    nbgrader("zip_collect", "interview")

    log = nbgrader("autograde", "interview")
    assert "amara: 18 of 38 marks proposed, 2 of 7 checks wait for an assessor" in log

    with Gradebook(f"sqlite:///{bare}/_grading/gradebook.db", "engagekit") as book:
        grade = book.find_grade("own-session", "interview", "interview", "amara")
        grade.manual_score, grade.needs_manual_grade = 9.5, False
        comment = book.find_comment("own-session", "interview", "interview", "amara")
        comment.manual_comment = "You stayed with <her> words & waited."
        book.db.commit()
    nbgrader("generate_feedback", "interview")
    page = (bare / "_grading/feedback/amara/interview/interview.html").read_text("utf-8")
    assert "You stayed with &lt;her&gt; words &amp; waited." in page
    assert "9.5 of 12" in page
    nbgrader("release_feedback", "interview")
    nbgrader("fetch_feedback", "interview", at_the_desk, "--student", "amara")
    fetched = list((desk_of_amara / "interview/feedback").rglob("interview.html"))
    assert [path.read_text("utf-8") for path in fetched] == [page]

    nbgrader("export", "--to", "grades.csv")
    with (bare / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert float(rows["amara"]["score"]) == 27.5
    assert rows["amara"]["needs_assessor"] == rows["ben"]["needs_assessor"] == "yes"
    nbgrader("export", "--exporter=engagekit.marking.export.CheckByCheck", "--to", "checks.csv")
    with (bare / "checks.csv").open(encoding="utf-8-sig", newline="") as file:
        checks = {(row["student_id"], row["check"]): row for row in csv.DictReader(file)}
    assert checks["amara", "own-session"]["marks"] == "9.5"
    assert checks["amara", "next-replies"]["marks"] == ""
