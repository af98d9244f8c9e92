"""What the public templates say with: times, signs, messages."""

from datetime import datetime, tzinfo

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from pingpong.components.days import zone_named
from pingpong.kit.clock import iso_z
from pingpong.kit.html import for_page
from pingpong.overview.chronicle import IncidentSummary
from pingpong.overview.summary import Summary
from pingpong.public import words

register = template.Library()
register.filter("sign", words.sign_of)
register.filter("duration", words.quiet_words)
register.filter("seconds", words.duration_words)


@register.filter
def when(at: datetime, zone: tzinfo) -> SafeString:
    """Write an instant as a ``<time>`` in the page's time zone."""
    return format_html('<time datetime="{}">{}</time>', iso_z(at), words.instant_words(at, zone))


@register.filter
def moment(at: datetime, page: Summary) -> SafeString:
    """Write an instant as a ``<time>``: of today only the time of day."""
    told = words.moment_words(at, zone_named(page.time_zone), page.today)
    return format_html('<time datetime="{}" data-short>{}</time>', iso_z(at), told)


@register.simple_tag
def promise(incident: IncidentSummary, page: Summary) -> SafeString:
    """Write when the next update is promised; a script counts down to it, and says when it is late.

    Without one the page says it by itself when it is made anew at that instant.
    """
    if incident.next_update_by is None:
        return SafeString("")
    at = moment(incident.next_update_by, page)
    if incident.is_late:
        return format_html(gettext("An update was promised for {}."), at)
    said = format_html(gettext("Next update by {}"), at)
    forms = gettext("(in %s)"), gettext("(this time has passed)")
    return format_html('{} <span class="left" data-form="{}" data-late="{}"></span>', said, *forms)


@register.simple_tag
def window(start: datetime, end: datetime, zone: tzinfo) -> SafeString:
    """Write a stretch of time as one ``<time>`` at its start."""
    return format_html(
        '<time datetime="{}" data-end="{}">{}</time>',
        iso_z(start),
        iso_z(end),
        words.range_words(start, end, zone),
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a sign; the word beside it says the same."""
    return format_html('<svg class="i {0}" aria-hidden="true"><use href="#{0}"/></svg>', name)


@register.filter
def message(stored: str) -> SafeString:
    """Let a message be HTML: it was sanitised when it was written, and only then."""
    return mark_safe(for_page(stored))  # noqa: S308 -- the one door for HTML that people wrote
