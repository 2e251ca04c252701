"""What the exchange, a platform's archive and the formgrader can be handed."""

import json
import os

import pytest
from nbgrader.apps.api import NbGraderAPI

from engagekit.marking.intake import find_submissions, is_safe_id, read_secret, read_timestamp

pytestmark = pytest.mark.skipif(os.name == "nt", reason="nbgrader's exchange does not run on Windows")


@pytest.fixture
def inbound(room):
    room.steps().release("interview")
    return room.folder / "_grading/exchange/engagekit/inbound"


def drop(inbound, name, content):
    folder = inbound / f"{name}+interview+2026-11-02 10:00:00.000000 UTC+abcdef"
    folder.mkdir(parents=True)
    (folder / "answers.json").write_text(content, encoding="utf-8")
    (folder / "timestamp.txt").write_text("2026-11-02 10:00:00.000000 UTC")
    return folder


def test_collecting_does_not_follow_links(room, inbound):
    """A link in the folder that all learners write to does not fetch another's answers, or the key."""
    room.hand_in("amara", "strong")
    theirs = drop(inbound, "mallory", "")
    (theirs / "answers.json").unlink()
    (theirs / "answers.json").symlink_to(room.path("submitted", "amara") / "answers.json")
    (theirs / "key.yaml").symlink_to(room.folder / "source_material/marking/interview/marking.yaml")
    os.mkfifo(theirs / "pipe")
    drop(inbound, "ben", room.answers("weak"))
    room.steps().collect("interview")
    assert [path.name for path in room.path("submitted", "mallory").iterdir()] == ["timestamp.txt"]
    assert (room.path("submitted", "ben") / "answers.json").read_text("utf-8") == room.answers("weak")


def test_collecting_takes_only_learners_folders(room, inbound):
    """A name that could carry markup, a link to a folder, and a file are left where they are."""
    drop(inbound, "<script>alert(1)<", "{}")
    elsewhere = drop(inbound, "ben", room.answers("weak"))
    (inbound / "mallory+interview+2026-11-02 10:00:00.000000 UTC+x").symlink_to(elsewhere)
    (inbound / "carol+interview+2026-11-02 10:00:00.000000 UTC+x").write_text("{}")
    room.steps().collect("interview")
    assert [path.name for path in (room.folder / "_grading/submitted").iterdir()] == ["ben"]


# nbgrader's own release step opens the timestamp and leaves closing it to chance.
@pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <_io.FileIO.*timestamp:pytest.PytestUnraisableExceptionWarning"
)
def test_feedback_reaches_those_who_used_the_exchange_whoever_else_did_not(room, inbound):
    """A learner whose work came as a file does not keep the others from their feedback."""
    steps = room.steps()
    room.hand_in("aaa-by-file")
    workspace = room.folder / "desk"
    folder = steps.fetch("interview", workspace)
    assert sorted(path.name for path in folder.iterdir()) == ["form.json", "interview.ipynb"]
    (folder / "answers.json").write_text(room.answers("strong"), encoding="utf-8")
    steps.submit("interview", "zoe", workspace)
    steps.collect("interview")
    steps.autograde("interview")
    steps.feedback("interview")
    steps.release_feedback("interview")
    released = list((room.folder / "_grading/exchange/engagekit/feedback").iterdir())
    assert len(released) == 1
    page = (room.path("feedback", "zoe") / "interview.html").read_bytes()
    assert released[0].read_bytes() == page


def test_an_archive_of_downloads_becomes_submissions(room):
    """Files named after their learners come in by zip_collect, flat or in folders; other files stay out."""
    import zipfile

    archive = room.folder / "_grading/downloaded/interview/archive"
    archive.mkdir(parents=True)
    with zipfile.ZipFile(archive / "all.zip", "w") as file:
        file.writestr("amara-k_answers.json", room.answers("strong"))
        file.writestr("ben/answers.json", room.answers("weak"))
        file.writestr("carol_answers (1).json", room.answers("weak"))
        file.writestr("../../escaped_answers.json", "{}")
        file.writestr("dan/answers.json", "a" * 2_000_000)
        file.writestr("dan/setup.py", "import os")
        file.writestr("eve/work.zip", b"PK\x03\x04 an archive of their own")
    (archive / "fay.zip").write_bytes(b"PK\x03\x04 cut off")
    (archive / "gus_answers.json").write_text(room.answers("weak"), encoding="utf-8")
    room.steps().zip_collect("interview")
    for student in ("amara-k", "ben", "carol", "gus"):
        assert json.loads((room.path("submitted", student) / "answers.json").read_text("utf-8"))
    assert not list(room.folder.rglob("escaped*"))
    assert not room.path("submitted", "dan").exists()
    assert not room.path("submitted", "eve").exists()


def test_a_damaged_time_does_not_break_the_formgraders_page(room):
    """The list of submissions is shown although one learner's timestamp is rubbish."""
    folder = room.hand_in("amara", timestamp="the day after tomorrow")
    room.hand_in("ben", timestamp="2026-11-02 10:00:00 UTC")
    steps = room.steps()
    steps.autograde("interview")
    assert steps.api.get_submitted_timestamp("interview", "amara") is None
    rows = {row["student"]: row for row in steps.api.get_submissions("interview")}
    assert rows["amara"]["autograded"]
    assert rows["ben"]["timestamp"]
    (folder / "timestamp.txt").unlink()
    (folder / "timestamp.txt").mkdir()
    assert NbGraderAPI.get_submitted_timestamp(steps.api, "interview", "amara") is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2026-11-02 10:00:00.000000 UTC", 2026),
        ("2026-11-02T10:00:00Z", 2026),
        ("\ufeff2026-11-02T10:00:00+01:00", 2026),
        ("", None),
        ("never", None),
        ("2026-13-45", None),
        ("2026-11-02 10:00:00 ../../etc/localtime", None),
        ("9" * 900, None),
    ],
)
def test_times_are_read_or_unknown(tmp_path, text, year):
    """No timestamp raises anything."""
    (tmp_path / "timestamp.txt").write_text(text, encoding="utf-8")
    found = read_timestamp(tmp_path)
    assert (found.year if found else None) == year


def test_a_secret_is_hexadecimal_or_nothing(tmp_path):
    """Only what nbgrader itself writes is passed on."""
    (tmp_path / "submission_secret.txt").write_text("ab" * 64)
    assert read_secret(tmp_path) == "ab" * 64
    (tmp_path / "submission_secret.txt").write_text("../../feedback")
    assert read_secret(tmp_path) == ""


@pytest.mark.parametrize("name", ["amara", "learner-01", "Łukasz Nowak", "o.connor@example.org", "Smith, Jr"])
def test_ordinary_names_are_ids(name):
    """Learners' names with accents, spaces, dots and commas are taken."""
    assert is_safe_id(name)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "<b>", 'a"b', "a&b", "a\nb", " a", "a ", "x" * 129, "a'b"]
)
def test_odd_names_are_no_ids(name):
    """What could end a tag, a quotation or a path is not."""
    assert not is_safe_id(name)


def test_patterns_in_folder_names_mean_themselves(tmp_path):
    """A course or learner folder with brackets in its name is found all the same."""
    submitted = tmp_path / "course [2026]" / "submitted"
    (submitted / "amara" / "interview").mkdir(parents=True)
    (submitted / ".hidden" / "interview").mkdir(parents=True)
    (submitted / "ben").mkdir()
    found, odd = find_submissions(submitted, "interview")
    assert [one.student for one in found] == ["amara"]
    assert odd == []
