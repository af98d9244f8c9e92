"""Whether a port is free, asked in a way that two servers cannot share the answer."""

import errno
import socket

from .problem import StartError

_REASONS = {
    errno.EADDRINUSE: "is already in use",
    errno.EACCES: "may not be opened by this user",
    errno.EADDRNOTAVAIL: "is not an address of this machine",
}


def require_free_port(host: str, port: int) -> None:
    """Raise StartError unless a server can listen there.

    The web server sets SO_REUSEPORT, with which a second one would silently share the port; this
    test leaves it out.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as test:
        # Connections of an earlier run that linger are no obstacle.
        test.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            test.bind((host, port))
            test.listen()
        except (OSError, OverflowError) as problem:
            number = getattr(problem, "errno", None)
            reason = _REASONS.get(number or 0, f"cannot be opened: {problem}")
            raise StartError(f"{host}:{port} {reason}.") from problem
