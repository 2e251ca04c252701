"""Doing the same to many scripts: in this process, or in a few worker processes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from types import TracebackType
from typing import Any, TypeVar

from engagekit.marking.desk import Desk, DeskError

CHUNK = 20
"""How many scripts a worker takes at a time."""

T = TypeVar("T")
_desk: Desk | None = None


def _begin(desk: Desk) -> None:
    global _desk
    _desk = desk
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Leave when the process that started this worker is gone: killed, it cannot send anybody home."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _chunk(work: Callable[..., T], items: Sequence[tuple[Any, ...]]) -> list[T]:
    return [work(_desk, *item) for item in items]


class Crew:
    """Those who read and judge: ``jobs`` worker processes, or none and this process does it itself.

    Workers are started anew, never forked, so that they work alike on every system and share nothing with
    the process that holds the gradebook. Results come in the order of the items.
    """

    def __init__(self, desk: Desk, jobs: int = 1) -> None:
        """Get ready; workers are started when there is enough for them to do.

        Args:
            desk: The marking desk, which every worker gets a copy of.
            jobs: How many worker processes; 1 for none.
        """
        self._desk, self._jobs = desk, jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def run(self, work: Callable[..., T], items: Sequence[tuple[Any, ...]]) -> Iterator[T]:
        """Call ``work(desk, *item)`` for each item.

        Raises:
            DeskError: A worker process was stopped from outside.
        """
        if self._jobs <= 1 or (self._pool is None and len(items) <= CHUNK):
            yield from (work(self._desk, *item) for item in items)
            return
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._jobs, get_context("spawn"), _begin, (self._desk,))
        chunks = [items[start : start + CHUNK] for start in range(0, len(items), CHUNK)]
        waiting = [self._pool.submit(_chunk, work, chunk) for chunk in chunks]
        try:
            for future in waiting:
                yield from future.result()
        except BrokenProcessPool as error:
            raise DeskError(
                "a worker process was stopped, perhaps for want of memory: what is marked stays marked; "
                "run this again with --jobs 1"
            ) from error
