"""All paths of a page that is stored nowhere, drawn when they are asked for."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import override

from pingpong.overview.summary import Summary, summarise
from pingpong.pages.address import page_path
from pingpong.pages.models import Page

from .archives import draw_one
from .bodies import address_of, bodies_of
from .body import Body
from .charts import Charts
from .models import StoredPage

# Only in this process, and for a moment: a page asks for its style sheet and pictures at once.
_KEPT_S = 10
_KEPT_PAGES = 20


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page without its history, which may be long: of that only what is asked for is drawn."""

    summary: Summary
    bodies: Mapping[str, Body]


_kept: OrderedDict[str, tuple[object, Drawn]] = OrderedDict()
_keeping = threading.Lock()


def draw_path(page: Page, path: str, *, now: datetime) -> Body | None:
    """Return what a path answers now, or did a few seconds ago at the same version."""
    drawn = draw(page, now=now)
    base = page_path(page.slug)
    if path in drawn.bodies or not path.startswith(base):
        return drawn.bodies.get(path)
    url = address_of(drawn.summary)
    with override(drawn.summary.look.language):
        return draw_one(drawn.summary, path[len(base) :], path=base, url=url, now=now)


def draw(page: Page, *, now: datetime) -> Drawn:
    """Return a page as it is now, or was a few seconds ago at the same version."""
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
    return Drawn(summary, {body.path: body for body in bodies if isinstance(body, Body)})
