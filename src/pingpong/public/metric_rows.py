"""Monitors as the page shows them: rows below their components, or in a section of their own."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop, pgettext

from pingpong.components.days import zone_named
from pingpong.kit.clock import iso_z
from pingpong.overview.monitors import MonitorSummary, Present
from pingpong.overview.summary import Summary

from . import bars, words
from .chart_lines import time_words
from .charts import Picture
from .ranges import RANGES

# So many charts stand open in the page; of more, a reader opens the one that is wanted.
UNFOLDED_CHARTS = 3
RANGE_NAMES = tuple(one.name for one in RANGES)
_STATES = {
    Present.UP: ("ok", gettext_noop("Up")),
    Present.DOWN: ("down", gettext_noop("Down")),
    Present.UNKNOWN: ("none", gettext_noop("Not known")),
    Present.PAUSED: ("pause", gettext_noop("Paused")),
    Present.IDLE: ("pause", gettext_noop("Idle")),
}


def state_words(state: Present) -> tuple[str, str]:
    """Return the name of the sign of a monitor's state, and its word."""
    sign, word = _STATES[state]
    return sign, gettext(word)


@dataclass(frozen=True, slots=True)
class Metric:
    """A monitor as the template shows it; `bars` or `chart` are empty where it shows none."""

    id: str
    name: str
    description: str | None
    sign: str
    state: str
    uptime: str
    bars: SafeString
    has_chart: bool
    is_open: bool
    response_time: str
    picture: Picture | None
    facts: Sequence[SafeString]


Rows = Mapping[str | None, Sequence[Metric]]
"""Metrics by component; those that stand by themselves under None."""


def metric_rows(summary: Summary, pictures: Mapping[str, Picture]) -> Rows:
    """Return the page's metrics by the component that they stand below."""
    zone = zone_named(summary.time_zone)
    charts = sum(one.shows_response_time for one in summary.monitors)
    found: dict[str | None, list[Metric]] = defaultdict(list)
    for monitor in summary.monitors:
        sign, state = _STATES[monitor.state]
        uptime = "" if monitor.uptime is None else words.percent_words(monitor.uptime)
        found[monitor.component_id].append(
            Metric(
                id=monitor.id,
                name=monitor.name,
                description=monitor.description,
                sign=sign,
                state=gettext(state),
                uptime=uptime,
                bars=_bars(monitor, uptime),
                has_chart=monitor.shows_response_time,
                is_open=charts <= UNFOLDED_CHARTS and monitor.id in pictures,
                response_time=_response_time(monitor),
                picture=pictures.get(monitor.id),
                facts=list(_facts(monitor, summary, zone)),
            )
        )
    return dict(found)


def _bars(monitor: MonitorSummary, uptime: str) -> SafeString:
    if not monitor.shows_uptime:
        return SafeString("")
    return bars.draw(monitor.days, uptime or None, mark=monitor.id)


def _response_time(monitor: MonitorSummary) -> str:
    known = monitor.response_time_ms
    return "\N{EN DASH}" if known is None else time_words(known)


def _facts(monitor: MonitorSummary, summary: Summary, zone: tzinfo) -> Iterable[SafeString]:
    def say(phrase: str, at: datetime) -> SafeString:
        told = words.moment_words(at, zone, summary.today)
        time = format_html('<time datetime="{}" data-short>{}</time>', iso_z(at), told)
        return format_html(gettext(phrase), time)

    if monitor.state is Present.DOWN and monitor.since is not None:
        yield say(gettext_noop("Down since {}"), monitor.since)
    if monitor.state is Present.PAUSED and monitor.since is not None:
        yield say(gettext_noop("Paused since {}"), monitor.since)
    if monitor.state is Present.IDLE:
        yield conditional_escape(gettext("Nothing is checked yet"))
    elif monitor.checked_at is not None:
        heard, checked = gettext_noop("Last heard of {}"), gettext_noop("Last checked {}")
        yield say(heard if monitor.is_heartbeat else checked, monitor.checked_at)
    elif monitor.state is Present.UNKNOWN:
        yield conditional_escape(_never(monitor))
    if monitor.places:
        yield format_html(
            gettext("Measured from one place (asked for: {})"),
            pgettext("punctuation", ", ").join(monitor.places),
        )


def _never(monitor: MonitorSummary) -> str:
    return gettext("Not heard of yet") if monitor.is_heartbeat else gettext("Not checked yet")
