"""What lies in the queues when a probe comes, kept back until it is known how old it is."""

from collections.abc import Callable
from typing import Any

from .contract import Batch
from .pace import OLDEST_S

# Messages that may be out while more are to come: fewer than the broker hands out at a time.
MOST_OUT = 40

Then = Callable[[Batch, Any], None]


class Backlog:
    """Batches in the order in which they came, the oldest of them first.

    A probe learns the core's clock from its messages, and only the newest tells how late the
    others are. What is much older than that one is acknowledged and forgotten.
    """

    def __init__(self) -> None:
        self._held: list[tuple[Batch, Any]] = []  # with None for a message that is acknowledged
        self._out = 0
        self._newest = float("-inf")
        self.dropped = 0

    def add(self, batch: Batch, message: Any) -> None:
        """Hold a batch; past 40 their messages are acknowledged early, so that more can come."""
        self._held.append((batch, message))
        self._out += 1
        self._newest = max(self._newest, batch.sent_at)
        if self._out > MOST_OUT:
            self._let_go()

    def give(self, then: Then) -> None:
        """Pass on what is not too old, the newest first: it says what time it is."""
        held, self._held, self._out = self._held, [], 0
        for batch, message in sorted(held, key=lambda one: one[0].sent_at, reverse=True):
            if self._is_old(batch):
                self._drop(message)
            else:
                then(batch, message)

    def _let_go(self) -> None:
        kept: list[tuple[Batch, Any]] = []
        for batch, message in self._held:
            if self._is_old(batch):
                self._drop(message)
                continue
            if message is not None:
                message.ack()
            kept.append((batch, None))
        self._held, self._out = kept, 0

    def _drop(self, message: Any) -> None:
        self.dropped += 1
        if message is not None:
            message.ack()

    def _is_old(self, batch: Batch) -> bool:
        return batch.sent_at < self._newest - OLDEST_S
