"""Planned work as a calendar that others subscribe to (RFC 5545, RFC 7986)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext

from pingpong.kit.html import as_text
from pingpong.maintenance.models import MaintenanceStatus
from pingpong.overview.recent import Recent, RecentCancellation, RecentMaintenance

from .feed_entries import entry_url
from .feed_xml import Channel
from .ics_lines import fold, instant, text

ICS = "text/calendar; charset=utf-8"
# Says of which components a window is; calendars leave out what they do not know.
COMPONENTS = "X-PINGPONG-COMPONENTS"
_REFRESH = "PT1H"


def calendar(channel: Channel, recent: Recent) -> str:
    """Return windows that are to come, go on, are over, or were called off.

    A window keeps its UID for good, and its SEQUENCE grows with each change.
    """
    windows = (*recent.coming, *recent.past)
    events = [
        *("".join(_window(one, channel.url)) for one in windows),
        *("".join(_cancelled(one, channel.url)) for one in recent.cancelled),
    ]
    return "".join([*_opening(channel), *events, "END:VCALENDAR\r\n"])


def _opening(channel: Channel) -> Iterator[str]:
    yield "BEGIN:VCALENDAR\r\n"
    yield "VERSION:2.0\r\n"
    yield "PRODID:-//PingPong//Status Pages//EN\r\n"
    yield "CALSCALE:GREGORIAN\r\n"
    yield "METHOD:PUBLISH\r\n"
    yield text("NAME", channel.title)
    yield text("X-WR-CALNAME", channel.title)
    yield text("DESCRIPTION", channel.subtitle)
    yield text("X-WR-CALDESC", channel.subtitle)
    yield fold(f"URL:{channel.url}")
    yield fold(f"SOURCE;VALUE=URI:{channel.own_url}")
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{_REFRESH}\r\n"
    yield f"X-PUBLISHED-TTL:{_REFRESH}\r\n"


def _window(one: RecentMaintenance, url: str) -> Iterator[str]:
    told = one.told
    is_over = told.status == MaintenanceStatus.COMPLETE
    title = f"✓ {told.title}" if is_over else told.title
    lines = [", ".join(each.name for each in told.affected), as_text(told.message)]
    if is_over:
        lines.insert(0, gettext("Maintenance complete"))
    yield "BEGIN:VEVENT\r\n"
    yield from _identity(told.id, one.revision, one.created_at, one.updated_at)
    yield instant("DTSTART", told.scheduled_for)
    yield instant("DTEND", told.ends_at)
    yield text("SUMMARY", title)
    yield text("DESCRIPTION", "\n".join(line for line in lines if line))
    yield "STATUS:CONFIRMED\r\n"
    yield from _about(entry_url(url, "maintenance", told.id), [each.id for each in told.affected])
    yield "END:VEVENT\r\n"


def _cancelled(one: RecentCancellation, url: str) -> Iterator[str]:
    yield "BEGIN:VEVENT\r\n"
    yield from _identity(one.id, one.revision, one.created_at, one.cancelled_at)
    yield instant("DTSTART", one.scheduled_for)
    yield instant("DTEND", one.ends_at)
    yield text("SUMMARY", gettext("Called off: %s") % one.title)
    yield "STATUS:CANCELLED\r\n"
    yield from _about(url, one.component_ids)
    yield "END:VEVENT\r\n"


def _identity(id_: str, revision: int, created_at: datetime, changed_at: datetime) -> Iterator[str]:
    yield fold(f"UID:maintenance-{id_}@pingpong")
    yield f"SEQUENCE:{revision}\r\n"
    yield instant("DTSTAMP", changed_at)
    yield instant("CREATED", created_at)
    yield instant("LAST-MODIFIED", changed_at)


def _about(url: str, component_ids: Sequence[str] | Iterable[str]) -> Iterator[str]:
    yield fold(f"URL:{url}")
    yield "TRANSP:TRANSPARENT\r\n"
    ids = ",".join(component_ids)
    if ids:
        yield fold(f"{COMPONENTS}:{ids}")
