"""Ports: what was asked for is used or refused; otherwise a free one is found and named."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from engagekit.tasks.ports import HOST, choose, choose_ports, is_free
from engagekit.tasks.steps import TaskError


@pytest.fixture
def taken() -> Iterator[int]:
    """Give a port that another program listens on."""
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        yield other.getsockname()[1]


def test_port_asked_for_that_is_taken_is_refused_with_a_way_out(taken: int) -> None:
    """The message names the port and the option, and never another port in silence."""
    with pytest.raises(TaskError, match=rf"Port {taken} is taken.*--port"):
        choose(taken, 8888, "--port")


def test_port_asked_for_that_is_free_is_used(taken: int) -> None:
    """A free port is taken at its word, though the usual one is busy."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        free = probe.getsockname()[1]
    assert choose(free, taken, "--port") == free


def test_next_free_port_is_picked_and_named(taken: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a wish the next free port is used, and the person is told."""
    port = choose(None, taken, "--port")
    assert port > taken and is_free(port)
    assert f"Port {taken} is in use: taking {port} instead." in capsys.readouterr().out


def test_impossible_port_is_refused() -> None:
    """A number that is no port is refused like a taken one."""
    with pytest.raises(TaskError, match="99999"):
        choose(99999, 8888, "--port")


def test_both_servers_never_get_the_same_port() -> None:
    """The book's port is kept free for the book."""
    lab, book = choose_ports(None, None)
    assert lab != book
    assert choose(None, lab, "--port", taken=(lab,)) != lab
    with pytest.raises(TaskError, match="--book-port"):
        choose_ports(lab, lab)
