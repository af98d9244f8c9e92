import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from pingpong.runtime.readiness import Readiness, ask_readiness

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

Serve = Callable[[bytes], int]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return a starter of servers that give one answer, in two pieces, to whatever is asked."""
    listeners: list[socket.socket] = []

    def start(answer: bytes) -> int:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)
        threading.Thread(target=_answer_once, args=(listener, answer), daemon=True).start()
        port: int = listener.getsockname()[1]
        return port

    yield start
    for listener in listeners:
        listener.close()


def _answer_once(listener: socket.socket, answer: bytes) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.recv(4096)
        connection.sendall(answer[:20])
        connection.sendall(answer[20:])


def test_a_server_that_answers_200_is_ready(serve: Serve) -> None:
    port = serve(b'HTTP/1.1 200 OK\r\nA: b\r\n\r\n{"checks": {"database": "ok"}}')
    assert ask_readiness("127.0.0.1", port) == Readiness(is_ready=True, checks={"database": "ok"})


def test_a_server_that_answers_503_says_what_is_missing(serve: Serve) -> None:
    body = b'{"checks": {"database": "ok", "engine": "silent"}}'
    port = serve(b"HTTP/1.1 503 Service Unavailable\r\n\r\n" + body)
    readiness = ask_readiness("127.0.0.1", port)
    assert not readiness.is_ready
    assert readiness.missing() == "engine silent"


@pytest.mark.parametrize("answer", [b"", b"nonsense", b"HTTP/1.1 200 OK\r\n\r\n[]"])
def test_an_answer_that_is_none_is_not_ready(serve: Serve, answer: bytes) -> None:
    readiness = ask_readiness("127.0.0.1", serve(answer))
    assert not readiness.is_ready
    assert readiness.missing() == "the web server does not answer"


def test_a_closed_port_is_not_ready() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert not ask_readiness("127.0.0.1", port).is_ready
