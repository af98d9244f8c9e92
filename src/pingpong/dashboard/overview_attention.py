"""What waits for somebody of the team, though nothing is broken by it yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingpong.incidents.models import Incident, Postmortem
from pingpong.monitors.models import Watch
from pingpong.pages.models import Page

from .overview_monitors import Monitors
from .places import url_of

CERTIFICATE_SOON = timedelta(days=14)
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Attention:
    """One sentence and where to act; `at` is shown beside it."""

    text: str
    url: str
    at: datetime | None = None


def attention_of(page: Page, monitors: Monitors, *, now: datetime) -> list[Attention]:
    """Return what waits, in at most three queries."""
    return [*_unserved(page, monitors), *_certificates(page, now), *_drafts(page)]


def _unserved(page: Page, monitors: Monitors) -> Iterator[Attention]:
    if monitors.unserved:
        text = _("Nobody looks from %(places)s: a probe is missing.")
        places = ", ".join(monitors.unserved)
        yield Attention(text % {"places": places}, url_of("monitors", page.slug))


def _certificates(page: Page, now: datetime) -> Iterator[Attention]:
    until = int((now + CERTIFICATE_SOON).timestamp())
    rows = (
        Watch.objects.filter(monitor__page=page, is_active=True, certificate_until__lte=until)
        .values("monitor__name")
        .annotate(ends=Min("certificate_until"))
        .order_by("ends", "monitor__name")
    )
    for row in rows[:SHOWN]:
        ends = datetime.fromtimestamp(row["ends"], tz=UTC)
        over = _("The certificate of “%(name)s” has expired.")
        soon = _("The certificate of “%(name)s” expires soon.")
        text = (over if ends <= now else soon) % {"name": row["monitor__name"]}
        yield Attention(text, url_of("monitors", page.slug), ends)


def _drafts(page: Page) -> Iterator[Attention]:
    count = Incident.objects.filter(page=page, published_at__isnull=True).count()
    if count:
        text = ngettext(
            "%(count)d incident is a draft.", "%(count)d incidents are drafts.", count
        ) % {"count": count}
        yield Attention(text, f"{url_of('incidents', page.slug)}?show=drafts")
    texts = Postmortem.objects.filter(incident__page=page, published_at__isnull=True)
    for one in texts.select_related("incident").order_by("-written_at", "-pk")[:SHOWN]:
        title = {"title": one.incident.title}
        url = reverse(
            "dashboard:postmortem", kwargs={"slug": page.slug, "incident": one.incident.pk}
        )
        yield Attention(_("The postmortem of “%(title)s” is not published.") % title, url)
