"""Requests that arrive together are written together: one commit, one wait for the disk."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(eq=False, slots=True)
class _Errand(Generic[T]):
    job: T
    size: int
    is_done: bool = False
    problem: Exception | None = field(default=None)


class GroupCommit(Generic[T]):
    """Whoever comes first writes for all who wait meanwhile; there is no thread of its own.

    `write` gets the jobs in the order in which they came. It returns when they are durable, and
    raises what all of them shall be told.
    """

    def __init__(self, write: Callable[[Sequence[T]], None], *, most: int) -> None:
        """Take up to `most` (in the sizes of the jobs) into one commit."""
        self._write = write
        self._most = most
        self._waiting: list[_Errand[T]] = []
        self._queueing = threading.Lock()
        self._writing = threading.Lock()

    def perform(self, job: T, *, size: int) -> None:
        """Return when the job is durable; raise what kept it from being so."""
        errand = _Errand(job, size)
        with self._queueing:
            self._waiting.append(errand)
        with self._writing:
            while not errand.is_done:
                self._write_some()
        if errand.problem is not None:
            raise errand.problem

    def _write_some(self) -> None:
        some = self._take()
        problem = None
        try:
            self._write([errand.job for errand in some])
        except Exception as caught:  # noqa: BLE001 -- told to each whose job this was
            problem = caught
        for errand in some:
            errand.problem, errand.is_done = problem, True

    def _take(self) -> list[_Errand[T]]:
        with self._queueing:
            count, size = 0, 0
            for errand in self._waiting:
                size += errand.size
                if count and size > self._most:
                    break
                count += 1
            some, self._waiting = self._waiting[:count], self._waiting[count:]
            return some
