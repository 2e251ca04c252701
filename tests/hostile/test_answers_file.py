"""Every damaged or hostile answers file has one outcome, and none earns a mark."""

import json

import pytest
from hostile_answers import CASES

from engagekit.marking.paper import fill

SPOILT = ("shape", "not text")


def markup(notebook):
    """Return what a browser would read as markup: HTML outputs, and the source of Markdown cells."""
    parts = []
    for cell in json.loads(notebook)["cells"]:
        if cell["cell_type"] == "markdown":
            parts.append("".join(cell["source"]))
        parts += [output["data"].get("text/html", "") for output in cell.get("outputs", [])]
    return "\n".join(parts)


@pytest.mark.parametrize("name", CASES)
def test_outcome(name, tmp_path, world, desk):
    """It is read, refused or missing as the table says; the assessor is told; nothing is earned."""
    make, outcome, says = CASES[name]
    folder = tmp_path / "submitted" / name / "interview"
    folder.mkdir(parents=True)
    make(folder, world)

    received = desk.read(folder)
    record = desk.mark(received)

    got = "missing" if received.missing else "refused" if received.refused else "read"
    assert got == outcome
    assert says in " ".join([received.refused, *received.notes])
    assert record.proposed == 0.0
    assert len(record.judgements) == len(desk.assessment.scheme.checks)
    if received.refused or says in SPOILT:
        assert record.waiting == len(record.judgements)
    if received.refused:
        assert not received.data
    paper = fill(desk.template, desk.assessment.scheme, record)
    paper.encode("utf-8")
    for raw in ("<script", "<img", "</td></table>", "<b>", "\x1b", "\x00", "\u202e"):
        assert raw not in markup(paper)
    assert not world.marker.exists()


def test_the_table_would_notice_a_mark(world, desk, tmp_path):
    """A script that deserves marks gets them, so a proposal of none means something."""
    folder = tmp_path / "amara" / "interview"
    folder.mkdir(parents=True)
    (folder / "answers.json").write_bytes(world.honest("amara"))
    assert desk.mark(desk.read(folder)).proposed > 0
    (folder / "answers.json").write_bytes(world.strong.read_bytes())
    assert desk.mark(desk.read(folder)).proposed > 12


def test_the_same_file_gives_the_same_bytes(world, desk, tmp_path):
    """Marking twice changes nothing: no time, no path and no chance is in a record."""
    folder = tmp_path / "amara" / "interview"
    folder.mkdir(parents=True)
    (folder / "answers.json").write_bytes(world.honest("amara"))
    texts = {desk.mark(desk.read(folder)).to_text() for _ in range(2)}
    assert len(texts) == 1


def test_a_fault_in_judging_goes_to_a_person(world, desk, tmp_path, monkeypatch):
    """Even a mistake of ours gives every check to an assessor and no mark to anybody."""
    folder = tmp_path / "amara" / "interview"
    folder.mkdir(parents=True)
    (folder / "answers.json").write_bytes(world.strong.read_bytes())

    def fault(*_):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("engagekit.marking.desk.judge", fault)
    record = desk.mark(desk.read(folder))
    assert record.proposed == 0.0
    assert record.waiting == len(record.judgements)
