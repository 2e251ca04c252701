"""Serve JupyterLab and the built book on this computer only, and stop both together."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import threading
import urllib.request
import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType

from engagekit.tasks.book import with_own_programs
from engagekit.tasks.ports import HOST, choose_ports
from engagekit.tasks.steps import TaskError

__all__ = ["choose_ports", "serve"]

# JupyterLab's own settings for this course: no question about news from outside.
SETTINGS = Path(__file__).parent / "jupyter"
START_SECONDS = 120
STOP_SECONDS = 15
# Our own loopback addresses only, so never by way of a proxy, whatever the environment says.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class BookHandler(SimpleHTTPRequestHandler):
    """Serve the book's files without a log line for each, and never from an out-of-date copy."""

    def end_headers(self) -> None:
        """Tell the browser to ask again each time: a tutor rebuilds the book while reading it."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


class BookServer(ThreadingHTTPServer):
    """The book's server. On Windows, reusing an address would let two programs share one port."""

    allow_reuse_address = os.name != "nt"
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent when a browser hangs up early; anything else is shown as usual."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def book_server(folder: Path, port: int) -> Iterator[str]:
    """Serve a folder of pages from a thread; gives its address, and stops at the end of the block."""
    try:
        server = BookServer((HOST, port), partial(BookHandler, directory=str(folder)))
    except OSError as error:
        raise TaskError(
            f"The book cannot be served on port {port}: {error}. Choose another with --book-port."
        ) from error
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def lab_command(root: Path, port: int) -> list[str]:
    """Return the command that serves JupyterLab on the course folder, without news or update questions."""
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        f"--ServerApp.ip={HOST}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={root}",
        "--LabApp.news_url=None",
        # A desk of its own: the usual one is shared by all courses of a user and would open another's files.
        f"--LabApp.workspaces_dir={root / '_build' / 'jupyterlab'}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    # In a container the only user is often root, and JupyterLab wants that said.
    return [*command, "--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else command


@contextmanager
def lab_server(root: Path, port: int, token: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run JupyterLab; at the end of the block ask it to shut down, so that it ends its kernels too."""
    log.parent.mkdir(parents=True, exist_ok=True)
    # The token travels in the environment: a command line can be read by every user of the computer.
    settings = os.pathsep.join(filter(None, [str(SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH")]))
    env = with_own_programs({**os.environ, "JUPYTER_TOKEN": token, "JUPYTER_CONFIG_PATH": settings})
    with log.open("wb") as output:
        # A session of its own, so that Ctrl-C reaches only us: JupyterLab would answer it with a question.
        process = subprocess.Popen(
            lab_command(root, port), cwd=root, env=env, stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.STDOUT, start_new_session=os.name != "nt",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )  # fmt: skip
        try:
            yield process
        finally:
            stop_lab(process, f"http://{HOST}:{port}/api/shutdown", token)


def stop_lab(process: subprocess.Popen[bytes], address: str, token: str) -> None:
    """Ask JupyterLab to shut down, then insist."""
    if process.poll() is None:
        headers = {"Authorization": f"token {token}"}
        request = urllib.request.Request(address, method="POST", headers=headers)  # noqa: S310
        try:
            DIRECT.open(request, timeout=STOP_SECONDS).close()
        except OSError:
            process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_until_up(
    process: subprocess.Popen[bytes], addresses: list[str], log: Path, stop: threading.Event
) -> None:
    """Return when every address answers, or when told to stop.

    Raises:
        TaskError: when JupyterLab ends or stays silent; it shows the end of the log.
    """
    waiting = list(addresses)
    for _ in range(START_SECONDS * 5):
        if process.poll() is not None:
            break
        try:
            while waiting:
                DIRECT.open(waiting[0], timeout=5).close()
                waiting.pop(0)
            return
        except OSError:
            if stop.wait(0.2):
                return
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
    end = "\n".join(f"  | {line}" for line in lines)
    raise TaskError(f"JupyterLab did not start. The end of {log}:\n{end}")


@contextmanager
def told_to_stop() -> Iterator[threading.Event]:
    """Give an event that is set by Ctrl-C, by an order to end, and when the terminal's window is closed."""
    stop = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        stop.set()

    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    before = {
        number: signal.signal(number, note) for name in names if (number := getattr(signal, name, None))
    }
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def has_screen(environ: Mapping[str, str], platform: str) -> bool:
    """Say whether opening a browser can show anybody anything."""
    if environ.get("CI"):
        return False
    return platform in ("win32", "darwin") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def serve(root: Path, port: int, book_port: int, *, open_browser: bool = True) -> int:
    """Serve until told to stop.

    Args:
        root: the course folder.
        port: where JupyterLab listens.
        book_port: where the book listens.
        open_browser: open the book once it answers, where there is a screen.

    Returns:
        The exit status: 0 after an order to stop, 1 when JupyterLab ended by itself.
    """
    token = secrets.token_hex(24)
    log = root / "_build" / "logs" / "jupyterlab.log"
    base = f"http://{HOST}:{port}"
    with (
        told_to_stop() as stop,
        book_server(root / "_build" / "html", book_port) as book,
        lab_server(root, port, token, log) as lab,
    ):
        print("\nStarting JupyterLab ...", flush=True)
        wait_until_up(lab, [book, f"{base}/api"], log, stop)
        if not stop.is_set():
            print(addresses(base, book, token, root / "_grading"), flush=True)
            if open_browser and has_screen(os.environ, sys.platform):
                webbrowser.open(book)
        while not stop.wait(0.5) and lab.poll() is None:
            pass
        ended_alone = not stop.is_set()
        print(
            f"\nJupyterLab ended by itself; its log is {log}" if ended_alone else "\nStopping ...", flush=True
        )
    print("Stopped.", flush=True)
    return 1 if ended_alone else 0


def addresses(base: str, book: str, token: str, grading: Path) -> str:
    """Return the lines that tell a person where everything is."""
    return (
        f"\n  The book        {book}"
        f"\n  JupyterLab      {base}/lab?token={token}"
        f"\n  The formgrader  {base}/formgrader?token={token}"
        f"\n  Feedback pages  {grading / 'feedback'}"
        f"\n  The report      {grading / 'reports' / 'index.html'}"
        "\n\nOnly this computer can open these addresses; the token is your key. Press Ctrl-C to stop."
    )
