"""A name server with a few records of the test, on loopback."""

import socket
import threading
from typing import Self

import dns.message
import dns.rcode
import dns.rrset


class NameServer:
    """Answers from `records`: {(name, type): [texts]}. A name of no record does not exist."""

    def __init__(self, records: dict[tuple[str, str], list[str]]) -> None:
        self._records = records
        self.is_silent = False
        self.asked: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(0.1)
        self.port: int = self._socket.getsockname()[1]
        self._is_closed = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        self._is_closed.set()
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while not self._is_closed.is_set():
            try:
                raw, sender = self._socket.recvfrom(4096)
            except TimeoutError:
                continue
            answer = self._answer(raw)
            if not self.is_silent:
                self._socket.sendto(answer, sender)

    def _answer(self, raw: bytes) -> bytes:
        query = dns.message.from_wire(raw)
        answer = dns.message.make_response(query)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True)
        kind = dns.rdatatype.to_text(question.rdtype)
        self.asked.append(name)
        if texts := self._records.get((name, kind)):
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *texts))
        elif not any(known == name for known, _ in self._records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer.to_wire()
