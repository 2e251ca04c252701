"""Learners whose own words are much the same."""

import random
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagekit.marking.copies import LEAST_RUNS, alike, fingerprint
from engagekit.model import Answers
from engagekit.scoring import own_words


def prints(numbers):
    """A fingerprint of given runs."""
    return np.unique(np.array(sorted(numbers), np.uint32)).tobytes()


def script(seed, runs=100, shared=()):
    """A fingerprint of so many runs, some of them given and the rest nobody else's."""
    chance = random.Random(seed)
    own = (chance.randrange(2**32) for _ in range(runs - len(shared)))
    return prints({*shared, *own})


SHARED = range(1000, 2000)


@pytest.mark.parametrize(("common", "expected"), [(49, False), (50, True), (100, True)])
def test_half_of_the_runs_is_a_near_copy(common, expected):
    """The line is at half of the shorter script's runs, and both learners are named."""
    found = alike({"amara": script(1, 100, SHARED[:common]), "ben": script(2, 300, SHARED[:common])})
    assert found == ({"amara": ("ben",), "ben": ("amara",)} if expected else {})


def test_a_short_script_is_compared_with_nobody():
    """A few replies of a few words may well agree by chance."""
    short = prints(SHARED[: LEAST_RUNS - 1])
    assert alike({"amara": short, "ben": short}) == {}
    enough = prints(SHARED[:LEAST_RUNS])
    assert alike({"amara": enough, "ben": enough}) == {"amara": ("ben",), "ben": ("amara",)}


def test_what_a_whole_group_was_taught_does_not_count():
    """Twenty learners have 45 runs in a hundred in common: two who share ten more are not copies yet."""
    taught = SHARED[:45]
    cohort = {f"learner-{number:02}": script(number, 100, taught) for number in range(20)}
    for more, expected in ((10, {}), (30, {"amara": ("ben",), "ben": ("amara",)})):
        both = [*taught, *range(5000, 5000 + more)]
        pair = {name: script(name, 100, both) for name in ("amara", "ben")}
        assert alike(cohort | pair) == expected
    pair = {name: script(name, 100, [*taught, *range(5000, 5010)]) for name in ("amara", "ben")}
    assert alike(pair)  # with nobody beside them, nothing shows that the phrases were taught


@pytest.mark.parametrize("circle", [2, 5, 15, 30])
def test_a_circle_does_not_hide_in_its_own_number(circle):
    """However many share one script, word for word or nearly, none of them goes unseen."""
    cohort = {f"learner-{number:02}": script(number) for number in range(30)}
    same = script("one script")
    cohort |= {f"exact-{number:02}": same for number in range(circle)}
    cohort |= {f"nearly-{number:02}": script(number + 500, 100, SHARED[:95]) for number in range(circle)}
    found = alike(cohort)
    assert found.keys() == {name for name in cohort if name.startswith(("exact", "nearly"))}
    assert all(name not in others for name, others in found.items())


def test_a_record_names_only_so_many():
    """A hundred the same: each names the first few others, in order."""
    same = script("one")
    found = alike({f"learner-{number:03}": same for number in range(100)})
    assert len(found) == 100
    assert found["learner-050"] == tuple(f"learner-{number:03}" for number in range(20))


def _slowly(cohort):
    """The same by comparing every pair, for small cohorts that have nothing in common property."""
    sets = {name: set(np.frombuffer(data, np.uint32).tolist()) for name, data in cohort.items()}
    sets = {name: runs for name, runs in sets.items() if len(runs) >= LEAST_RUNS}
    near = {
        (one, other)
        for one in sets
        for other in sets
        if one != other and len(sets[one] & sets[other]) >= min(len(sets[one]), len(sets[other])) / 2
    }
    return {name: tuple(sorted(other for one, other in near if one == name)) for name, _ in sorted(near)}


@given(
    st.lists(
        st.tuples(st.integers(0, 120), st.integers(0, 60), st.sampled_from([0, 1])), min_size=0, max_size=12
    )
)
def test_the_quick_way_finds_what_comparing_every_pair_finds(made):
    """Whatever the cohort, as long as it is too small for anything to be common property."""
    shared = {0: range(0, 60), 1: range(2**32 - 60, 2**32)}
    cohort = {
        f"learner-{number:02}": script(number, max(runs, common), shared[kind][:common])
        for number, (runs, common, kind) in enumerate(made)
    }
    assert alike(cohort) == _slowly(cohort)


def test_slices_change_nothing(monkeypatch):
    """A cohort that is worked through in many slices comes out the same."""
    cohort = {f"learner-{number:02}": script(number % 25, 200) for number in range(30)}
    whole = alike(cohort)
    monkeypatch.setattr("engagekit.marking.copies._AT_ONCE", 300)
    assert alike(cohort) == whole
    assert len(whole) == 10


@pytest.mark.slow
def test_memory_stays_small():
    """Two thousand long scripts need a few megabytes beyond the fingerprints themselves."""
    chance = np.random.default_rng(1)
    cohort = {
        f"{number:04}": np.unique(chance.integers(0, 2**32, 600, np.uint32)).tobytes()
        for number in range(2000)
    }
    tracemalloc.start()
    try:
        assert alike(cohort) == {}
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000


def test_what_everybody_was_given_is_nobodys_own(desk, scripts):
    """Copying out the case makes no fingerprint; own words make the same one however they are spaced."""
    form = desk.assessment.form
    said = max((turn.text for turn in desk.assessment.case.utterances), key=len)
    assert fingerprint(desk.assessment, Answers(assignment=form.id, answers={"replies": {"r1": said}})) == b""
    answers = Answers(assignment=form.id, answers=scripts["strong"].answers)
    assert own_words(form, answers)
    spaced = {
        section: {name: f"  {words.upper()}\n" for name, words in given.items()}
        if section == "replies"
        else given
        for section, given in scripts["strong"].answers.items()
    }
    first = fingerprint(desk.assessment, answers)
    assert len(first) > 4 * LEAST_RUNS
    assert fingerprint(desk.assessment, Answers(assignment=form.id, answers=spaced)) == first
