"""The components in a real JupyterLab: they work by mouse and keys, and its shortcuts see none of it."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

from engagekit.content import load_course
from engagekit.frontend.exercise import talk_exercise
from engagekit.tasks.serve import lab_server, wait_until_up

if TYPE_CHECKING:
    from playwright.sync_api import Page
pytestmark = pytest.mark.slow

TOKEN = "a-token-for-this-test"
TALK_CELL = (
    "import json\n"
    "from pathlib import Path\n"
    "from engagekit.frontend import TalkExercise\n"
    'TalkExercise(json.loads(Path("exercise.json").read_text(encoding="utf-8")))'
)
FORM_CELL = "from engagekit.frontend import AssignmentForm\nAssignmentForm()"


@pytest.fixture(scope="module")
def course_folder(
    root: Path, interview_form: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a folder with a notebook that opens the Talk exercise and the form."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "form.json").write_text(json.dumps(interview_form), encoding="utf-8")
    exercise = talk_exercise(load_course(root), "dean-missed-appointments")
    (folder / "exercise.json").write_text(json.dumps(exercise), encoding="utf-8")
    cells = [nbformat.v4.new_code_cell(TALK_CELL), nbformat.v4.new_code_cell(FORM_CELL)]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, folder / "work.ipynb")
    return folder


@pytest.fixture(scope="module")
def lab(course_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run JupyterLab as the course's launcher does, with nobody's own settings; give its address."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            patch.setenv(name, str(home / name.lower()))
        with socket.socket() as free:  # a random port, so that two test runs do not meet
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        log = home / "lab.log"
        with lab_server(course_folder, port, TOKEN, log) as process:
            wait_until_up(process, [f"http://127.0.0.1:{port}/api"], log, threading.Event())
            yield f"http://127.0.0.1:{port}"


@pytest.fixture
def notebook(page: Page, lab: str) -> Page:
    """Open the notebook and run it."""
    page.set_default_timeout(60_000)
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.on("dialog", lambda dialog: dialog.accept())
    return run(page, lab)


def run(page: Page, lab: str) -> Page:
    """Open the notebook in a page and run all of it."""
    page.goto(f"{lab}/lab/tree/work.ipynb?token={TOKEN}&reset")
    page.locator(".jp-NotebookPanel .jp-CodeCell").nth(1).wait_for()
    # Running is forgotten when it is asked for before the kernel is there.
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.locator(".ek-talk").wait_for()
    page.locator(".ek-assignment").wait_for()
    return page


def cells(page: Page) -> list[str]:
    """Return the source of every cell, as the notebook shows it."""
    texts: list[str] = page.locator(".jp-NotebookPanel .jp-Cell .jp-InputArea").all_inner_texts()
    return texts


def wait_for_file(page: Page, path: Path, wanted: str) -> str:
    """Return a file's text as soon as it holds what is wanted."""
    for _ in range(300):
        if path.exists() and wanted in (text := path.read_text(encoding="utf-8")):
            return text
        page.wait_for_timeout(100)
    raise AssertionError(f"{path.name} never held {wanted!r}")


def test_the_components_live_in_jupyterlab(
    notebook: Page, course_folder: Path, axe: Callable[..., list[str]]
) -> None:
    """Mouse and keys answer turns, no cell is added, axe finds nothing, and both files are written."""
    page = notebook
    before = cells(page)
    talk, form = page.locator(".ek-talk"), page.locator(".ek-assignment")

    talk.get_by_label("Open question", exact=True).check()
    talk.get_by_role("button", name="Check", exact=True).click()
    talk.get_by_role("button", name="Next turn").click()
    talk.get_by_label("Open question", exact=True).focus()
    for key in ("ArrowDown", "ArrowDown", "b", "a", "ArrowUp"):
        page.keyboard.press(key)
    assert talk.get_by_label("Closed question", exact=True).is_checked()
    page.keyboard.press("Enter")
    talk.get_by_text("2 of 15 turns coded").or_(talk.locator(".ek-feedback")).first.wait_for()

    form.get_by_label("Open question", exact=True).focus()
    for key in ("ArrowDown", "b", "a", "d", "d", "ArrowDown"):
        page.keyboard.press(key)
    assert form.get_by_label("Reflection", exact=True).is_checked()
    page.keyboard.press("Enter")
    form.get_by_role("navigation").get_by_role("button", name="Part 3").click()
    form.get_by_label("Your next words to Tariq").click()
    page.keyboard.type("abc bbb dd")
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    form.get_by_role("button", name="Save now").click()
    form.locator(".ek-form-state", has_text="Saved ").wait_for()

    assert cells(page) == before
    answers = json.loads(wait_for_file(page, course_folder / "answers.json", "dd"))
    assert answers["answers"] == {"coding": {"t01": "reflection"}, "replies": {"r1": "abc bbb ddb"}}
    attempts = wait_for_file(page, course_folder / "attempts" / "talk.jsonl", "closed-question")
    lines: list[dict[str, Any]] = [json.loads(line) for line in attempts.splitlines()]
    assert [line["code"] for line in lines] == ["open-question", "closed-question"]
    for name in (".ek-talk", ".ek-assignment"):
        assert axe(page, name) == []
    repeated = page.evaluate(
        "() => { const all = [...document.querySelectorAll('.ek [id]')].map((node) => node.id);"
        " return all.filter((id, index) => all.indexOf(id) !== index) }"
    )
    assert repeated == []


def test_answers_are_there_again_and_a_change_elsewhere_is_a_choice(
    notebook: Page, lab: str, course_folder: Path
) -> None:
    """A file changed by another program is never overwritten unseen, and a new page resumes from the file."""
    page, file = notebook, course_folder / "answers.json"
    form = page.locator(".ek-assignment")
    part = form.get_by_role("navigation").get_by_role("button", name="Part 3")
    box = form.get_by_label("Your next words to Kyle")
    part.click()
    box.fill("here")
    form.get_by_role("button", name="Save now").click()
    content = json.loads(wait_for_file(page, file, "here"))
    content["answers"]["replies"]["r4"] = "elsewhere"
    file.write_text(json.dumps(content), encoding="utf-8")
    box.fill("here again")
    form.get_by_role("button", name="Keep what is here").click()
    wait_for_file(page, file, "here again")
    assert "elsewhere" in (course_folder / "answers.other-1.json").read_text(encoding="utf-8")
    run(page, lab)
    part.click()
    assert box.input_value() == "here again"
