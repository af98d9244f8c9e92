"""Messages on their way to the core: kept on disk, sent again until they have arrived."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
import structlog

from .contract import Outcomes, encode, read_from_probe
from .spool import Place, Spool

RESENT_AFTER_S = 15.0
SYNCED_AFTER_S = 1.0
# As many are also held in memory; of more only where they are on disk.
_MOST_IN_MEMORY = 64
# When the disk takes nothing, memory has to do for a while.
_MOST_WITHOUT_DISK = 1000

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Entry:
    place: Place | None
    payload: bytes | None
    added_at: float
    sent_at: float = 0.0


class Outbox:
    """Used by one thread. Instants are the monotonic clock's."""

    def __init__(self, spool: Spool, now: float) -> None:
        self._spool = spool
        self._unsent: OrderedDict[str, _Entry] = OrderedDict()
        self._sent: OrderedDict[str, _Entry] = OrderedDict()  # in order of sending
        self._is_disk_full = False
        self._unsynced_since: float | None = None
        for place, payload in spool.recover():
            if name := _id_of(payload):
                self._unsent[name] = _Entry(place, None, now)

    def __len__(self) -> int:
        return len(self._unsent) + len(self._sent)

    def add(self, message: Outcomes, now: float) -> None:
        """Keep a message; what it says survives this process from here on."""
        payload = encode(message)
        place = self._store(payload)
        in_memory = place is None or len(self._unsent) < _MOST_IN_MEMORY
        self._unsent[message.id] = _Entry(place, payload if in_memory else None, now)
        if self._unsynced_since is None:
            self._unsynced_since = now
        if self._is_disk_full and len(self._unsent) > _MOST_WITHOUT_DISK:
            self._unsent.popitem(last=False)

    def next_due(self, now: float) -> tuple[str, bytes] | None:
        """Return the id and payload of what is to be sent now, the oldest first."""
        while self._sent:
            name, entry = next(iter(self._sent.items()))
            if entry.sent_at + RESENT_AFTER_S > now:
                break
            payload = self._payload(entry)
            if payload is not None:
                return name, payload
            del self._sent[name]
        while self._unsent:
            name, entry = next(iter(self._unsent.items()))
            payload = self._payload(entry)
            if payload is not None:
                return name, payload
            del self._unsent[name]
        return None

    def sent(self, name: str, now: float) -> None:
        """Note that a message was handed over, and may have arrived."""
        entry = self._unsent.pop(name, None) or self._sent.pop(name, None)
        if entry is not None:
            entry.sent_at = now
            if entry.place is not None:
                entry.payload = None
            self._sent[name] = entry

    def arrived(self, names: Iterable[str]) -> None:
        """Forget messages that the core has for good."""
        for name in names:
            entry = self._sent.pop(name, None) or self._unsent.pop(name, None)
            if entry is not None and entry.place is not None:
                self._spool.remove(entry.place)
        if not self._sent and not self._unsent:
            self._unsynced_since = None

    def sync_when_due(self, now: float) -> None:
        """Save from a power cut what has not arrived soon; it may wait for the disk."""
        if self._unsynced_since is not None and now - self._unsynced_since > SYNCED_AFTER_S:
            self._spool.sync()
            self._unsynced_since = None

    def close(self) -> None:
        self._spool.close()

    def _store(self, payload: bytes) -> Place | None:
        try:
            place = self._spool.add(payload)
        except OSError as problem:
            if not self._is_disk_full:
                log.warning("spool_not_written", problem=problem.strerror)
            self._is_disk_full = True
            return None
        self._is_disk_full = False
        return place

    def _payload(self, entry: _Entry) -> bytes | None:
        if entry.payload is not None or entry.place is None:
            return entry.payload
        return self._spool.read(entry.place)


def _id_of(payload: bytes) -> str:
    try:
        message = read_from_probe(payload)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return ""
    return message.id if isinstance(message, Outcomes) else ""
