"""What a feed tells: incidents and maintenance, newest first, as HTML and as plain text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from html import escape

from django.utils.translation import gettext

from pingpong.kit.html import as_text, for_page
from pingpong.overview.chronicle import AffectedSummary
from pingpong.overview.recent import Recent, RecentIncident, RecentMaintenance

from .words import instant_words, range_words

MOST_ENTRIES = 50
# Readers fetch a feed again and again: what is beyond it is left out, the oldest first.
MOST_BYTES = 512 * 1024
# Of so many entries it is remembered how they are written: most of a feed is as it was.
REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """`id` never changes; `html` is sanitised; `components` are ids and names."""

    id: str
    title: str
    url: str
    html: str
    summary: str
    published_at: datetime
    updated_at: datetime
    components: tuple[tuple[str, str], ...]


def entry_id(kind: str, id_: str) -> str:
    """Return the name of an entry: the same at every address and in every language of a page."""
    return f"urn:pingpong:{kind}:{id_}"


_PLACES = {"incident": "incidents", "maintenance": "maintenance"}


def entry_url(page_url: str, kind: str, id_: str) -> str:
    """Return where an entry is told on the page."""
    return f"{page_url}{_PLACES[kind]}/{id_}/"


def entries_of(recent: Recent, *, url: str, zone: tzinfo, language: str) -> list[Entry]:
    """Return the newest, by when there was last news of them, in `language`, which is active."""
    windows = [one for one in (*recent.coming, *recent.past) if not one.is_far]
    entries = [
        *(_incident(one, url, zone, language) for one in recent.incidents),
        *(_maintenance(one, url, zone, language) for one in windows),
    ]
    entries.sort(key=lambda one: (one.updated_at, one.id), reverse=True)
    return list(_bounded(entries[:MOST_ENTRIES]))


def _bounded(entries: Iterable[Entry]) -> Iterable[Entry]:
    room = MOST_BYTES
    for entry in entries:
        room -= len(entry.html.encode())
        if room < 0:
            return
        yield entry


@lru_cache(maxsize=REMEMBERED)
def _incident(one: RecentIncident, url: str, zone: tzinfo, _language: str) -> Entry:
    told = one.told
    parts = [_hit(told.affected, with_status=True)]
    if one.postmortem_at:
        parts.append(f"<h3>{escape(gettext('Postmortem'))}</h3>{for_page(told.postmortem)}")
    parts += [
        _said(gettext(update.status), update.created_at, update.message, zone)
        for update in told.updates
    ]
    parts.append(_said(gettext("Reported"), told.occurred_at, told.message, zone))
    latest = told.updates[0].message if told.updates else told.message
    return Entry(
        id=entry_id("incident", told.id),
        title=f"{gettext(told.status)}: {told.title}",
        url=entry_url(url, "incident", told.id),
        html="".join(parts),
        summary=as_text(latest),
        published_at=one.published_at,
        updated_at=one.updated_at,
        components=_named(told.affected),
    )


@lru_cache(maxsize=REMEMBERED)
def _maintenance(one: RecentMaintenance, url: str, zone: tzinfo, _language: str) -> Entry:
    told = one.told
    when = range_words(told.scheduled_for, told.ends_at, zone)
    parts = [f"<p>{escape(when)}</p>", _hit(told.affected, with_status=False)]
    parts.append(for_page(told.message))
    return Entry(
        id=entry_id("maintenance", told.id),
        title=f"{maintenance_words(told.status)}: {told.title}",
        url=entry_url(url, "maintenance", told.id),
        html="".join(parts),
        summary="\n".join(filter(None, [when, as_text(told.message)])),
        published_at=one.created_at,
        updated_at=one.updated_at,
        components=_named(told.affected),
    )


def maintenance_words(status: str) -> str:
    """Return how the page calls a window that is planned, goes on, or is over."""
    return {
        "Upcoming": gettext("Planned maintenance"),
        "In progress": gettext("Maintenance in progress"),
    }.get(status, gettext("Maintenance complete"))


def _said(status: str, at: datetime, message: str, zone: tzinfo) -> str:
    when = escape(instant_words(at, zone))
    return f"<p><strong>{escape(status)}</strong> {when}</p>{for_page(message)}"


def _hit(affected: Sequence[AffectedSummary], *, with_status: bool) -> str:
    if not affected:
        return ""
    names = (
        escape(f"{one.name}: {gettext(one.status)}" if with_status else one.name)
        for one in affected
    )
    return f"<ul>{''.join(f'<li>{name}</li>' for name in names)}</ul>"


def _named(affected: Iterable[AffectedSummary]) -> tuple[tuple[str, str], ...]:
    return tuple((one.id, one.name) for one in affected)
