"""What a public page shows of its custom metrics, in two queries."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zlib import crc32

from pingpong.custom_metrics.latest import latest
from pingpong.custom_metrics.models import CustomMetric
from pingpong.pages.models import Page

_DAY = timedelta(days=1)
_MONTH = timedelta(days=31)
_STEP_S = 600
_LONG_STEP_S = 3600


class CustomMetricSummary(NamedTuple):
    """A showcased custom metric.

    `component_id` is that of a component which is shown. `value` is what was fed last, at
    `fed_at`; both are None where nothing was.
    """

    id: str
    name: str
    description: str | None
    component_id: str | None
    suffix: str
    rollup: str
    value: float | None
    fed_at: datetime | None


def custom_metrics_of(
    page: Page, *, component_ids: Collection[str] = ()
) -> list[CustomMetricSummary]:
    """Read the showcased custom metrics of a page, in their order."""
    shown = list(CustomMetric.objects.filter(page=page, showcased=True))
    last = latest([one.pk for one in shown])
    below = frozenset(component_ids)
    return [
        CustomMetricSummary(
            id=one.pk,
            name=one.name,
            description=one.description,
            component_id=one.component_id if one.component_id in below else None,
            suffix=one.suffix,
            rollup=one.rollup,
            value=last[one.pk].value if one.pk in last else None,
            fed_at=datetime.fromtimestamp(last[one.pk].minute, tz=UTC) if one.pk in last else None,
        )
        for one in shown
    ]


def fed_edges(
    metrics: Collection[CustomMetricSummary], *, page_id: str, now: datetime
) -> list[datetime]:
    """Return when charts move on by the clock alone: soon after what is shown of a day does.

    Pages do so at different moments; what is empty, or was not fed for a month, stands still.
    """
    newest = max((one.fed_at for one in metrics if one.fed_at is not None), default=None)
    if newest is None or now - newest > _MONTH:
        return []
    apart_s = _STEP_S if now - newest < _DAY else _LONG_STEP_S
    second = int(now.timestamp())
    spread_s = crc32(page_id.encode()) % (_STEP_S // 2)
    return [datetime.fromtimestamp(second - second % apart_s + apart_s + spread_s, tz=UTC)]
