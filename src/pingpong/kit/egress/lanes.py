"""Threads for questions that may hang, with lanes of their own for those that were slow before."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from queue import SimpleQueue
from typing import Generic, TypeVar

SLOW_S = 0.5
# These threads only wait, and start when they are needed: somebody's dead names are many at once.
SLOW_THREADS = 48
_MOST_REMEMBERED = 20_000

T = TypeVar("T")


class Lanes(Generic[T]):
    """Safe to use from any thread.

    Questions that were slow wait among themselves, so that somebody's silent name server does not
    keep everybody else's names waiting.
    """

    def __init__(
        self, work: Callable[[T], object], name: str, *, threads: int, slow: int = SLOW_THREADS
    ) -> None:
        self._lock = threading.Lock()
        self._slow: OrderedDict[Hashable, None] = OrderedDict()
        self._lanes = (_Lane(work, name, threads), _Lane(work, name, slow))

    def put(self, key: Hashable, question: T) -> None:
        """Have `work(question)` called in its turn; `key` is what it may be slow by."""
        with self._lock:
            lane = self._lanes[key in self._slow]
        lane.put(question)

    def took(self, key: Hashable, seconds: float) -> None:
        """Remember how long such a question was worked on."""
        with self._lock:
            self._slow.pop(key, None)
            if seconds > SLOW_S:
                self._slow[key] = None
            while len(self._slow) > _MOST_REMEMBERED:
                self._slow.popitem(last=False)

    def close(self) -> None:
        """End the threads, after what they are at."""
        for lane in self._lanes:
            lane.close()


class _Lane(Generic[T]):
    """Threads that share a queue; they start with the first questions."""

    def __init__(self, work: Callable[[T], object], name: str, threads: int) -> None:
        self._work = work
        self._name = name
        self._threads = threads
        self._started = 0
        self._lock = threading.Lock()
        self._questions: SimpleQueue[tuple[T] | None] = SimpleQueue()

    def put(self, question: T) -> None:
        self._questions.put((question,))
        with self._lock:
            if self._started < self._threads:
                self._start()

    def close(self) -> None:
        with self._lock:
            self._threads = 0
            for _ in range(self._started):
                self._questions.put(None)

    def _start(self) -> None:
        # Daemons: a lookup that hangs must not hold up the end of the process.
        thread = threading.Thread(target=self._run, name=self._name, daemon=True)
        try:
            thread.start()
        except RuntimeError:  # no more threads here: those that run have to do
            return
        self._started += 1

    def _run(self) -> None:
        while (one := self._questions.get()) is not None:
            self._work(one[0])


def has_waited(queued_at: float, begun_at: float, timeout_s: float) -> bool:
    """Tell whether a question waited here for most of its time, so that its end says nothing.

    `begun_at` is when a thread took it, by the monotonic clock, and infinite until then.
    """
    return begun_at - queued_at > timeout_s / 2
