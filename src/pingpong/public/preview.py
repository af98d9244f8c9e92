"""The page as it would be: drawn as it is for everybody, stored nowhere."""

from datetime import datetime

from django.utils.translation import override

from pingpong.overview.summary import Summary

from . import page_html
from .bodies import address_of
from .look_parts import parts_within


def draw_preview(summary: Summary, *, now: datetime) -> tuple[str, str]:
    """Return the document, with its look inside, and its Content-Security-Policy.

    One query for each picture of its look.
    """
    url = address_of(summary)
    with override(summary.look.language):
        html = page_html.render_html(
            summary,
            url=url,
            root=url,
            changed_at=now,
            parts=parts_within(summary.page_id, summary.look),
        )
    return html.replace(page_html.AGE_SLOT, ""), page_html.policy_of(summary, look_from="data:")
