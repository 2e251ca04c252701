"""Reading ease: known values of the formula, and what does not move it."""

from __future__ import annotations

import pytest

from engagekit.scoring.readability import reading, syllables


def test_the_formula() -> None:
    """Eight one-syllable words in two sentences: 206.835 - 1.015 * 4 - 84.6 * 1."""
    found = reading("The cat sat on the mat. It slept.")
    assert (found.words, found.sentences, found.syllables) == (8, 2, 8)
    assert found.ease == pytest.approx(118.175)


def test_longer_sentences_and_words_are_harder() -> None:
    """Joining sentences lowers the ease, and so do longer words."""
    plain = reading("We met. We talked. We made a plan.").ease
    assert reading("We met and we talked and we made a plan.").ease < plain
    assert reading("We convened. We deliberated. We formulated interventions.").ease < plain


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("plan", 1),
        ("hope", 1),
        ("table", 2),
        ("wanted", 2),
        ("asked", 1),
        ("don\u2019t", 1),
        ("reflection", 3),
    ],
)
def test_syllables(word: str, count: int) -> None:
    """Silent ends are not counted."""
    assert syllables(word) == count


@pytest.mark.parametrize("text", ["", "...", "12 34"])
def test_nothing_to_read_has_no_ease(text: str) -> None:
    """A text without words gives 0 and no division by nothing."""
    assert reading(text).ease == 0
