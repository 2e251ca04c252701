"""The test command: what it runs, and that a skip is never quiet."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engagekit.tasks import selftest

CONFTEST = Path(__file__).resolve().parent.parent / "conftest.py"


def run_pytest(folder: Path, test: str, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run pytest on one test file, under this course's conftest and nothing else."""
    (folder / "tests").mkdir()
    shutil.copy(CONFTEST, folder / "tests" / "conftest.py")
    (folder / "tests" / "test_it.py").write_text(test)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  slow\n  browser\n")
    base = {name: value for name, value in os.environ.items() if not name.startswith("ENGAGEKIT_")}
    base["COLUMNS"] = "200"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words]
    return subprocess.run(
        command, cwd=folder, env={**base, **env}, capture_output=True, text=True, timeout=120, check=False
    )  # fmt: skip


SKIPS = """
import pytest
def test_one(): pass
def test_two(): pytest.skip("no such machine")
@pytest.mark.xfail
def test_three(): assert False
"""


@pytest.mark.slow
def test_skips_are_listed_with_their_reasons_above_the_closing_line(tmp_path: Path) -> None:
    """On a person's computer a skip passes, but loudly."""
    done = run_pytest(tmp_path, SKIPS)
    assert done.returncode == 0
    assert "NOT TESTED" in done.stdout and "1 skipped: no such machine" in done.stdout
    assert "1 passed, 1 skipped, 1 xfailed" in done.stdout.splitlines()[-1]


@pytest.mark.slow
def test_skips_are_failures_where_a_browser_is_required(tmp_path: Path) -> None:
    """In CI a skipped test is a failed one; an expected failure is neither."""
    done = run_pytest(tmp_path, SKIPS, ENGAGEKIT_REQUIRE_BROWSER="1")
    assert done.returncode == 1
    assert "no such machine" in done.stdout
    assert "1 failed, 1 passed, 1 xfailed" in done.stdout.splitlines()[-1]


@pytest.mark.slow
def test_module_that_skips_itself_is_a_failure_too(tmp_path: Path) -> None:
    """A whole file cannot slip away either."""
    test = "import pytest\npytest.importorskip('no_such_package')\n"
    assert run_pytest(tmp_path, test, ENGAGEKIT_REQUIRE_BROWSER="1").returncode != 0


@pytest.mark.slow
def test_fast_choice_is_named(tmp_path: Path) -> None:
    """Leaving tests out by choice is said as well."""
    test = "import pytest\n@pytest.mark.slow\ndef test_a(): pass\ndef test_b(): pass\n"
    done = run_pytest(tmp_path, test, "-m", selftest.FAST)
    assert "1 left out" in done.stdout and "not slow" in done.stdout


BAD_PAGES = {
    "throws": ("<script>throw new Error('oh no')</script>", "page error: oh no"),
    "console": ("<script>console.error('oh dear')</script>", "console error: oh dear"),
    "image": ("<img alt='' src='http://127.0.0.1.example.invalid/x.png'>", "request to another computer"),
    "style": ("<link rel=stylesheet href='https://example.invalid/x.css'>", "request to another computer"),
    "socket": ("<script>new WebSocket('wss://example.invalid')</script>", "request to another computer"),
}
PAGE_TESTS = """
import pytest
PAGES = {pages!r}
@pytest.mark.parametrize("name", PAGES)
def test_page(name, page, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGES[name])
    page.goto(path.as_uri())
    page.wait_for_load_state("networkidle")

def test_expected(page, watch):
    watch.allow("not ours")
    page.set_content("<script>console.error('not ours')</script>")
"""


@pytest.mark.browser
def test_pages_that_err_or_call_out_fail_their_test(tmp_path: Path) -> None:
    """The page fixture itself refuses errors and requests to other computers."""
    pages = {"sound": "<title>sound</title>"} | {name: page for name, (page, _) in BAD_PAGES.items()}
    done = run_pytest(tmp_path, PAGE_TESTS.format(pages=pages), "-rA", "--tb=short")
    good = [line.split("::")[1] for line in done.stdout.splitlines() if line.startswith("PASSED")]
    bad = {
        line.split("::")[1].split()[0]: line
        for line in done.stdout.splitlines()
        if line.startswith("ERROR t")
    }
    assert list(bad) == [f"test_page[{name}]" for name in BAD_PAGES], done.stdout
    assert {"test_page[sound]", "test_expected"} <= set(good)
    for name, (_, complaint) in BAD_PAGES.items():
        assert complaint in bad[f"test_page[{name}]"]


@pytest.mark.browser
def test_axe_finds_a_fault_and_passes_a_sound_page(page, axe) -> None:
    """The accessibility check is alive: it sees a missing label, and nothing on a sound page."""
    sound = "<html lang=en><title>t</title><main><h1>t</h1><label>Name <input></label></main></html>"
    page.set_content(sound)
    assert axe(page) == []
    page.set_content(sound.replace("<label>Name <input></label>", "<input>"))
    assert [line.split()[0] for line in axe(page)] == ["label"]
    assert axe(page, within="h1") == []
    assert axe(page, ignore=("label",)) == []


def test_node_runs_javascript(node: str) -> None:
    """JavaScript can be tested without a browser and without a Node of the system's own."""
    done = subprocess.run([node, "-e", "console.log(6 * 7)"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "42"


def test_missing_browser_is_a_failure_where_one_is_required(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """CI never passes for want of a browser."""
    monkeypatch.setattr(selftest.browser, "find", lambda: None)
    monkeypatch.setattr(selftest.browser, "fetch", lambda: None)
    monkeypatch.delenv(selftest.REQUIRE, raising=False)
    assert selftest.run_tests(tmp_path, require_browser=True) == 1
    assert "A browser is required" in capsys.readouterr().out


def test_fast_leaves_out_what_is_slow_or_needs_a_browser() -> None:
    """The words a person adds go on to pytest."""
    command = selftest.pytest_command(["-k", "course"], fast=True)
    assert command[1:] == ["-m", "pytest", "-m", "not slow and not browser", "-k", "course"]
