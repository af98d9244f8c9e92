"""The history of a page as feeds, and its planned work as a calendar."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import get_language, gettext

from pingpong.components.days import zone_named
from pingpong.overview.recent import Recent
from pingpong.overview.summary import Summary

from .body import Body
from .feed_entries import entries_of
from .feed_ics import ICS, calendar
from .feed_json import FEED_JSON, feed_json
from .feed_xml import ATOM, RSS, Channel, atom, rss

FEEDS = {
    "history.rss": RSS,
    "history.atom": ATOM,
    "history.json": FEED_JSON,
    "maintenance.ics": ICS,
}


def feed_bodies(
    summary: Summary, recent: Recent, path: str, *, url: str, changed_at: datetime, robots: str
) -> Iterator[Body]:
    """Yield the feeds below `path`, in the language that is active; `url` is the page's address."""
    title = gettext("%s status") % summary.name
    zone, language = zone_named(summary.time_zone), get_language() or ""
    entries = entries_of(recent, url=url, zone=zone, language=language)
    news = gettext("Incidents and maintenance of %s") % summary.name
    work = gettext("Planned maintenance of %s") % summary.name

    def channel(name: str, subtitle: str) -> Channel:
        return Channel(
            id=f"urn:pingpong:page:{summary.page_id}",
            title=title,
            subtitle=subtitle,
            language=summary.look.language,
            url=url,
            own_url=f"{url}{name}",
            changed_at=changed_at,
        )

    texts = {
        "history.rss": rss(channel("history.rss", news), entries),
        "history.atom": atom(channel("history.atom", news), entries),
        "history.json": feed_json(channel("history.json", news), entries),
        "maintenance.ics": calendar(channel("maintenance.ics", work), recent),
    }
    for name, text in texts.items():
        yield Body(
            path=f"{path}{name}",
            content_type=FEEDS[name],
            policy="",
            slot="",
            notice="",
            text=text.encode(),
            robots=robots,
        )
