"""The page that a learner gets back."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from marked import Reader, decided, flag, held, judgement, sheet, shelf

from engagekit.assignments import Received
from engagekit.marking.feedback import Decided, MarkSheet
from engagekit.model import Answers, Course, Evidence, Outcome
from engagekit.reports.bookshelf import Bookshelf, open_shelf
from engagekit.reports.feedback import page, pages
from realcourse import real_assignments, real_desk

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def course() -> Course:
    return real_assignments()


def text_of(made: MarkSheet, on: Bookshelf | None = None) -> str:
    return Reader(page(made, on)).text


def test_page_says_where_every_check_stands() -> None:
    """Title, outcome, marks or who decides, for each check; and that it is not the result yet."""
    made = sheet()
    text = text_of(made)
    for check in made.checks:
        assert f"{check.judgement.title} " in text
        assert check.judgement.reason in text
        assert check.judgement.feedback in text
    assert text.count("An assessor will decide.") == 1
    assert "1 of 5 parts is still with an assessor, so this is not your result yet." in text
    assert "6 of 20 marks so far" in text


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.MET, "✓ Met"),
        (Outcome.PARTLY_MET, "◐ Partly met"),
        (Outcome.NOT_MET, "○ Not yet"),
        (Outcome.NOT_ATTEMPTED, "– Not attempted"),
        (Outcome.NEEDS_ASSESSOR, "… With your assessor"),
    ],
)
def test_a_page_for_each_outcome(outcome: Outcome, words: str) -> None:
    """The marking point stands as its only check does, in plain words; nobody reads "not met"."""
    text = text_of(sheet(judgement(outcome)))
    assert text.count(words) == 2
    assert f"Part by part: 1 {words[2].lower()}{words[3:]}." in text
    assert "Not met" not in text


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [
        ((Outcome.MET, Outcome.MET), "✓ Met"),
        ((Outcome.MET, Outcome.NOT_MET), "◐ Partly met"),
        ((Outcome.NOT_ATTEMPTED, Outcome.PARTLY_MET), "◐ Partly met"),
        ((Outcome.NOT_ATTEMPTED, Outcome.NOT_MET), "○ Not yet"),
        ((Outcome.MET, Outcome.NEEDS_ASSESSOR), "… With your assessor"),
    ],
)
def test_a_point_is_met_when_every_part_is(outcomes: tuple[Outcome, ...], words: str) -> None:
    """And with the assessor as long as any part is."""
    made = sheet(*(judgement(outcome, f"check-{number}") for number, outcome in enumerate(outcomes)))
    assert f"Feedback for Amara Kay {words} " in text_of(made)


def test_page_shows_the_words_that_decided() -> None:
    """The words as they were written, what was seen in them, and an empty answer called so."""
    quoted = (
        Evidence(label="Value 1", words="my  nan's\ngarden", remark="fits", counts=True),
        Evidence(label="Value 2", remark="missing", counts=False),
    )
    html = page(sheet(judgement(Outcome.PARTLY_MET, evidence=quoted)))
    assert '<q dir="auto">my  nan&#39;s\ngarden</q>' in html
    text = Reader(html).text
    assert "✓ fits" in text and "✗ missing" in text and "You left this empty." in text


def test_page_is_alone_and_allows_nothing(course: Course) -> None:
    """British English, no script, nothing to fetch, and a policy that would stop it."""
    html = page(sheet(judgement(Outcome.MET, theme="planning")), shelf(course, "https://book.example/"))
    assert '<html lang="en-GB">' in html
    assert "default-src 'none'" in html
    assert "<script" not in html
    assert Reader(html).fetched == []
    assert not re.search(r"url\(|@import", html)


def test_an_assessors_words_and_marks_take_the_machines_place() -> None:
    """The person's mark is the outcome, and the machine's advice for another outcome falls silent."""
    made = decided(
        sheet(judgement(Outcome.NOT_MET)),
        marks=4.0,
        by_person=True,
        needs_person=False,
        comment="<b>Good</b> & so on.",
    )
    html = page(made)
    text = Reader(html).text
    assert "&lt;b&gt;Good&lt;/b&gt; &amp; so on." in html
    assert "Met · 4 of 4 marks Decided by an assessor." in text
    assert "What the kit saw: Reason of not-met." in text
    assert "Next step" not in text


def test_marks_are_called_so_far_only_while_somebody_has_to_look() -> None:
    """When every part has a mark, the total is a total."""
    text = text_of(sheet(judgement(Outcome.MET)))
    assert "4 of 4 marks" in text
    assert "so far" not in text
    assert "Every part has a mark." in text


def test_no_mark_is_not_nought() -> None:
    """While every part waits for a person there is no number that could be taken for a result."""
    text = text_of(sheet(judgement(Outcome.NEEDS_ASSESSOR)))
    assert "No marks yet, of 4" in text
    assert "0 of 4 marks" not in text


def test_marks_lost_to_lateness_are_shown_and_never_go_below_nothing() -> None:
    """A penalty larger than the marks leaves none."""
    text = text_of(dataclasses.replace(sheet(), late_penalty=50.0))
    assert "50 marks were taken off because the work came in late." in text
    assert "0 of 20 marks so far" in text


def test_unreadable_work_gets_help_and_no_verdict() -> None:
    """A learner whose file was damaged is told what to do and not that they failed."""
    text = text_of(sheet(judgement(Outcome.NEEDS_ASSESSOR), refused="The file is empty.", declared=False))
    assert "We could not read your answers." in text
    assert "The file is empty. Nothing is lost" in text
    assert "marks so far" not in text and "Not yet" not in text and "declar" not in text


@pytest.mark.parametrize(
    ("reason", "why", "what"),
    [
        ("There is no declaration of own work.", "is not there", "make the declaration at the end"),
        (
            "The declaration was made for other answers than these.",
            "not for these answers",
            "hand in the new file",
        ),
        (
            "The declaration does not say that this is the learner's own work.",
            "your own work",
            "make the declaration",
        ),
        (
            "The declaration does not say whether an AI tool helped.",
            "whether an AI tool helped you",
            "make the declaration",
        ),
        ("Much of this stands in an exemplar.", "very close to another text", "Talk with your assessor"),
        (
            "Much of this stands in another learner's script.",
            "very close to another text",
            "Talk with your assessor",
        ),
        ("Something new.", "Something new.", "Talk with your assessor"),
    ],
)
def test_held_work_is_told_kindly_what_to_do(reason: str, why: str, what: str) -> None:
    """No accusation, no word about exemplars or other learners, and no marks beside a check that is held."""
    html = page(sheet(held(), held=(reason,), like=("secret-learner",)))
    text = Reader(html).text
    assert why in text and what in text
    assert "That is not a mark against you." in text
    assert "Secret reason" not in text and "secret-learner" not in html
    assert "exemplar" not in text and "another learner" not in text
    assert "I want my Saturdays back" in text


def test_flags_are_gentle_and_carry_the_learners_words() -> None:
    """What to think over, with the words; never the note for the assessor."""
    text = text_of(sheet(flags=(flag(),)))
    assert "Worth thinking over" in text and "This moves no mark." in text
    assert "Try asking first." in text and "You should just stop" in text
    assert "NOTE FOR THE ASSESSOR" not in text
    assert "Worth thinking over" not in text_of(sheet())


@pytest.mark.parametrize(
    ("ai", "words"),
    [
        ("none", "no AI tool helped you"),
        ("language", "with the language"),
        ("ideas", "with ideas"),
        ("drafting", "to draft it"),
        ("", "What you declared You declared that this is your own work. The kit"),
    ],
)
def test_the_declaration_is_told_back_as_recorded(ai: str, words: str) -> None:
    """What was said about AI tools stands there, and what was written about it, escaped."""
    html = page(sheet(ai=ai, said="<i>Spelling</i> only" if ai else ""))
    assert words in Reader(html).text
    assert ("&lt;i&gt;Spelling&lt;/i&gt; only" in html) == bool(ai)
    assert "no declaration of own work" in text_of(sheet(declared=False))


def test_links_lead_to_the_chapter_and_the_exercise_that_help(course: Course) -> None:
    """Where the book is, they are links; where it is not, titles; what does not exist is not named."""
    practice = next(
        name for name, one in course.vignettes.items() if one.use == "practice" and "talk" in one.lenses
    )
    secret = next(name for name, one in course.vignettes.items() if one.use == "assessment")
    check = judgement(Outcome.NOT_MET, theme="planning", practise=f"talk.{practice}")
    html = page(sheet(check), shelf(course, "https://book.example/"))
    assert Reader(html).links == [
        "https://book.example/book/chapters/planning.html",
        f"https://book.example/notebooks/talk.html#talk.{practice}",
    ]
    without = Reader(page(sheet(check), shelf(course)))
    assert without.links == []
    assert "Read: Shared planning" in without.text
    for wrong in (f"talk.{secret}", "talk.nobody", "nothing", f"sums.{practice}"):
        assert "Practise" not in text_of(sheet(judgement(Outcome.MET, practise=wrong)), shelf(course))
    assert "What helps" not in text_of(sheet(judgement(Outcome.MET, theme="nowhere")), shelf(course))


def test_where_the_book_is(tmp_path: Path) -> None:
    """The setting, else the book's own address, else the book that was built here, else nowhere."""
    assert open_shelf(tmp_path).base == ""
    (tmp_path / "_build" / "html").mkdir(parents=True)
    (tmp_path / "_build" / "html" / "index.html").write_text("", "utf-8")
    base = open_shelf(tmp_path).base
    assert base == "../../../../_build/html/"
    assert (tmp_path / "_grading/feedback/amara/interview" / base).resolve() == tmp_path / "_build" / "html"
    (tmp_path / "_config.yml").write_text("html:\n  baseurl: https://course.example/book\n", "utf-8")
    assert open_shelf(tmp_path).base == "https://course.example/book/"
    assert open_shelf(tmp_path, "http://other.example/").base == "http://other.example/"
    with pytest.raises(ValueError, match="must begin with https"):
        open_shelf(tmp_path, "javascript:alert(1)")


def test_the_course_is_read_once_and_only_for_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings are read by nbgrader on every request, the content for the first page alone."""
    reads: list[Path] = []
    monkeypatch.setattr(
        "engagekit.reports.feedback.open_shelf", lambda root, *more: reads.append(root) or Bookshelf()
    )
    write = pages(tmp_path)
    assert reads == []
    assert write(sheet()) == write(sheet()) == page(sheet())
    assert reads == [tmp_path]


def test_every_word_of_a_learner_is_escaped() -> None:
    """Names, words, remarks of the assessor and notes are text, whatever is in them."""
    nasty = "<img src=x onerror=alert(1)>\"'&"
    item = Evidence(label=nasty, words=nasty, remark=nasty)
    made = sheet(
        judgement(Outcome.MET, reason=nasty, feedback=nasty, evidence=(item,)), notes=(nasty,), said=nasty,
        held=(nasty,), flags=(flag(evidence=(item,), feedback=nasty),),
    )  # fmt: skip
    html = page(dataclasses.replace(made, name=nasty))
    assert "<img" not in html
    assert html.count("&lt;img src=x") >= 10


def test_page_never_holds_the_key(course: Course) -> None:
    """No reason, note or guidance of any assignment, no accepted answer, and no code that was not given."""
    labels = {code.id: code.label for code in course.schemes["talk"].codes}
    for name, marking in course.marking.items():
        desk = real_desk(name)
        key = desk.assessment.key
        secrets = [turn.reason for turn in key.turns] if key else []
        secrets += [check.note or "" for check in marking.checks] + [one.note for one in marking.flags]
        secrets += [
            line for check in marking.checks for line in (check.guidance or "").splitlines() if len(line) > 40
        ]
        for script in course.exemplars[name]:
            received = Received(Answers(assignment=name, form=desk.form, answers=script.answers), data=b"{}")
            made = desk.mark(received)
            checks = tuple(Decided(one, one.marks, False, one.marks is None, "") for one in made.judgements)
            html = page(MarkSheet("amara", "Amara Kay", made, checks, 0.0))
            for secret in secrets:
                assert not secret or secret[:50] not in html
        if key:
            wrong = {turn.turn: "other" if turn.code != "other" else "advice" for turn in key.turns}
            received = Received(
                Answers(assignment=name, form=desk.form, answers={"coding": wrong}), data=b"{}"
            )
            coding = [one for one in desk.mark(received).judgements if one.check == "code-turns"]
            quoted = set(re.findall(r"<q dir=\"auto\">(.*?)</q>", page(sheet(*coding))))
            assert quoted == {labels["other"], labels["advice"]}


def test_what_helps_with_a_check_reaches_its_judgement(course: Course) -> None:
    """The chapter and the exercise that the scheme names are on the record, so the page can point to them."""
    for name, marking in course.marking.items():
        desk = real_desk(name)
        made = desk.mark(Received(Answers(assignment=name, form=desk.form), data=b"{}"))
        named = {check.id: (check.theme, check.practise) for check in marking.checks}
        assert {one.check: (one.theme, one.practise) for one in made.judgements} == named


def test_the_box_about_a_held_script_goes_when_an_assessor_has_decided() -> None:
    """No page says both that no marks count and that an assessor gave some."""
    reason = ("There is no declaration of own work.",)
    box = "Why your assessor looks first"
    waits = sheet(held("one"), held("two"), judgement(Outcome.NEEDS_ASSESSOR), held=reason)
    assert f"{box} No marks count until" in text_of(waits)
    part = decided(waits, marks=3.0, by_person=True, needs_person=False)
    assert f"{box} Some marks do not count until" in text_of(part)
    given = {"marks": 3.0, "by_person": True, "needs_person": False}
    first, second, last = waits.checks
    both = (dataclasses.replace(first, **given), dataclasses.replace(second, **given), last)
    assert box not in text_of(dataclasses.replace(waits, checks=both))


def test_another_mark_without_a_comment_says_whom_to_ask_and_takes_no_side() -> None:
    """What the machine had seen stands there without ticks and crosses; a comment speaks for itself."""
    crossed = (Evidence(label="Need 1", words="no bed", remark="Fits the case.", counts=False),)
    made = sheet(judgement(Outcome.NOT_MET, evidence=crossed))
    ask, seen = "Ask them which words decided it.", "What the kit had seen"
    assert "✗ Fits the case." in text_of(made) and ask not in text_of(made)
    other = decided(made, marks=4.0, by_person=True, needs_person=False)
    text = text_of(other)
    assert (
        f"What to do next Your assessor looked at this and came to another mark than the kit proposed. {ask}"
        in text
    )
    assert f"{seen} Need 1 no bed Fits the case." in text and "✗" not in text
    told = text_of(decided(other, comment="Good."))
    assert ask not in told and "Good." in told and "✗" not in told
    same = text_of(decided(made, marks=0.0, by_person=True, needs_person=False))
    assert ask not in same and "✗ Fits the case." in same


def test_one_next_step_stands_on_top_unless_every_part_is_met() -> None:
    """Where to go from here, before the parts; nothing to hand in again when all is well."""
    words = "You can hand in again until the date on your course page; the last one counts."
    assert words in text_of(sheet())
    assert text_of(sheet()).index(words) < text_of(sheet()).index("Title of met")
    assert words not in text_of(sheet(judgement(Outcome.MET)))
    assert words not in text_of(sheet(judgement(Outcome.NEEDS_ASSESSOR), refused="The file is empty."))


def test_a_flag_is_called_what_the_unit_guide_calls_it(course: Course) -> None:
    """In the record, and so on the paper, on the learner's page and in the reports: one name."""
    titles = {item.id: item.title for item in course.items() if item.kind == "misconception"}
    seen = set[str]()
    for name, scripts in course.exemplars.items():
        desk = real_desk(name)
        for script in scripts:
            answers = Answers(assignment=name, answers=script.answers)
            flags = desk.mark(Received(answers)).flags
            assert [one.title for one in flags] == [titles[one.misconception] for one in flags]
            seen |= {one.title for one in flags}
    assert "Rushing to action" in seen
