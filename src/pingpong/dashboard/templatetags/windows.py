"""What the screens of maintenance say with."""

from datetime import datetime, timedelta

from django import template
from django.utils import dateformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from pingpong.dashboard.maintenance_words import STATUS_SIGNS, STATUS_WORDS
from pingpong.kit.clock import iso_z
from pingpong.maintenance.models import Maintenance, MaintenanceStatus

register = template.Library()
DAY_AND_CLOCK = "D j M Y, H:i"
TO = "\N{EN DASH}"


@register.filter
def state_at(window: Maintenance, now: datetime) -> str:
    """Return a window's state by the clock."""
    return window.status_at(now)


@register.filter
def window_word(state: str) -> object:
    """Return a window's state in the reader's language."""
    return STATUS_WORDS[MaintenanceStatus(state)]


@register.filter
def window_sign(state: str) -> str:
    """Return the class that colours a window's state."""
    return STATUS_SIGNS[MaintenanceStatus(state)]


@register.simple_tag
def span(begins: datetime, ends: datetime) -> SafeString:
    """Write from when until when, in the zone that the instants are given in."""
    # What ends at midnight has nothing of the day that begins then.
    is_one_day = begins.date() == (ends - timedelta(microseconds=1)).date()
    return format_html(
        '<time datetime="{}">{}</time>{}<time datetime="{}">{}</time>',
        iso_z(begins),
        dateformat.format(begins, DAY_AND_CLOCK),
        TO if is_one_day else f" {TO} ",
        iso_z(ends),
        dateformat.format(ends, "H:i" if is_one_day else DAY_AND_CLOCK),
    )


@register.simple_tag
def span_here(window: Maintenance) -> SafeString:
    """Write from when until when a window lasts, in the viewer's zone."""
    return span(localtime(window.scheduled_for), localtime(window.ends_at))


@register.simple_tag
def clock_here(at: datetime) -> SafeString:
    """Write a time of day in the viewer's zone."""
    return format_html(
        '<time datetime="{}">{}</time>', iso_z(at), dateformat.format(localtime(at), "H:i")
    )
