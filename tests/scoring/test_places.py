"""Where a quotation stands: exactly, in which passages, and with how many words of each."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from casefile import ASSESSMENT

PLACES = ASSESSMENT.places


def test_a_span_of_one_passage_stands_in_it() -> None:
    """Kinds of quotation mark and white space are forgiven; words are not."""
    assert PLACES.find("“Mo sleeps on\na cousin's sofa”").whole == ("p01",)
    assert not PLACES.find("Mo sleeps on cousin's sofa")
    assert not PLACES.find("o sleeps on a")
    assert not PLACES.find("...")


def test_words_that_stand_twice_are_found_in_both_places() -> None:
    """Any of the places may be the accepted one."""
    assert PLACES.find("he cooks for his mother").whole == ("p03", "p05")


def test_a_span_over_two_passages_counts_the_words_of_each() -> None:
    """A run from one sentence into the next is an honest quotation; one from paper to paper is none."""
    found = PLACES.find("leave by Friday. Since the")
    assert (found.whole, dict(found.parts)) == ((), {"p01": 3, "p02": 2})
    assert not PLACES.find("cooks for his mother. We can see")
    three = PLACES.find("by Friday. Since the depot closed he drinks most evenings. On Sundays")
    assert dict(three.parts) == {"p01": 2, "p02": 8, "p03": 2}
