"""The report on a cohort: pages and tables, from the gradebook and the records of marking."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cohort_files import Hall, script
from marked import Reader, flag
from nbgrader.api import Grade, Notebook, SubmittedNotebook
from sqlalchemy import event
from sqlalchemy.engine import Engine
from typer.testing import CliRunner

from engagekit.cli import app
from engagekit.marking.standings import Gradebook, read_gradebook
from engagekit.model import Evidence, Outcome
from engagekit.reports.cohort import run_report
from engagekit.reports.cohort.heat import shade_of

MET, PARTLY, NOT_MET, BLANK, WAIT = Outcome
NASTY = "<img src=x onerror=alert(1)>"


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path)


@pytest.fixture
def busy(tmp_path: Path) -> Hall:
    """A hall in which everything that can be reported has happened."""
    made = Hall(tmp_path, "interview", "plan")
    made.enrol(
        ("amara", "Amara", "Kay"), ("ben", "=1+1", 'Smith, "Jr"'), ("carol", NASTY, "Ó Sé"), ("dan", "", ""),
        ("eve", "Eve", "Ferreira"), ("fay", "فاطمة", "الزهراء"),
    )  # fmt: skip
    made.mark("amara", script(MET, MET, PARTLY), {"code-turns": 3.0, "hear-values": 2.0}, late=1.0)
    words = Evidence(label="Your words", words=NASTY)
    made.mark("ben", script(NOT_MET, BLANK, WAIT, flags=(flag(evidence=(words,)),), ai="drafting"))
    made.mark(
        "carol", script(WAIT, WAIT, WAIT, held=("There is no declaration of own work.",), like=("eve",))
    )
    made.mark("amara", script(MET, MET, MET, assignment="plan", flags=(flag(),)))
    path = made.write("eve", script(MET, MET, MET))
    path.write_text("{", "utf-8")
    (made.grading / "submitted" / "fay" / "interview").mkdir(parents=True)
    return made


def test_where_everybody_stands(busy: Hall) -> None:
    """Each learner's marking point in words, marks as they stand, and every kind of gap called what it is."""
    summary = run_report(busy.root)
    assert (
        "interview: 1 partly met, 2 to decide, 1 nothing handed in, 1 not marked yet, 1 record damaged"
        in summary
    )
    text = Reader(busy.page()).text
    assert "Amara Kay ◐ Partly met, 8 of 12 ✓ Met, 12 of 12" in text
    assert "dan · Nothing handed in · Nothing handed in" in text
    assert "Eve Ferreira ! Record damaged" in text
    assert "فاطمة الزهراء ? Not marked yet" in text
    assert (
        "Eve Ferreira Record damaged: run python3 course.py mark interview --force"
        in Reader(busy.page("interview")).text
    )


def test_every_judgement_has_a_row(busy: Hall) -> None:
    """Long form: proposed and final, by whom, standards, flags, holds; a learner without any has one row."""
    run_report(busy.root)
    rows = busy.rows("interview", "judgements.csv")
    amara = {row["check"]: row for row in rows if row["student_id"] == "amara"}
    first = amara["code-turns"]
    assert (first["proposed"], first["final"], first["by"]) == ("4.0", "3.0", "assessor")
    assert (first["proposed_outcome"], first["outcome"]) == ("met", "Partly met")
    assert (amara["tell-open-from-closed"]["by"], amara["tell-open-from-closed"]["final"]) == ("kit", "4.0")
    assert (first["standards"], first["scheme"], first["reason"]) == (
        "pc02",
        "a" * 16,
        "Reason of code-turns.",
    )
    ben = [row for row in rows if row["student_id"] == "ben"]
    assert {row["misconceptions"] for row in ben} == {"advice-giving"}
    assert [row["by"] for row in ben] == ["kit", "kit", "nobody yet"]
    assert [row["final"] for row in ben] == ["0.0", "0.0", ""]
    assert ben[0]["first_name"] == "'=1+1" and ben[0]["last_name"] == 'Smith, "Jr"'
    carol = [row for row in rows if row["student_id"] == "carol"]
    assert {row["held"] for row in carol} == {"There is no declaration of own work."}
    gaps = {row["student_id"]: row["status"] for row in rows if not row["check"]}
    assert gaps.keys() == {"dan", "eve", "fay"}
    assert gaps["eve"] == "Record damaged: run python3 course.py mark interview --force"


def test_every_learner_has_a_row_of_marks(busy: Hall) -> None:
    """Blank where there is none, never 0; lateness taken off; what was declared beside it."""
    run_report(busy.root)
    rows = {row["student_id"]: row for row in busy.rows("interview", "marks.csv")}
    assert list(rows) == ["amara", "ben", "carol", "dan", "eve", "fay"]
    assert (rows["amara"]["marks"], rows["amara"]["late_penalty"]) == ("8.0", "1.0")
    assert rows["amara"]["handed_in"] == "2026-11-20 09:00:00 UTC"
    assert rows["dan"]["marks"] == rows["eve"]["marks"] == ""
    assert (rows["ben"]["ai_use"], rows["ben"]["needs_assessor"]) == ("drafting", "1")


def test_no_mark_yet_is_blank_and_never_nought(busy: Hall) -> None:
    """A held script without a mark has none in the tables, in the words and in the heat map."""
    nought = script(WAIT, NOT_MET, WAIT, held=("There is no declaration of own work.",))
    busy.mark("dan", nought)
    with busy.session() as session:
        session.query(Grade).filter(Grade.id.like("%-interview-dan")).update({"needs_manual_grade": True})
        session.commit()
    run_report(busy.root)
    marks = {row["student_id"]: row for row in busy.rows("interview", "marks.csv")}
    for learner in ("carol", "dan"):
        rows = [row for row in busy.rows("interview", "judgements.csv") if row["student_id"] == learner]
        assert (marks[learner]["marks"], marks[learner]["max_marks"]) == ("", "12.0")
        assert [(row["proposed"], row["final"]) for row in rows] == [("", "")] * 3
    assert marks["ben"]["marks"] == "0.0"
    for place in ((), ("interview",)):
        text = Reader(busy.page(*place)).text
        assert "dan … To decide, no marks yet" in text
        assert "0 of 12" in text  # Ben's, who has earned nothing
        assert not re.search(r"To decide, 0 of 12.*To decide, 0 of 12", text)
    heat = busy.page().split('<text x="0"')
    dan = next(row for row in heat if row.split(">", 1)[1].startswith("dan<"))
    assert dan.count('class="shade-none"') == 2 and 'class="shade-0"' not in dan


def test_hardest_checks_count_those_who_tried(busy: Hall) -> None:
    """What waits or is blank is left out, and a few scripts are called a few."""
    run_report(busy.root)
    text = Reader(busy.page("interview")).text
    hard = text[text.index("Checks, the hardest first") : text.index("Flags")]
    assert re.findall(r"Title of (\S+) (\d+%) (\d)", hard) == [
        ("code-turns", "38%", "2"), ("hear-values", "50%", "1"), ("tell-open-from-closed", "100%", "1"),
    ]  # fmt: skip
    assert "2 scripts only: read them one by one, and not as a rate." in hard
    assert "One script only" in hard


def test_flags_are_counted_with_their_words(busy: Hall) -> None:
    """By learner and not by script; the words stand there as text."""
    run_report(busy.root)
    html = busy.page()
    text = Reader(html).text
    assert "Advice giving: 2 learners" in text
    assert "NOTE FOR THE ASSESSOR" in text
    assert "Amara Kay , plan: Your next words to Kyle You should just stop" in text
    assert "<img" not in html and "&lt;img src=x" in html


def test_held_scripts_say_why_and_whose_they_resemble(busy: Hall) -> None:
    """This page is for assessors, so the other learner is named."""
    run_report(busy.root)
    text = Reader(busy.page("interview")).text
    assert "Ó Sé There is no declaration of own work. eve" in text
    assert "Nothing handed in 1 of 6: dan ." in text


def test_criteria_tell_decisions_from_proposals(busy: Hall) -> None:
    """The best evidence of each learner counts once; a proposal is not a decision."""
    run_report(busy.root)
    text = Reader(busy.page()).text
    assert "PC02 0 1: Amara Kay 0" in text
    busy.mark("eve", script(MET, NOT_MET, BLANK), {"code-turns": 4.0})
    run_report(busy.root)
    assert "PC02 1: Eve Ferreira 1: Amara Kay 0" in Reader(busy.page()).text


def test_agreement_needs_a_proposal_and_a_mark(busy: Hall) -> None:
    """Only pairs; which way the assessor differed; and a word of caution."""
    run_report(busy.root)
    text = Reader(busy.page("interview")).text
    agree = text[text.index("Proposals and assessors' marks Check") :]
    assert "Title of code-turns 1 0 0 1 One script only" in agree
    assert "Title of hear-values 1 1 0 0" in agree
    assert "Title of tell-open" not in agree


def test_the_same_input_gives_the_same_bytes(busy: Hall) -> None:
    """No clock, no order of a folder, no memory address."""

    def digests() -> dict[str, str]:
        run_report(busy.root)
        files = sorted(path for path in busy.report().rglob("*") if path.is_file())
        return {path.name + path.parent.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    first = digests()
    assert len(first) == 7
    assert digests() == first
    assert not re.search(r"20\d\d-\d\d-\d\d|\d\d:\d\d", busy.page())


def test_pages_are_alone_and_hold_together(busy: Hall) -> None:
    """Nothing to fetch, links that lead somewhere, a policy, and an outline."""
    run_report(busy.root)
    for place in ((), ("interview",), ("plan",)):
        html = busy.page(*place)
        reader = Reader(html)
        assert "default-src 'none'" in html and "<script" not in html
        assert reader.fetched == []
        for link in reader.links:
            assert busy.report(*place).joinpath(link).resolve().is_file(), link


def test_nobody_at_all(tmp_path: Path) -> None:
    """A course without a gradebook has a report too, and none is made on the way."""
    hall = Hall(tmp_path)
    (hall.grading / "gradebook.db").unlink()
    run_report(hall.root)
    assert "nobody has handed in" in Reader(hall.page()).text
    assert not (hall.grading / "gradebook.db").exists()
    assert hall.rows("interview", "marks.csv") == []


def test_one_learner_is_not_a_rate(hall: Hall) -> None:
    """One script says nothing about the others, and the report says that."""
    hall.enrol(("amara", "Amara", "Kay"))
    hall.mark("amara", script(MET, PARTLY, NOT_MET))
    run_report(hall.root)
    assert "1 of 1 learner handed in. One script only" in Reader(hall.page("interview")).text


def test_two_schemes_in_one_cohort_are_a_warning(hall: Hall) -> None:
    """Marks from before and after a change cannot be compared."""
    hall.enrol(("amara", "Amara", "Kay"), ("ben", "Ben", "Lee"))
    hall.mark("amara", script(MET, MET, MET))
    hall.mark("ben", script(MET, MET, MET, scheme="c" * 16))
    run_report(hall.root)
    assert "Marked under 2 marking schemes." in Reader(hall.page("interview")).text


def test_a_record_without_rows_in_the_gradebook_is_not_a_result(hall: Hall) -> None:
    """Half of a marking is none."""
    hall.enrol(("amara", "Amara", "Kay"))
    hall.write("amara", script(MET, MET, MET))
    run_report(hall.root)
    assert (
        "? Not in the gradebook: run python3 course.py mark interview" in Reader(hall.page("interview")).text
    )


@pytest.mark.slow
def test_four_thousand_learners(hall: Hall) -> None:
    """A handful of queries, counts on the page, a row for each in the tables."""
    hall.crowd(4000, script(MET, PARTLY, WAIT))
    asked: list[str] = []
    listen = lambda *call: asked.append(call[2])  # noqa: E731
    event.listen(Engine, "before_cursor_execute", listen)
    try:
        run_report(hall.root)
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    assert (
        len(
            [
                one
                for one in asked
                if one.startswith("SELECT") and "FROM" in one and "pragma" not in one.lower()
            ]
        )
        < 10
    )
    assert len(hall.rows("interview", "marks.csv")) == 4000
    assert len(hall.rows("interview", "judgements.csv")) == 12000
    html = hall.page("interview")
    assert len(html) < 60_000
    assert "4000 learners, too many for a page" in Reader(html).text
    assert "and 3988 more" in html


def test_another_notebook_of_an_assignment_is_none_of_ours(hall: Hall) -> None:
    """Marking makes one notebook, of the assignment's name; rows of any other do not stand in for it."""
    hall.enrol(("amara", "Amara", "Kay"))
    hall.mark("amara", script(MET, MET, MET))
    with hall.session() as session:
        ours = session.query(SubmittedNotebook).one()
        other = Notebook(name="other", assignment_id=ours.assignment.assignment_id)
        session.add(other)
        session.flush()
        session.add(SubmittedNotebook(notebook_id=other.id, assignment_id=ours.assignment_id))
        session.commit()
    (standing,) = read_gradebook(f"sqlite:///{hall.grading}/gradebook.db").standings.values()
    assert standing.marks["code-turns"].auto_score == 4.0


def scores(row: Any) -> tuple[Any, ...]:
    return row.auto_score, row.manual_score, row.extra_credit, row.needs_manual_grade


def test_the_gradebook_is_read_as_nbgrader_has_it(busy: Hall) -> None:
    """Scores, penalties and due dates agree with nbgrader's own interface; no file is an empty gradebook."""
    found = read_gradebook(f"sqlite:///{busy.grading}/gradebook.db")
    with busy.session() as session:
        for notebook in session.query(SubmittedNotebook):
            standing = found.standings[notebook.name, notebook.student.id]
            theirs = {
                grade.name: (
                    grade.auto_score,
                    grade.manual_score,
                    grade.extra_credit,
                    grade.needs_manual_grade,
                )
                for grade in notebook.grades
            }
            ours = {
                name: (mark.auto_score, mark.manual_score, mark.extra_credit, mark.needs_manual_grade)
                for name, mark in standing.marks.items()
            }
            assert ours == theirs
            assert standing.late_penalty == (notebook.late_submission_penalty or 0)
    assert len(found.standings) == 4
    assert found.learners["amara"].name == "Amara Kay"
    assert read_gradebook(f"sqlite:///{busy.grading}/away.db") == Gradebook()
    (busy.grading / "text.db").write_text("no database", "utf-8")
    with pytest.raises(ValueError, match="the gradebook cannot be read"):
        read_gradebook(f"sqlite:///{busy.grading}/text.db")


@pytest.mark.parametrize(
    ("share", "shade"), [(None, -1), (0, 0), (0.001, 1), (0.5, 3), (0.999, 4), (1, 5), (1.2, 5)]
)
def test_only_all_marks_are_the_darkest_shade(share: float | None, shade: int) -> None:
    """And only none the lightest."""
    assert shade_of(share) == shade


def test_the_command_names_what_there_is(busy: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """One assignment alone can be asked for; an unknown one is refused with the names of all."""
    monkeypatch.setenv("ENGAGEKIT_ROOT", str(busy.root))
    done = CliRunner().invoke(app, ["report", "plan"])
    assert done.exit_code == 0, done.output
    assert busy.report("plan", "marks.csv").exists() and not busy.report("interview").exists()
    with pytest.raises(ValueError, match="essay: no such assignment; the course has interview, plan"):
        run_report(busy.root, ["essay"])


@pytest.mark.parametrize("width", [320, 1100])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_and_axe_finds_nothing(
    busy: Hall, browser: Any, axe: Callable, width: int, scheme: str
) -> None:
    """Tables scroll in their own place, at any width, by day and by night."""
    run_report(busy.root)
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    for place in ((), ("interview",)):
        opened = context.new_page()
        opened.goto((busy.report(*place) / "index.html").as_uri())
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
        assert axe(opened) == []
    context.close()
