"""The engine's part: render what has changed or come of age, and vouch for the rest."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db.models import F, Min, Q
from django.utils.translation import override

from pingpong.overview.summary import Summary, summarise
from pingpong.pages.address import page_path
from pingpong.pages.models import Page, Visibility

from .archives import NOTHING, Archives
from .bodies import address_of, bodies_of, recipe, substance_of
from .body import Body, Kept
from .charts import Charts
from .custom_feed import Feed
from .models import StoredPage
from .store import Rendered, digests_of, keep

log = structlog.get_logger(__name__)

# At most one render per page in this time; the first is immediate, the last is never left out.
MIN_GAP = timedelta(seconds=0.3)
# At midnight every page is due at once; changes must not wait until all of them are through.
EDGE_BUDGET_S = 0.25
RETRY_FIRST = timedelta(seconds=0.25)
RETRY_LAST = timedelta(minutes=1)
# A page that changes while it is read is read again; the version tells.
_READS = 3


@dataclass(frozen=True, slots=True)
class _Due:
    page_id: str
    version: int
    has_changed: bool
    rendered_at: datetime | None


@dataclass(slots=True)
class _Failure:
    version: int
    retry_at: datetime
    wait: timedelta


class Renderer:
    """What one engine remembers between two looks: which pages failed, and when to try again."""

    def __init__(self) -> None:
        self._failures: dict[str, _Failure] = {}
        self._has_started = False
        self._feed = Feed()

    def render_due(self, now: datetime) -> int:
        """Render what is due; return how many pages were stored. One failing stops no other."""
        if not self._has_started:
            StoredPage.objects.exclude(recipe=recipe()).update(next_edge_at=now)
            self._has_started = True
        self._feed.look(now)
        began = time.monotonic()
        stored = 0
        for due in self._ready(now):
            if not due.has_changed and time.monotonic() - began > EDGE_BUDGET_S:
                break
            stored += self._try(due, now)
        return stored

    def seconds_until_due(self, now: datetime) -> float | None:
        """Return how long nothing is due; None where there is no page at all."""
        waits = [self._wait(due, now) for due in _due_pages(now)]
        coming = StoredPage.objects.filter(next_edge_at__gt=now).aggregate(at=Min("next_edge_at"))
        if coming["at"] is not None:
            waits.append(coming["at"] - now)
        return max(min(waits).total_seconds(), 0.0) if waits else None

    def _ready(self, now: datetime) -> Iterator[_Due]:
        ready = [due for due in _due_pages(now) if self._wait(due, now) <= timedelta()]
        return iter(sorted(ready, key=lambda due: not due.has_changed))

    def _wait(self, due: _Due, now: datetime) -> timedelta:
        waits = [timedelta()]
        # A time of rendering that lies ahead means that the clock was set back.
        if due.rendered_at is not None and due.rendered_at <= now:
            waits.append(due.rendered_at + MIN_GAP - now)
        failure = self._failures.get(due.page_id)
        if failure is not None and failure.version == due.version:
            waits.append(failure.retry_at - now)
        return max(waits)

    def _try(self, due: _Due, now: datetime) -> bool:
        try:
            is_stored = render_page(due.page_id, now=now)
        except Exception:
            _charts.forget(due.page_id)
            _archives.forget(due.page_id)
            if self._note_failure(due, now):
                log.exception("page_render_failed", page=due.page_id, version=due.version)
            return False
        if self._failures.pop(due.page_id, None) is not None:
            log.info("page_render_recovered", page=due.page_id)
        return is_stored

    def _note_failure(self, due: _Due, now: datetime) -> bool:
        """Put off the next try; tell whether this failure is news."""
        last = self._failures.get(due.page_id)
        is_repeated = last is not None and last.version == due.version
        wait = min(last.wait * 2, RETRY_LAST) if last and is_repeated else RETRY_FIRST
        self._failures[due.page_id] = _Failure(due.version, now + wait, wait)
        return not is_repeated


_renderer = Renderer()
_charts = Charts()
_archives = Archives()


def render_due_pages(now: datetime) -> int:
    """Render each page that changed or whose next edge has passed; return how many were stored."""
    return _renderer.render_due(now)


def seconds_until_due(now: datetime) -> float | None:
    """Return how long the engine may sleep when nothing changes; None without any page."""
    return _renderer.seconds_until_due(now)


def vouch(now: datetime) -> int:
    """Say of every page that is stored as it is now: still right. One statement."""
    current = StoredPage.objects.filter(version__gte=F("page__version"), next_edge_at__gt=now)
    return current.update(vouched_at=now)


def render_page(page_id: str, *, now: datetime) -> bool:
    """Render one page and store it; False when it is gone or another engine was faster.

    Of a page that is not public nothing is stored but how far it has come.
    """
    known = StoredPage.objects.filter(pk=page_id).first()
    # Read after the serial: whoever stores something in between is noticed by it.
    digests = digests_of(page_id)
    read = _read(page_id, now)
    if read is None:
        return False
    version, is_public, summary = read
    substance = substance_of(summary)
    is_same = known is not None and known.substance == substance
    changed_at = known.changed_at if known and is_same else now
    bodies: Sequence[Body | Kept] = ()
    archive = NOTHING
    if is_public:
        drawn = _charts.draw(summary, digests, now=now)
        path, url = page_path(summary.slug), address_of(summary)
        with override(summary.look.language):
            archive = _archives.draw(summary, digests, path=path, url=url, now=now)
        bodies = bodies_of(
            summary, changed_at=changed_at, charts=drawn, archive=archive.bodies, stored=digests
        )
    rendered = Rendered(
        page_id=page_id,
        slug=summary.slug,
        version=version,
        serial=known.serial if known else 0,
        recipe=recipe(),
        substance=substance,
        changed_at=changed_at,
        next_edge_at=summary.next_edge_at if archive.is_whole else now + MIN_GAP,
        known=digests,
        bodies=bodies,
    )
    is_stored = False
    try:
        is_stored = keep(rendered, now=now)
    finally:
        if not is_stored:
            _charts.forget(page_id)
            _archives.forget(page_id)
    return is_stored


def _read(page_id: str, now: datetime) -> tuple[int, bool, Summary] | None:
    """Read a page whole: at one version, or else at the older of two, so that it comes again."""
    read = None
    for _ in range(_READS):
        page = Page.objects.filter(pk=page_id).first()
        if page is None:
            return None
        is_public = page.visibility == Visibility.PUBLIC
        read = (page.version, is_public, summarise(page, now=now))
        if not Page.objects.filter(pk=page_id).exclude(version=page.version).exists():
            break
    return read


def _due_pages(now: datetime) -> list[_Due]:
    has_changed = Q(stored__isnull=True) | Q(version__gt=F("stored__version"))
    rows = Page.objects.filter(has_changed | Q(stored__next_edge_at__lte=now)).values_list(
        "pk", "version", "stored__version", "stored__rendered_at"
    )
    return [
        _Due(pk, version, stored is None or version > stored, rendered_at)
        for pk, version, stored, rendered_at in rows
    ]
