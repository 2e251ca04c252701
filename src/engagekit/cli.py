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

    try:
        app()
    except ContentError as error:
        print(error, file=sys.stderr)
        print(f"The content has {len(error.problems)} problems; see above.", file=sys.stderr)
        sys.exit(1)
    except (OSError, ValueError) as error:
        print(f"engagekit: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
