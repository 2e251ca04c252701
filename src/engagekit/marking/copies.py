"""Which learners' own words are much the same: runs of four words, compared across a whole cohort.

A fingerprint is the sorted hashes of the four-word runs of what a learner wrote, cut to 32 bits. Among a few
million runs fewer than one in a thousand then meets another by chance, which decides no script.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from engagekit.model import Answers
from engagekit.scoring import Assessment, own_words, runs
from engagekit.scoring.words import NEAR_COPY

LEAST_RUNS = 40
"""A script of fewer runs of its own is too short to tell copying from chance."""

MANY = 20
"""From so many scripts on, runs that stand in more than a tenth of them count as common property."""

MOST_NAMES = 20
"""The most learners that a record names."""

_AT_ONCE = 400_000
_LOW = 0xFFFFFFFF


def fingerprint(assessment: Assessment, answers: Answers) -> bytes:
    """Return the fingerprint of what a learner wrote in their own words.

    What everybody was given to read is nobody's own: the brief, the case and the questions do not count.
    """
    own = runs(own_words(assessment.form, answers)) - assessment.given_runs
    return np.unique(np.fromiter((run & _LOW for run in own), np.uint32, len(own))).tobytes()


def alike(prints: Mapping[str, bytes]) -> dict[str, tuple[str, ...]]:
    """Find the learners whose scripts are near copies of each other.

    A script is a near copy of another when half of its runs stand there too; both are then named. Runs in
    more than a tenth of a cohort do not count, because a group may have been taught them; but a script that
    is mostly made of such runs is compared whole, or a large enough circle would hide itself.

    Args:
        prints: Learner to fingerprint.

    Returns:
        Learner to the others whose script is much the same, sorted and cut short; only those who have any.
    """
    same: dict[bytes, list[str]] = defaultdict(list)
    for learner in sorted(prints):
        if len(prints[learner]) >= 4 * LEAST_RUNS:
            same[prints[learner]].append(learner)
    texts = list(same)
    if not texts:
        return {}
    weights = np.array([len(same[text]) for text in texts])
    near: dict[int, set[int]] = defaultdict(set)
    for one, other in _pairs(texts, weights):
        near[one].add(other)
        near[other].add(one)
    found = {}
    for number, text in enumerate(texts):
        learners = sorted({*same[text], *(name for other in near[number] for name in same[texts[other]])})
        if len(learners) > 1:
            for learner in same[text]:
                others = [name for name in learners if name != learner]
                found[learner] = tuple(others[:MOST_NAMES])
    return found


def _pairs(texts: Sequence[bytes], weights: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Give every pair of different fingerprints of which one stands at least half in the other."""
    groups, owners = _shared(texts)
    if not len(groups):
        return
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    sizes = np.diff(np.r_[starts, len(groups)])
    number = np.repeat(np.arange(len(starts)), sizes)
    standing = np.add.reduceat(weights[owners], starts)
    cohort = int(weights.sum())
    common = (standing > cohort / 10) & (cohort >= MANY)
    order = np.argsort(owners, kind="stable")
    bounds = np.searchsorted(owners[order], np.arange(len(texts) + 1))
    for one, (first, last) in enumerate(pairwise(bounds)):
        mine = number[order[first:last]]
        total = len(texts[one]) // 4
        counted = total - int(common[mine].sum())
        if counted >= total / 2:
            mine, total = mine[~common[mine]], counted
        if total < LEAST_RUNS or len(mine) < NEAR_COPY * total:
            continue
        places = np.repeat(starts[mine] - np.r_[0, sizes[mine].cumsum()[:-1]], sizes[mine])
        shared = np.bincount(owners[places + np.arange(len(places))], minlength=len(texts))
        shared[one] = 0
        yield from ((one, int(other)) for other in np.flatnonzero(shared >= NEAR_COPY * total))


def _shared(texts: Sequence[bytes]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Return the runs that stand in more than one fingerprint, in order, and beside each whose it is.

    The range of hashes is worked through in slices, so that memory does not grow with the cohort.
    """
    slices = 1 + sum(map(len, texts)) // (4 * _AT_ONCE)
    edges = [round(part * 2**32 / slices) for part in range(slices + 1)]
    runs_found, owners_found = [], []
    for low, high in pairwise(edges):
        joined = np.concatenate(list(_slice(texts, low, high)))
        joined.sort()
        run = (joined >> np.uint64(32)).astype(np.uint32)
        same = run[1:] == run[:-1]
        kept = np.r_[False, same] | np.r_[same, False]
        runs_found.append(run[kept])
        owners_found.append((joined[kept] & np.uint64(_LOW)).astype(np.uint32))
    return np.concatenate(runs_found), np.concatenate(owners_found)


def _slice(texts: Iterable[bytes], low: int, high: int) -> Iterator[npt.NDArray[np.uint64]]:
    """Give each fingerprint's runs of one slice, with the fingerprint's number in the lower half."""
    for owner, text in enumerate(texts):
        one = np.frombuffer(text, np.uint32)
        first, last = np.searchsorted(one, [low, min(high, _LOW)])
        last = last if high <= _LOW else len(one)
        yield (one[first:last].astype(np.uint64) << np.uint64(32)) | np.uint64(owner)
