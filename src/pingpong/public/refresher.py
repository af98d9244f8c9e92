"""Following the store: what the engine has rendered reaches this process, and the local disk."""

import threading
import time
from collections.abc import Collection, Iterable, Iterator

import structlog
from django.db import connection

from pingpong.kit.clock import utc_now
from pingpong.pages.models import Visibility

from . import watch
from .copies import Copy, Encodings
from .library import Library
from .models import StoredBody, StoredPage
from .places import read_places

log = structlog.get_logger(__name__)

PERIOD_S = 0.1
_BATCH = 100


class Refresher:
    """Keeps a library in step with the database, and quiet about it while there is none."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._serials: dict[str, int] = {}
        self._vouched: dict[str, float] = {}
        self._identity: object = None
        self._pulse: object = None
        self._totals: object = None
        self._follows = False
        self._outage_since: float | None = None

    def run(self, stop: threading.Event) -> None:
        """Look again and again until told to stop; nothing that goes wrong ends it."""
        while not stop.is_set():
            self.look()
            stop.wait(PERIOD_S)
        connection.close()

    def look(self) -> None:
        """Take over what is new, if anything is; a database that fails is told of once."""
        try:
            self._follow()
        except Exception as problem:  # noqa: BLE001 -- the pages must go on being served
            self._pulse = self._totals = None
            if self._outage_since is None:
                self._outage_since = time.monotonic()
                log.warning(
                    "public_store_unreachable", reason=f"{type(problem).__name__}: {problem}"
                )
            self._close()
            return
        finally:
            self._library.trim()
        if self._outage_since is not None:
            log.info("public_store_reachable", after_s=round(time.monotonic() - self._outage_since))
            self._outage_since = None

    def _follow(self) -> None:
        identity = watch.database_identity()
        if identity != self._identity:
            self._close()
            self._identity, self._follows = identity, False
            self._pulse = self._totals = None
        pulse = watch.pulse()
        if pulse is None or pulse != self._pulse:
            totals = watch.totals()
            if totals != self._totals:
                self.sync()
            self._pulse, self._totals = pulse, totals

    def sync(self) -> None:
        """Compare all pages with the store, and load what differs."""
        # First of all: what is for some people only is not served to everybody any more.
        self._library.settle(read_places(utc_now()))
        stored = StoredPage.objects.filter(page__visibility=Visibility.PUBLIC)
        rows = stored.values_list("page_id", "serial", "vouched_at")
        serials, vouched = {}, {}
        for page_id, serial, vouched_at in rows:
            serials[page_id] = serial
            vouched[page_id] = vouched_at.timestamp()
        changed = {page for page, serial in serials.items() if self._serials.get(page) != serial}
        entries = self._library.entries
        self._library.drop([path for path, one in entries.items() if one.page_id not in serials])
        self._load(changed, vouched)
        if vouched != self._vouched:
            self._library.vouch(vouched)
        self._serials, self._vouched, self._follows = serials, vouched, True

    def _load(self, page_ids: Collection[str], vouched: dict[str, float]) -> None:
        entries = self._library.entries
        for some in _batches(page_ids):
            rows = StoredBody.objects.filter(page_id__in=some)
            facts = {
                path: (digest, version)
                for path, digest, version in rows.values_list("path", "digest", "version")
            }
            gone = [path for path, one in entries.items() if one.page_id in some]
            self._library.drop([path for path in gone if path not in facts])
            wanted = [path for path, known in facts.items() if self._is_new(path, *known)]
            for paths in _batches(wanted):
                self._library.put(map(_copy, StoredBody.objects.filter(path__in=paths)), vouched)

    def _is_new(self, path: str, digest: str, version: int) -> bool:
        entry = self._library.entries.get(path)
        if entry is None or not self._follows:
            # The first look at a database believes it: it may be a backup that was put back.
            return entry is None or entry.digest != digest
        return entry.digest != digest and version >= entry.version

    def _close(self) -> None:
        try:
            connection.close()
        except Exception:  # noqa: BLE001 -- a broken connection may fail even to close
            connection.connection = None


def _batches(names: Iterable[str]) -> Iterator[set[str]]:
    every = sorted(names)
    for start in range(0, len(every), _BATCH):
        yield set(every[start : start + _BATCH])


def _copy(row: StoredBody) -> Copy:
    return Copy(
        path=row.path,
        page_id=row.page_id,
        version=row.version,
        content_type=row.content_type,
        policy=row.policy,
        robots=row.robots,
        languages=row.languages,
        digest=row.digest,
        slot=row.slot,
        notice=row.notice,
        bodies=Encodings(bytes(row.identity), bytes(row.gzip), bytes(row.brotli)),
    )
