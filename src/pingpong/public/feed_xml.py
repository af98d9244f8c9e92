"""A history as RSS 2.0 and as Atom (RFC 4287).

An entry begins and ends with its tag on a line of its own, so that `feed_sieve` finds it; in a text
that tag would be escaped.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

from pingpong.kit.clock import iso_z

from .feed_entries import REMEMBERED, Entry

RSS = "application/rss+xml; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
# Names the components that an entry is about, beside what they are called.
COMPONENT_SCHEME = "urn:pingpong:component"
_ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
# What no document of XML 1.0 may hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed without its entries. `url` is the page, `own_url` the feed itself."""

    id: str
    title: str
    subtitle: str
    language: str
    url: str
    own_url: str
    changed_at: datetime


def atom(channel: Channel, entries: Sequence[Entry]) -> str:
    """Return the feed; it is as new as its newest entry, and without any as the page."""
    updated = max((one.updated_at for one in entries), default=channel.changed_at)
    head = [
        _leaf("id", channel.id),
        _leaf("title", channel.title),
        _leaf("subtitle", channel.subtitle),
        _leaf("updated", iso_z(updated)),
        _leaf("link", rel="alternate", type="text/html", href=channel.url),
        _leaf("link", rel="self", type="application/atom+xml", href=channel.own_url),
        _within("author", _leaf("name", channel.title)),
        _leaf("generator", "PingPong"),
    ]
    language = quoteattr(channel.language)
    opening = f'<feed xmlns="{_ATOM_NAMESPACE}" xml:lang={language}>'
    return _document(opening, head, map(_atom_entry, entries), "</feed>")


def rss(channel: Channel, entries: Sequence[Entry]) -> str:
    head = [
        _leaf("title", channel.title),
        _leaf("link", channel.url),
        _leaf("description", channel.subtitle),
        _leaf("language", channel.language),
        _leaf("generator", "PingPong"),
        _leaf("ttl", "5"),
        _leaf("atom:link", rel="self", type="application/rss+xml", href=channel.own_url),
    ]
    opening = f'<rss version="2.0" xmlns:atom="{_ATOM_NAMESPACE}"><channel>'
    return _document(opening, head, map(_rss_item, entries), "</channel></rss>")


@lru_cache(maxsize=REMEMBERED)
def _atom_entry(one: Entry) -> str:
    return _within(
        "entry",
        _leaf("id", one.id),
        _leaf("title", one.title),
        _leaf("updated", iso_z(one.updated_at)),
        _leaf("published", iso_z(one.published_at)),
        _leaf("link", rel="alternate", type="text/html", href=one.url),
        *(
            _leaf("category", scheme=COMPONENT_SCHEME, term=id_, label=name)
            for id_, name in one.components
        ),
        _leaf("summary", one.summary),
        _leaf("content", one.html, type="html"),
    )


@lru_cache(maxsize=REMEMBERED)
def _rss_item(one: Entry) -> str:
    return _within(
        "item",
        _leaf("guid", one.id, isPermaLink="false"),
        _leaf("title", one.title),
        _leaf("pubDate", format_datetime(one.published_at)),
        _leaf("atom:updated", iso_z(one.updated_at)),
        _leaf("link", one.url),
        *(_leaf("category", id_, domain=COMPONENT_SCHEME) for id_, _name in one.components),
        _leaf("description", one.html),
    )


def _document(opening: str, head: Iterable[str], entries: Iterable[str], closing: str) -> str:
    lines = [f"{_DECLARATION}{opening}", *head, *entries, closing]
    return "\n".join(lines) + "\n"


def _within(tag: str, *parts: str) -> str:
    return "\n".join([f"<{tag}>", *parts, f"</{tag}>"])


def _leaf(tag: str, text: str = "", **attributes: str) -> str:
    element = ET.Element(tag, {name: _clean(value) for name, value in attributes.items()})
    element.text = _clean(text) or None
    return ET.tostring(element, encoding="unicode")


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)
