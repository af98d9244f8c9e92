"""The packets of ICMP echo, and the sockets that carry them."""

import socket
import struct
from dataclasses import dataclass

_HEAD = struct.Struct("!BBHHH")
_REQUEST: dict[int, int] = {socket.AF_INET: 8, socket.AF_INET6: 128}
_REPLY: dict[int, int] = {socket.AF_INET: 0, socket.AF_INET6: 129}
_PROTOCOL: dict[int, int] = {
    socket.AF_INET: socket.IPPROTO_ICMP,
    socket.AF_INET6: socket.IPPROTO_ICMPV6,
}
_WORDS = 0xFFFF


@dataclass(frozen=True, slots=True)
class EchoSocket:
    """A socket for echoes. A `raw` one hears every packet of ICMP, with IPv4's header before it."""

    socket: socket.socket
    family: int
    is_raw: bool


def open_echo(family: int) -> EchoSocket:
    """Open a ping socket, which needs no privilege where the system lets this group have them.

    Otherwise a raw one; raises PermissionError when neither may be had.
    """
    for kind in (socket.SOCK_DGRAM, socket.SOCK_RAW):
        try:
            one = socket.socket(family, kind | socket.SOCK_NONBLOCK, _PROTOCOL[family])
        except PermissionError:
            continue
        return EchoSocket(one, family, kind == socket.SOCK_RAW)
    raise PermissionError("This process may not send ICMP.")


def request(family: int, name: int, payload: bytes) -> bytes:
    """Make an echo request; the kernel fills in a ping socket's own name, and IPv6's checksum."""
    kind = _REQUEST[family]
    checksum = 0
    if family == socket.AF_INET:
        checksum = _checksum(_HEAD.pack(kind, 0, 0, name, 1) + payload)
    return _HEAD.pack(kind, 0, checksum, name, 1) + payload


def is_reply(one: EchoSocket, packet: bytes, payload: bytes) -> bool:
    """Tell whether a packet answers the request with this payload."""
    if one.is_raw and one.family == socket.AF_INET and packet:
        packet = packet[(packet[0] & 0x0F) * 4 :]
    if len(packet) < _HEAD.size:
        return False
    return packet[0] == _REPLY[one.family] and packet[_HEAD.size :] == payload


def _checksum(packet: bytes) -> int:
    """Return the one's complement of the sum of all 16-bit words; `packet` is of even length."""
    total: int = sum(struct.unpack(f"!{len(packet) // 2}H", packet))
    while total > _WORDS:
        total = (total & _WORDS) + (total >> 16)
    return ~total & _WORDS
