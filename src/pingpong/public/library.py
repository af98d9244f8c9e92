"""The public paths that a process serves: all of them by name, as many as fit with their bytes."""

import time
from collections.abc import Callable, Iterable, Mapping

import structlog

from .copies import Copy
from .disk import Shelf
from .entry import Answers, Entry, answers
from .places import NOWHERE, Places, places_from, slug_in

log = structlog.get_logger(__name__)

MEMORY_BYTES = 64 * 1024 * 1024


class Library:
    """Entries by path. One thread changes it; any number read `entries`, without a lock."""

    def __init__(self, shelf: Shelf, *, memory_bytes: int = MEMORY_BYTES) -> None:
        self.entries: dict[str, Entry] = {}
        self.places = NOWHERE
        self._shelf = shelf
        self._memory_bytes = memory_bytes
        self._disk_works = True
        self._has_grown = False

    def load(self) -> None:
        """Take over what an earlier run left on disk."""
        self._on_disk(self._shelf.tidy)
        self.places = places_from(self._shelf.read_places())
        room = self._memory_bytes
        for copy, vouched_at in self._shelf.all():
            if slug_in(copy.path) in self.places.private:
                continue
            entry = self._take(copy, vouched_at)
            entry.is_on_disk = True
            room -= entry.weight
            if room < 0:
                entry.rest()

    def settle(self, places: Places) -> None:
        """Take over which page is where, and which are not for everybody."""
        if places == self.places:
            return
        self.places = places
        self.drop([path for path in self.entries if slug_in(path) in places.private])
        self._on_disk(self._shelf.write_places, places.facts())

    def put(self, copies: Iterable[Copy], vouched: Mapping[str, float]) -> None:
        """Serve some copies from now on, then keep them on disk; `vouched` is by page."""
        taken = [(copy, self._take(copy, vouched.get(copy.page_id, 0.0))) for copy in copies]
        for copy, entry in taken:
            entry.is_on_disk = self._on_disk(self._shelf.write, copy, vouched_at=entry.vouched_at)
        self.trim()

    def drop(self, paths: Iterable[str]) -> None:
        """Serve some paths no longer."""
        for path in list(paths):
            self.entries.pop(path, None)
            self._on_disk(self._shelf.remove, path)

    def vouch(self, vouched: Mapping[str, float]) -> None:
        """Note when pages were last known to be right, here and for a start without a database."""
        now = time.time()
        for entry in self.entries.values():
            at = min(vouched.get(entry.page_id, entry.vouched_at), now)
            if at != entry.vouched_at:
                entry.vouch(at)
        self._on_disk(self._shelf.write_vouched, vouched)

    def current(self, entry: Entry) -> Answers | None:
        """Return the variant that the clock asks for; None when its bytes cannot be had."""
        entry.is_used = True
        if time.time() < entry.fresh_until:
            return entry.fresh or self.fresh(entry)
        return entry.stale or self.stale(entry)

    def fresh(self, entry: Entry) -> Answers | None:
        """Bring an entry's bytes back from disk; None when they cannot be had."""
        copy = self._shelf.read(entry.path)
        if copy is None:
            return None
        self._has_grown = True
        is_same = copy.digest == entry.digest
        return entry.fill(copy) if is_same else answers(copy, copy.digest, copy.bodies)

    def copy_of(self, entry: Entry) -> Copy | None:
        """Return what an entry was made from; None when it cannot be had."""
        return entry.copy or self._shelf.read(entry.path)

    def stale(self, entry: Entry) -> Answers | None:
        """Make the answers that say how old they are, and keep them until somebody vouches."""
        if entry.copy is None:
            self.fresh(entry)  # a resting page is asked for: its bytes come back to memory
        copy = entry.copy or self._shelf.read(entry.path)
        if copy is None:
            return None
        vouched_at = entry.vouched_at
        made = answers(copy, *copy.stale(vouched_at))
        if entry.vouched_at == vouched_at and entry.copy is copy:
            entry.stale = made
            self._has_grown = True
        return made

    def trim(self) -> None:
        """Let go of bytes while there are too many, first of what nobody asked for lately."""
        if not self._has_grown:
            return
        self._has_grown = False
        excess = sum(one.weight for one in self.entries.values()) - self._memory_bytes
        if excess <= 0:
            return
        for entry in sorted(self.entries.values(), key=lambda one: one.is_used):
            if excess > 0 and entry.is_on_disk:
                excess -= entry.weight
                entry.rest()
            entry.is_used = False

    def _take(self, copy: Copy, vouched_at: float) -> Entry:
        entry = Entry(copy, vouched_at=min(vouched_at, time.time()))
        self.entries[copy.path] = entry
        self._has_grown = True
        return entry

    def _on_disk(self, act: Callable[..., None], *what: object, **how: object) -> bool:
        """Do something on disk; a full or broken one costs the cold start, not the service."""
        try:
            act(*what, **how)
        except OSError as problem:
            if self._disk_works:
                log.warning("public_copies_not_on_disk", reason=str(problem))
            self._disk_works = False
            return False
        self._disk_works = True
        return True
