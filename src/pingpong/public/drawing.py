"""All paths of a page that is stored nowhere, drawn when they are asked for."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime

from pingpong.overview.summary import summarise
from pingpong.pages.models import Page

from .bodies import bodies_of
from .body import Body
from .charts import Charts
from .models import StoredPage

# Only in this process, and for a moment: a page asks for its style sheet and pictures at once.
_KEPT_S = 10
_KEPT_PAGES = 20

Drawn = Mapping[str, Body]
_kept: OrderedDict[str, tuple[object, Drawn]] = OrderedDict()
_keeping = threading.Lock()


def draw(page: Page, *, now: datetime) -> Drawn:
    """Return every path of a page as it is now, or was a few seconds ago at the same version."""
    mark = (page.version, page.slug, int(now.timestamp()) // _KEPT_S)
    with _keeping:
        known = _kept.get(page.pk)
    if known is not None and known[0] == mark:
        return known[1]
    drawn = _drawn(page, now)
    with _keeping:
        _kept[page.pk] = (mark, drawn)
        _kept.move_to_end(page.pk)
        while len(_kept) > _KEPT_PAGES:
            _kept.popitem(last=False)
    return drawn


def _drawn(page: Page, now: datetime) -> Drawn:
    summary = summarise(page, now=now)
    changed = StoredPage.objects.filter(page=page).values_list("changed_at", flat=True)
    charts = Charts().draw(summary, (), now=now)
    bodies = bodies_of(summary, changed_at=changed.first() or now, charts=charts)
    return {body.path: body for body in bodies if isinstance(body, Body)}
