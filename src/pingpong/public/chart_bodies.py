"""What charts and bars load later: JSON of one metric, for programs too."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.utils.translation import override

from pingpong.monitors.series import Point
from pingpong.pages.languages import tag_of

from . import summary_json
from .body import Body
from .chart_lines import Lines, caption_of
from .copies import JSON
from .ranges import LAST_DAY, Range, Window
from .summary_json import write

ENGLISH = "en"


def chart_json(monitor_id: str, lines: Lines, chosen: Range, languages: Sequence[str] = ()) -> str:
    """Return two lines of milliseconds; value `i` begins `start + i * step` seconds after 1970.

    A null is a gap: nothing was measured, or nothing succeeded. `captions` are by language, where
    the page speaks another one than English.
    """
    middle, high = ("mean", "max") if chosen is LAST_DAY else ("p50", "p95")
    captions = {tag_of(one): _caption(lines, chosen, one) for one in languages if one != ENGLISH}
    return write(
        {
            "id": monitor_id,
            "range": chosen.name,
            "unit": "ms",
            "start": lines.window.start,
            "step": lines.window.step,
            middle: lines.middle,
            high: lines.high,
            "caption": _caption(lines, chosen, ENGLISH),
            **({"captions": captions} if captions else {}),
            "stale": False,
        }
    )


def _caption(lines: Lines, chosen: Range, language: str) -> str:
    with override(language):
        return caption_of(lines, chosen)


def days_json(monitor_id: str, points: Sequence[Point], window: Window) -> str:
    """Return for each day in UTC, oldest first, how many checks there were and how many failed.

    `gaps` are checks that say nothing of the target; they stand in no other figure.
    """
    by_place = {(point.start - window.start) // window.step: point for point in points}
    found = [by_place.get(place) for place in range(window.count)]
    return write(
        {
            "id": monitor_id,
            "start": datetime.fromtimestamp(window.start, tz=UTC).date().isoformat(),
            "checks": [one.n if one else 0 for one in found],
            "failed": [one.n - one.ok if one else 0 for one in found],
            "gaps": [one.gaps if one else 0 for one in found],
            "stale": False,
        }
    )


def body_of(path: str, text: str) -> Body:
    """Return a body with JSON of a chart; a stale copy says so."""
    return Body(
        path=path,
        content_type=JSON,
        policy="",
        slot=summary_json.AGE_SLOT,
        notice=summary_json.AGE_NOTICE,
        text=text.encode(),
    )
