"""A file that is damaged or forged earns nothing, however good the answers in it are."""

import pytest
from hostile_files import DECLARATIONS, MISSHAPEN, ODD, REFUSED, honest
from subjects import ASSIGNMENTS, subject
from test_scripts import ALIVE, mark, shown, told

from engagekit.assignments.reading import MAX_BYTES
from engagekit.assignments.strict_json import RefusedError
from engagekit.model import Outcome
from turns import in_turn


@pytest.fixture(params=ASSIGNMENTS)
def one(request):
    return subject(request.param)


def earned(record):
    """Return what was met or earned."""
    return {j.check: j.marks for j in record.judgements if j.marks or j.outcome is Outcome.MET}


@pytest.mark.parametrize(("one", "name"), in_turn(DECLARATIONS, ASSIGNMENTS), indirect=["one"])
def test_no_marks_without_a_good_declaration(one, name):
    """Whatever would earn waits for a person, and the reason is given. Nothing else about it changes."""
    make, reason = DECLARATIONS[name]
    received, record = mark(one, make(one))
    _, honestly = mark(one, one.file(honest(one)))

    assert [sentence for sentence in record.held if reason in sentence]
    assert not record.declared
    assert earned(record) == {}
    waiting = {j.check for j in record.judgements if j.marks is None}
    assert waiting == {j.check for j in honestly.judgements if j.marks or j.marks is None}
    assert not received.refused


@pytest.mark.parametrize(("one", "name"), in_turn(REFUSED, ASSIGNMENTS), indirect=["one"])
def test_a_damaged_file_is_refused(one, name):
    """The whole file is refused with a reason, and everything waits for a person."""
    make, reason = REFUSED[name]
    with pytest.raises(RefusedError, match=reason):
        mark(one, make(one))


def test_a_file_too_large_is_refused(one, tmp_path):
    """Five megabytes of honest answers are too many."""
    folder = tmp_path / "amara" / one.id
    folder.mkdir(parents=True)
    (folder / "answers.json").write_bytes(one.file(honest(one)) + b" " * 5_000_000)
    received = one.desk.read(folder)
    record = one.desk.mark(received)
    assert f"larger than {MAX_BYTES // 1000:,} kB" in received.refused
    assert earned(record) == {}
    assert record.waiting == len(record.judgements)


@pytest.mark.parametrize(("one", "name"), in_turn(MISSHAPEN, ASSIGNMENTS), indirect=["one"])
def test_wrong_types_wait_for_a_person(one, name):
    """Sections and boxes of wrong types are left out, and a person looks at every check."""
    make, says = MISSHAPEN[name]
    received, record = mark(one, make(one))
    assert says in told(received, record)
    assert earned(record) == {}
    assert record.waiting == len(record.judgements)


@pytest.mark.parametrize(("one", "name"), in_turn(ODD, ASSIGNMENTS), indirect=["one"])
def test_what_nobody_asked_for_counts_for_nothing(one, name):
    """Marks brought along, unknown fields and strange names are left out, and the assessor is told."""
    make, says = ODD[name]
    received, record = mark(one, make(one))
    assert says in told(received, record)
    assert earned(record) == {}
    seen = shown(one, record)
    assert [raw for raw in ALIVE if raw in seen] == []


def test_the_tables_would_notice_a_mark(one):
    """The same answers in a good file earn all that there is, so the noughts above mean something."""
    _, record = mark(one, one.file(honest(one)))
    assert record.held == ()
    assert record.declared
    assert record.proposed == one.machine
