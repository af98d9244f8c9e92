"""A name server with a table, over UDP and TCP; at the end it says what it was asked.

The table maps names (or `*.suffix`) to records: `A` and `AAAA` are lists of addresses, `CNAME` is
a name, `turns` are records for the first, second, ... question of each type (the last one stays),
`rcode` is an answer's code by name, `wait_s` how long it takes, `is_silent` that it never comes.
"""

import socket
import struct
import threading
import time
from collections import Counter
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from lab.programs import answer, be_ready_until_the_end, read_payload
from lab.spaces import NAME_SERVER

PORT = 53
MOST_BYTES = 512
Records = dict[str, Any]


class Table:
    def __init__(self, names: dict[str, Records]) -> None:
        self._names = names
        self._turns: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()
        self.asked: Counter[str] = Counter()

    def reply(self, wire: bytes) -> "dns.message.Message | None":
        """Return the reply to a question, when it is time for it."""
        question = dns.message.from_wire(wire)
        name = question.question[0].name.to_text(omit_final_dot=True).lower()
        kind = dns.rdatatype.to_text(question.question[0].rdtype)
        with self._lock:
            self.asked[name] += 1
        records = self._records(name, kind)
        if records is None or records.get("is_silent"):
            return self._unknown(question) if records is None else None
        time.sleep(records.get("wait_s", 0))
        reply = dns.message.make_response(question)
        reply.flags |= dns.flags.RA
        reply.set_rcode(dns.rcode.from_text(records.get("rcode", "NOERROR")))
        while alias := records.get("CNAME"):
            reply.answer.append(dns.rrset.from_text(f"{name}.", 0, "IN", "CNAME", f"{alias}."))
            name = alias
            records = self._records(name, kind) or {}
        if values := records.get(kind):
            reply.answer.append(dns.rrset.from_text(f"{name}.", 0, "IN", kind, *values))
        return reply

    def _records(self, name: str, kind: str) -> "Records | None":
        found = self._names.get(name)
        suffix = name
        while found is None and "." in suffix:
            suffix = suffix.partition(".")[2]
            found = self._names.get(f"*.{suffix}")
        if found and (turns := found.get("turns")):
            with self._lock:
                turn = self._turns[name, kind]
                self._turns[name, kind] += 1
            return dict(turns[min(turn, len(turns) - 1)])
        return found

    def _unknown(self, question: dns.message.Message) -> dns.message.Message:
        reply = dns.message.make_response(question)
        reply.flags |= dns.flags.RA
        reply.set_rcode(dns.rcode.NXDOMAIN)
        return reply


def serve_udp(table: Table, server: socket.socket) -> None:
    while True:
        wire, client = server.recvfrom(4096)
        threading.Thread(
            target=_answer_udp, args=(table, server, wire, client), daemon=True
        ).start()


def _answer_udp(table: Table, server: socket.socket, wire: bytes, client: Any) -> None:
    reply = table.reply(wire)
    if reply is None:
        return
    packed = reply.to_wire(max_size=65535)
    if len(packed) > MOST_BYTES:
        reply.answer.clear()
        reply.flags |= dns.flags.TC
        packed = reply.to_wire()
    server.sendto(packed, client)


def serve_tcp(table: Table, server: socket.socket) -> None:
    while True:
        client, _ = server.accept()
        threading.Thread(target=_answer_tcp, args=(table, client), daemon=True).start()


def _answer_tcp(table: Table, client: socket.socket) -> None:
    with client:
        while size := client.recv(2, socket.MSG_WAITALL):
            wire = client.recv(struct.unpack("!H", size)[0], socket.MSG_WAITALL)
            if reply := table.reply(wire):
                packed = reply.to_wire(max_size=65535)
                client.sendall(struct.pack("!H", len(packed)) + packed)


def main() -> None:
    table = Table(read_payload())
    by_udp = socket.socket(type=socket.SOCK_DGRAM)
    by_udp.bind((NAME_SERVER, PORT))
    by_tcp = socket.create_server((NAME_SERVER, PORT))
    for serve, server in ((serve_udp, by_udp), (serve_tcp, by_tcp)):
        threading.Thread(target=serve, args=(table, server), daemon=True).start()
    be_ready_until_the_end()
    answer(table.asked)


if __name__ == "__main__":
    main()
