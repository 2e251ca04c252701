"""Time the formgrader's list of submissions without and with the indexes that marking adds.

python benchmarks/gradebook_indexes.py            # 1,000 learners, five assignments
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    GradeCell,
    Notebook,
    SolutionCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from sqlalchemy import insert

from engagekit.marking.indexes import ensure_indexes
from engagekit.marking.steps import Steps

ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENTS, CHECKS = 5, 5


def main() -> None:
    """Fill a gradebook, and time one list without and with the indexes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("learners", nargs="?", type=int, default=1000)
    learners = parser.parse_args().learners
    os.environ["PATH"] = str(Path(sys.executable).parent) + os.pathsep + os.environ.get("PATH", "")
    with tempfile.TemporaryDirectory(prefix="engagekit-bench-") as name:
        shutil.copy(ROOT / "nbgrader_config.py", name)
        steps = Steps(name)
        with steps.api.gradebook as book:
            fill(book.db, learners)
        print("| indexes | wall s | CPU s |\n|---|---|---|")
        print(timed(steps, "as nbgrader makes it"))
        with steps.api.gradebook as book:
            ensure_indexes(book.engine)
        print(timed(steps, "with ours"))


def timed(steps: Steps, label: str) -> str:
    """Return a row of the table: the list of one assignment's submissions."""
    wall, cpu = time.perf_counter(), time.process_time()
    steps.api.get_submissions("assignment-2")
    return f"| {label} | {time.perf_counter() - wall:.2f} | {time.process_time() - cpu:.2f} |"


def fill(db: Any, learners: int) -> None:
    """Put marks of every learner on every assignment into an empty gradebook."""
    chance = random.Random(1)
    students = [f"learner-{number:04d}" for number in range(learners)]
    db.execute(insert(Student), [{"id": student} for student in students])
    for number in range(ASSIGNMENTS):
        assignment, notebook, name = new_uuid(), new_uuid(), f"assignment-{number}"
        db.execute(insert(Assignment), [{"id": assignment, "name": name, "course_id": "engagekit"}])
        db.execute(insert(Notebook), [{"id": notebook, "name": name, "assignment_id": assignment}])
        grades, comments = [], []
        for check in range(CHECKS):
            grades.append(new_uuid())
            comments.append(new_uuid())
            kind = "code" if check < 3 else "markdown"
            db.add(
                GradeCell(id=grades[-1], name=str(check), notebook_id=notebook, max_score=5, cell_type=kind)
            )
            db.add(SolutionCell(id=comments[-1], name=str(check), notebook_id=notebook))
        db.commit()
        rows: dict[Any, list[dict[str, Any]]] = {
            SubmittedAssignment: [],
            SubmittedNotebook: [],
            Grade: [],
            Comment: [],
        }
        for student in students:
            one, own = new_uuid(), new_uuid()
            rows[SubmittedAssignment].append({"id": one, "assignment_id": assignment, "student_id": student})
            rows[SubmittedNotebook].append(
                {"id": own, "assignment_id": one, "notebook_id": notebook, "flagged": False}
            )
            for cell in grades:
                scores = {"auto_score": 5 * chance.random(), "needs_manual_grade": chance.random() < 0.4}
                rows[Grade].append({"id": new_uuid(), "cell_id": cell, "notebook_id": own, **scores})
            rows[Comment] += [{"id": new_uuid(), "cell_id": cell, "notebook_id": own} for cell in comments]
        for kind, found in rows.items():
            db.execute(insert(kind), found)
        db.commit()


if __name__ == "__main__":
    main()
