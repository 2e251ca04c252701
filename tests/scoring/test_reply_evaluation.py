"""How good the reply rules are: counted again here, so that the page that reports it cannot go stale."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engagekit.scoring.reply import read_reply

pytestmark = pytest.mark.slow

EVALUATION = json.loads((Path(__file__).parent / "reply_evaluation.json").read_text("utf-8"))
SETS = ("first", "second", "third")
PAGE = Path(__file__).parents[2] / "docs" / "reply-rules.md"
CODES = {
    "open-question": "Open question",
    "closed-question": "Closed question",
    "reflection": "Reflection",
    "affirmation": "Affirmation",
    "summary": "Summary",
    "autonomy-support": "Autonomy support",
    "advice": "Advice without permission",
    "warning": "Warning",
    "arguing": "Arguing",
    "labelling": "Labelling",
    "false-praise": "False praise or comfort",
}
Counts = dict[str, dict[str, int]]


def measured(name: str, certain: str = "") -> Counts:
    """Count, over one set, how often each code stands, is found, and is rightly found."""
    counts = {code: {"n": 0, "found": 0, "right": 0} for code in CODES}
    for reply in EVALUATION[name]:
        found = {one.code for one in read_reply(reply["text"]).findings if certain in ("", one.certain)}
        for code, row in counts.items():
            row["n"] += code in reply["codes"]
            row["found"] += code in found
            row["right"] += code in found and code in reply["codes"]
    return counts


def added(tables: list[Counts]) -> Counts:
    """Return several sets' counts as one."""
    return {code: {k: sum(t[code][k] for t in tables) for k in ("n", "found", "right")} for code in CODES}


def share(part: int, whole: int) -> str:
    """Return a share in two decimals, or a dash where there is nothing to divide by."""
    return f"{part / whole:.2f}" if whole else "–"


def lines(counts: Counts, clear: Counts | None = None) -> list[str]:
    """Return a table in Markdown."""
    extra = " Precision where clear |" if clear else ""
    table = [
        f"| Code | n | Found | Right | Precision | Recall |{extra}",
        "|---|" + "---:|" * (6 if clear else 5),
    ]
    for code, label in CODES.items():
        row: dict[str, Any] = counts[code]
        cells = [label, row["n"], row["found"], row["right"]]
        cells += [share(row["right"], row["found"]), share(row["right"], row["n"])]
        if clear:
            one = clear[code]
            cells.append(f"{share(one['right'], one['found'])} ({one['right']} of {one['found']})")
        table.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return table


def test_the_page_reports_what_is_measured_now() -> None:
    """The table of the rules as they are is exactly what this run counts."""
    now = added([measured(name) for name in SETS])
    table = "\n".join(lines(now, added([measured(name, "clear") for name in SETS])))
    assert table in PAGE.read_text("utf-8"), f"docs/reply-rules.md should hold:\n{table}"


def test_the_page_reports_the_first_runs() -> None:
    """The tables of the unseen runs are those that were kept."""
    page = PAGE.read_text("utf-8")
    unseen = EVALUATION["unseen"]
    for counts in (added([unseen[name] for name in SETS]), *(unseen[name] for name in SETS)):
        table = "\n".join(lines(counts))
        assert table in page, f"docs/reply-rules.md should hold:\n{table}"


def test_the_kept_counts_belong_to_these_sets() -> None:
    """Every kept table counts each code as often as the hand coding has it."""
    for name in SETS:
        now = measured(name)
        assert {code: row["n"] for code, row in EVALUATION["unseen"][name].items()} == {
            code: row["n"] for code, row in now.items()
        }


def test_the_sets_are_large_and_apart() -> None:
    """At least 120 fresh replies and 120 of the bank, none twice, and none of them a vector."""
    replies = [reply for name in SETS for reply in EVALUATION[name]]
    texts = [reply["text"] for reply in replies]
    vectors = json.loads((Path(__file__).parents[1] / "golden" / "replies.json").read_text("utf-8"))[
        "replies"
    ]
    assert len(texts) == len(set(texts))
    assert sum(reply["source"] == "fresh" for reply in replies) >= 120
    assert sum(reply["source"] == "bank" for reply in replies) >= 120
    assert all(set(reply["codes"]) <= set(CODES) for reply in replies)
    assert [text for text in texts if text in {one["text"] for one in vectors if len(one["text"]) > 20}] == []
