"""The command line: read the arguments, call one function, print, set the exit status."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(
    name="engagekit",
    help="A training and assessment kit for engaging people on probation or in custody.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def course_root() -> Path:
    """Return the course folder: ENGAGEKIT_ROOT, else the nearest folder upwards with ``source_material``."""
    if os.environ.get("ENGAGEKIT_ROOT"):
        return Path(os.environ["ENGAGEKIT_ROOT"]).resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "source_material").is_dir():
            return folder
    return here


@app.command()
def check(format: Annotated[Literal["text", "json"], typer.Option(help="How to report.")] = "text") -> None:
    """Check every content file and list every problem as path:line:column."""
    from engagekit.content import check as check_content

    report = check_content(course_root())
    print(report.as_json() if format == "json" else report.as_text())
    raise typer.Exit(1 if report.errors else 0)


@app.command()
def compare(
    folder: Annotated[Path, typer.Argument(help="Where your copies of the source documents are.")],
) -> None:
    """Compare the registers with your own copies of the source documents."""
    from engagekit.content import load_course
    from engagekit.content.compare import compare_sources

    found = compare_sources(load_course(course_root()), folder)
    for comparison in found:
        print(comparison.as_text())
    raise typer.Exit(1 if any(c.missing or c.path is None for c in found) else 0)


@app.command()
def start(
    serve: Annotated[bool, typer.Option(help="Serve JupyterLab and the book at the end.")] = True,
    port: Annotated[int | None, typer.Option(help="Port for JupyterLab.", min=1, max=65535)] = None,
    book_port: Annotated[int | None, typer.Option(help="Port for the book.", min=1, max=65535)] = None,
    browser: Annotated[bool, typer.Option(help="Open the book in a browser.")] = True,
    sample: Annotated[
        bool, typer.Option(help="Hand in and mark the work of a sample cohort; without, nobody is enrolled.")
    ] = True,
) -> None:
    """Build the book, release the assignments, mark the sample cohort, and serve it all."""
    from engagekit.tasks.start import StartOptions
    from engagekit.tasks.start import start as run

    raise typer.Exit(run(StartOptions(course_root(), serve, port, book_port, browser, sample)))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(
    context: typer.Context,
    fast: Annotated[bool, typer.Option("--fast", help="Leave out what is slow or needs a browser.")] = False,
    require_browser: Annotated[
        bool, typer.Option("--require-browser", help="Fail when a browser is missing or any test is skipped.")
    ] = False,
) -> None:
    """Run the tests that this computer can run. Other options go to pytest."""
    from engagekit.tasks.selftest import run_tests

    raise typer.Exit(run_tests(course_root(), context.args, fast=fast, require_browser=require_browser))


@app.command()
def book() -> None:
    """Build the book, and say where it is."""
    from engagekit.tasks.book import build

    print(build(course_root()))


@app.command()
def assignments() -> None:
    """Build each assignment's notebook and form from its brief, form and marking scheme."""
    from engagekit.assignments import build_all

    build_all(course_root())
    print(f"built in {course_root() / 'assignments'}")


@app.command()
def coverage(
    missing: Annotated[
        bool, typer.Option("--missing", help="List what no chapter or guide teaches.")
    ] = False,
    reading: Annotated[
        bool, typer.Option("--reading", help="Words and reading ease of each chapter.")
    ] = False,
) -> None:
    """Say how much of every source is taught, practised and assessed, and which figures are shown."""
    from engagekit.content import load_course
    from engagekit.reports.coverage import as_text, missing_text, reading_text

    root = course_root()
    if reading:
        print(reading_text(root))
        return
    print((missing_text if missing else as_text)(root, load_course(root)))


@app.command()
def panel(
    files: Annotated[
        list[Path], typer.Argument(help="Exported attempts, a file for each tutor; or a folder.")
    ],
    out: Annotated[Path | None, typer.Option(help="Where to write; _build/panel if not given.")] = None,
) -> None:
    """Compare tutors' codings of the same vignettes: agreement, splits, and the key that they propose."""
    from engagekit.reports.panel import run_panel

    print(run_panel(course_root(), files, out))


@app.command()
def collect(
    source: Annotated[Path, typer.Argument(help="What you downloaded: an archive, or a folder.")],
    roster: Annotated[
        Path | None, typer.Option(help="Table of learners: id, given, family, email, lms_id.")
    ] = None,
    assignment: Annotated[str | None, typer.Option(help="Collect this assignment alone.")] = None,
    timezone: Annotated[
        str, typer.Option(help="Zone of the archive's times, such as Europe/London.")
    ] = "UTC",
    times: Annotated[bool, typer.Option(help="Take the download's times as the times of handing in.")] = True,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and write nothing.")
    ] = False,
) -> None:
    """Bring in answers files downloaded from Moodle, from Canvas or from anywhere else."""
    from engagekit.marking import collect as collecting

    found = collecting.collect(
        course_root(), source, roster=roster, only=assignment, timezone=timezone, times=times, dry=dry_run
    )
    print(collecting.as_text(found))
    raise typer.Exit(1 if found.trouble else 0)


@app.command()
def release(
    assignments: Annotated[
        list[str] | None, typer.Argument(help="Assignments to release; all of them if none is named.")
    ] = None,
) -> None:
    """Make the gradebook and release the assignments; what was handed in, and marks, stay as they are."""
    from engagekit.marking.release import release as releasing

    releasing(course_root(), assignments or ())


@app.command()
def mark(
    assignments: Annotated[
        list[str] | None, typer.Argument(help="Assignments to mark; all that are released if none is named.")
    ] = None,
    jobs: Annotated[int, typer.Option(help="How many worker processes.", min=1, max=64)] = 1,
    force: Annotated[bool, typer.Option("--force", help="Mark again what is marked already.")] = False,
    remark: Annotated[
        bool, typer.Option("--remark", help="Mark again what was marked under an earlier scheme.")
    ] = False,
    students: Annotated[str, typer.Option(help="A learner's id, or a pattern such as 'a*'.")] = "*",
) -> None:
    """Mark what has been handed in, and say what needs a person."""
    from engagekit.marking.telling import mark_and_say

    good = mark_and_say(
        course_root(), assignments or (), jobs=jobs, force=force, remark=remark, students=students
    )
    raise typer.Exit(0 if good else 1)


@app.command()
def feedback(
    assignments: Annotated[
        list[str] | None, typer.Argument(help="Assignments; all that are released if none is named.")
    ] = None,
    students: Annotated[str, typer.Option(help="A learner's id, or a pattern such as 'a*'.")] = "*",
) -> None:
    """Write the feedback pages that are missing, or that would now say something else."""
    from engagekit.marking.telling import feedback_and_say

    raise typer.Exit(0 if feedback_and_say(course_root(), assignments or (), students=students) else 1)


@app.command()
def report(
    assignments: Annotated[
        list[str] | None, typer.Argument(help="Assignments to report on; all of them if none is named.")
    ] = None,
) -> None:
    """Write pages and tables about the cohort: marking points, hardest checks, flags, what is held."""
    from engagekit.reports.cohort import run_report

    print(run_report(course_root(), assignments or ()))


@app.command()
def schemas() -> None:
    """Write the JSON Schemas that help editors to complete and check content files."""
    from engagekit.content.schemas import write_schemas

    changed = write_schemas(course_root())
    for path in changed:
        print(f"wrote {path.relative_to(course_root()).as_posix()}")
    print(f"{len(changed)} changed")


def main() -> None:
    """Run the command line; expected failures end in one clear sentence and exit status 1."""
    from engagekit.content.check import ContentError
    from engagekit.tasks.steps import TaskError

    try:
        app()
    except ContentError as error:
        print(error, file=sys.stderr)
        print(f"The content has {len(error.problems)} problems; see above.", file=sys.stderr)
        sys.exit(1)
    except (OSError, ValueError, TaskError) as error:
        print(f"engagekit: {error}", file=sys.stderr)
        sys.exit(1)
    except Exception as error:
        # Not imported for its name's sake: most commands never need it, and it takes its time.
        if not type(error).__module__.startswith("sqlalchemy"):
            raise
        first = str(error).splitlines()[0]
        print(
            f"engagekit: the gradebook cannot be used ({first}). If another program is busy with it, "
            "wait and run this again. If its file is damaged, put back your copy of _grading/gradebook.db",
            file=sys.stderr,
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
