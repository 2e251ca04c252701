"""Whatever bytes are handed in, a record comes of it, in range, and pages that can be shown."""

import json
import math

import pytest
from hostile_scripts import DATES, LOOKALIKES, MARKUP
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from subjects import ASSIGNMENTS, subject
from test_scripts import ALIVE, shown

from engagekit.assignments.reading import read_answers
from engagekit.assignments.strict_json import RefusedError
from engagekit.marking.record import MarkRecord
from engagekit.model import Outcome, answers_hash
from turns import quick_for

FEW = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)


def comes_out(one, data):
    """Read and mark a file's bytes, and check what holds for all; return the record, or None when refused."""
    assessment = one.desk.assessment
    try:
        received = read_answers(data, assessment.form, assessment.case, one.desk.versions)
    except RefusedError as error:
        assert str(error)
        return None
    record = one.desk.mark(received)
    assert [j.check for j in record.judgements] == [check.id for check in one.scheme.checks]
    for judgement in record.judgements:
        assert "could not judge" not in judgement.reason
        assert (judgement.marks is None) == (judgement.outcome is Outcome.NEEDS_ASSESSOR)
        if judgement.marks is not None:
            assert type(judgement.marks) is float
            assert 0 <= judgement.marks <= judgement.max_marks
            assert (judgement.outcome is Outcome.MET) == (judgement.marks == judgement.max_marks)
    assert math.isfinite(record.proposed)
    assert 0 <= record.proposed <= one.machine
    assert not record.held or record.proposed == 0
    text = record.to_text()
    assert MarkRecord.model_validate_json(text.encode("utf-8")) == record
    assert one.desk.mark(received).to_text() == text
    seen = shown(one, record)
    seen.encode("utf-8")
    assert [raw for raw in ALIVE if raw in seen] == []
    return record


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(list(MARKUP.values())),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=12,
)


def texts(one):
    """Return what may stand in a box: what fits this assignment, bent or not, and anything else."""
    passages = list(one.passages.values())
    fitting = [*passages, *(" ".join(text.split()[:9]) for text in passages), one.brief[:400]]
    fitting += [option for slot in one.slots(1) for option in slot.options]
    fitting += [
        *DATES.values(),
        *MARKUP.values(),
        "2026-11-23",
        "",
        " ",
        "\u200b",
        "a" * 4_001,
        "I never heard it",
    ]
    sample = st.sampled_from(fitting)
    return sample | sample.map(lambda text: text.translate(LOOKALIKES)) | st.text(max_size=60)


def shaped(one, box):
    """Return answers in the form's shape, with boxes filled, wrong or left out."""
    sections = {}
    for section in one.form.sections:
        names = {slot.field for slot in one.slots(1) if slot.section == section.id}
        row = st.fixed_dictionaries({}, optional=dict.fromkeys(sorted(names), box))
        sections[section.id] = st.lists(row, max_size=4) if section.kind == "entries" else row
    return st.fixed_dictionaries({}, optional=sections)


@pytest.mark.parametrize("assignment", quick_for(0, ASSIGNMENTS))
def test_any_bytes(assignment):
    """Bytes that are no file at all are refused with a reason, and nothing is raised."""
    one = subject(assignment)

    @FEW
    @given(
        st.binary(max_size=200)
        | st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass"))
    )
    def holds(data):
        assert comes_out(one, data) is None

    holds()


@pytest.mark.parametrize("assignment", quick_for(1, ASSIGNMENTS))
def test_a_file_with_bytes_changed(assignment):
    """A good file with some of its bytes changed is refused, or marked as what it has become."""
    one = subject(assignment)
    good = one.file(one.own_words(one.strong))

    @FEW
    @given(st.lists(st.tuples(st.integers(0, len(good) - 1), st.binary(max_size=3)), min_size=1, max_size=4))
    def holds(changes):
        data = good
        for at, new in changes:
            data = data[:at] + new + data[at + 1 :]
        record = comes_out(one, data)
        assert record is None or json.loads(data) == json.loads(good) or record.proposed <= one.machine

    holds()


@pytest.mark.parametrize("assignment", quick_for(2, ASSIGNMENTS))
def test_any_json(assignment):
    """Any JSON at all in any part of the file, with and without the form's names."""
    one = subject(assignment)
    names = st.sampled_from([section.id for section in one.form.sections]) | st.text(max_size=6)
    answers = anything | st.dictionaries(names, anything, max_size=4) | shaped(one, anything)

    @FEW
    @given(
        answers=answers,
        declaration=anything,
        extra=st.dictionaries(st.text(max_size=6), anything, max_size=2),
    )
    def holds(answers, declaration, extra):
        honest = {"schema": "answers/1", "assignment": one.id, "form": one.desk.form, "saved": ""}
        data = {**extra, **honest, "answers": answers, "declaration": declaration}
        record = comes_out(one, json.dumps(data).encode("utf-8", "surrogatepass"))
        if record is not None:
            assert record.proposed == 0.0

    holds()


@pytest.mark.parametrize("assignment", quick_for(3, ASSIGNMENTS))
def test_any_answers_in_shape(assignment):
    """Answers as a form would save them, right and wrong and bent, declared or not."""
    one = subject(assignment)

    @FEW
    @given(
        answers=shaped(one, texts(one)), honest=st.booleans(), ai=st.sampled_from(["none", "drafting", "x"])
    )
    def holds(answers, honest, ai):
        declaration = {"own_work": honest, "ai": ai, "said": "<b>", "content": answers_hash(answers)}
        record = comes_out(one, one.file(answers, declaration))
        assert record is not None
        assert (honest and ai != "x") or record.proposed == 0.0

    holds()


@pytest.mark.parametrize("assignment", quick_for(4, ASSIGNMENTS))
def test_any_change_to_a_good_script(assignment):
    """Boxes of a script with full marks, changed at will, never earn more than full marks."""
    one = subject(assignment)
    good = one.own_words(one.strong)
    slots = [slot for slot in one.slots(answers=good) if one.get(good, slot)]

    @FEW
    @given(st.lists(st.tuples(st.sampled_from(slots), texts(one)), min_size=1, max_size=8))
    def holds(changes):
        answers = json.loads(json.dumps(good))
        for slot, words in changes:
            one.put(answers, slot, words)
        record = comes_out(one, one.file(answers))
        assert record is not None

    holds()
