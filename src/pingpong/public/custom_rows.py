"""Custom metrics as the page shows them: a grid below a component, or one of the page itself."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.html import format_html
from django.utils.safestring import SafeString

from pingpong.components.days import zone_named
from pingpong.kit.clock import iso_z
from pingpong.overview.custom_metrics import CustomMetricSummary
from pingpong.overview.plot_words import number_words, with_unit
from pingpong.overview.summary import Summary

from . import words
from .custom_charts import CustomPicture

# So many charts below components stand open; of more, a reader opens those that are wanted.
UNFOLDED_CHARTS = 8


@dataclass(frozen=True, slots=True)
class Card:
    """A custom metric as the template shows it; `number` is empty where nothing was fed."""

    id: str
    name: str
    description: str | None
    number: str
    unit: str
    is_close: bool
    fed: SafeString
    picture: CustomPicture | None


@dataclass(frozen=True, slots=True)
class Panel:
    """The cards that share a place and a choice of time."""

    id: str
    is_open: bool
    cards: Sequence[Card]


Panels = Mapping[str | None, Panel]
"""Panels by component; that of the page itself under None."""


def panels_of(summary: Summary, pictures: Mapping[str, CustomPicture]) -> Panels:
    """Return the page's custom metrics by the component that they stand below."""
    zone = zone_named(summary.time_zone)
    found: dict[str | None, list[Card]] = defaultdict(list)
    for metric in summary.custom_metrics:
        card = _card(metric, pictures.get(metric.id), summary, zone)
        found[metric.component_id].append(card)
    below = sum(len(cards) for component_id, cards in found.items() if component_id is not None)
    return {
        component_id: Panel(component_id or "page", below <= UNFOLDED_CHARTS, cards)
        for component_id, cards in found.items()
    }


def _card(
    metric: CustomMetricSummary, picture: CustomPicture | None, summary: Summary, zone: tzinfo
) -> Card:
    return Card(
        id=metric.id,
        name=metric.name,
        description=metric.description,
        number="" if metric.value is None else number_words(metric.value, ""),
        unit=metric.suffix.strip(),
        is_close=" " not in with_unit("0", metric.suffix),
        fed=_fed(metric.fed_at, summary, zone),
        picture=picture,
    )


def _fed(at: datetime | None, summary: Summary, zone: tzinfo) -> SafeString:
    if at is None:
        return SafeString("")
    told = words.moment_words(at, zone, summary.today)
    return format_html('<time datetime="{}">{}</time>', iso_z(at), told)
