"""What the tests in a real JupyterLab share: the copy of the course, and what a person does there."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engagekit.frontend.attempts import parse
from engagekit.tasks.serve import lab_server, wait_until_up

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

TOKEN = "a-token-for-this-test"
RUNS = 3
"""How often to ask for a run: before its kernel is there, a notebook forgets it or asks for a kernel."""

Axe = Callable[..., list[str]]


@dataclass(frozen=True)
class Lab:
    """A JupyterLab on a copy of the course: its address, and the folder with the notebooks."""

    address: str
    folder: Path

    @property
    def record(self) -> Path:
        """The file of answers."""
        return self.folder / "attempts" / "attempts.jsonl"

    def answers(self, vignette: str = "") -> list[tuple[str, str]]:
        """Return the items answered and their answers, as the file has them."""
        data = self.record.read_bytes() if self.record.exists() else b""
        found = parse(data)
        assert found.damaged == ()
        return [(each.item, each.answer) for each in found.events if vignette in ("", each.vignette)]


@contextmanager
def running_lab(course: Path, home: Path) -> Iterator[Lab]:
    """Run JupyterLab as the course's launcher does, with nobody's own settings.

    Args:
        course: The course folder; its notebooks are in ``notebooks``.
        home: Where settings and the log go.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            patch.setenv(name, str(home / name.lower()))
        with socket.socket() as free:  # a random port, so that two test runs do not meet
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        log = home / "lab.log"
        with lab_server(course, port, TOKEN, log) as process:
            wait_until_up(process, [f"http://127.0.0.1:{port}/api"], log, threading.Event())
            yield Lab(f"http://127.0.0.1:{port}", course / "notebooks")


def open_notebook(page: Page, lab: Lab, stem: str) -> None:
    """Open a notebook, and wait until its kernel is there."""
    page.goto(f"{lab.address}/lab/tree/notebooks/{stem}.ipynb?token={TOKEN}&reset")
    page.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for()
    # Running is forgotten when it is asked for before the kernel is there.
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()


def choose(page: Page, *names: str) -> None:
    """Choose from JupyterLab's menus."""
    for name in names:
        page.get_by_role("menuitem", name=name, exact=True).click()


def run(page: Page, lab: Lab, stem: str, shown: str = ".ek-chooser") -> None:
    """Open a notebook and run its first code cell."""
    open_notebook(page, lab, stem)
    run_cell(page, 0)
    page.locator(shown).wait_for()


def run_cell(page: Page, number: int) -> Locator:
    """Run one code cell, and return its place once it has run."""
    from playwright.sync_api import expect

    cell = page.locator(".jp-NotebookPanel .jp-CodeCell").nth(number)
    prompt = cell.locator(".jp-InputPrompt")
    prompt.evaluate("(node) => { node.textContent = '' }")  # tells a new run from the one before
    for _ in range(RUNS):
        if (which_kernel := page.locator(".jp-Dialog .jp-mod-accept")).count():
            which_kernel.click()
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        with suppress(AssertionError):
            expect(prompt).to_have_text(re.compile(r"[*0-9]"), timeout=8_000)
            break
    expect(prompt).to_have_text(re.compile(r"[0-9]"), timeout=60_000)
    return cell


def cells(page: Page) -> list[str]:
    """Return the kind of every cell: none is new, gone or changed while these are the same."""
    kinds: list[str] = page.locator(".jp-NotebookPanel .jp-Cell").evaluate_all(
        "(nodes) => nodes.map((node) => /jp-(Code|Markdown|Raw)Cell/.exec(node.className)[1])"
    )
    return kinds


def pick(page: Page, title: str) -> Locator:
    """Choose from the shelf by keyboard, and return the exercise."""
    page.locator(".ek-chooser").get_by_role("link", name=title, exact=True).focus()
    page.keyboard.press("Enter")
    page.locator(".ek-exercise").wait_for()
    return page.locator(".ek-exercise")


def press(page: Page, *keys: str) -> None:
    """Press keys one after another."""
    for key in keys:
        page.keyboard.press(key)


def code(page: Page, work: Locator, downs: int) -> None:
    """Give the open turn a code with the arrow keys, and check it with Enter."""
    work.locator(".ek-form input[type=radio]").first.focus()
    press(page, "Space", *["ArrowDown"] * downs, "Enter")
    work.locator(".ek-feedback").wait_for()


def following(page: Page, work: Locator) -> None:
    """Go on to the next item by keyboard."""
    work.locator(".ek-feedback .ek-button-main").focus()
    page.keyboard.press("Enter")
    work.locator(".ek-form").wait_for()


def wait_until(page: Page, is_so: Callable[[], bool], told: str) -> None:
    """Wait, without blocking the browser, until something on the disk is so."""
    for _ in range(300):
        if is_so():
            return
        page.wait_for_timeout(100)
    raise AssertionError(told)


def kept(page: Page, lab: Lab, vignette: str, items: list[str]) -> None:
    """See the file hold answers to exactly these items of a vignette."""
    wait_until(
        page,
        lambda: [item for item, _ in lab.answers(vignette)] == items,
        f"the file never held {items}",
    )


def sound(page: Page, axe: Axe) -> None:
    """See that axe finds nothing in what we show, no id is there twice, and 400 pixels are enough."""
    assert axe(page, ".ek-chooser") == []
    assert axe(page, ".ek-exercise") == []
    repeated = page.evaluate(
        "() => { const all = [...document.querySelectorAll('.ek [id]')].map((node) => node.id);"
        " return all.filter((id, index) => all.indexOf(id) !== index) }"
    )
    assert repeated == []
    narrow = page.add_style_tag(content=".jp-OutputArea-output { max-width: 400px }")
    wide = page.evaluate(
        "() => [...document.querySelectorAll('.jp-OutputArea-output:has(.ek), .ek, .ek *')].filter((node) =>"
        " node.getBoundingClientRect().width > 400 ||"
        " (node.clientWidth > 1 && node.scrollWidth > node.clientWidth &&"
        " getComputedStyle(node).display !== 'inline')).map((node) => node.outerHTML.slice(0, 120))"
    )
    assert wide == []
    narrow.evaluate("(node) => node.remove()")


def theme(page: Page, name: str, light: bool) -> None:
    """Choose one of JupyterLab's themes."""
    choose(page, "Settings")
    for label in ("Theme", name):
        page.locator(".lm-Menu-itemLabel").get_by_text(label, exact=True).click()
    page.locator(f"body[data-jp-theme-light={str(light).lower()}]").wait_for(state="attached")
