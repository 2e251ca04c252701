"""What an earlier marking left on disk is trusted only as far as it can be."""

import hashlib
import json

import pytest

from engagekit.marking.folders import earlier, part_of, put_in_place, recover
from engagekit.marking.record import RECORD_FILE, MarkRecord, RecordError, read_own_record
from engagekit.model import Judgement, Outcome


def record(answers=b"{}", assignment="interview"):
    judgement = Judgement(
        check="hear", title="Hears", outcome=Outcome.MET, marks=2.0, max_marks=2.0, reason="Two of two."
    )
    return MarkRecord(
        assignment=assignment,
        title="Listening",
        marking_point="mp1",
        scheme="ab12",
        form="cd34",
        basis="ef56",
        digest=hashlib.sha256(answers).hexdigest(),
        judgements=(judgement,),
    )


@pytest.fixture
def marked(tmp_path):
    folder = tmp_path / "amara" / "interview"
    folder.mkdir(parents=True)
    (folder / "answers.json").write_bytes(b"{}")
    (folder / "interview.ipynb").write_text("{}", "utf-8")
    (folder / RECORD_FILE).write_text(record().to_text(), "utf-8")
    return folder


def test_a_whole_record_is_taken_up(marked):
    """The control: what marking wrote is read again, so a refusal below means something."""
    found = earlier(marked, "interview")
    assert (found.proposed, found.basis) == (2.0, "ef56")
    assert read_own_record(marked, "interview") == record()


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("judgements", 0, "marks"), "9"),
        (("judgements", 0, "marks"), [1]),
        (("judgements", 0, "marks"), True),
        (("judgements", 0, "marks"), -1),
        (("judgements", 0, "max_marks"), None),
        (("judgements", 0, "max_marks"), "x"),
        (("basis",), ["ef56"]),
        (("basis",), "../../elsewhere"),
        (("basis",), "a" * 300),
        (("scheme",), 5),
        (("digest",), None),
    ],
)
def test_a_damaged_record_counts_as_none(marked, where, value):
    """It is marked again; one damaged file must not stop everybody's marking, nor name a file elsewhere."""
    data = json.loads((marked / RECORD_FILE).read_text("utf-8"))
    inside = data
    for step in where[:-1]:
        inside = inside[step]
    inside[where[-1]] = value
    (marked / RECORD_FILE).write_text(json.dumps(data), "utf-8")
    assert earlier(marked, "interview") is None


@pytest.mark.parametrize("other", [record(b"somebody else's answers"), record(assignment="plan")])
def test_a_record_beside_other_answers_is_refused(marked, other):
    """Copied into the wrong folder, it would show one learner another's words."""
    (marked / RECORD_FILE).write_text(other.to_text(), "utf-8")
    with pytest.raises(RecordError, match="is about"):
        read_own_record(marked, "interview")


@pytest.mark.parametrize("kind", ["file", "link", "folder link"])
def test_what_stands_in_the_place_of_a_folder_makes_way(tmp_path, kind):
    """A file or a link where marking keeps its folder goes, and what a link leads to stays."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept.txt").write_text("kept", "utf-8")
    target = tmp_path / "interview"
    if kind == "file":
        target.write_text("not a folder", "utf-8")
    else:
        target.symlink_to(elsewhere if kind == "folder link" else tmp_path / "nowhere")
    for _ in range(2):
        part_of(target).mkdir()
        (part_of(target) / "new.txt").write_text("new", "utf-8")
        put_in_place(target)
        recover(target)
    assert [path.name for path in target.iterdir()] == ["new.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere", "interview"]
    assert (elsewhere / "kept.txt").read_text("utf-8") == "kept"
