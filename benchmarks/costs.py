"""What a command takes: wall time, CPU seconds of every process that it starts, and peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True)
class Cost:
    """What one step of one side took, start-up included."""

    side: str
    step: str
    submissions: int
    wall_s: float
    cpu_s: float
    peak_mb: float


class _Watch(threading.Thread):
    """Sample the memory of all child processes together."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._done, self._peak = threading.Event(), 0.0

    def run(self) -> None:
        me = psutil.Process()
        while not self._done.wait(0.05):
            total = 0
            for child in me.children(recursive=True):
                try:
                    total += child.memory_info().rss
                except psutil.Error:
                    continue
            self._peak = max(self._peak, total / 1e6)

    def stop(self) -> float:
        self._done.set()
        self.join()
        return self._peak


def run(command: Sequence[str], folder: Path, **environment: str) -> None:
    """Run a command in a folder; stop the benchmark with what it said when it fails."""
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )
    if done.returncode:
        said = (done.stdout + done.stderr)[-3000:]
        raise SystemExit(f"{' '.join(map(str, command))} failed in {folder}:\n{said}")


def measure(
    side: str, step: str, size: int, folder: Path, commands: Sequence[Sequence[str]], **environment: str
) -> Cost:
    """Run commands one after another and return what they took together."""
    watch = _Watch()
    watch.start()
    before, began = os.times(), time.perf_counter()
    for command in commands:
        run(command, folder, **environment)
    wall, after = time.perf_counter() - began, os.times()
    cpu = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    return Cost(side, step, size, wall, cpu, watch.stop())


def python(module: str, *arguments: str) -> list[str]:
    """Return the command that runs a module with this Python."""
    return [sys.executable, "-m", module, *arguments]
