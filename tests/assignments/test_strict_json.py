"""JSON from strangers."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagekit.assignments.strict_json import MAX_DEPTH, RefusedError, parse

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(PLAIN)
def test_plain_data_survives(value):
    """What a form writes is what is read."""
    assert parse(json.dumps(value).encode()) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    """No input raises anything but a refusal with a sentence."""
    try:
        parse(data)
    except RefusedError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"{", "not JSON"),
        (b'{"a": 1} x', "not JSON"),
        (b"\xff\xfe{\x00}\x00", "UTF-8"),
        (b"[NaN]", "NaN"),
        (b"[-Infinity]", "Infinity"),
        (b"[1e999]", "too large"),
        (b"[" + b"9" * 5000 + b"]", "too large"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b"[" * 200_000, "nested"),
        (b'{"a":' * 200_000, "nested"),
        (b'["' + b"\\" * 100_001, "not JSON"),
    ],
)
def test_refusals_say_why(data, why):
    """Each refusal names what is wrong."""
    with pytest.raises(RefusedError, match=why):
        parse(data)


def test_depth_is_counted_outside_strings_only():
    """Brackets in somebody's words are words."""
    assert parse(json.dumps(["[" * 500 + '"' + "{" * 500]).encode())
    deepest = ("[" * MAX_DEPTH + "]" * MAX_DEPTH).encode()
    assert parse(deepest)
    with pytest.raises(RefusedError):
        parse(b"[" + deepest + b"]")
