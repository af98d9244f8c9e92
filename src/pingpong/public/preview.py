"""The page as it would be: drawn as it is for everybody, stored nowhere."""

from datetime import datetime

from django.conf import settings

from pingpong.overview.summary import Summary
from pingpong.pages.address import page_path

from . import page_html


def draw_preview(summary: Summary, *, now: datetime) -> tuple[str, str]:
    """Return the document and its Content-Security-Policy."""
    url = f"{settings.BASE_URL}{page_path(summary.slug)}"
    html = page_html.render_html(summary, url=url, changed_at=now)
    return html.replace(page_html.AGE_SLOT, ""), page_html.policy_of(summary)
