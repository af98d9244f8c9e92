"""One month of a component as a bar: how much of it was what, trouble never too thin to be seen."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from pingpong.components.uptime import Tally

WIDTH = 200
HEIGHT = 12
_THINNEST = 3


def draw(sums: Tally) -> SafeString:
    """Draw the bar; the cells beside it say the same in words."""
    parts = [
        ("d", sums.down_s),
        ("m", sums.degraded_s),
        ("w", sums.maintenance_s),
        ("n", sums.unknown_s),
    ]
    total = sum(seconds for _, seconds in parts) + sums.up_s
    pieces = []
    start = 0.0
    for name, seconds in parts:
        if seconds:
            width = max(seconds / total * WIDTH, _THINNEST)
            pieces.append((name, f"{start:.1f}", f"{width:.1f}"))
            start += width
    calm = max(WIDTH - start, 0.0)
    if calm and sums.up_s:
        pieces.append(("u", f"{start:.1f}", f"{calm:.1f}"))
    drawn = format_html_join("", '<rect class="{}" x="{}" width="{}" height="12"/>', pieces)
    return format_html(
        '<svg class="month" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">'
        "{}</svg>",
        WIDTH,
        HEIGHT,
        drawn,
    )
