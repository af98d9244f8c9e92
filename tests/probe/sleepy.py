"""A server that answers thousands at once, after a while, on one thread."""

import select
import socket
import threading
import time
from collections import deque
from typing import Self

_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"


class Sleepy:
    def __init__(self, after_s: float) -> None:
        self._after_s = after_s
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
        self._listener.setblocking(False)
        self.port: int = self._listener.getsockname()[1]
        self.most_at_once = 0
        self._open: dict[int, socket.socket] = {}
        self._due: deque[tuple[float, int]] = deque()
        self._is_closed = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        self._is_closed.set()
        self._thread.join()
        for one in self._open.values():
            one.close()
        self._listener.close()

    def _serve(self) -> None:
        with select.epoll() as poll:
            poll.register(self._listener, select.EPOLLIN)
            while not self._is_closed.is_set():
                for fd, _ in poll.poll(0.02, 512):
                    if fd == self._listener.fileno():
                        self._accept(poll)
                    elif not self._open[fd].recv(65536):
                        self._open.pop(fd).close()
                while self._due and self._due[0][0] <= time.monotonic():
                    fd = self._due.popleft()[1]
                    if one := self._open.pop(fd, None):
                        one.sendall(_ANSWER)
                        one.close()

    def _accept(self, poll: select.epoll) -> None:
        for _ in range(256):
            try:
                one, _ = self._listener.accept()
            except BlockingIOError:
                return
            self._open[one.fileno()] = one
            self._due.append((time.monotonic() + self._after_s, one.fileno()))
            poll.register(one, select.EPOLLIN)
            self.most_at_once = max(self.most_at_once, len(self._open))
