"""A form over a case file in a real JupyterLab: the papers, the declaration, and the file handed in."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from everykind import every_kind, every_kind_data
from formwork import focused
from labwork import Axe, Lab, cells, press, run, running_lab, wait_until

from engagekit.assignments.reading import read_answers
from engagekit.model import answers_hash

if TYPE_CHECKING:
    from playwright.sync_api import Page
pytestmark = pytest.mark.slow

FORM_CELL = "from engagekit.frontend import AssignmentForm\nAssignmentForm()"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Run JupyterLab as the course's launcher does, on a folder with one notebook that shows the form."""
    course, home = tmp_path_factory.mktemp("course"), tmp_path_factory.mktemp("home")
    folder = course / "notebooks"
    folder.mkdir()
    (folder / "form.json").write_text(json.dumps(every_kind_data()), encoding="utf-8")
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(FORM_CELL)], metadata={"kernelspec": KERNEL}
    )
    nbformat.write(notebook, folder / "form.ipynb")
    with running_lab(course, home) as lab:
        yield lab


def test_a_case_file_is_answered_and_signed_in_jupyterlab(page: Page, watch: Any, lab: Lab, axe: Axe) -> None:
    """Papers, keys and fields work in an output; the file is signed, stays so, and a change unsigns it."""
    watch.allow("widget model not found")
    watch.allow("Could not restore the debugger state")
    watch.allow("create_subshell_request")  # JupyterLab, when a page goes before its kernel has answered
    page.set_default_timeout(60_000)
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.emulate_media(reduced_motion="reduce")
    page.on("dialog", lambda dialog: dialog.accept())
    file = lab.folder / "answers.json"

    def holds(words: str) -> bool:
        return file.exists() and words in file.read_text(encoding="utf-8")

    run(page, lab, "form", ".ek-assignment")
    before = cells(page)
    form = page.locator(".ek-assignment")
    steps = form.get_by_role("navigation")
    first = form.get_by_role("group", name="Need 1", exact=True)
    first.get_by_label("Drinking").check()
    form.get_by_role("radio", name="Ola rang about").focus()
    press(page, "Space", "ArrowDown")
    first.get_by_role("button", name="Use the picked words").click()
    first.get_by_label("Why it matters").click()
    page.keyboard.type("abba ddx")
    press(page, "Escape", "b")
    assert cells(page) == before
    steps.get_by_role("button", name="Declare").click()
    form.get_by_label("This is my own work.").check()
    form.get_by_label("I used no AI tool").check()
    form.get_by_role("button", name="Sign", exact=True).click()
    assert focused(page).startswith("Signed.")
    wait_until(page, lambda: holds('"declaration"'), "the declaration was not saved")
    model = every_kind()
    assert model.case
    found = read_answers(file.read_bytes(), model, model.case, [every_kind_data()["form"]])
    assert found.answers.answers["needs"] == (
        {
            "need": "drink",
            "shown": "Most weekends he drinks with his brother, and Mondays are lost.",
            "why": "abba ddxb",
        },
    )
    declared = found.answers.declaration
    assert declared is not None and declared.content == found.content
    assert found.content == answers_hash(json.loads(file.read_bytes())["answers"])
    run(page, lab, "form", ".ek-assignment")
    assert steps.get_by_role("button", name="Declare").inner_text().endswith("signed")
    for name in ("Part 2", "Part 3", "Part 5", "Declare", "Check", "Part 1"):
        steps.get_by_role("button", name=name).click()
        assert axe(page, ".ek-assignment") == [], name
    first.get_by_label("Why it matters").fill("another reason")
    wait_until(page, lambda: holds("another reason"), "the change was not saved")
    assert not holds('"declaration"')
    form.get_by_text("Your declaration came off.", exact=True).wait_for()
