"""`start`: build the course, release it or mark the sample cohort, then serve it all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engagekit.tasks.steps import Step, TaskError, run_steps, show


@dataclass(frozen=True)
class StartOptions:
    """What was asked for on the command line.

    Attributes:
        root: the course folder.
        serve: serve JupyterLab and the book at the end.
        port: the port for JupyterLab; None to pick one.
        book_port: the port for the book; None to pick one.
        open_browser: open the book in a browser, where there is a screen to show it on.
        sample: hand in and mark the work of the sample cohort; else release only, and enrol nobody.
    """

    root: Path
    serve: bool = True
    port: int | None = None
    book_port: int | None = None
    open_browser: bool = True
    sample: bool = True


def steps(options: StartOptions) -> list[Step]:
    """Return what has to be done before anything can be served."""
    root = options.root

    def content() -> str:
        from engagekit.content import check

        report = check(root)
        if report.errors:
            raise TaskError(f"the content has problems.\n{report.as_text()}")
        return report.as_text().splitlines()[-1]

    def assignments() -> str:
        from engagekit.assignments import build_all

        changed = build_all(root)
        return f"{len(changed)} files changed in {root / 'assignments'}"

    def book() -> str:
        from engagekit.tasks.book import build

        return str(build(root))

    def cohort() -> str:
        from engagekit.marking.sample import run

        run(root, say=lambda line: show(f"      {line}"))
        return str(root / "_grading")

    def release() -> str:
        from engagekit.marking.release import release as releasing

        releasing(root, say=lambda line: show(f"      {line}"))
        return str(root / "_grading")

    def report() -> str:
        from engagekit.reports.cohort import run_report

        return str(run_report(root, ())).splitlines()[-1]

    first = [
        Step("Checking the content", content),
        Step("Building the assignment files", assignments),
        Step("Building the book", book),
    ]
    if not options.sample:
        return [*first, Step("Releasing the assignments", release)]
    return [
        *first,
        Step(
            "Releasing the assignments, then handing in, marking and giving feedback to a sample cohort",
            cohort,
        ),
        Step("Reporting on the sample cohort", report),
    ]


def start(options: StartOptions) -> int:
    """Build, then serve until told to stop.

    Args:
        options: what was asked for.

    Returns:
        The exit status.
    """
    from engagekit.tasks import serve

    try:
        # Before the building, so that a taken port is heard of at once and not after minutes.
        if options.serve:
            serve.choose_ports(options.port, options.book_port, say=lambda _: None)
        if not run_steps(steps(options), options.root / "_build" / "logs" / "start.log"):
            return 1
        if not options.serve:
            again = "" if options.sample else " --no-sample"
            print(f"\nAll built. To look at it: python3 course.py start{again}")
            return 0
        # Once more, because another program may have taken one in the meantime.
        ports = serve.choose_ports(options.port, options.book_port)
        return serve.serve(options.root, *ports, open_browser=options.open_browser)
    except TaskError as error:
        print(f"\n{error}")
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130
