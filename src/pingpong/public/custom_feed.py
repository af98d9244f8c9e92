"""Noticing that custom metrics were fed: a page is drawn again soon, and not for every number."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from pingpong.custom_metrics.latest import Mark, marks_by_page

from .models import StoredPage

# How often it is looked, and how often a page is drawn again at most because it was fed.
LOOK_GAP = timedelta(seconds=1.5)
FEED_GAP = timedelta(seconds=15)
_MINUTE = timedelta(minutes=1)


class Feed:
    """What one engine knows of the newest numbers of each page."""

    def __init__(self) -> None:
        self._marks: Mapping[str, Mark] | None = None
        self._looked_at: datetime | None = None

    def look(self, now: datetime) -> int:
        """Make pages due whose metrics were fed; return how many.

        One query; two more statements for pages that are due. After a start a page is due if its
        newest number may be younger than its drawing.
        """
        if self._looked_at is not None and timedelta() <= now - self._looked_at < LOOK_GAP:
            return 0
        self._looked_at = now
        marks = marks_by_page()
        known, self._marks = self._marks, marks
        if known is None:
            return _make_due(marks, now=now, only_if_younger=True)
        news = {page_id: mark for page_id, mark in marks.items() if known.get(page_id) != mark}
        return _make_due(news, now=now, only_if_younger=False)


def _make_due(news: Mapping[str, Mark], *, now: datetime, only_if_younger: bool) -> int:
    if not news:
        return 0
    stored = StoredPage.objects.filter(pk__in=news).only("page_id", "rendered_at")
    count = 0
    for page in stored:
        newest = datetime.fromtimestamp(news[page.pk].minute, tz=UTC)
        if only_if_younger and newest + _MINUTE < page.rendered_at:
            continue
        # A time of rendering that lies ahead means that the clock was set back.
        due = max(now, min(page.rendered_at, now) + FEED_GAP)
        later = StoredPage.objects.filter(pk=page.pk, next_edge_at__gt=due)
        count += later.update(next_edge_at=due)
    return count
