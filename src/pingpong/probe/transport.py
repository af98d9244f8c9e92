"""What carries messages between a probe and its core."""

from collections.abc import Callable
from enum import Enum
from typing import Protocol

from .contract import Batch, Receipt
from .job import Taken

OnBatch = Callable[[Batch, Taken], None]
OnReceipt = Callable[[Receipt], None]


class Handed(Enum):
    """What became of a message that was handed over."""

    REFUSED = "try later"
    SENT = "a receipt is to come"
    ARRIVED = "it is where it belongs"


class Transport(Protocol):
    """Used by the courier's thread, but for `wake`."""

    def start(self, on_batch: OnBatch, on_receipt: OnReceipt) -> None:
        """Begin to pass on what the core says; batches may come on another thread."""

    def send(self, payload: bytes) -> Handed:
        """Hand over a message."""

    def wait(self, timeout_s: float) -> bool:
        """Pass on what has come, or wait until `wake`; False when the core is gone for good."""

    def wake(self) -> None:
        """Make `wait` return; any thread may ask."""

    def settle(self, taken: Taken) -> None:
        """Hear that all outcomes of a batch are kept."""

    def stop_taking(self) -> None:
        """Pass on no more batches."""

    def close(self) -> None:
        """Let go."""
