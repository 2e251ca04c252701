"""The tutor panel: whose answers count, what they amount to, and what is written."""

from __future__ import annotations

import csv
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from panel_files import AS_KEYED, DESISTANCE, GOAL, REPLY, STAGE, TALK, WEB
from typer.testing import CliRunner

from engagekit.cli import app
from engagekit.reports.panel import run_panel
from engagekit.reports.panel.codings import read_codings
from engagekit.reports.panel.results import Panel, Question, panel_of

if TYPE_CHECKING:
    from panel_files import Tutors


def results(tutors: Tutors) -> Panel:
    """Return what the panel's files amount to."""
    return panel_of(read_codings(tutors.course, [tutors.files]))


def asked(panel: Panel, item: str, part: str = "") -> Question:
    """Return one item of a panel."""
    (found,) = [q for each in panel.coded for q in each.questions if (q.item, q.part) == (item, part)]
    return found


def why_not(panel: Panel) -> str:
    """Return all that was set aside, as one text."""
    return "; ".join(f"{each.coder}, {each.what}: {each.reason}" for each in panel.asides)


def test_tutors_are_called_as_their_files_are(tutors: Tutors) -> None:
    """A file is one tutor, by its name."""
    tutors.agree(TALK, "bo", "Anna Kay")
    assert results(tutors).coders == ("Anna Kay", "bo")


def test_files_of_one_name_are_two_tutors(tutors: Tutors) -> None:
    """Two files of the same name in two folders do not become one tutor."""
    first = tutors.code("bo", TALK, AS_KEYED[TALK])
    other = tutors.root.parent / "more"
    other.mkdir()
    moved = first.rename(other / "bo.jsonl")
    tutors.code("bo", TALK, AS_KEYED[TALK], attempt="another")
    assert read_codings(tutors.course, [tutors.files, moved]).coders == ["bo", "bo (2)"]


def test_the_latest_finished_attempt_counts_with_its_first_answers(tutors: Tutors) -> None:
    """A change of mind after the key was shown does not count, nor does a later attempt left half done."""
    tutors.agree(TALK, "anna")
    both = {"t01": "question", "t03": "question"}
    tutors.code("bo", TALK, AS_KEYED[TALK], attempt="one", minute=1)
    tutors.code("bo", TALK, both, attempt="two", minute=2)
    tutors.code("bo", TALK, {"t03": "reflection"}, attempt="two", minute=3)
    tutors.code("bo", TALK, {"t01": "reflection"}, attempt="three", minute=4)
    panel = results(tutors)
    assert asked(panel, "t03").answers == {"anna": "reflection", "bo": "question"}
    assert asked(panel, "t01").answers["bo"] == "question"
    assert "bo, Talk: first-visit: finished 2 times" in panel.remarks[0]


def test_an_unfinished_coding_counts_with_its_gaps(tutors: Tutors) -> None:
    """What was answered counts, the gap is missing and not a disagreement, and the reader is told."""
    tutors.agree(TALK, "anna", "cy")
    tutors.code("bo", TALK, {"t01": "question"})
    panel = results(tutors)
    assert asked(panel, "t03").split.answers == 2
    assert panel.remarks == ("bo, Talk: first-visit: 1 item has no answer. What was answered counts.",)


def test_another_version_is_set_aside(tutors: Tutors) -> None:
    """A vignette that changed since cannot be compared; its old coding is named with the reason."""
    tutors.agree(TALK, "anna", "bo")
    tutors.code("cy", TALK, AS_KEYED[TALK], content="0" * 16)
    panel = results(tutors)
    assert panel.coders == ("anna", "bo")
    assert "cy, Talk: first-visit: coded on another version of this vignette (1 attempt)" in why_not(panel)


def test_what_cannot_be_compared_is_set_aside_with_its_reason(tutors: Tutors) -> None:
    """Replies, unknown vignettes, wrong lenses, unknown items and codes, and what one tutor alone coded."""
    tutors.agree(TALK, "anna", "bo")
    tutors.agree(GOAL, "anna")
    tutors.code("bo", REPLY, {"p1": "That sounds hard."})
    tutors.code("bo", ("talk", "nobody"), {"t01": "question"}, content="0" * 16)
    tutors.code("bo", ("web", "first-visit"), {"t01": "question"}, content="0" * 16)
    tutors.code("bo", TALK, {"t99": "question", "t01": "praise"}, minute=5)
    told = why_not(results(tutors))
    for reason in (
        "bo, Reply: two-mornings: replies are written",
        'bo, Talk: nobody: no vignette "nobody"',
        'bo, Web: first-visit: "first-visit" is for the lens "talk"',
        "bo, Talk: first-visit: 2 answers to no item or with no such code",
        "anna, Goal: eli-mornings: nobody else coded it",
    ):
        assert reason in told


def test_one_attempt_in_two_files_counts_once(tutors: Tutors) -> None:
    """A copied file would make tutors agree with themselves."""
    tutors.agree(TALK, "anna", "cy")
    (tutors.files / "bo.jsonl").write_bytes((tutors.files / "anna.jsonl").read_bytes())
    panel = results(tutors)
    assert panel.coders == ("anna", "cy")
    assert "bo, attempt anna-talk-first-visit: it is in the file of anna too" in why_not(panel)


def test_fewer_than_two_tutors_is_an_error_with_the_reasons(tutors: Tutors) -> None:
    """One tutor, or a second whose coding does not count, makes no panel; the message says why."""
    tutors.agree(TALK, "anna")
    with pytest.raises(ValueError, match="two tutors or more that count, and only anna has one"):
        results(tutors)
    tutors.code("bo", TALK, AS_KEYED[TALK], content="0" * 16)
    with pytest.raises(ValueError, match="Set aside:\n  bo, Talk: first-visit: coded on another version"):
        results(tutors)
    tutors.code("bo", TALK, {"t01": "question"})
    (tutors.files / "anna.jsonl").unlink()
    tutors.code("anna", TALK, {"t03": "reflection"})
    with pytest.raises(ValueError, match="no item was coded by two tutors"):
        results(tutors)


def test_a_folder_without_files_and_a_missing_file_are_errors(tutors: Tutors) -> None:
    """The message names the place."""
    with pytest.raises(ValueError, match=r"tutors: no \.jsonl file in this folder"):
        results(tutors)
    with pytest.raises(ValueError, match=r"away\.jsonl: there is no such file"):
        read_codings(tutors.course, [tutors.files.with_name("away.jsonl")])


def test_each_question_has_its_own_measure(tutors: Tutors) -> None:
    """Stage counts by answer and by distance; several choices count one by one; a web by distance."""
    for pair in (STAGE, DESISTANCE, GOAL):
        tutors.agree(pair, "anna", "bo")
    scores = {f"{area}-{when}": "stuck" for area in ("home", "money") for when in ("first", "second")}
    tutors.code("anna", WEB, scores)
    tutors.code("bo", WEB, scores | {"money-second": "maintaining"})
    rows = {row.measure.id: row for row in results(tutors).rows}
    assert rows["stage"].alpha.units == rows["stage-order"].alpha.units == 1
    assert rows["stage"].alpha.value is None and rows["stage"].percent == 1
    assert (rows["stage-missing"].alpha.units, rows["goal"].alpha.units) == (4, 8)
    assert rows["goal"].alpha.value == 1
    assert rows["web"].percent == 0.75
    assert rows["desistance"].alpha.value == 1


def test_sentences_do_not_make_two_answers_differ(tutors: Tutors) -> None:
    """The same answer shown by another sentence is the same answer; the sentences are kept apart."""
    tutors.agree(DESISTANCE, "anna")
    tutors.code("bo", DESISTANCE, {"b1-intention": "ambiguous s01 s02", "b2-hope": "not-stated"})
    found = asked(results(tutors), "b1-intention")
    assert found.split.verdict == "agreed"
    assert found.evidence == {"anna": ("s05",), "bo": ("s01", "s02")}


def test_an_assessment_is_coded_too_and_the_report_says_that_it_is_secret(tutors: Tutors) -> None:
    """Tutors hold keys. What is written about an assessment must stay with them."""
    tutors.agree(TALK, "anna", "bo")
    assert "Keep this away from learners" not in written(tutors)[0]
    path = tutors.root / "source_material/vignettes/interviews/first-visit/vignette.yaml"
    path.write_text(path.read_text("utf-8").replace("use: practice", "use: assessment"), "utf-8")
    theme = tutors.root / "source_material/themes/listening.yaml"
    theme.write_text(theme.read_text("utf-8").replace("vignettes: [first-visit]\n", ""), "utf-8")
    report, summary = written(tutors)
    assert "Keep this away from learners" in report
    assert "keep it where learners cannot see it" in summary


def written(tutors: Tutors) -> tuple[str, str]:
    """Run the panel; return the report and the summary."""
    summary = run_panel(tutors.root, [tutors.files], tutors.out)
    return (tutors.out / "report.html").read_text("utf-8"), summary


class Outline(HTMLParser):
    """Ids, labels that point at them, heading levels and tables without a caption."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.wanted: list[str] = []
        self.levels: list[int] = []
        self.tables = self.captions = 0
        self.scopeless = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"]] if "id" in found else []
        self.wanted += [found["aria-labelledby"]] if "aria-labelledby" in found else []
        self.wanted += [found["href"][1:]] if found.get("href", "").startswith("#") else []
        self.levels += [int(tag[1])] if tag in ("h1", "h2", "h3") else []
        self.tables += tag == "table"
        self.captions += tag == "caption"
        self.scopeless += tag == "th" and "scope" not in found


def test_the_report_is_sound_and_says_how_to_read_it(tutors: Tutors) -> None:
    """References have targets, ids are unique, headings step down, tables have captions and scopes."""
    for pair in (TALK, STAGE, DESISTANCE, GOAL):
        tutors.agree(pair, "anna", "bo")
    tutors.code("cy", TALK, {"t01": "reflection", "t03": "reflection"})
    tutors.code("di", TALK, {"t01": "reflection", "t03": "reflection"})
    page, _ = written(tutors)
    outline = Outline(page)
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.wanted) <= set(outline.ids)
    assert outline.levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(outline.levels))
    assert outline.tables == outline.captions > 4
    assert outline.scopeless == 0
    for words in (".80", ".667", "not laws", "for discussion</em>", "A majority is not the truth"):
        assert words in page
    assert "What brings you here?" in page
    assert "Question 2, Reflection 2. The key: Question." in page
    assert "<script" not in page and "//" not in page


def test_the_splits_are_one_row_for_each_answer(tutors: Tutors) -> None:
    """Long form, with the key, the split and the proposal beside each tutor's answer."""
    tutors.agree(TALK, "anna", "bo")
    tutors.code("cy", TALK, {"t01": "reflection", "t03": "reflection"})
    written(tutors)
    with (tutors.out / "splits.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6
    (row,) = [each for each in rows if (each["tutor"], each["item"]) == ("cy", "t01")]
    assert (row["answer"], row["key"], row["same_as_key"]) == ("reflection", "question", "no")
    assert (row["majority"], row["majority_share"], row["proposed"]) == ("question", "0.667", "question")
    assert row["entropy_bits"] == "0.918"


def test_the_command_prints_a_short_summary(tutors: Tutors, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who, how far they agree, and where it was written; without --out it is _build/panel."""
    monkeypatch.setenv("ENGAGEKIT_ROOT", str(tutors.root))
    tutors.agree(TALK, "anna", "bo")
    done = CliRunner().invoke(app, ["panel", str(tutors.files)])
    assert done.exit_code == 0, done.output
    assert "2 tutors: anna, bo" in done.stdout
    assert "Talk: practitioner turns: 2 items in 1 vignette, alpha 1.00" in done.stdout
    assert (tutors.root / "_build" / "panel" / "report.html").is_file()


def test_nothing_is_written_among_the_content(tutors: Tutors) -> None:
    """A slip in --out cannot put a proposal, or a report with keys, where the course is read from."""
    tutors.agree(TALK, "anna", "bo")
    for place in ("source_material", "source_material/vignettes"):
        with pytest.raises(ValueError, match="does not write among the course's content"):
            run_panel(tutors.root, [tutors.files], tutors.root / place)
