"""Where engagekit's time goes when it marks a cohort and writes feedback, by stage."""

from __future__ import annotations

import pstats
import subprocess
import sys
import time
from pathlib import Path

# Stage, and the function whose time it is with all that it calls.
STAGES = (
    ("read the course", "assignments/source.py", "load_assignments"),
    ("open the gradebook", "marking/ledger.py", "__init__"),
    ("read answers, first time", "marking/script.py", "scan"),
    ("compare learners", "marking/copies.py", "alike"),
    ("plan", "marking/plan.py", "plan_all"),
    ("read answers, for judging", "marking/desk.py", "read"),
    ("judge", "scoring/judge.py", "judge"),
    ("raise flags", "scoring/flags.py", "raise_flags"),
    ("reasons to hold", "scoring/holding.py", "reasons_to_hold"),
    ("notebook as text", "marking/paper.py", "fill"),
    ("record as text", "marking/record.py", "to_text"),
    ("write files (with the two above)", "marking/script.py", "_write"),
    ("gradebook rows", "marking/ledger.py", "enter"),
    ("commit", "marking/ledger.py", "keep"),
    ("put files in place", "marking/folders.py", "put_in_place"),
    ("feedback: gradebook rows", "marking/feedback.py", "standings"),
    ("feedback: records", "marking/record.py", "read_record"),
    ("feedback: pages", "reports/feedback.py", "page"),
    ("feedback: write files", "marking/feedback.py", "_put"),
)
CODE = """\
import cProfile, sys
from pathlib import Path
from engagekit.marking.telling import feedback_and_say, mark_and_say
root, name, out = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
with cProfile.Profile() as profile:
    mark_and_say(root, [name], force=True, say=lambda _: None)
    feedback_and_say(root, [name], say=lambda _: None)
profile.dump_stats(out)
"""
START = "from engagekit.marking.telling import mark_and_say"


def where_time_goes(folder: Path, assignment: str) -> str:
    """Mark the cohort once more under the profiler; return a table of stages.

    The profiler itself slows small functions more than large ones: read the shares, not the seconds.
    """
    out = folder / "profile.out"
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", START], check=True)
    start_up = time.perf_counter() - began
    for page in (folder / "_grading" / "feedback").rglob("*.html"):
        page.unlink()
    subprocess.run([sys.executable, "-c", CODE, str(folder), assignment, str(out)], check=True)
    stats = pstats.Stats(str(out))
    total = stats.total_tt
    lines = [
        "",
        f"Start-up of each command, mostly nbgrader's: {start_up:.1f} s. Of the rest, {total:.1f} s "
        "under the profiler:",
        "",
        "| stage | calls | share |",
        "|---|---|---|",
    ]
    for stage, file, function in STAGES:
        found = [
            values
            for (path, _, name), values in stats.stats.items()  # type: ignore[attr-defined]
            if name == function and Path(path).as_posix().endswith("engagekit/" + file)
        ]
        calls, seconds = sum(one[0] for one in found), sum(one[3] for one in found)
        lines.append(f"| {stage} | {calls} | {seconds / total:.1%} |")
    return "\n".join(lines)
