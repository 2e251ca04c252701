"""Run a list of named steps in order, showing which one is at work and how long each took."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


class TaskError(Exception):
    """A task cannot go on; the text says what happened and what to do."""


@dataclass(frozen=True)
class Step:
    """One thing to do.

    Attributes:
        title: what is being done, for the person who waits.
        run: does it, and returns a line saying what there is now and where.
    """

    title: str
    run: Callable[[], str]


def show(line: str) -> None:
    """Print a line at once, also when the output goes to a file."""
    print(line, flush=True)


def run_steps(steps: Sequence[Step], log: Path, say: Callable[[str], None] = show) -> bool:
    """Run the steps until one fails.

    Args:
        steps: what to do, in order.
        log: where the details of an unforeseen failure go.
        say: shows one line to the person.

    Returns:
        True when every step succeeded.
    """
    for number, step in enumerate(steps, start=1):
        say(f"[{number}/{len(steps)}] {step.title}")
        began = time.monotonic()
        try:
            outcome = step.run()
        except TaskError as error:
            say(f"      failed: {error}")
            return False
        except Exception as error:
            log.parent.mkdir(parents=True, exist_ok=True)
            log.write_text(traceback.format_exc(), encoding="utf-8")
            say(f"      failed: {error}\n      The details are in {log}")
            return False
        say(f"      {time.monotonic() - began:5.1f} s  {outcome}")
    return True
