"""What a page's badges say now, and how others show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from pingpong.overview.live import status_of_page
from pingpong.overview.page_status import shields_word
from pingpong.overview.uptime import uptime_of_page
from pingpong.pages.address import page_url
from pingpong.pages.models import Page

# Who draws badges for most README files; it asks us for the word.
SHIELDS = "https://img.shields.io/badge/dynamic/json"
_GOOD = Decimal(99)
_FAIR = Decimal(95)
_SIGNS = {"green": "ok", "orange": "minor", "red": "down", "gray": "work"}


@dataclass(frozen=True, slots=True)
class Badge:
    """One badge: what it says, where its word is found, and how a README or a page shows it."""

    name: str
    title: str
    left: str
    right: str
    sign: str
    endpoint: str
    image: str
    markdown: str
    html: str


def badges_of(page: Page, *, now: datetime) -> Sequence[Badge]:
    """Return both badges. Ten queries at most."""
    status = status_of_page(page.pk, now=now)
    uptime = uptime_of_page(page.pk, now=now)
    uptime_sign = "ok" if uptime >= _GOOD else "minor" if uptime >= _FAIR else "down"
    return [
        _badge(page, "status", _("Status"), shields_word(status.status), _SIGNS[status.color]),
        _badge(page, "uptime", _("Uptime of 30 days"), f"{uptime.normalize():f}%", uptime_sign),
    ]


def _badge(page: Page, name: str, title: str, right: str, sign: str) -> Badge:
    endpoint = f"{settings.BASE_URL}/widget/shields/{name}/{page.shields_key}"
    asked = {"url": endpoint, "query": f"$.{name}", "label": name}
    if name == "uptime":
        asked["suffix"] = "%"
    image = f"{SHIELDS}?{urlencode(asked)}"
    address = page_url(page)
    return Badge(
        name=name,
        title=title,
        left=name,
        right=right,
        sign=sign,
        endpoint=endpoint,
        image=image,
        markdown=f"[![{name}]({image})]({address})",
        html=f'<a href="{escape(address)}"><img src="{escape(image)}" alt="{name}"></a>',
    )
