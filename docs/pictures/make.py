"""Make the README's pictures from the real course: run `python docs/pictures/make.py`.

Builds and marks a temporary copy of the course, opens it in the browser that is installed, and writes the
pictures beside this file. The course folder itself, and any learners' work in it, are left alone. Names on
the command line choose pictures: `python docs/pictures/make.py form feedback`.
"""

from __future__ import annotations

import io
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PIXELS_WIDE = 1200
COLOURS = 128
RUNS = 4
LARGEST = 150_000
LENS = "notebooks/talk"
INTERVIEW = "Aisha: the first month"
# As the reference has them, but for the last: a code that differs is where the feedback teaches most.
CODES = ("Other", "Autonomy support", "Affirmation", "Open question", "Summary")
REPLY = "You want it to stop, and you are tired of being told how. What has helped before, even a little?"
SCORES = (3, 3, 1, 2, 3, 3, 0, 1, 0, 1, 2, 0, 4, 4, 2, 3, 1, 0, 0, 2)
QUOTES = {
    "A value, first example": "Being there when I said I'd be there",
    "A value, second example": "Pay your own way, with clean money.",
}
LEARNER = "learner-02"
MARKS = {
    "next-replies": (
        "5",
        "You ask Danielle for her view and hand her the pen. Tariq is heard and has nowhere to go next: try "
        "a guess at what his Friday gives him.",
    ),
    "own-session": ("8", "Short reflections, and room after them. Next time, follow up the volunteering."),
}


@dataclass(frozen=True)
class Place:
    """The copy of the course that is being photographed.

    Attributes:
        root: its folder.
        book: the address of its book.
        lab: the address of its JupyterLab.
        token: the key to that JupyterLab.
    """

    root: Path
    book: str
    lab: str
    token: str


@dataclass(frozen=True)
class Picture:
    """One picture.

    Attributes:
        take: opens what is to be seen on an empty page, ready to be photographed.
        width: the page's width in CSS pixels; the picture is equally wide whatever this is.
        height: the page's height in CSS pixels.
    """

    take: Callable[[Page, Place], None]
    width: int
    height: int


# --- what is to be seen ---


def book(page: Page, place: Place) -> None:
    """Open a chapter where it counts a whole conversation in a chart."""
    page.goto(f"{place.book}book/chapters/mi-and-oars.html")
    to_top(page.get_by_role("heading", name="A conversation, counted"))


def exercise(page: Page, place: Place) -> None:
    """Code some turns of a practice interview in the book."""
    page.goto(f"{place.book}notebooks/talk.html")
    page.locator(".ek-shelf").get_by_role("link", name=INTERVIEW).click()
    to_top(code_some_turns(page.locator(".ek-talk")), above=66)


def desistance(page: Page, place: Place) -> None:
    """Answer one factor of a case, and open the next beside the words of the case."""
    page.goto(f"{place.book}notebooks/desistance.html")
    page.locator(".ek-shelf a").first.click()
    work = page.locator(".ek-desistance")
    work.locator(".ek-form input[value=present]").check()
    work.locator(".ek-form input[type=checkbox]").nth(1).check()
    to_top(work.locator(".ek-exchange-open"), above=66)


def reply(page: Page, place: Place) -> None:
    """Write a reply, and see what the rules make of it."""
    page.goto(f"{place.book}notebooks/reply.html")
    page.locator(".ek-shelf a").first.click()
    work = page.locator(".ek-reply.ek-exercise")
    work.locator(".ek-form textarea").fill(REPLY)
    work.get_by_role("button", name="Check", exact=True).click()
    work.locator(".ek-feedback").wait_for()
    to_top(work.locator(".ek-exchange-open"), above=66)


def web(page: Page, place: Place) -> None:
    """Score a few areas of somebody's web, and look at the results so far."""
    page.goto(f"{place.book}notebooks/web.html")
    page.locator(".ek-shelf a").first.click()
    work = page.locator(".ek-web.ek-exercise")
    for number, step in enumerate(SCORES):
        if number:
            work.locator(".ek-feedback .ek-button-main").click()
        work.locator(".ek-exchange-open .ek-form input[type=radio]").nth(step).check()
        work.get_by_role("button", name="Check", exact=True).click()
        work.locator(".ek-feedback").wait_for()
    work.locator(".ek-feedback .ek-button-main").click()
    to_top(work.locator(".ek-results-title"), above=66)


def progress(page: Page, place: Place) -> None:
    """Do a little in two lenses, then look at the page that says what to do next."""
    exercise(page, place)
    reply(page, place)
    page.goto(f"{place.book}book/progress.html")
    to_top(page.locator("engagekit-progress"), above=66)


def jupyterlab(page: Page, place: Place) -> None:
    """Run the practice notebook in JupyterLab, with its shelf of interviews."""
    open_notebook(page, place, "notebooks/talk.ipynb")
    to_top(page.locator(".ek-chooser"), above=8)


def form(page: Page, place: Place) -> None:
    """Fill in some of the assignment form, where it asks for the person's own words."""
    open_notebook(page, place, "assignments/interview/interview.ipynb")
    form = page.locator(".ek-assignment")
    form.get_by_role("navigation").get_by_role("button", name="Part 2").click()
    for label, words in QUOTES.items():
        form.get_by_label(label, exact=True).fill(words)
    form.get_by_role("button", name="Save now").click()
    form.locator(".ek-form-state", has_text="Saved ").wait_for()
    to_top(form.get_by_role("heading", name="Part 2"), above=24)


def formgrader(page: Page, place: Place) -> None:
    """Open a script where evidence is quoted and a person has marked the replies."""
    assess(page, place)
    page.reload()  # The formgrader goes on scrolling to the box that it holds to be next.
    page.wait_for_load_state("networkidle")
    to_top(page.get_by_role("heading", name="Hears ambivalence"), above=66)


def feedback(page: Page, place: Place) -> None:
    """Open the feedback page that the same learner gets once an assessor has marked."""
    assess(page, place)
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", "interview", "--force"]
    subprocess.run([*command, f"--student={LEARNER}"], cwd=place.root, check=True, capture_output=True)
    page.goto((place.root / "_grading" / "feedback" / LEARNER / "interview" / "interview.html").as_uri())
    part = page.locator("section").filter(has=page.get_by_role("heading", name="Hears ambivalence"))
    to_top(part, above=24)


PICTURES = {
    "book": Picture(book, 1080, 800),
    "exercise": Picture(exercise, 1080, 900),
    "desistance": Picture(desistance, 1080, 900),
    "reply": Picture(reply, 1080, 1100),
    "web": Picture(web, 1080, 900),
    "progress": Picture(progress, 1080, 900),
    "jupyterlab": Picture(jupyterlab, 1080, 900),
    "form": Picture(form, 1200, 900),
    "formgrader": Picture(formgrader, 1200, 1300),
    "feedback": Picture(feedback, 1000, 1000),
}


# --- steps that several pictures share ---


def code_some_turns(talk: Locator) -> Locator:
    """Code the first turns, and return the exchange that shows the last one's feedback."""
    talk.wait_for()
    for number, code in enumerate(CODES):
        if number:
            talk.get_by_role("button", name="Next turn").click()
        talk.get_by_label(code, exact=True).check()
        talk.get_by_role("button", name="Check", exact=True).click()
        talk.locator(".ek-feedback").wait_for()
    return talk.locator(".ek-exchange-open")


def open_notebook(page: Page, place: Place, path: str) -> None:
    """Open a notebook in JupyterLab without the list of files beside it, and run all of it."""
    from playwright.sync_api import TimeoutError

    page.goto(f"{place.lab}/lab/tree/{path}?token={place.token}&reset")
    page.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for()
    # A notebook that is run before its kernel is there asks for one, and runs nothing.
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
    page.keyboard.press("Control+b")
    shown = page.locator(".jp-OutputArea-output .ek").first
    for _ in range(RUNS):
        if (which_kernel := page.locator(".jp-Dialog .jp-mod-accept")).count():
            which_kernel.click()
        # The question may also come up between one click and the next.
        with suppress(TimeoutError):
            page.get_by_role("menuitem", name="Run", exact=True).click(timeout=5_000)
            page.get_by_role("menuitem", name="Run All Cells", exact=True).click(timeout=5_000)
            shown.wait_for(timeout=10_000)
            return
    raise SystemExit(f"JupyterLab did not run {path}.")


def assess(page: Page, place: Place) -> None:
    """Open one learner's script in the formgrader; mark what waits for a person, and say why."""
    page.goto(f"{place.lab}/formgrader?token={place.token}")
    scripts = page.request.get(f"{place.lab}/formgrader/api/submitted_notebooks/interview/interview").json()
    script = next(each["id"] for each in scripts if each["student"] == LEARNER)
    page.goto(f"{place.lab}/formgrader/submissions/{script}/?index=0")
    page.wait_for_function("() => formgrader.grades?.loaded && formgrader.comments?.loaded")
    for heading, (marks, comment) in MARKS.items():
        fill_in(page, page.locator(f"input#{heading}"), marks)
        fill_in(page, page.locator(f"textarea#{heading}-comment"), comment)


def fill_in(page: Page, box: Locator, words: str) -> None:
    """Write in one of the formgrader's boxes, and wait until it is kept."""
    if box.input_value() != words:
        with page.expect_response(lambda answer: answer.request.method == "PUT"):
            box.fill(words)
            box.blur()


def to_top(what: Locator, above: int = 0) -> None:
    """Scroll something to the top of what is seen, with so many pixels above it."""
    what.evaluate(
        "(it, px) => { it.style.scrollMarginTop = `${px}px`; it.scrollIntoView({behavior: 'instant'}) }",
        above,
    )


# --- the course to be photographed ---


def copy_course(to: Path) -> None:
    """Copy the files that are under version control, so that nobody's own work comes along."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in names.decode("utf-8").split("\0"):
        if name and (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, to / name)


def prepare(root: Path) -> None:
    """Do in the copy what `start` does before it serves."""
    from engagekit.tasks.start import StartOptions, steps
    from engagekit.tasks.steps import run_steps

    if not run_steps(steps(StartOptions(root, serve=False)), root / "_build" / "logs" / "start.log"):
        sys.exit("The course could not be built, so there is nothing to photograph.")


@contextmanager
def served(root: Path) -> Iterator[Place]:
    """Serve the copy on free ports of this computer, until the end of the block."""
    from engagekit.tasks.ports import HOST
    from engagekit.tasks.serve import book_server, choose_ports, lab_server, wait_until_up

    port, book_port = choose_ports(None, None)
    token = secrets.token_hex(24)
    log = root / "_build" / "logs" / "jupyterlab.log"
    lab = f"http://{HOST}:{port}"
    with (
        book_server(root / "_build" / "html", book_port) as book,
        lab_server(root, port, token, log) as process,
    ):
        wait_until_up(process, [book, f"{lab}/api"], log, threading.Event())
        yield Place(root, book, lab, token)


# --- taking and keeping ---


@contextmanager
def opened_browser() -> Iterator[Browser]:
    """Run the browser that this computer has."""
    from playwright.sync_api import sync_playwright

    from engagekit.tasks.browser import find

    path = find()
    if path is None:
        sys.exit("There is no Chromium, Chrome or Edge on this computer. Install one, then run this again.")
    arguments = ["--hide-scrollbars", "--font-render-hinting=none"]
    if getattr(os, "geteuid", lambda: 1)() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def photograph(browser: Browser, place: Place, picture: Picture) -> bytes:
    """Take one picture in a fresh profile."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=PIXELS_WIDE / picture.width,
        color_scheme="light",
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="Europe/London",
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    picture.take(page, place)
    page.mouse.move(1, 1)  # Nothing looks as if it were being pointed at.
    page.evaluate("document.fonts.ready")
    taken = page.screenshot(animations="disabled", caret="hide")
    context.close()
    return taken


def compact(taken: bytes) -> bytes:
    """Return a picture with few colours, which a page of text and flat areas does not miss."""
    from PIL import Image

    few = Image.open(io.BytesIO(taken)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


def main(names: list[str]) -> None:
    """Make the pictures named, or all of them."""
    unknown = sorted(set(names) - set(PICTURES))
    if unknown:
        sys.exit(f"No picture is called {unknown[0]}. There are: {', '.join(PICTURES)}.")
    with ExitStack() as stack:
        # On Windows a file may still be open for a moment after the program that used it has ended.
        temporary = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        folder = Path(stack.enter_context(temporary)).resolve()
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            os.environ[name] = str(folder / "settings" / name.lower())
        os.environ.pop("ENGAGEKIT_ROOT", None)
        root = folder / "course"
        copy_course(root)
        # The browser comes last: Playwright keeps an event loop running, and nbgrader starts its own.
        prepare(root)
        place = stack.enter_context(served(root))
        browser = stack.enter_context(opened_browser())
        for name in names or PICTURES:
            content = compact(photograph(browser, place, PICTURES[name]))
            if len(content) > LARGEST:
                sys.exit(f"{name}.png would have {len(content)} bytes; {LARGEST} is the most.")
            (HERE / f"{name}.png").write_bytes(content)
            print(f"{name}.png: {len(content) // 1000} kB", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
