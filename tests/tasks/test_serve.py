"""Serving: on loopback only, behind a token, both servers started and stopped together."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from engagekit.tasks import book, serve
from engagekit.tasks.ports import is_free
from engagekit.tasks.steps import TaskError

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def status(address: str) -> int:
    """Return the HTTP status that an address answers with."""
    try:
        with DIRECT.open(address, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def made_book(root: Path) -> Path:
    """Put a page where the built book is."""
    pages = root / "_build" / "html"
    pages.mkdir(parents=True)
    (pages / "index.html").write_text("<title>book</title>")
    return pages


def test_lab_listens_on_loopback_and_keeps_its_token_off_the_command_line(tmp_path: Path) -> None:
    """Nobody else on the network, and no other user of the computer, gets in."""
    command = serve.lab_command(tmp_path, 8888)
    assert "--ServerApp.ip=127.0.0.1" in command
    assert "--no-browser" in command and "--LabApp.news_url=None" in command
    assert not any("token" in word.lower() or "password" in word.lower() for word in command)


def test_book_server_serves_its_folder_and_nothing_above(tmp_path: Path) -> None:
    """Only the built book is served, to this computer, and the port is let go afterwards."""
    pages = made_book(tmp_path)
    (tmp_path / "secret.txt").write_text("key")
    with serve.book_server(pages, 0) as address:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        assert status(address) == 200
        assert status(address + "..%2F..%2Fsecret.txt") == 404
        port = int(address.rsplit(":", 1)[1].strip("/"))
        assert not is_free(port)
        with pytest.raises(OSError), socket.create_connection(("127.0.0.2", port), timeout=5):
            pass  # this computer too, but not the one address that is listened on
        with pytest.raises(TaskError, match="--book-port"), serve.book_server(pages, port):
            pass
    assert is_free(port)


def test_lab_that_does_not_start_shows_the_end_of_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason is on the screen, not only in a file, and the book is not left running."""
    made_book(tmp_path)
    command = [sys.executable, "-c", "import sys; print('no such extension'); sys.exit(3)"]
    monkeypatch.setattr(serve, "lab_command", lambda root, port: command)
    with pytest.raises(TaskError, match="no such extension"):
        serve.serve(tmp_path, 1, 0, open_browser=False)


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"DISPLAY": ":0", "CI": "true"}, "linux", False),
        ({}, "win32", True),
    ],
)
def test_browser_is_opened_only_where_somebody_can_see_it(
    environ: dict[str, str], platform: str, expected: bool
) -> None:
    """No browser opens in CI or without a screen."""
    assert serve.has_screen(environ, platform) is expected


@pytest.mark.slow
def test_failed_book_build_shows_the_end_of_its_log(tmp_path: Path) -> None:
    """A folder without a book fails with the builder's own words and the log's place."""
    with pytest.raises(TaskError, match=r"book\.log"):
        book.build(tmp_path)
    assert (tmp_path / "_build" / "logs" / "book.log").read_text() != ""


def test_own_programs_come_first_on_path_once() -> None:
    """The environment's programs are found first, and PATH does not grow with each call."""
    own = str(Path(sys.executable).parent)
    once = book.with_own_programs({"PATH": os.pathsep.join(["/a", own, "/b"])})
    assert once["PATH"] == os.pathsep.join([own, "/a", "/b"])
    assert book.with_own_programs(once) == once


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_every_way_of_being_told_to_end_stops_the_servers(name: str) -> None:
    """Ctrl-C, an order to end and a closed terminal window count alike; afterwards all is as it was."""
    number = getattr(signal, name, signal.SIGINT)
    before = signal.getsignal(number)
    with serve.told_to_stop() as stop:
        assert not stop.is_set()
        signal.raise_signal(number)
        assert stop.is_set()
    assert signal.getsignal(number) == before


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows cannot send Ctrl-C to one process from a test")
def test_both_servers_answer_and_stop_together(tmp_path: Path) -> None:
    """From the real JupyterLab: addresses work, strangers stay out, and Ctrl-C leaves nothing behind."""
    made_book(tmp_path)
    code = (
        "import sys; from pathlib import Path; from engagekit.tasks import serve; "
        "sys.exit(serve.serve(Path(sys.argv[1]), *serve.choose_ports(None, None)))"
    )
    env = {**os.environ, "CI": "1", "JUPYTER_CONFIG_DIR": str(tmp_path / "config"), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=env
    ) as running:  # fmt: skip
        try:
            said = ""
            assert running.stdout
            for line in running.stdout:
                said += line
                if "Ctrl-C" in line:
                    break
            pages, lab, grader = re.findall(r"http://127\.0\.0\.1:\S+", said)
            assert [status(address) for address in (pages, lab, grader)] == [200, 200, 200]
            assert status(re.sub(r"/lab\?.*", "/api/contents", lab)) == 403
            running.send_signal(signal.SIGINT)
            assert "Stopped." in running.stdout.read()
            assert running.wait(30) == 0
        finally:
            running.kill()
    ports = [int(re.search(r":(\d+)/", address)[1]) for address in (pages, lab)]
    assert all(is_free(port) for port in ports)
