"""Servers that behave, and servers that do not, on this machine alone."""

import gzip
import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, urlsplit

_RESET = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass
class Answer:
    """What goes back: text of the head after the status, and the body."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


Behaviour = Callable[[socket.socket, Request], Answer | None]


class Farm:
    """One listening socket, one thread for each connection; `requests` is what was asked.

    A `greeting` is said before anything was asked.
    """

    def __init__(
        self, host: str = "127.0.0.1", *, tls: ssl.SSLContext | None = None, greeting: bytes = b""
    ) -> None:
        self._greeting = greeting
        self.requests: list[Request] = []
        self.connections = 0
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self._tls = tls
        self._listener = socket.create_server((host, 0), backlog=4096)
        self.host, self.port = self._listener.getsockname()[:2]
        self._is_closed = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, path: str = "/", host: str = "") -> str:
        return f"{'https' if self._tls else 'http'}://{host or self.host}:{self.port}{path}"

    def close(self) -> None:
        self._is_closed.set()
        self._listener.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        self.close()

    def _accept(self) -> None:
        self._listener.settimeout(0.2)
        while not self._is_closed.is_set():
            try:
                connection, _ = self._listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        with self._lock:
            self.connections += 1
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        plain.settimeout(30)
        connection = plain
        try:
            if self._tls:
                connection = self._tls.wrap_socket(plain, server_side=True)
            self._converse(connection)
        except OSError:
            pass
        finally:
            connection.close()
            plain.close()
            with self._lock:
                self._at_once -= 1

    def _converse(self, connection: socket.socket) -> None:
        connection.sendall(self._greeting)
        request = _read(connection)
        if request is None:
            return
        self.requests.append(request)
        name = request.path.strip("/").split("/")[0]
        behave = BEHAVIOURS.get(name, _ok)
        answer = behave(connection, request)
        if answer is not None:
            _write(connection, answer, without_body=request.method == "HEAD")


def _read(connection: socket.socket) -> Request | None:
    raw = b""
    while b"\r\n\r\n" not in raw:
        chunk = connection.recv(65536)
        if not chunk:
            return None
        raw += chunk
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, where, _ = first.split(" ", 2)
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    while len(body) < int(headers.get("content-length", 0)):
        body += connection.recv(65536)
    parts = urlsplit(where)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return Request(method, parts.path, query, headers, body)


def _write(connection: socket.socket, answer: Answer, *, without_body: bool) -> None:
    headers = {"Content-Length": str(len(answer.body)), "Connection": "close", **answer.headers}
    head = f"HTTP/1.1 {answer.status} X\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"
    connection.sendall(head.encode("latin-1") + (b"" if without_body else answer.body))


def _ok(_connection: socket.socket, _request: Request) -> Answer:
    return Answer(headers={"Content-Type": "text/plain; charset=utf-8"}, body=b"all is well")


def _status(_connection: socket.socket, request: Request) -> Answer:
    return Answer(int(request.query["code"]))


def _redirect(_connection: socket.socket, request: Request) -> Answer:
    code = int(request.query.get("code", "302"))
    return Answer(code, {"Location": request.query["to"]})


def _chain(_connection: socket.socket, request: Request) -> Answer:
    left = int(request.query["left"])
    return Answer(302, {"Location": f"/chain?left={left - 1}"}) if left else Answer(body=b"end")


def _slow(_connection: socket.socket, request: Request) -> Answer:
    time.sleep(float(request.query["s"]))
    return Answer(body=b"slow")


def _hang(_connection: socket.socket, _request: Request) -> None:
    time.sleep(20)


def _hang_in_body(connection: socket.socket, _request: Request) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
    time.sleep(20)


def _reset(connection: socket.socket, _request: Request) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)


def _garbage(connection: socket.socket, _request: Request) -> None:
    connection.sendall(b"220 mail.example ESMTP\r\n")


def _silent(_connection: socket.socket, _request: Request) -> None:
    """Hang up without a word."""


def _huge_headers(connection: socket.socket, _request: Request) -> None:
    line = b"X-Filler: " + b"x" * 4000 + b"\r\n"
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + line * 20 + b"\r\n")


def _huge(connection: socket.socket, _request: Request) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nneedle")
    for _ in range(64):
        connection.sendall(b"x" * 65536)


def _bomb(_connection: socket.socket, _request: Request) -> Answer:
    return Answer(headers={"Content-Encoding": "gzip"}, body=gzip.compress(bytes(200 * 1024**2), 1))


def _bad_gzip(_connection: socket.socket, _request: Request) -> Answer:
    return Answer(headers={"Content-Encoding": "gzip"}, body=b"this is no gzip")


def _latin(_connection: socket.socket, _request: Request) -> Answer:
    kind = {"Content-Type": "text/html; charset=iso-8859-1"}
    return Answer(headers=kind, body="grün".encode("latin-1"))


def _zipped(_connection: socket.socket, _request: Request) -> Answer:
    return Answer(headers={"Content-Encoding": "gzip"}, body=gzip.compress(b"all is well"))


def _json(_connection: socket.socket, _request: Request) -> Answer:
    document = {"status": "ok", "checks": [{"up": True, "n": 3}], "none": None}
    return Answer(body=json.dumps(document).encode())


def _locked(_connection: socket.socket, request: Request) -> Answer:
    return Answer(200 if request.headers.get("authorization") == request.query["is"] else 401)


BEHAVIOURS: dict[str, Behaviour] = {
    "status": _status,
    "redirect": _redirect,
    "chain": _chain,
    "slow": _slow,
    "hang": _hang,
    "hang-in-body": _hang_in_body,
    "reset": _reset,
    "garbage": _garbage,
    "silent": _silent,
    "huge-headers": _huge_headers,
    "huge": _huge,
    "bomb": _bomb,
    "bad-gzip": _bad_gzip,
    "latin": _latin,
    "zipped": _zipped,
    "json": _json,
    "locked": _locked,
}


def tls_context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context
