"""Where a page is found."""

from django.conf import settings

from .models import Page

# What all pages are below.
PAGES = "/s/"


def page_path(slug: str) -> str:
    return f"{PAGES}{slug}/"


def page_url(page: Page) -> str:
    """Return the page's full address, as `/live` and the command line tell it."""
    return f"{settings.BASE_URL}{page_path(page.slug)}"
