"""Warning before a certificate ends, once for each certificate."""

from collections.abc import Iterable
from datetime import UTC, datetime

from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.kit.clock import iso_z

from .models import Monitor
from .watch_rows import WatchRow

_DAY_S = 86_400


def mark_warned(rows: Iterable[WatchRow], *, now: datetime) -> list[WatchRow]:
    """Note on the rows, before they are written, that they are warned about; return those."""
    second = int(now.timestamp())
    due = [row for row in rows if _is_due(row, second)]
    for row in due:
        row.certificate_warned = row.certificate_until
    return due


def warn(rows: Iterable[WatchRow], *, now: datetime) -> None:
    """Leave an event for each monitor whose certificate ends soon, in the caller's transaction."""
    ends = {row.monitor_id: row.certificate_until or 0 for row in rows}
    if not ends:
        return
    rows_of = Monitor.objects.filter(pk__in=ends).values_list("pk", "page_id", "name")
    for monitor_id, page_id, name in rows_of:
        record(
            Kind.MONITOR_CERTIFICATE_ENDS,
            page_id=page_id,
            subject_id=monitor_id,
            by=Actor(""),
            now=now,
            data={
                "name": name,
                "ends_at": iso_z(datetime.fromtimestamp(ends[monitor_id], tz=UTC)),
            },
        )


def _is_due(row: WatchRow, second: int) -> bool:
    until = row.certificate_until
    if until is None or row.certificate_warned == until:
        return False
    return until - second <= row.certificate_days * _DAY_S
