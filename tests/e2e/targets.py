"""Servers to look at, on this machine, that can be told to fail."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Target:
    """A web server; `status` and `delay_s` may be changed at any time, `hits` count its paths."""

    address: str = ""
    status: int = 200
    delay_s: float = 0.0
    hits: Counter[str] = field(default_factory=Counter)


@contextmanager
def serving(*, delay_s: float = 0.0) -> Iterator[Target]:
    target = Target(delay_s=delay_s)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            target.hits[self.path] += 1
            threading.Event().wait(target.delay_s)
            self.send_response(target.status)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    target.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield target
    finally:
        server.shutdown()
        server.server_close()
