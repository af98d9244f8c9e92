from datetime import datetime, timedelta
from typing import Any

from pingpong.kit.clock import utc_now
from pingpong.maintenance.lifecycle import schedule_maintenance
from pingpong.maintenance.models import Maintenance, MaintenanceSeries, MaintenanceTemplate
from pingpong.maintenance.recurrence import recurrence_of
from pingpong.maintenance.series import SeriesPlan, begin_series
from pingpong.maintenance.templates import create_template
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


def make_series(
    page: Page,
    rule: str = "FREQ=WEEKLY",
    *,
    starts: datetime,
    title: str = "Patches",
    minutes: int = 60,
    now: datetime | None = None,
    **others: Any,
) -> MaintenanceSeries:
    """Return work that repeats from a wall time in UTC on; `affected` are components."""
    zone = others.pop("zone", "UTC")
    plan = SeriesPlan(title, "", True, recurrence_of(rule, zone, starts), minutes)
    return begin_series(page, plan, by=DONALD, now=now or utc_now(), **others)


def make_maintenance_template(
    page: Page, name: str = "Patches", **others: Any
) -> MaintenanceTemplate:
    """Return a template of half an hour; `affected` are components."""
    told = {"title": "Patches for {{component}}", "message": "<div>On {{date}}.</div>"} | others
    told = {"minutes": 30, **told}
    return create_template(page, name=name, by=DONALD, now=utc_now(), **told)
