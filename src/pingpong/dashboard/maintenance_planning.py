"""From a filled-in form to maintenance, and what is said of it then."""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import gettext as _

from pingpong.components.days import zone_named
from pingpong.kit.actor import Actor
from pingpong.maintenance.lifecycle import schedule_maintenance
from pingpong.maintenance.models import Maintenance
from pingpong.maintenance.series import SeriesPlan, begin_series, windows_to_come
from pingpong.pages.models import Page

from .forms.maintenance import MaintenanceForm, viewer_zone


def plan_from(form: MaintenanceForm, page: Page, *, by: Actor, now: datetime) -> Maintenance | None:
    """Plan what a valid form describes; return the window, or the first one that comes."""
    told = form.cleaned_data
    if form.recurrence is not None:
        plan = series_plan_of(form)
        series = begin_series(page, plan, affected=form.components, by=by, now=now)
        coming = windows_to_come(series, now=now)
        return coming[0] if coming else None
    if form.begins is None or form.ends_at is None:
        raise ValueError(form)
    return schedule_maintenance(
        page,
        title=told["title"],
        message=told["message"],
        scheduled_for=form.begins,
        ends_at=form.ends_at,
        notify_subscribers=told["notify_subscribers"],
        affected=form.components,
        by=by,
        now=now,
    )


def series_plan_of(form: MaintenanceForm) -> SeriesPlan:
    """Return what a valid form says of work that repeats."""
    told = form.cleaned_data
    if form.recurrence is None:
        raise ValueError(form)
    return SeriesPlan(
        title=told["title"],
        message=told["message"],
        notify_subscribers=told["notify_subscribers"],
        recurrence=form.recurrence,
        minutes=form.minutes,
    )


def planned_toast(form: MaintenanceForm, page: Page) -> str:
    """Say what was planned, in the viewer's zone and the page's."""
    if form.recurrence is not None:
        return _("It repeats from now on. Its dates are planned 60 days ahead.")
    here, there = viewer_zone(), page.time_zone
    begins = form.begins
    if begins is None:
        raise ValueError(form)
    told = {"here": _clock(begins, ZoneInfo(here)), "zone": here}
    if here == there:
        return _("It is planned for %(here)s (%(zone)s).") % told
    told |= {"there": _clock(begins, zone_named(there)), "page_zone": there}
    sentence = _("It is planned for %(here)s (%(zone)s); on the page: %(there)s (%(page_zone)s).")
    return sentence % told


def _clock(at: datetime, zone: tzinfo) -> str:
    return dateformat.format(at.astimezone(zone), "j M Y, H:i")
