"""The list of a page's custom metrics: searched, in pages, with what was fed last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import QueryDict

from pingpong.custom_metrics.models import CustomMetric
from pingpong.custom_metrics.series import Newest, newest
from pingpong.kit.text import clean_line
from pingpong.overview.plot import Plot
from pingpong.overview.plot_words import number_words

from .custom_metric_chart import sparks_of
from .monitor_standing import instant_of

PER_PAGE = 50
SEARCH_LENGTH = 100
# What has been silent for longer is told of: whoever feeds it may have stopped.
SILENT_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Fed:
    """The newest value in words, when it came, and whether that is long ago."""

    value: str
    at: datetime | None
    is_silent: bool


@dataclass(frozen=True, slots=True)
class Row:
    metric: CustomMetric
    fed: Fed | None
    plot: Plot


@dataclass(frozen=True, slots=True)
class CustomMetricList:
    rows: Sequence[Row]
    place: "PageOfRows[CustomMetric]"
    search: str
    query: str


def fed_of(metric: CustomMetric, last: Newest | None, *, now: datetime) -> Fed | None:
    """Tell what was fed last."""
    at = instant_of(last.minute) if last is not None else None
    if last is None or at is None:
        return None
    return Fed(number_words(last.value, metric.suffix), at, now - at > SILENT_AFTER)


def list_custom_metrics(page_id: str, asked: QueryDict, *, now: datetime) -> CustomMetricList:
    """Return what `?q=` and `?page=` ask for. Five queries at most."""
    search = clean_line(asked.get("q", "").replace("\0", ""))[:SEARCH_LENGTH]
    metrics = CustomMetric.objects.filter(page_id=page_id).select_related("component")
    if search:
        metrics = metrics.filter(Q(name__icontains=search) | Q(component__name__icontains=search))
    place = Paginator(metrics, PER_PAGE).get_page(asked.get("page"))
    shown = list(place.object_list)
    last = newest([one.pk for one in shown])
    plots = sparks_of(shown, now=now)
    rows = [Row(one, fed_of(one, last.get(one.pk), now=now), plots[one.pk]) for one in shown]
    query = QueryDict(mutable=True)
    if search:
        query["q"] = search
    return CustomMetricList(rows, place, search, query.urlencode())
