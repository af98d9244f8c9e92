"""What the screens of monitors and custom metrics say with."""

from datetime import datetime

from django import template
from django.utils import dateformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext

from pingpong.dashboard.forms.monitor_checks import KINDS_OF_FIELD
from pingpong.dashboard.monitor_words import time_words
from pingpong.kit.clock import utc_now
from pingpong.overview.plot_words import number_words

register = template.Library()


@register.simple_tag
def clock(at: datetime) -> SafeString:
    """Write an instant of today as a time of day, any other with its date, in a ``<time>``."""
    local = localtime(at)
    form = "H:i:s" if local.date() == localtime(utc_now()).date() else "j M Y, H:i"
    return format_html(
        '<time datetime="{}">{}</time>', at.isoformat(), dateformat.format(local, form)
    )


@register.simple_tag
def edge(at: datetime, *, is_short: bool) -> SafeString:
    """Write one end of a chart: a time of day, or the date where it is long."""
    form = "H:i" if is_short else "j M"
    return format_html(
        '<time datetime="{}">{}</time>', at.isoformat(), dateformat.format(localtime(at), form)
    )


@register.filter
def ms(value: float) -> str:
    """Return ``142 ms``."""
    return time_words(value)


@register.filter
def with_unit(value: float, unit: str) -> str:
    return number_words(value, unit)


@register.filter
def kinds(name: str) -> str:
    """Return the kinds of monitors that a field is of; empty: all."""
    return " ".join(KINDS_OF_FIELD.get(name, ()))


@register.filter
def duration(since: datetime, until: datetime) -> str:
    """Return a length in its two largest units: ``2 h 14 min``."""
    seconds = max(int((until - since).total_seconds()), 0)
    units = (
        (seconds // 86_400, gettext("%(n)d d")),
        (seconds // 3600 % 24, gettext("%(n)d h")),
        (seconds // 60 % 60, gettext("%(n)d min")),
    )
    told = [form % {"n": count} for count, form in units if count]
    return " ".join(told[:2]) or gettext("%(n)d s") % {"n": seconds}
