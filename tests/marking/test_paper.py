"""What an assessor sees first, and what no learner ever sees."""

import json

import pytest

from engagekit.assignments import read_answers
from engagekit.marking.feedback import sheet_of
from engagekit.marking.paper import fill
from engagekit.marking.sample import answers_text
from engagekit.marking.standings import Standing
from engagekit.model import Evidence, Flag
from engagekit.reports.feedback import page

FLAG = Flag(
    misconception="advice-giving",
    title="Advice before <listening>",
    note="For the assessor: look at reply 2.",
    feedback="Think about who did the talking.",
    evidence=(Evidence(label="Reply 2", words="You <b>should</b> stop", remark="may be advice"),),
)


@pytest.fixture
def marked(desk, scripts):
    """A script as the desk marks it, with a flag and with learners whose script is much the same."""
    data = json.loads(answers_text(scripts["borderline"], "interview", desk.form))
    data["declaration"] |= {"ai": "drafting", "said": "It wrote <i>a first go</i>."}
    received = read_answers(
        json.dumps(data).encode(), desk.assessment.form, desk.assessment.case, desk.versions
    )
    record = desk.mark(received, ("another-learner",))
    return record.model_copy(update={"flags": (FLAG,)})


def text_of(notebook):
    return next(
        "".join(output["data"]["text/html"])
        for cell in json.loads(notebook)["cells"]
        for output in cell.get("outputs", [])
        if "engagekit-received" in output["data"].get("text/html", "")
    )


def test_the_assessor_sees_holds_flags_and_the_declaration_first(desk, marked):
    """All in the first output, the learner's words escaped."""
    html = text_of(fill(desk.template, desk.assessment.scheme, marked))
    assert "Held: no mark counts until you have looked." in html
    assert all(reason in html.replace("&#39;", "'") for reason in marked.held)
    assert "another-learner" in html
    assert "the learner declares these answers to be their own work" in html
    assert "for drafting, the learner says" in html
    assert "It wrote &lt;i&gt;a first go&lt;/i&gt;." in html
    assert "Look at this first." in html
    assert "Advice before &lt;listening&gt;" in html
    assert "You &lt;b&gt;should&lt;/b&gt; stop" in html
    assert FLAG.note in html


def test_the_learner_sees_neither_whose_script_is_like_theirs_nor_the_assessors_notes(marked, desk):
    """The page says that much stands elsewhere, and what to think about; not where, and no guidance."""
    html = page(sheet_of("amara", marked, Standing("Amara")))
    assert "another-learner" not in html
    assert FLAG.note not in html
    assert FLAG.feedback in html
    for check in desk.assessment.scheme.checks:
        for secret in filter(None, (check.note, check.guidance)):
            assert secret not in html


def test_held_marks_are_none_and_every_check_waits(marked):
    """Nothing is proposed for a script that is held, and the record says why."""
    assert marked.held
    assert marked.like == ("another-learner",)
    assert marked.proposed == 0
    assert marked.waiting == len(marked.judgements)


def test_a_declaration_for_other_answers_is_none(desk, scripts):
    """An honest script without a declaration that holds earns nothing before a person looks."""
    data = json.loads(answers_text(scripts["borderline"], "interview", desk.form))
    for change in (None, {**data["declaration"], "content": "0" * 64}):
        given = json.dumps({**data, "declaration": change}).encode()
        received = read_answers(given, desk.assessment.form, desk.assessment.case, desk.versions)
        record = desk.mark(received)
        assert not record.declared
        assert record.held
        assert record.proposed == 0


def test_filling_in_gives_json_with_every_output_in_its_cell(desk, marked):
    """The quick way of writing gives what writing all of it at once would give."""
    text = fill(desk.template, desk.assessment.scheme, marked)
    assert text == json.dumps(json.loads(text), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    with_outputs = {cell["id"] for cell in json.loads(text)["cells"] if cell.get("outputs")}
    assert {one.check for one in marked.judgements} <= {name.removesuffix("-words") for name in with_outputs}
