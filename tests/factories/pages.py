from datetime import datetime

from pingpong.kit.clock import utc_now
from pingpong.pages.lifecycle import create_page
from pingpong.pages.models import Page

from .actors import DONALD


def make_page(*, name: str = "ACME", slug: str = "acme", now: datetime | None = None) -> Page:
    """Return a page without a team."""
    return create_page(name=name, slug=slug, by=DONALD, now=now or utc_now())
