"""What a page says of more than it shows: read and written again only when it has changed."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import get_language

from pingpong.overview.recent import recent_of
from pingpong.overview.summary import Summary

from .body import Body, Kept
from .feed_bodies import feed_bodies
from .v2_bodies import v2_bodies

# Of so many paths it is remembered what was written; the others are written again.
_REMEMBERED = 1_000

# By the path of a page: of which state it was, and the digest of each path that was written.
_written: OrderedDict[str, tuple[object, Mapping[str, str]]] = OrderedDict()
_remembering = threading.Lock()


def recent_bodies(
    summary: Summary,
    path: str,
    *,
    url: str,
    changed_at: datetime,
    robots: str,
    stored: Mapping[str, str],
) -> Sequence[Body | Kept]:
    """Return feeds and `/api/v2/` below `path`; `stored` has digests by path.

    Twelve queries, and none while the page is the same as at the last time.
    """
    # Measurements render a page each minute; of them nothing is told here.
    mark = (summary.version, summary.today, changed_at, url, robots, get_language())
    with _remembering:
        known_mark, digests = _written.get(path, (None, {}))
    if known_mark == mark and digests.items() <= stored.items():
        return [Kept(one) for one in digests]
    showcased = [one.id for one in summary.components]
    recent = recent_of(summary.page_id, showcased=showcased, now=summary.read_at)
    bodies = [
        *feed_bodies(summary, recent, path, url=url, changed_at=changed_at, robots=robots),
        *v2_bodies(summary, recent, path, url=url, changed_at=changed_at, robots=robots),
    ]
    _remember(path, mark, bodies)
    return bodies


def _remember(path: str, mark: object, bodies: Iterable[Body]) -> None:
    digests = {one.path: one.digest for one in bodies}
    with _remembering:
        _written[path] = (mark, digests)
        _written.move_to_end(path)
        while len(_written) > _REMEMBERED:
            _written.popitem(last=False)
