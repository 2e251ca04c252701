"""Practice and the form in a real JupyterLab: by keys, through reloads, a second tab and a dead kernel."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from labwork import (
    Axe,
    Lab,
    cells,
    choose,
    code,
    following,
    kept,
    open_notebook,
    pick,
    press,
    run,
    run_cell,
    running_lab,
    sound,
    theme,
    wait_until,
)  # fmt: skip

from engagekit.frontend.attempts import parse

if TYPE_CHECKING:
    from playwright.sync_api import Page
pytestmark = pytest.mark.slow

COURSE = ("source_material", "book", "assignments", "notebooks")
FORM_CELL = "from engagekit.frontend import AssignmentForm\nAssignmentForm()"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
INTERVIEW = "Dean: two missed appointments"
NUMBERS = "made = interviews.attempts\nprint(len(made), dict(made[-1].first), interviews.agreement.percent)"
PROGRESS = "from engagekit.frontend.progress import progress\nprogress()"
PROCESS = "import os\nprint(os.getpid())"
ADDED = {"talk": [NUMBERS, PROGRESS, PROCESS]}
"""Cells that the tests add to the course's own notebooks."""


@pytest.fixture(scope="module")
def lab(
    root: Path, interview_form: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lab]:
    """Run JupyterLab as the course's launcher does, on a copy of the course, with nobody's own settings."""
    course, home = tmp_path_factory.mktemp("course"), tmp_path_factory.mktemp("home")
    unwanted = shutil.ignore_patterns("attempts", "answers*", ".*")
    for name in COURSE:
        shutil.copytree(root / name, course / name, ignore=unwanted)
    folder = course / "notebooks"
    for stem, sources in ADDED.items():
        notebook = nbformat.read(folder / f"{stem}.ipynb", 4)
        notebook.cells += [nbformat.v4.new_code_cell(source) for source in sources]
        nbformat.write(notebook, folder / f"{stem}.ipynb")
    (folder / "form.json").write_text(json.dumps(interview_form), encoding="utf-8")
    cells = [nbformat.v4.new_code_cell(FORM_CELL)]
    nbformat.write(
        nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), folder / "form.ipynb"
    )
    with running_lab(course, home) as lab:
        yield lab


@pytest.fixture
def page(page: Page, watch: Any) -> Page:
    """Give JupyterLab room and time."""
    # JupyterLab's own word where a notebook was saved with an output whose Python has gone since.
    watch.allow("widget model not found")
    watch.allow("Could not restore the debugger state")  # JupyterLab, when a page closes early
    page.set_default_timeout(60_000)
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.emulate_media(reduced_motion="reduce")
    page.on("dialog", lambda dialog: dialog.accept())
    return page


# --- practice ---


def test_a_talk_survives_a_reload_and_a_restart_and_reaches_python(page: Page, lab: Lab) -> None:
    """The course's own notebook, by keyboard: answers are in one file, in Python, and there each time."""
    run(page, lab, "talk")
    before = cells(page)
    work = pick(page, INTERVIEW)
    code(page, work, 0)
    press(page, "ArrowDown", "b", "a", "d", "d", "m", "x", "ArrowUp")  # the feedback has the focus
    following(page, work)
    work.locator(".ek-form input[type=radio]").first.focus()
    press(page, "Space", "b", "ArrowDown", "a", "ArrowDown", "d", "d", "m", "x", "ArrowUp", "Enter")
    work.get_by_text("2 of 22 turns coded").first.wait_for()
    kept(page, lab, "dean-missed-appointments", ["t01", "t03"])
    answers = ("open-question", "closed-question")
    assert tuple(answer for _, answer in lab.answers("dean-missed-appointments")) == answers

    table = run_cell(page, 1).locator("table.dataframe tbody tr")
    assert "dean-missed-appointments" in table.last.inner_text()
    told = run_cell(page, 2).locator(".jp-OutputArea-output").inner_text()
    assert told.startswith("1 {'t01': 'open-question', 't03': 'closed-question'}")
    run_cell(page, 3).locator(".jp-OutputArea-output", has_text=INTERVIEW).wait_for()
    assert cells(page) == before

    page.keyboard.press("Control+s")
    page.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for()
    page.locator(".lm-TabBar-tab.jp-mod-current:not(.jp-mod-dirty)", has_text="talk").wait_for()
    page.reload()
    assert "2 of 22 turns coded" in pick(page, INTERVIEW).inner_text()

    choose(page, "Kernel", "Restart Kernel and Run All Cells…")
    page.locator(".jp-Dialog .jp-mod-warn").click()
    page.locator(".ek-shelf").wait_for()
    state = page.locator(".ek-shelf > li", has_text=INTERVIEW).locator(".ek-state")
    assert state.inner_text() == "2 of 22 answered"
    assert "2 of 22 turns coded" in pick(page, INTERVIEW).inner_text()


def test_words_typed_arrive_whole(page: Page, lab: Lab, axe: Axe) -> None:
    """Letters, Enter, arrows, undo and Escape belong to the box; no cell comes, goes or changes its kind."""
    run(page, lab, "reply")
    before = cells(page)
    title = page.locator(".ek-shelf a").first.inner_text()
    work = pick(page, title)
    box = work.locator(".ek-form textarea").first
    box.focus()
    page.keyboard.type("a b dd m x\nIt is a lot.")
    press(page, "ArrowUp", "ArrowUp", "Home", "Escape", "b", "Backspace", "Control+Enter", "Shift+Enter")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+Shift+z")
    box.fill("")
    page.keyboard.type("a b dd m x\nYou are worn out.")
    press(page, "Escape", "ArrowUp", "ArrowDown", "End")
    page.keyboard.type(" b")
    assert box.input_value() == "a b dd m x\nYou are worn out. b"
    page.keyboard.press("Control+z")
    assert box.input_value() != "a b dd m x\nYou are worn out. b"
    page.keyboard.press("Control+Shift+z")
    assert box.input_value() == "a b dd m x\nYou are worn out. b"
    press(page, "Tab", "Enter")
    work.locator(".ek-feedback").wait_for()
    wait_until(
        page,
        lambda: "a b dd m x\nYou are worn out. b" in [answer for _, answer in lab.answers()],
        "the words never came to the file",
    )
    assert cells(page) == before
    sound(page, axe)


def test_evidence_is_marked_by_keyboard(page: Page, lab: Lab, axe: Axe) -> None:
    """A factor, its answer and its sentence reach the file; axe is content in both of JupyterLab's themes."""
    run(page, lab, "desistance")
    before = cells(page)
    work = pick(page, page.locator(".ek-shelf a").first.inner_text())
    form = work.locator(".ek-form")
    form.locator("input[type=radio]").first.focus()
    press(page, "Space", "b", "ArrowDown", "a", "ArrowUp", "d", "d")
    form.locator("input[type=checkbox]").nth(1).focus()
    press(page, "Space", "ArrowDown", "b", "m", "Enter")
    work.locator(".ek-feedback").wait_for()
    wait_until(page, lambda: "present s02" in [answer for _, answer in lab.answers()], "it was never kept")
    assert cells(page) == before
    sound(page, axe)
    theme(page, "JupyterLab Dark", light=False)
    sound(page, axe)
    theme(page, "JupyterLab Light", light=True)


def test_a_dead_python_loses_nothing(page: Page, lab: Lab) -> None:
    """Killed without warning: the page says so, offers the download, and a new run brings all back."""
    run(page, lab, "talk")
    title = "Aisha: the first month"
    work = pick(page, title)
    code(page, work, 0)
    kept(page, lab, "aisha-first-month", ["t01"])
    following(page, work)
    process = int(run_cell(page, 4).locator(".jp-OutputArea-output").inner_text())
    os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM))
    page.locator(".jp-Dialog", has_text="Kernel Restarting").locator(".jp-mod-accept").click()
    for turn in ("t03", "t05"):
        code(page, work, 1)
        if turn == "t03":
            following(page, work)
    alarm = work.locator(".ek-exchange-open .ek-warning")
    alarm.filter(
        has_text="Python does not answer, so 2 answers are not in attempts/attempts.jsonl yet."
    ).wait_for()
    assert "Python does not answer" in work.get_by_role("status").inner_text()
    with page.expect_download() as waiting:
        work.get_by_role("button", name="Download them now").click()
    found = parse(waiting.value.path().read_bytes()).events
    assert [each.item for each in found] == ["t01", "t03", "t05"]
    assert [item for item, _ in lab.answers("aisha-first-month")] == ["t01"]

    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
    run_cell(page, 0)
    kept(page, lab, "aisha-first-month", ["t01", "t03", "t05"])
    work = pick(page, title)
    assert work.locator(".ek-progress").inner_text().startswith("3 of")
    assert work.locator(".ek-warning").count() == 0


def test_two_tabs_add_up(page: Page, lab: Lab) -> None:
    """The same notebook open twice, one kernel: each tab sees the other's answers, and all are kept."""
    run(page, lab, "talk")
    page.keyboard.press("Control+s")
    page.locator(".lm-TabBar-tab.jp-mod-current:not(.jp-mod-dirty)", has_text="talk").wait_for()
    other = page.context.new_page()
    other.set_default_timeout(60_000)
    open_notebook(other, lab, "talk")
    title = "Callum: start the story at your neck"
    works = [pick(page, title), pick(other, title)]
    code(page, works[0], 0)
    works[1].locator(".ek-progress", has_text="1 of").wait_for()
    following(other, works[1])
    code(other, works[1], 3)
    for work in works:
        work.locator(".ek-progress", has_text="2 of").wait_for()
    following(page, works[0])  # to turn 3: the other tab has answered turn 2 since
    code(page, works[0], 2)
    works[1].locator(".ek-progress", has_text="3 of").wait_for()
    wait_until(page, lambda: len(lab.answers("callum-start-at-the-neck")) == 3, "an answer was lost")
    assert len({item for item, _ in lab.answers("callum-start-at-the-neck")}) == 3
    other.close()


# --- the assignment's form ---


def test_the_form_lives_in_jupyterlab(page: Page, lab: Lab, axe: Axe) -> None:
    """Mouse and keys answer, no cell is added, axe finds nothing, and the file is written."""
    run(page, lab, "form", ".ek-assignment")
    before = cells(page)
    form = page.locator(".ek-assignment")
    form.get_by_label("Open question", exact=True).focus()
    press(page, "ArrowDown", "b", "a", "d", "d", "ArrowDown")
    assert form.get_by_label("Reflection", exact=True).is_checked()
    page.keyboard.press("Enter")
    form.get_by_role("navigation").get_by_role("button", name="Part 3").click()
    form.get_by_label("Your next words to Tariq").click()
    page.keyboard.type("abc bbb dd")
    press(page, "Escape", "b")
    form.get_by_role("button", name="Save now").click()
    form.locator(".ek-form-state", has_text="Saved ").wait_for()
    assert cells(page) == before
    file = lab.folder / "answers.json"
    wait_until(page, lambda: file.exists() and "dd" in file.read_text(encoding="utf-8"), "nothing was saved")
    answers = json.loads(file.read_text(encoding="utf-8"))
    assert answers["answers"] == {"coding": {"t01": "reflection"}, "replies": {"r1": "abc bbb ddb"}}
    assert axe(page, ".ek-assignment") == []


def test_answers_are_there_again_and_a_change_elsewhere_is_a_choice(page: Page, lab: Lab) -> None:
    """A file changed by another program is never overwritten unseen, and a new page resumes from the file."""
    file = lab.folder / "answers.json"

    def saved(words: str) -> None:
        wait_until(
            page,
            lambda: file.exists() and words in file.read_text(encoding="utf-8"),
            f"{words} was not saved",
        )

    run(page, lab, "form", ".ek-assignment")
    form = page.locator(".ek-assignment")
    part = form.get_by_role("navigation").get_by_role("button", name="Part 3")
    box = form.get_by_label("Your next words to Kyle")
    part.click()
    box.fill("here")
    form.get_by_role("button", name="Save now").click()
    saved("here")
    content = json.loads(file.read_text(encoding="utf-8"))
    content["answers"]["replies"]["r4"] = "elsewhere"
    file.write_text(json.dumps(content), encoding="utf-8")
    box.fill("here again")
    form.get_by_role("button", name="Keep what is here").click()
    saved("here again")
    assert "elsewhere" in (lab.folder / "answers.other-1.json").read_text(encoding="utf-8")
    run(page, lab, "form", ".ek-assignment")
    part.click()
    assert box.input_value() == "here again"
