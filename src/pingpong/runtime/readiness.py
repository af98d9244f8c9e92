"""Asking a starting server whether it is ready, without the weight of an HTTP library."""

import json
import socket
from dataclasses import dataclass, field

_ANSWERS_WITHIN_S = 2.0
_ANSWER_BYTES = 65536


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether /readyz answered 200, and its word for each thing that it looked at."""

    is_ready: bool
    checks: dict[str, str] = field(default_factory=dict)

    def missing(self) -> str:
        """Name what is not ready, for a person."""
        faults = [f"{name} {word}" for name, word in self.checks.items() if word != "ok"]
        return ", ".join(faults) or "the web server does not answer"


def ask_readiness(host: str, port: int) -> Readiness:
    """Ask once; a server that does not answer is not ready."""
    try:
        answer = _get(host, port)
        head, _, body = answer.partition(b"\r\n\r\n")
        return Readiness(b" 200 " in head.split(b"\r\n")[0] + b" ", json.loads(body)["checks"])
    except (OSError, ValueError, KeyError, TypeError):
        return Readiness(is_ready=False)


def _get(host: str, port: int) -> bytes:
    with socket.create_connection((host, port), timeout=_ANSWERS_WITHIN_S) as connection:
        connection.sendall(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answer = b""
        while (part := connection.recv(_ANSWER_BYTES)) and len(answer) < _ANSWER_BYTES:
            answer += part
        return answer
