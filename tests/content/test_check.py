"""Faults in content files, one at a time, and the exact words that report them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from builders import a_course, spoil

from engagekit.content import ContentError, check, load_course
from engagekit.content.compare import compare_sources

VIGNETTE = "source_material/vignettes/interviews/first-visit/vignette.yaml"
KEY = "source_material/vignettes/interviews/first-visit/key.yaml"
THEME = "source_material/themes/listening.yaml"

FAULTS = {
    "unknown speaker": (
        "vignette.yaml", "speaker: person", "speaker: persn",
        f'{VIGNETTE}:13:24: error: utterances.1.speaker: "persn" is not allowed here; did you mean "person"?',
    ),
    "unknown field": (
        "vignette.yaml", "setting: An office", "seting: An office",
        f'{VIGNETTE}:5:1: error: "seting" is not a field here; did you mean "setting"?',
        f'{VIGNETTE}:1:1: error: "setting" is missing',
    ),
    "missing field": (
        "vignette.yaml", "goal: Fewer nights out\n", "",
        f'{VIGNETTE}:1:1: error: "goal" is missing',
    ),
    "field in a list that is missing": (
        "vignette.yaml", ", text: no}", "}",
        f'{VIGNETTE}:13:5: error: "text" is missing in utterances.1',
    ),
    "duplicate key": (
        "vignette.yaml", "use: practice\n", "use: practice\nuse: retest\n",
        f'{VIGNETTE}:4:1: error: "use" is given twice; it is also on line 3',
    ),
    "text with a colon": (
        "vignette.yaml", "What brings you here?", "Well: what now?",
        f"{VIGNETTE}:12:48: error: not readable as YAML",
    ),
    "anchor": (
        "vignette.yaml", "title: First visit", "title: &name First visit",
        f"{VIGNETTE}:2:8: error: anchors and aliases are not used in content files; write the words out",
    ),
    "tag": (
        "vignette.yaml", "title: First visit", "title: !str First visit",
        f'{VIGNETTE}:2:8: error: the tag "!str" is not used in content files',
    ),
    "turns out of order": (
        "vignette.yaml", "id: t03", "id: t04",
        f'{VIGNETTE}:14:10: error: this is "t04"; it should be "t03"',
        f'{KEY}:4:3: error: practitioner turn "t04" is missing',
        f'{KEY}:5:12: error: no practitioner turn "t03"',
    ),
    "newer schema": (
        "vignette.yaml", "interview/1", "interview/2",
        f'{VIGNETTE}:1:9: error: "interview/2" is newer than this engagekit reads; update engagekit',
    ),
    "missing schema": (
        "vignette.yaml", "schema: interview/1\n", "",
        f"{VIGNETTE}:1:1: error: the schema line is missing; start the file with `schema: interview/1`",
    ),
    "id in the file": (
        "vignette.yaml", "title: First visit", "id: first-visit\ntitle: First visit",
        f'{VIGNETTE}:2:1: error: "id" is not written in the file; its name says it; remove the line',
    ),
    "unknown code": (
        "key.yaml", "code: reflection", "code: reflexion",
        f'{KEY}:5:23: error: no code "reflexion"; did you mean "reflection"?',
    ),
    "unknown rule": (
        "key.yaml", "rule: last-act", "rule: last-word",
        f'{KEY}:4:57: error: no rule "last-word"; choose from last-act',
    ),
    "turn coded twice": (
        "key.yaml", "turn: t03", "turn: t01",
        f'{KEY}:5:12: error: practitioner turn "t01" is there twice',
        f'{KEY}:4:3: error: practitioner turn "t03" is missing',
    ),
    "turn not coded": (
        "key.yaml", "  - {turn: t03, code: reflection, reason: It gives back.}\n", "",
        f'{KEY}:4:3: error: practitioner turn "t03" is missing',
    ),
    "discussion without a reason": (
        "key.yaml", "reason: It asks.", "reason: It asks., also: [reflection]",
        f'{KEY}:4:5: error: an entry for discussion needs "discuss" too',
    ),
    "theme with no vignette": (
        "listening.yaml", "first-visit", "frist-visit",
        f'{THEME}:8:13: error: no vignette "frist-visit"; did you mean "first-visit"?',
    ),
    "word for a number": (
        "listening.yaml", "number: 1", "number: one",
        f'{THEME}:2:9: error: number: "one" is not a number',
    ),
    "bad id": (
        "listening.yaml", "id: listen-1", "id: Listen 1",
        f'{THEME}:6:10: error: outcomes.0.id: "Listen 1" is not an id',
    ),
}  # fmt: skip


def test_the_small_course_has_no_problem(tmp_path: Path) -> None:
    """The course that the other tests spoil is valid, and `no` stays a word."""
    report = check(a_course(tmp_path))
    assert report.as_text() == "0 errors, 0 warnings in 6 files"
    assert report.course.vignettes["first-visit"].utterances[1].text == "no"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_reported_where_it_is(tmp_path: Path, fault: str) -> None:
    """Each fault is reported once, at its line and column, with what to do."""
    name, old, new, *expected = FAULTS[fault]
    root = a_course(tmp_path)
    spoil(root, name, old, new)
    *lines, _count = check(root).as_text().splitlines()
    assert len(lines) == len(expected), lines
    for line, words in zip(sorted(lines), sorted(expected), strict=True):
        assert line.startswith(words)


def test_all_problems_of_all_files_come_in_one_run(tmp_path: Path) -> None:
    """A fault in one file does not hide the faults of another, and the report is sorted by place."""
    root = a_course(tmp_path)
    spoil(root, "vignette.yaml", "speaker: person", "speaker: persn")
    spoil(root, "listening.yaml", "number: 1", "number: one")
    spoil(root, "key.yaml", "reason: It asks.", "raeson: It asks.")
    report = check(root)
    assert {problem.path for problem in report.problems} == {VIGNETTE, THEME, KEY}
    assert list(report.problems) == sorted(report.problems)
    with pytest.raises(ContentError) as caught:
        load_course(root)
    assert len(caught.value.problems) == report.errors


def test_json_report_says_the_same(tmp_path: Path) -> None:
    """The JSON report holds path, line, column and message of every problem."""
    root = a_course(tmp_path)
    spoil(root, "listening.yaml", "number: 1", "number: one")
    data = json.loads(check(root).as_json())
    assert data["errors"] == 1
    assert data["problems"][0] | {"hint": ""} == {
        "path": THEME, "line": 2, "column": 9, "message": 'number: "one" is not a number', "hint": "",
        "severity": "error",
    }  # fmt: skip


def test_unreadable_files_are_problems_not_crashes(tmp_path: Path) -> None:
    """A file that is not UTF-8, empty, or a list is reported by name."""
    root = a_course(tmp_path)
    (root / THEME).write_bytes(b"schema: theme/1\ntitle: caf\xe9\n")
    (root / VIGNETTE).write_text("", "utf-8")
    (root / KEY).write_text("- a\n- list\n", "utf-8")
    text = check(root).as_text()
    assert f"{THEME}:0:0: error: not UTF-8 text" in text
    assert f"{VIGNETTE}:1:1: error: the file is empty" in text
    assert f"{KEY}:1:1: error: should hold named fields" in text


def check_in_a_process_of_its_own(root: Path) -> str:
    """Return the report; the faults guarded against here are a crash and a run without end."""
    script = (
        "import sys, pathlib, engagekit.content as c; print(c.check(pathlib.Path(sys.argv[1])).as_text())"
    )
    command = [sys.executable, "-c", script, str(root)]
    return subprocess.run(command, capture_output=True, text=True, timeout=10, check=True).stdout


EXHAUSTING = {
    "aliases that multiply": (
        "schema: theme/1\na: &a [x, x]\n" + "".join(
            f"{chr(98 + step)}: &{chr(98 + step)} [{', '.join(['*' + chr(97 + step)] * 9)}]\n"
            for step in range(20)
        ),
        ":2:4: error: anchors and aliases are not used in content files",
    ),
    "a list that holds itself": (
        "schema: theme/1\na: &a [*a, *a]\n",
        ":2:8: error: anchors and aliases are not used in content files",
    ),
    "deep nesting": ("schema: theme/1\na: " + "[" * 100_000, ":2:43: error: nested too deeply"),
    "a version of many digits": (
        f"schema: theme/{'9' * 6000}\n",
        ":1:9: error: \"theme/9",
    ),
}  # fmt: skip


def test_a_file_built_to_exhaust_the_reader_is_a_problem_like_any_other(tmp_path: Path) -> None:
    """Aliases, deep nesting and huge numbers are reported at their place, in a process that lives on."""
    root = a_course(tmp_path)
    for number, (text, _) in enumerate(EXHAUSTING.values()):
        (root / THEME).with_name(f"exhausting-{number}.yaml").write_text(text, "utf-8")
    told = check_in_a_process_of_its_own(root)
    for number, (name, (_, words)) in enumerate(EXHAUSTING.items()):
        assert f"source_material/themes/exhausting-{number}.yaml{words}" in told, name


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_among_the_content_files_is_a_problem_and_does_not_block(tmp_path: Path) -> None:
    """What is not an ordinary file is reported by name and never opened."""
    root = a_course(tmp_path)
    os.mkfifo(root / "source_material/themes/pipe.yaml")
    handle = os.open(root / "source_material/themes/pipe.yaml", os.O_RDWR)
    try:
        os.write(handle, b"schema: theme/1\n")
        os.set_blocking(handle, False)
        told = check_in_a_process_of_its_own(root)
    finally:
        os.close(handle)
    assert "source_material/themes/pipe.yaml:0:0: error: cannot be read: it is not an ordinary" in told


def test_a_second_register_of_a_source_is_a_problem(tmp_path: Path) -> None:
    """A source has one register; a later file does not silently take the earlier one's place."""
    root = a_course(tmp_path)
    first = root / "source_material/standards/unit-guide.yaml"
    first.with_name("zz-copy.yaml").write_text(first.read_text("utf-8"), "utf-8")
    line, _count = check(root).as_text().splitlines()
    assert line == (
        "source_material/standards/zz-copy.yaml:2:9: error: this source has a register already; "
        "it is source_material/standards/unit-guide.yaml"
    )


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    """A check that found nothing to check does not call that success."""
    assert check(tmp_path).errors == 1


def test_a_register_is_compared_with_the_real_document(tmp_path: Path) -> None:
    """The copy is found by checksum; lost anchors and entries that no item covers are listed."""
    from builders import DOCUMENT

    root = a_course(tmp_path / "course")
    copies = tmp_path / "copies"
    copies.mkdir()
    (missing,) = compare_sources(load_course(root), copies)
    assert missing.path is None
    (copies / "any name.txt").write_text(DOCUMENT, "utf-8")
    (found,) = compare_sources(load_course(root), copies)
    assert found.missing == ("line 3: no item covers “- A second bullet”",)
    spoil(root, "unit-guide.yaml", "anchor: Listen well", "anchor: Listen badly")
    (lost,) = compare_sources(load_course(root), copies)
    assert lost.missing[0] == "mp1: “Listen badly” is not on line 2"


def test_a_missing_register_of_sources_is_a_problem(tmp_path: Path) -> None:
    """Without it nothing could be cited, so its absence is no silent success."""
    root = a_course(tmp_path)
    (root / "source_material/sources.yaml").unlink()
    assert (
        "source_material/sources.yaml:0:0: error: the register of sources is missing" in check(root).as_text()
    )


def test_a_file_that_nobody_reads_is_a_problem(tmp_path: Path) -> None:
    """A file with the other ending, or in the wrong folder, would be passed over without a word."""
    root = a_course(tmp_path)
    (root / "source_material/themes/other.yml").write_text("schema: theme/1\n", "utf-8")
    (root / "source_material/vignettes/stray.yaml").write_text("schema: interview/1\n", "utf-8")
    text = check(root).as_text()
    assert "source_material/themes/other.yml:0:0: error: this file is not read; name it .yaml" in text
    assert "source_material/vignettes/stray.yaml:0:0: error: this file is not read; move it" in text
