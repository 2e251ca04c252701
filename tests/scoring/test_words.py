"""Exact spans, copies and emptiness."""

from __future__ import annotations

import pytest

from engagekit.scoring.words import contains_span, copied_share, is_blank, normalise, too_thin, words_of

SAID = "I miss my daughter. It’s the Fridays, that’s when I can’t say no – not to them lads."


@pytest.mark.parametrize(
    "quotation",
    [
        "I miss my daughter.",
        "“I miss my daughter”",
        "  it's   ".strip() and "It's the Fridays",
        "can't say no - not",
        "I miss\nmy daughter",
        "...when I can’t say no...",
        "i miss my daughter",
        "Miss my daughter",
    ],
)
def test_an_exact_span_is_found(quotation: str) -> None:
    """White space, dashes, a capital at the beginning and kinds of quotation mark are forgiven."""
    assert contains_span(SAID, quotation)


@pytest.mark.parametrize(
    "quotation",
    [
        "I miss my son",
        "miss daughter",
        "ss my daught",
        "I miss my daught",
        "iss my daughter",
        "",
        "  ",
        "…",
        "\u200b",
        "\"'",
        "i MISS my daughter",
        "I m\u0456ss my daughter",
    ],
)
def test_anything_else_is_not(quotation: str) -> None:
    """Changed words, part words, look-alike letters and blanks are not a quotation."""
    assert not contains_span(SAID, quotation)


def test_invisible_characters_are_no_words() -> None:
    """Zero-width and control characters neither count as writing nor hide a copy."""
    assert is_blank("\u200b\u2060 \ufeff\x00")
    assert words_of("o\u200bpen") == ("open",)
    assert normalise("a\u00a0 b\tc\r\nd") == "a b c d"


def test_copied_share_counts_runs_of_four_words() -> None:
    """Seven words hold four runs of four; two of them stand in the source: one half."""
    source = "when did you last feel well about work"
    assert copied_share("when did you last feel so bad", [source]) == 0.5
    assert copied_share("you said", [source]) == 0.0


def test_thin_replies_are_named() -> None:
    """Nothing, too little, and one word over and over each get their own words."""
    assert too_thin("") == "Nothing was written."
    assert too_thin("ok") == "Only 1 word."
    assert too_thin("open open open open") == "The same word again and again."
    assert too_thin("What happened next?") == ""
