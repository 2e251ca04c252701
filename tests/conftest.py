"""What every test may ask for, and what the whole run says at its end."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Test modules and their helpers import `realcourse`, whose course is read once for all of them.
sys.path.insert(0, str(Path(__file__).resolve().parent))

ROOT = Path(__file__).resolve().parent.parent
BROWSER = "ENGAGEKIT_BROWSER"
NO_SKIPS = os.environ.get("ENGAGEKIT_REQUIRE_BROWSER") == "1"
HOSTS = ("127.0.0.1", "localhost", "::1")


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the course folder."""
    return ROOT


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use a browser, and run them last.

    Playwright keeps an event loop running while its browser is open, so code under test that starts its own
    (Jupyter's does) has to come before.
    """
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


# --- skips are never quiet ---


def refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure where skips are not allowed; an expected failure is not a skip."""
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"Nothing may be skipped in this run (browser required), but: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Look at each test's outcome."""
    report = yield
    refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Any:
    """Look at each module's outcome: a module can skip itself as a whole."""
    report = yield
    refuse_skip(report)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List what was not tested, with the reasons, just above pytest's closing line."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason] = reasons.get(reason, 0) + 1
    left_out = len(terminalreporter.stats.get("deselected", []))
    if not reasons and not left_out:
        return
    terminalreporter.section("NOT TESTED", sep="!", red=True, bold=True)
    for reason, count in sorted(reasons.items()):
        terminalreporter.line(f"{count:4} skipped: {reason.removeprefix('Skipped: ')}", red=True)
    if left_out:
        chosen = terminalreporter.config.getoption("markexpr") or terminalreporter.config.getoption("keyword")
        terminalreporter.line(
            f"{left_out:4} left out, because this was asked for: {chosen or 'a choice of tests'}"
        )


# --- the book ---


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the whole book once, from nothing, every warning an error; return the folder with its pages."""
    import subprocess

    from engagekit.tasks.book import with_own_programs

    place = tmp_path_factory.mktemp("book")
    run = "from jupyter_book.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", run, "build", ".", "--path-output", str(place), "-W", "-n", "--keep-going"],
        cwd=ROOT, env=with_own_programs(os.environ), stdin=subprocess.DEVNULL, capture_output=True,
        encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"the book was not built:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return place / "_build" / "html"


# --- the browser ---


class Watch:
    """Notes everything a page does wrong: errors, console errors, and requests that leave this computer."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self._allowed: list[str] = []

    def allow(self, part: str) -> None:
        """Expect complaints that hold this text, from something that is not ours."""
        self._allowed.append(part)

    def follow(self, page: Page) -> None:
        """Watch a page from now on."""
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("console", lambda line: self._console(line.type, line.text, line.location.get("url", "")))
        page.on("request", lambda request: self._address(request.url))
        page.on("websocket", lambda socket: self._address(socket.url))

    def _console(self, kind: str, text: str, address: str) -> None:
        if kind == "error":
            self.complaints.append(f"console error: {text} ({address})")

    def _address(self, address: str) -> None:
        if not is_local(address):
            self.complaints.append(f"request to another computer: {address}")

    def left(self) -> list[str]:
        """Return the complaints that nobody expected."""
        return [line for line in self.complaints if not any(part in line for part in self._allowed)]


def is_local(address: str) -> bool:
    """Say whether an address stays on this computer."""
    parts = urlsplit(address)
    if parts.scheme in ("http", "https", "ws", "wss"):
        return parts.hostname in HOSTS
    return parts.scheme in ("file", "data", "blob", "about")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a running headless browser; skip where this computer has none."""
    path = os.environ.get(BROWSER)
    if not path:
        from engagekit.tasks.browser import find

        path = str(find() or "")
    if not path:
        pytest.skip("no Chromium, Chrome or Edge on this computer: install one and run the tests again")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    arguments = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"]
    if getattr(os, "geteuid", lambda: 1)() == 0:
        arguments.append("--no-sandbox")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=path, args=arguments)
        yield running
        running.close()


@pytest.fixture
def watch() -> Watch:
    """Give the list of what the test's pages did wrong; the `page` fixture fails the test if any is left."""
    return Watch()


@pytest.fixture
def page(browser: Browser, watch: Watch) -> Iterator[Page]:
    """Give an empty page in a fresh profile; the test fails if any page of it errs or calls out."""
    context = browser.new_context(accept_downloads=True)
    context.on("page", watch.follow)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()
    if watch.left():
        pytest.fail("\n".join(watch.left()), pytrace=False)


@pytest.fixture(scope="session")
def axe_source() -> str:
    """Return the text of axe-core."""
    package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def axe(axe_source: str) -> Callable[..., list[str]]:
    """Return a function that gives every accessibility fault of a page, one line each.

    Its arguments: the page; ``within``, a CSS selector to look inside; ``ignore``, rules to leave out.
    """

    def faults(page: Page, within: str | None = None, ignore: tuple[str, ...] = ()) -> list[str]:
        page.evaluate(axe_source)
        # Without preload, axe does not try to fetch the style sheets, which a page from disk may not.
        options = {
            "rules": {rule: {"enabled": False} for rule in ignore},
            "resultTypes": ["violations"],
            "preload": False,
        }
        found = page.evaluate("([where, options]) => axe.run(where || document, options)", [within, options])
        return [
            f"{violation['id']} at {' '.join(map(str, node['target']))}: {violation['help']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return faults


@pytest.fixture(scope="session")
def node() -> str:
    """Return the path of the Node inside Playwright, so that JavaScript is tested without a browser."""
    package = pytest.importorskip("playwright", reason="playwright is not installed")
    driver = Path(package.__file__).parent / "driver"
    for name in ("node", "node.exe"):
        if (driver / name).exists():
            return str(driver / name)
    pytest.skip("this copy of Playwright has no Node inside")
