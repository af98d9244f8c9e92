"""A page with custom metrics, made by hand, and what a server answers to its charts."""

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from pingpong.components.days import zone_named
from pingpong.custom_metrics.models import Rollup
from pingpong.overview.custom_metrics import CustomMetricSummary
from pingpong.overview.plot import Plot
from pingpong.overview.summary import Summary
from pingpong.public import statics
from pingpong.public.custom_charts import CUSTOM_RANGES, CustomPicture
from pingpong.public.page_html import policy_of, render_html

from .stories import LONG, NOW, calm

URL = "http://status.test/s/acme/"
GAP = range(60, 66)
_SUFFIXES = ("ms", "%", "", "orders per minute")


def fed() -> Summary:
    """Six metrics: two below a component, one of them without a number, four by themselves."""
    metrics = [
        CustomMetricSummary(
            id=f"c{number}",
            name=LONG if number == 3 else f"Metric {number}",
            description="As our customers see it" if number % 2 else None,
            component_id="API" if number < 2 else None,
            suffix=_SUFFIXES[number % 4],
            rollup=list(Rollup.values)[number % 5],
            value=None if number == 1 else 1204.5,
            fed_at=None if number == 1 else NOW - timedelta(minutes=2),
        )
        for number in range(6)
    ]
    return replace(calm(), custom_metrics=metrics)


def html_of(summary: Summary) -> tuple[str, str]:
    """Return the document and its policy."""
    pictures: Mapping[str, CustomPicture] = {
        one.id: CustomPicture(_plot(one, "24h").svg(one.name, zone_named("Europe/Berlin")), "Calm.")
        for one in summary.custom_metrics
    }
    html = render_html(summary, url=URL, changed_at=NOW, custom_pictures=pictures)
    return html, policy_of(summary)


def answer_to(path: str) -> dict[str, Any]:
    """Return what the browser's driver fulfils a request with."""
    if path == statics.panel_script_path():
        return {"body": statics.panel_script(), "content_type": "text/javascript"}
    *_, metric_id, name = path.split("/")
    known = {one.id: one for one in fed().custom_metrics}
    if metric_id not in known:
        return {"status": 404}
    metric, name = known[metric_id], name.removesuffix(".json")
    plot = _plot(metric, name)
    svg = plot.svg(metric.name, zone_named("Europe/Berlin"))
    told = {**plot.facts(), "range": name, "caption": f"Caption of {name}.", "svg": svg}
    return {"body": json.dumps(told), "content_type": "application/json"}


@cache
def _plot(metric: CustomMetricSummary, name: str) -> Plot:
    (chosen,) = (one for one in CUSTOM_RANGES if one.name == name)
    window = chosen.present(NOW)
    values = [
        None if place in GAP else 100 + round(40 * math.sin(place / 12))
        for place in range(window.count)
    ]
    fed_values = [None] * window.count if metric.value is None else values
    return Plot(window.start, window.step, fed_values, metric.suffix, metric.rollup)
