"""Agreement with the reference: hand arithmetic, golden vectors shared with the browser, and laws."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagekit.scoring import cohen_kappa, compare, percent_agreement

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "agreement.json").read_text("utf-8"))
CODES = ["o", "c", "r", "a"]
codings = st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(CODES)), max_size=30)


def test_kappa_by_hand() -> None:
    """Eight turns: 6 agree (.75); both use O and R four times, chance .5; (.75 - .5) / .5 = .5."""
    assert cohen_kappa(list("OOOORRRR"), list("OOORRRRO")) == 0.5
    # 2 agree of 4 (.5); mine: 2 x, 2 y; theirs: 3 x, 1 y; chance (2*3 + 2*1)/16 = .5; kappa 0
    assert cohen_kappa(list("xxyy"), list("xyxx")) == pytest.approx((1 / 4 - 0.5) / 0.5)


def test_kappa_is_silent_without_variety() -> None:
    """One and the same code throughout, or nothing at all, has no kappa; it is not a perfect score."""
    assert cohen_kappa(["o", "o"], ["o", "o"]) is None
    assert cohen_kappa([], []) is None
    assert percent_agreement([], []) is None
    assert cohen_kappa(["o", "o"], ["o", "r"]) == 0


def test_codings_of_different_length_are_refused() -> None:
    """Nothing is cut off in silence."""
    with pytest.raises(ValueError, match="differ in length: 1 and 2"):
        cohen_kappa(["o"], ["o", "r"])


@given(codings)
def test_kappa_is_symmetric_and_in_range(pairs: list[tuple[str, str]]) -> None:
    """Kappa is the same from either side, never above 1, and 1 only when all agree."""
    mine, theirs = [a for a, _ in pairs], [b for _, b in pairs]
    kappa = cohen_kappa(mine, theirs)
    assert kappa == cohen_kappa(theirs, mine)
    if kappa is not None:
        assert -1 <= kappa <= 1
        assert (kappa == 1) == (mine == theirs)


@given(codings)
def test_tables_add_up(pairs: list[tuple[str, str]]) -> None:
    """The confusion table and the table per code count every compared turn once."""
    reference = {f"t{index:02d}": code for index, (code, _) in enumerate(pairs)}
    coding = {f"t{index:02d}": code for index, (_, code) in enumerate(pairs)}
    result = compare(coding, reference, CODES)
    assert sum(cell.count for cell in result.confusion) == result.compared == len(pairs)
    assert sum(row.reference for row in result.per_code) == len(pairs)
    assert sum(row.learner for row in result.per_code) == len(pairs)
    assert sum(row.agreed for row in result.per_code) == result.agreed
    assert (result.next == ()) == (result.agreed == result.compared)


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["name"])
def test_golden_vectors(case: dict) -> None:
    """Python gives the numbers that the browser gives (tests/frontend runs the same file under Node)."""
    reference = {turn: key["code"] for turn, key in case["key"].items() if not key.get("also")}
    result = compare(case["coding"], reference, case.get("codes") or GOLDEN.get("codes") or [])
    expected = case["expected"]
    for name in ("percent", "kappa"):
        value = getattr(result, name)
        if expected[name] is None:
            assert value is None
        else:
            assert value is not None and math.isclose(value, expected[name], abs_tol=1e-12)
    dumped = result.model_dump(mode="json")
    for name in expected.keys() - {"percent", "kappa"}:
        assert dumped[name] == expected[name], name
