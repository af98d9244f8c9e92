"""What Prometheus may know about the measuring: read at the moment of the scrape."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Min
from prometheus_client.metrics_core import GaugeMetricFamily, Metric

from pingpong.monitors.agents import FRESH_FOR
from pingpong.monitors.models import MonitorState, ProbeAgent, Verdict, Watch


def figures(now: datetime) -> Iterator[Metric]:
    """Return the figures of watches, verdicts and agents. Four queries."""
    yield from _watches(now)
    states = GaugeMetricFamily("pingpong_monitors", "Monitors by their verdict.", labels=["state"])
    counted = Verdict.objects.values_list("state").annotate(count=Count("pk"))
    found = dict(counted.order_by("state"))
    for state in MonitorState.values:
        states.add_metric([state], found.get(state, 0))
    yield states
    yield from _agents(now)


def _watches(now: datetime) -> Iterator[Metric]:
    due = Watch.objects.filter(next_slot__isnull=False).aggregate(
        count=Count("pk"), first=Min("next_slot")
    )
    yield GaugeMetricFamily("pingpong_watches", "Watches that are not idle.", due["count"])
    if due["first"] is not None:
        yield GaugeMetricFamily(
            "pingpong_agenda_lag_seconds",
            "How long the check that has waited longest has been due; 0 when none waits.",
            max(0.0, now.timestamp() - due["first"]),
        )
    yield GaugeMetricFamily(
        "pingpong_checks_pending",
        "Checks whose outcome is waited for.",
        Watch.objects.filter(claimed_until__isnull=False).count(),
    )


def _agents(now: datetime) -> Iterator[Metric]:
    ages = GaugeMetricFamily(
        "pingpong_probe_report_age_seconds",
        "How long ago a probe reported itself.",
        labels=["agent"],
    )
    connected = GaugeMetricFamily(
        "pingpong_probe_connected", "1 while a probe believes its own network.", labels=["agent"]
    )
    spooled = GaugeMetricFamily(
        "pingpong_probe_spooled_outcomes", "Outcomes that wait at a probe.", labels=["agent"]
    )
    skews = GaugeMetricFamily(
        "pingpong_probe_clock_skew_seconds", "How far a probe's clock is ahead.", labels=["agent"]
    )
    for agent in ProbeAgent.objects.order_by("name"):
        is_fresh = now - agent.seen_at < FRESH_FOR
        ages.add_metric([agent.name], (now - agent.seen_at).total_seconds())
        connected.add_metric([agent.name], 1 if is_fresh and agent.is_connected else 0)
        spooled.add_metric([agent.name], agent.spooled)
        skews.add_metric([agent.name], agent.skew_s)
    yield from (ages, connected, spooled, skews)
