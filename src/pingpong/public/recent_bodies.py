"""What a page says of more than it shows: read and written again only when it has changed."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from pingpong.overview.recent import news_of, recent_of
from pingpong.overview.summary import Summary

from .body import Body, Kept
from .feed_bodies import feed_bodies
from .v2_bodies import V2Events, v2_bodies, v2_events

# Of so many pages, in each language, it is remembered what was written.
_REMEMBERED = 100

Digests = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Written:
    """`state` and `news` say of what it was made; the digests are those that it had by path."""

    state: object
    news: object
    events: V2Events
    feeds: Digests
    documents: Digests


_written: OrderedDict[str, _Written] = OrderedDict()
_remembering = threading.Lock()


def recent_bodies(
    summary: Summary,
    path: str,
    *,
    url: str,
    changed_at: datetime,
    robots: str,
    stored: Digests,
) -> Sequence[Body | Kept]:
    """Return feeds and `/api/v2/` below `path`; `stored` has digests by path.

    Eleven queries, three while there is no news, and none while the page is the same.
    """
    told = (summary.today, url, robots, get_language())
    # Measurements render a page each minute; of them nothing is told here.
    state = (told, summary.version, changed_at)
    with _remembering:
        known = _written.get(path)
    if known and known.state == state and _are_in(stored, known.feeds, known.documents):
        return [Kept(one) for one in (*known.feeds, *known.documents)]
    windows = [one.id for one in summary.in_progress], [one.id for one in summary.upcoming]
    news = (told, windows, news_of(summary.page_id))
    feeds: Sequence[Body | Kept]
    if known and known.news == news and _are_in(stored, known.feeds):
        events, digests = known.events, known.feeds
        feeds = [Kept(one) for one in digests]
    else:
        showcased = [one.id for one in summary.components]
        recent = recent_of(summary.page_id, showcased=showcased, now=summary.read_at)
        events = v2_events(summary, recent, url=url)
        made = feed_bodies(summary, recent, path, url=url, changed_at=changed_at, robots=robots)
        feeds = fresh = list(made)
        digests = _digests(fresh)
    documents = list(
        v2_bodies(summary, events, path, url=url, changed_at=changed_at, robots=robots)
    )
    _remember(path, _Written(state, news, events, digests, _digests(documents)))
    return [*feeds, *documents]


def _are_in(stored: Digests, *some: Digests) -> bool:
    return all(one.items() <= stored.items() for one in some)


def _digests(bodies: Iterable[Body]) -> Digests:
    return {one.path: one.digest for one in bodies}


def _remember(path: str, written: _Written) -> None:
    with _remembering:
        _written[path] = written
        _written.move_to_end(path)
        while len(_written) > _REMEMBERED:
            _written.popitem(last=False)
