import socket
from collections.abc import Iterator

import pytest

from pingpong.runtime.ports import require_free_port
from pingpong.runtime.problem import StartError

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1", "::1"])]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server that would share its port with any other that asks in the same way."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server


def test_a_port_that_another_server_would_share_is_in_use(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    with pytest.raises(StartError) as caught:
        require_free_port("127.0.0.1", port)
    assert str(caught.value) == f"127.0.0.1:{port} is already in use."


def test_a_free_port_is_free_and_stays_so(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    listener.close()
    require_free_port("127.0.0.1", port)
    require_free_port("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(StartError, match="192\\.0\\.2\\.1:8000 is not an address of this machine"):
        require_free_port("192.0.2.1", 8000)


def test_a_port_beyond_the_last_is_refused() -> None:
    with pytest.raises(StartError, match="70000 cannot be opened"):
        require_free_port("127.0.0.1", 70000)
