"""What a team is reminded of until it says something: doubts, forgotten incidents, promises."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from pingpong.overview.disagreement import OVERTAKEN_AFTER, doubts_of, open_incidents_of
from pingpong.pages.models import Page
from pingpong.pages.warnings import is_hidden

from .places import url_of


@dataclass(frozen=True, slots=True)
class Nag:
    """One sentence, where to act, and since when it is so; `subject_id` is what it is about."""

    subject_id: str
    text: str
    url: str
    since: datetime
    counts_from: datetime


def nags_of(page: Page, statuses: Mapping[str, str], *, now: datetime) -> list[Nag]:
    """Return what counts by now and was not put aside, oldest first. Three queries."""
    return _standing(page, [*_doubts(page, statuses), *_incidents(page)], now)


def component_nags(page: Page, statuses: Mapping[str, str], *, now: datetime) -> list[Nag]:
    """Return those of :func:`nags_of` that are about components. One query."""
    return _standing(page, _doubts(page, statuses), now)


def incident_nags(page: Page, incident_id: str, *, now: datetime) -> list[Nag]:
    """Return those of :func:`nags_of` that are about one incident. Two queries."""
    found = _standing(page, _incidents(page), now)
    return [one for one in found if one.subject_id == incident_id]


def _standing(page: Page, nags: Iterable[Nag], now: datetime) -> list[Nag]:
    counting = (one for one in nags if one.counts_from <= now)
    told = [one for one in counting if not is_hidden(page, one.counts_from, now=now)]
    return sorted(told, key=lambda one: one.counts_from)


def _doubts(page: Page, statuses: Mapping[str, str]) -> Iterator[Nag]:
    text = _("“%(component)s” is called operational, but its monitor “%(monitor)s” is down.")
    for one in doubts_of(page.pk, statuses):
        said = text % {"component": one.component, "monitor": one.monitor}
        url = f"{url_of('components', page.slug)}#c-{one.component_id}"
        yield Nag(one.component_id, said, url, one.since, one.counts_from)


def _incidents(page: Page) -> Iterator[Nag]:
    open_still = _("“%(title)s” is open, but all monitors of its components are up.")
    late = _("Visitors of “%(title)s” were promised an update, and it has not come.")
    for one in open_incidents_of(page.pk):
        url, words = _incident_url(page, one.incident_id), {"title": one.title}
        up, promised = one.up_since, one.next_update_by
        if up is not None:
            yield Nag(one.incident_id, open_still % words, url, up, up + OVERTAKEN_AFTER)
        if promised is not None:
            yield Nag(one.incident_id, late % words, url, promised, promised)


def _incident_url(page: Page, incident_id: str) -> str:
    kwargs = {"slug": page.slug, "incident": incident_id}
    return f"{reverse('dashboard:incident', kwargs=kwargs)}#tell"
