"""The pipe between engine and probe: packets of one message each; made without Django."""

import socket

FD_VARIABLE = "PINGPONG_PROBE_FD"
LARGEST_PACKET = 256 * 1024
_BUFFER = 1024 * 1024


def make_pair() -> tuple[socket.socket, socket.socket]:
    """Make the two ends: the engine's and the probe's."""
    core, probe = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    for end in (core, probe):
        for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
            end.setsockopt(socket.SOL_SOCKET, option, _BUFFER)
    return core, probe
