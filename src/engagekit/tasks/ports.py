"""Choose the ports to serve on."""

from __future__ import annotations

import socket
from collections.abc import Callable

from engagekit.tasks.steps import TaskError

Say = Callable[[str], None]

HOST = "127.0.0.1"
LAB_PORT = 8888
BOOK_PORT = 8890
TRIES = 50


def is_free(port: int) -> bool:
    """Say whether a server could listen on this port of the loopback address."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows lets two servers share a port unless told not to
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            return False
    return True


def choose(asked: int | None, usual: int, option: str, taken: tuple[int, ...] = (), say: Say = print) -> int:
    """Return the port to use.

    Args:
        asked: the port named on the command line, or None.
        usual: where to begin looking when none was named.
        option: the name of the option, for the message.
        taken: ports already promised to something else.
        say: tells the person that the usual port is in use.

    Raises:
        TaskError: when the port asked for is taken, or none is free.
    """
    if asked is not None:
        if asked not in taken and is_free(asked):
            return asked
        raise TaskError(
            f"Port {asked} is taken. Choose another with {option}, or leave {option} out to have a free one "
            "picked, or stop the program that uses it: perhaps the course is running in another window."
        )
    for port in range(usual, usual + TRIES):
        if port not in taken and is_free(port):
            if port != usual:
                say(f"Port {usual} is in use: taking {port} instead.")
            return port
    raise TaskError(f"No port from {usual} to {usual + TRIES - 1} is free. Name a free one with {option}.")


def choose_ports(lab: int | None, book: int | None, say: Say = print) -> tuple[int, int]:
    """Return the ports for JupyterLab and for the book."""
    promised = (book,) if book is not None and lab is None else ()
    lab_port = choose(lab, LAB_PORT, "--port", taken=promised, say=say)
    return lab_port, choose(book, BOOK_PORT, "--book-port", taken=(lab_port,), say=say)
