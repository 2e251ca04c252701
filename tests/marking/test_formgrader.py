"""The formgrader's page, in a real browser against a real JupyterLab."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

TOKEN = "formgrader-test"


@pytest.fixture
def lab(room, tmp_path):
    """JupyterLab, started in the course folder as `engagekit start` does, and stopped at the end."""
    room.hand_in("amara", "strong")
    folder = room.hand_in("mallory", "hostile")
    assert "<script" in (folder / "answers.json").read_text("utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    places = {f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("DATA", "CONFIG", "RUNTIME")}
    command = [
        sys.executable, "-m", "jupyter", "lab", "--no-browser", "--ip=127.0.0.1", f"--port={port}",
        f"--IdentityProvider.token={TOKEN}", "--allow-root",
    ]  # fmt: skip
    with (tmp_path / "lab.log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=room.folder, env={**os.environ, **places}, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        yield answering(f"http://127.0.0.1:{port}", server)
    finally:
        server.terminate()
        server.wait(timeout=60)


def answering(address, server):
    """Return the address once the server answers there."""
    end = time.monotonic() + 120
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/api", timeout=5):
            return address
    raise AssertionError("JupyterLab did not start")


def test_an_assessor_marks_opens_and_decides(room, lab, page, watch):
    """The autograde button marks from the answers; words are shown as text; score and comment are kept."""
    watch.allow("MathJax")  # nbgrader's page asks a public server for it, which the test browser cannot reach
    watch.allow("cdnjs.cloudflare.com")
    watch.allow("ERR_NAME_NOT_RESOLVED")
    page.goto(f"{lab}/api/status?token={TOKEN}")
    for student, proposed in (("amara", "18 of 38"), ("mallory", "0 of 38")):
        page.goto(f"{lab}/formgrader/manage_submissions/interview")
        page.locator("tr", has_text=student).locator("td.autograde a").click()
        done = page.locator(".modal-dialog", has_text="Log Output")
        done.wait_for()
        assert f"{student}: {proposed} marks proposed" in done.inner_text()

    with room.book() as book:
        found = book.find_submission_notebook("interview", "interview", "mallory").id
    page.goto(f"{lab}/formgrader/submissions/{found}/")
    assert page.locator("td", has_text="<script>").count() > 0
    assert page.evaluate("document.querySelectorAll('.engagekit-judgement script, td img').length") == 0
    # The formgrader draws its boxes first and listens to them only once it has fetched what they hold.
    page.wait_for_function("() => formgrader.grades?.loaded && formgrader.comments?.loaded")
    with page.expect_response(lambda one: "/api/comment/" in one.url and one.request.method == "PUT"):
        page.fill("#own-session-comment", "Let us talk about this session.")
        page.locator("#own-session-comment").press("Tab")
    with page.expect_response(lambda one: "/api/grade/" in one.url and one.request.method == "PUT"):
        page.fill("#own-session", "3.5")
        page.locator("#own-session").press("Tab")

    room.steps().feedback("interview", "mallory")
    html = (room.path("feedback", "mallory") / "interview.html").read_text("utf-8")
    assert "Let us talk about this session." in html
    assert "3.5 of 12 marks" in html
