"""Every case over every assignment, and of each case one assignment among the quick tests."""

from collections.abc import Iterable
from itertools import product
from typing import Any

import pytest


def in_turn(names: Iterable[str], assignments: Iterable[str]) -> list[Any]:
    """Return parameters (assignment, name) for every pair, as `pairs_in_turn` does."""
    return pairs_in_turn((assignment, name) for name, assignment in product(names, tuple(assignments)))


def pairs_in_turn(pairs: Iterable[tuple[str, str]]) -> list[Any]:
    """Return parameters (assignment, name): the assignments take turns, and all but one of a name are slow.

    So the quick tests meet every name and every assignment, and the whole run every pair of them.
    """
    where: dict[str, list[str]] = {}
    for assignment, name in pairs:
        where.setdefault(name, []).append(assignment)
    return [
        pytest.param(
            assignment,
            name,
            id=f"{assignment}-{name}",
            marks=() if position == number % len(assignments) else pytest.mark.slow,
        )
        for number, (name, assignments) in enumerate(where.items())
        for position, assignment in enumerate(assignments)
    ]


def quick_for(number: int, assignments: Iterable[str]) -> list[Any]:
    """Return parameters for a test of every assignment that is quick for one, and slow for the others."""
    every = tuple(assignments)
    return [
        pytest.param(one, marks=() if one == every[number % len(every)] else pytest.mark.slow)
        for one in every
    ]
