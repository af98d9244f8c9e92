"""What one engine remembers of the pages that it has drawn last."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

# Of so many pages it is remembered what was drawn; the others are drawn again.
MOST_PAGES = 200

T = TypeVar("T")


class Remembered(Generic[T]):
    """A memory for each page, made when it is asked for; the one used longest ago goes first."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._pages: OrderedDict[str, T] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, page_id: str) -> T:
        """Return the memory of a page."""
        with self._lock:
            memory = self._pages.setdefault(page_id, self._make())
            self._pages.move_to_end(page_id)
            while len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)
            return memory

    def forget(self, page_id: str) -> None:
        with self._lock:
            self._pages.pop(page_id, None)
