from datetime import datetime, timedelta
from typing import Any

from pingpong.kit.clock import utc_now
from pingpong.maintenance.lifecycle import schedule_maintenance
from pingpong.maintenance.models import Maintenance
from pingpong.pages.models import Page

from .actors import DONALD


def make_maintenance(
    page: Page,
    title: str = "Database migration",
    *,
    now: datetime | None = None,
    starts_in: timedelta = timedelta(days=1),
    lasts: timedelta = timedelta(hours=2),
    **others: Any,
) -> Maintenance:
    """Return a window, by default tomorrow's; `affected` are components."""
    now = now or utc_now()
    start = others.pop("scheduled_for", now + starts_in)
    end = others.pop("ends_at", start + lasts)
    others = {"message": "<div>Back soon.</div>", **others}
    return schedule_maintenance(
        page, title=title, scheduled_for=start, ends_at=end, by=DONALD, now=now, **others
    )
