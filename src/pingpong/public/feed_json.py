"""A history as JSON Feed 1.1 (https://jsonfeed.org/version/1.1)."""

from collections.abc import Iterable
from functools import lru_cache

from pingpong.kit.clock import iso_z

from .feed_entries import REMEMBERED, Entry
from .feed_xml import Channel
from .summary_json import write

FEED_JSON = "application/feed+json; charset=utf-8"
# What is ours in an item: names that begin so are left to whoever writes a feed.
OURS = "_pingpong"


def feed_json(channel: Channel, entries: Iterable[Entry]) -> str:
    head = write(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": channel.title,
            "description": channel.subtitle,
            "home_page_url": channel.url,
            "feed_url": channel.own_url,
            "language": channel.language,
            "authors": [{"name": channel.title, "url": channel.url}],
        }
    )
    return f'{head[:-1]},"items":[{",".join(map(_item, entries))}]}}'


@lru_cache(maxsize=REMEMBERED)
def _item(one: Entry) -> str:
    item = {
        "id": one.id,
        "url": one.url,
        "title": one.title,
        "summary": one.summary,
        "content_html": one.html,
        "date_published": iso_z(one.published_at),
        "date_modified": iso_z(one.updated_at),
        "tags": [name for _id, name in one.components],
        OURS: {"components": [id_ for id_, _name in one.components]},
    }
    return write(item)
