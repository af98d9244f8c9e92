"""The pipe to the core on this machine: packets of one message each."""

import os
import select
import socket

import msgspec
import structlog

from .contract import Batch, read_from_core
from .job import Taken
from .transport import Handed, OnBatch, OnReceipt

LARGEST_PACKET = 256 * 1024
_MOST_AT_ONCE = 64

log = structlog.get_logger(__name__)


class PipeTransport:
    """The probe's end of a pair of SOCK_SEQPACKET sockets."""

    def __init__(self, fd: int) -> None:
        self._end = socket.socket(fileno=fd)
        self._end.setblocking(False)
        self._wake_fd = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._poll = select.poll()
        self._poll.register(self._end, select.POLLIN)
        self._poll.register(self._wake_fd, select.POLLIN)
        self._is_taking = True

    def start(self, on_batch: OnBatch, on_receipt: OnReceipt) -> None:
        self._on_batch = on_batch
        self._on_receipt = on_receipt

    def send(self, payload: bytes) -> Handed:
        try:
            self._end.send(payload)
        except OSError:  # full, or nobody is there: both may change
            return Handed.REFUSED
        return Handed.SENT

    def wait(self, timeout_s: float) -> bool:
        ready = dict(self._poll.poll(max(timeout_s, 0) * 1000))
        if self._wake_fd in ready:
            os.eventfd_read(self._wake_fd)
        return self._receive() if self._end.fileno() in ready else True

    def wake(self) -> None:
        os.eventfd_write(self._wake_fd, 1)

    def settle(self, taken: Taken) -> None:
        """Do nothing: the core claims again what it hears nothing of."""

    def stop_taking(self) -> None:
        self._is_taking = False

    def close(self) -> None:
        self._end.close()
        os.close(self._wake_fd)

    def _receive(self) -> bool:
        for _ in range(_MOST_AT_ONCE):
            try:
                packet = self._end.recv(LARGEST_PACKET)
            except BlockingIOError:
                break
            except OSError:
                return False
            if not packet:
                return False
            self._pass_on(packet)
        return True

    def _pass_on(self, packet: bytes) -> None:
        try:
            message = read_from_core(packet)
        except (msgspec.DecodeError, msgspec.ValidationError):
            log.warning("message_not_read", bytes=len(packet))
            return
        if not isinstance(message, Batch):
            self._on_receipt(message)
        elif self._is_taking:
            self._on_batch(message, Taken(message.id, len(message.assignments)))
