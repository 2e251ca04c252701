"""The assignment form's widget: what it answers to the component, and what it refuses to open."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from engagekit.assignments.build import form_data
from engagekit.frontend import AssignmentForm
from engagekit.frontend.assets import HERE, bundle_esm
from engagekit.frontend.form_embed import form_html
from engagekit.model import MAX_TEXT, answers_hash
from realcourse import real_course


@pytest.fixture(scope="module")
def form(root: Path) -> dict[str, Any]:
    """Return the interview assignment's public form."""
    course = real_course()
    wanted = course.forms["interview"]
    case = course.vignettes[wanted.vignette]
    return form_data(wanted, case, course.schemes[case.scheme])


@pytest.fixture
def folder(tmp_path: Path, form: dict[str, Any]) -> Path:
    """Return a learner's folder with the form in it."""
    (tmp_path / "form.json").write_text(json.dumps(form), encoding="utf-8")
    return tmp_path


class Told(AssignmentForm):
    """A widget whose replies can be read."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.replies: list[dict[str, Any]] = []

    def send(self, content: Any, buffers: Any = None) -> None:
        """Keep a reply instead of sending it."""
        self.replies.append(content)

    def ask(self, **message: Any) -> dict[str, Any]:
        """Say something as the component would; return the reply."""
        self._hear(self, {"ticket": "7", **message}, [])
        return self.replies[-1]


def test_what_the_component_saves_is_in_the_file_and_in_python(folder: Path) -> None:
    """A save reaches answers.json and the widget's own answers, and the reply names the new version."""
    widget = Told(folder)
    reply = widget.ask(kind="save", answers={"coding": {"t01": "reflection"}}, base="")
    assert reply["ticket"] == "7" and reply["version"] == widget.stored["version"]
    assert widget.answers == {"coding": {"t01": "reflection"}}
    assert Told(folder).answers == {"coding": {"t01": "reflection"}}


def test_a_declaration_is_kept_and_one_for_other_answers_is_not(folder: Path) -> None:
    """The reply says what was kept, so that the form never shows a signature that the file has not."""
    answers = {"coding": {"t01": "reflection"}}
    signed = {"own_work": True, "ai": "none", "said": "", "content": answers_hash(answers)}
    widget = Told(folder)
    first = widget.ask(kind="save", answers=answers, declaration=signed, base="")
    assert first["declaration"] == signed == Told(folder).stored["declaration"]
    other = {"coding": {"t01": "summary"}}
    again = widget.ask(kind="save", answers=other, declaration=signed, base=first["version"])
    assert again["declaration"] is None
    assert "declaration" not in json.loads((folder / "answers.json").read_bytes())


def test_two_windows_never_overwrite_each_other(folder: Path) -> None:
    """The second window gets the first one's answers as a conflict, and may set aside what is not chosen."""
    one, two = Told(folder), Told(folder)
    one.ask(kind="save", answers={"replies": {"r1": "one"}}, base="")
    reply = two.ask(kind="save", answers={"replies": {"r1": "two"}}, base="")
    assert reply["conflict"]["answers"] == {"replies": {"r1": "one"}}
    assert two.ask(kind="aside", answers={"replies": {"r1": "one"}})["name"] == "answers.other-1.json"
    again = two.ask(kind="save", answers={"replies": {"r1": "two"}}, base=reply["conflict"]["version"])
    assert "version" in again


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (
            {"kind": "save", "answers": {"replies": {"r1": "x" * (MAX_TEXT + 1)}}},
            "more than 4,000 characters",
        ),
        ({"kind": "save", "answers": "no"}, "not in the shape"),
        ({"kind": "erase"}, "cannot do"),
    ],
    ids=["too long", "no shape", "unknown"],
)
def test_every_message_is_answered(folder: Path, message: dict[str, Any], told: str) -> None:
    """A refusal is a sentence: the component must never wait for nothing."""
    assert told in Told(folder).ask(**message)["refused"]
    assert not (folder / "answers.json").exists()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("form.json", None, "no form.json in this notebook's folder"),
        ("form.json", "{", "form.json is damaged"),
        ("form.json", '{"schema": "other/1"}', "not a form that this version"),
        (
            "answers.json",
            '{"schema": "answers/1", "assignment": "plan", "answers": {}}',
            "another assignment",
        ),
    ],
)
def test_a_form_that_cannot_open_says_why(folder: Path, name: str, content: str | None, told: str) -> None:
    """No traceback and no form whose words could not be kept: a sentence, and the file as it was."""
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(content, encoding="utf-8")
    widget = Told(folder)
    assert told in widget.blocked
    assert widget.form == {}
    if name == "answers.json":
        assert (folder / name).read_text(encoding="utf-8") == content


def test_a_damaged_file_is_reported_in_the_form(folder: Path) -> None:
    """The component gets the sentence that says where the damaged answers are."""
    (folder / "answers.json").write_text("{", encoding="utf-8")
    assert "answers.damaged-1.json" in Told(folder).notes[0]


def test_the_component_and_the_model_agree_on_the_longest_answer() -> None:
    """The limit that the learner sees is the one that marking uses."""
    found = re.search(r"LONGEST = (\d+)", (HERE / "js" / "form_text.js").read_text(encoding="utf-8"))
    assert found is not None and int(found[1]) == MAX_TEXT


def test_no_script_of_the_form_makes_markup_from_text_or_calls_out() -> None:
    """What a learner writes never becomes markup, and nothing is fetched."""
    source = bundle_esm("form")
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "fetch(",
        "XMLHttpRequest",
    ):
        assert word not in source
    assert set(re.findall(r"https?://[\w.]+", source)) == {"http://www.w3.org"}


def test_the_page_holds_no_key_and_cannot_be_broken_out_of(form: dict[str, Any]) -> None:
    """The element carries the public form alone, and text in it cannot end the script or start a tag."""
    hostile = {**form, "title": "</script><img src=x onerror=alert(1)>"}
    html = form_html(hostile)
    assert html.count("</script>") == 1
    assert "<img" not in html
    for secret in ('"key"', '"reason"', '"also"'):
        assert secret not in html
