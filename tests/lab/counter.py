"""Counts the packets that leave a namespace's sockets, by destination: on every interface.

Neighbour discovery and multicast listener reports are the kernel's own and do not count.
"""

import socket
import struct
import threading
from collections import Counter
from ipaddress import IPv4Address, IPv6Address

from lab.programs import answer, be_ready_until_the_end, read_payload

_ALL = 3
_V4, _V6 = 0x0800, 0x86DD
_ICMP_V6, _ECHO_V6, _HOP_BY_HOP = 58, 128, 0
_SOL_PACKET, _STATISTICS, _RCVBUFFORCE = 263, 6, 33


def destination(protocol: int, packet: bytes) -> str:
    """Return where an IP packet goes, empty for what does not count."""
    if protocol == _V4:
        return str(IPv4Address(packet[16:20]))
    if protocol != _V6 or packet[6] == _HOP_BY_HOP:
        return ""
    if packet[6] == _ICMP_V6 and packet[40] != _ECHO_V6:
        return ""
    return str(IPv6Address(packet[24:40]))


def main() -> None:
    read_payload()
    found: Counter[str] = Counter()
    over = threading.Event()
    # Cooked: packets come without the frame's header, whatever the interface.
    with socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_ALL)) as sniffer:
        sniffer.setsockopt(socket.SOL_SOCKET, _RCVBUFFORCE, 64 * 1024 * 1024)
        sniffer.settimeout(0.2)
        thread = threading.Thread(target=_count_until, args=(sniffer, found, over), daemon=True)
        thread.start()
        be_ready_until_the_end()
        over.set()
        thread.join(10)
        _, lost = struct.unpack("II", sniffer.getsockopt(_SOL_PACKET, _STATISTICS, 8))
    answer({"packets": found, "lost": lost})


def _count_until(sniffer: socket.socket, found: "Counter[str]", over: threading.Event) -> None:
    """Count until it is over and nothing is left to read."""
    while True:
        try:
            packet, place = sniffer.recvfrom(128)
        except TimeoutError:
            if over.is_set():
                return
            continue
        if place[2] == socket.PACKET_OUTGOING and (where := destination(place[1], packet)):
            found[where] += 1


if __name__ == "__main__":
    main()
