"""The browser's reading of a reply is Python's, word for word."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagekit.frontend.assets import HERE
from engagekit.scoring.reply import cues_value, read_reply

pytestmark = pytest.mark.slow

TESTS = Path(__file__).parents[1]
SCRIPTS = ("reply_words.js", "reply_clauses.js", "reply_rules.js")
Read = Callable[[list[str]], list[dict[str, Any]]]


@pytest.fixture
def read(node: str, tmp_path: Path) -> Read:
    """Return a function that reads many replies in one run of Node."""
    script = tmp_path / "read.js"
    parts = [(HERE / "js" / name).read_text("utf-8") for name in SCRIPTS]
    parts.append(f"const cues = {json.dumps(cues_value())};")
    parts.append("const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));")
    parts.append("const all = texts.map((text) => engagekit.replyRules.read(text, cues));")
    parts.append("process.stdout.write(JSON.stringify(all));")
    script.write_text("\n".join(parts), encoding="utf-8")

    def run(texts: list[str]) -> list[dict[str, Any]]:
        done = subprocess.run(
            [node, str(script)], input=json.dumps(texts), capture_output=True, encoding="utf-8", timeout=60
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def known_texts() -> list[str]:
    """Return every reply of the vectors and of the evaluation."""
    vectors = json.loads((TESTS / "golden" / "replies.json").read_text("utf-8"))["replies"]
    coded = json.loads((TESTS / "scoring" / "reply_evaluation.json").read_text("utf-8"))
    return [one["text"] for one in vectors + coded["first"] + coded["second"] + coded["third"]]


def test_every_known_reply_reads_the_same(read: Read) -> None:
    """Findings, places, reasons and notes are equal on all vectors and the whole evaluation."""
    texts = [*known_texts(), " ".join(known_texts()), "x" * 2500, "😀" * 1999 + " what now"]
    for text, found in zip(texts, read(texts), strict=True):
        assert found == read_reply(text).as_value(), text


def test_the_browser_slices_the_words_out(read: Read) -> None:
    """Places are the browser's own units, so slicing the text gives the words that the reason quotes."""
    text = "😀😀 so what’s helped"
    found = read([text])[0]["findings"][0]
    units = text.encode("utf-16-le")
    words = [units[2 * span["start"] : 2 * span["end"]].decode("utf-16-le") for span in found["words"]]
    assert words == ["what’s"]


BITS = [
    phrase
    for rule in cues_value()["rules"]
    for phrase in re.findall("[a-z]+(?: [a-z]+)*", rule["phrases"][0])
]
MARKS = [
    "?",
    "!",
    ".",
    "..",
    "…",
    ",",
    " - ",
    "'",
    '"',
    "“",
    "”",
    "’",
    "😀",
    "\n",
    "é",
    "İ",
    "ß",
    "\u200b",
    "９",
    "9.5",
    "\t",
]
TEXTS = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(BITS + MARKS), max_size=20).map(" ".join))


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(TEXTS, min_size=60, max_size=80))
def test_any_text_reads_the_same(read: Read, texts: list[str]) -> None:
    """Random text, and random heaps of cues and marks, give equal readings."""
    assert read(texts) == [read_reply(text).as_value() for text in texts]
