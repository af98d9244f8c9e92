"""What other sites may embed of a page, and the addresses that badge services ask with its key."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from pingpong.pages.address import page_path
from pingpong.pages.models import Page, Visibility

from .pasted import banner_of, frame_of


@dataclass(frozen=True, slots=True)
class Embeds:
    """Lines to paste; `preview` is the widget, as an address of ours."""

    banner: str
    widget: str
    preview: str
    is_for_everybody: bool


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that answers a badge service with JSON, without a token."""

    name: str
    title: str
    address: str


def embeds_of(page: Page) -> Embeds:
    path = f"{page_path(page.slug)}embed/"
    title = _("Status of %(name)s") % {"name": page.name}
    return Embeds(
        banner=banner_of(f"{settings.BASE_URL}{path}banner.js"),
        widget=frame_of(f"{settings.BASE_URL}{path}widget", title),
        preview=f"{path}widget",
        is_for_everybody=page.visibility == Visibility.PUBLIC,
    )


def endpoints_of(page: Page) -> list[Endpoint]:
    address = f"{settings.BASE_URL}/widget/shields/"
    return [
        Endpoint("status", _("Status"), f"{address}status/{page.shields_key}"),
        Endpoint("uptime", _("Uptime of 30 days"), f"{address}uptime/{page.shields_key}"),
    ]
