"""Hours of points, summed up once they are over, and again when something comes late."""

from datetime import datetime

from django.db import connection, transaction

from .models import StaleHour
from .writing import HOUR_S, wait_for_writers

_SOME = (
    "SELECT metric_id, hour FROM custom_metrics_stalehour WHERE hour <= %s "
    "ORDER BY hour, metric_id LIMIT %s"
)
_SUM_UP = f"""
INSERT INTO custom_metrics_hourofpoints (metric_id, hour, n, total, low, high)
SELECT s.metric_id, s.hour, COUNT(*), SUM(p.value), MIN(p.value), MAX(p.value)
FROM ({_SOME}) s JOIN custom_metrics_datapoint p
  ON p.metric_id = s.metric_id AND p.minute >= s.hour AND p.minute < s.hour + {HOUR_S}
WHERE true GROUP BY s.metric_id, s.hour
ON CONFLICT (metric_id, hour) DO UPDATE SET
  n = excluded.n, total = excluded.total, low = excluded.low, high = excluded.high
"""  # noqa: S608 -- put together of constants
_SETTLE = f"DELETE FROM custom_metrics_stalehour WHERE (metric_id, hour) IN ({_SOME})"  # noqa: S608 -- the same


def sum_up(now: datetime, *, batch: int = 200) -> int:
    """Sum up the hours that are over, a batch a transaction; return how many.

    The present hour waits: its points are few, and are read themselves.
    """
    last = int(now.timestamp()) // HOUR_S * HOUR_S - HOUR_S
    done = 0
    while StaleHour.objects.filter(hour__lte=last).exists():
        done += _sum_up_some(last, batch)
    return done


@transaction.atomic
def _sum_up_some(last: int, batch: int) -> int:
    wait_for_writers()
    with connection.cursor() as cursor:
        cursor.execute(_SUM_UP, [last, batch])
        cursor.execute(_SETTLE, [last, batch])
        return cursor.rowcount
