"""The page itself, as one self-contained HTML document."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from pingpong.components.days import zone_named
from pingpong.kit.clock import iso_z
from pingpong.overview import chart_library
from pingpong.overview.chronicle import IncidentSummary, MaintenanceSummary, PastDay
from pingpong.overview.summary import ComponentSummary, GroupSummary, Summary
from pingpong.pages.languages import direction_of, tag_of

from . import bars, card, currency_words, paper, statics, words
from .charts import Picture
from .custom_charts import CUSTOM_RANGES, CustomPicture
from .custom_rows import Panel, Panels, panels_of
from .look_css import look_css
from .look_parts import LookParts, look_parts
from .metric_rows import RANGE_NAMES, Metric, Rows, metric_rows
from .tongues import Tongue, choices, tongues_of

STYLE = "page.css"
METRICS_STYLE = "metrics.css"
PANEL_STYLE = "panels.css"
CHART_STYLE = str(chart_library.STYLE)
PLOT_STYLE = str(chart_library.PLOT_STYLE)
SCRIPT = "page.js"

# Up to this many components a reader sees them all at once; beyond, calm groups are folded.
UNFOLDED = 40
AGE_SLOT = "<!--age-->"
_ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'>"
    "<circle cx='12' cy='12' r='12' fill='{color}'/>"
    "<path d='{glyph}' fill='none' stroke='#fff' stroke-width='3' stroke-linecap='round' "
    "stroke-linejoin='round'/></svg>"
)
_ICONS = {
    "ok": ("#1f7a50", "m6.8 12.6 3.5 3.5 7-7.6"),
    "major": ("#b06b00", "M12 5.5v7.5M12 17.8v.2"),
    "minor": ("#b06b00", "M12 5.5v7.5M12 17.8v.2"),
    "down": ("#b3312a", "m7.5 7.5 9 9m0-9-9 9"),
    "work": ("#4a5f92", "M7 9h10M7 15h10"),
    "none": ("#676c74", "M8.5 9.2a3.5 3.5 0 1 1 5 3.1q-1.5.8-1.5 2.2M12 17.8v.2"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A component as the template shows it."""

    id: str
    name: str
    description: str | None
    status: str
    sign: str
    uptime: str
    bars: SafeString
    metrics: Sequence[Metric]
    is_doubted: bool
    panel: Panel | None = None


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    name: str
    description: str | None
    sign: str
    words: str
    is_open: bool
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Past:
    """One day, or a run of quiet ones."""

    label: str
    is_quiet: bool
    ongoing: Sequence[IncidentSummary]
    incidents: Sequence[IncidentSummary]
    maintenance: Sequence[MaintenanceSummary]


def render_html(
    summary: Summary,
    *,
    url: str,
    changed_at: datetime,
    pictures: Mapping[str, Picture] | None = None,
    custom_pictures: Mapping[str, CustomPicture] | None = None,
    parts: LookParts | None = None,
    tongue: Tongue | None = None,
    root: str | None = None,
) -> str:
    """Return the document. It has one `AGE_SLOT`, where a stale copy says how old it is.

    `pictures` are the charts of its monitors, by id, `custom_pictures` those of its custom
    metrics; `parts` is where the parts of its look are, by default next to it. It is written in
    the active language, which is that of `tongue`. `root` leads to the page from where the
    document is, by default from its language's path.
    """
    tongue = tongue or tongues_of(summary)[0]
    panels = panels_of(summary, custom_pictures or {})
    context = _context(summary, url, changed_at, metric_rows(summary, pictures or {}), panels)
    context["root"] = tongue.up if root is None else root
    context["parts"] = parts or look_parts(summary.look, up=tongue.up)
    context |= language_context(summary, tongue, url=url)
    return get_template("public/page.html").render(context).strip()


def policy_of(summary: Summary, *, look_from: str = "'self'") -> str:
    """Return the Content-Security-Policy of the document."""
    return paper.policy(
        *_styles(summary),
        script=SCRIPT,
        own_host_too=_has_charts(summary) or bool(summary.custom_metrics),
        look=look_from if look_css(summary.look) or summary.look.pictures else "",
    )


def language_context(
    summary: Summary, tongue: Tongue, *, url: str, rest: str = ""
) -> dict[str, Any]:
    """Return what each document says of its language; `rest` is its path below the tongue's."""
    below = f"{tongue.below}{rest}"
    return {
        "tongue": tongue,
        "language": tag_of(tongue.code),
        "direction": direction_of(tongue.code),
        "choices": choices(summary, tongue, url=url, rest=rest),
        "default_url": f"{url}{rest}",
        "canonical": f"{url}{below}",
    }


def _styles(summary: Summary) -> list[str]:
    """Return only what the page needs: the first visit pays for it."""
    metrics = [METRICS_STYLE] if summary.monitors or summary.custom_metrics else []
    panels = [PANEL_STYLE, PLOT_STYLE] if summary.custom_metrics else []
    return [STYLE, *metrics, *panels, *([CHART_STYLE] if _has_charts(summary) else [])]


def _has_charts(summary: Summary) -> bool:
    return any(one.shows_response_time for one in summary.monitors)


def age_slot() -> SafeString:
    """Return the slot as templates put it into a document."""
    return mark_safe(AGE_SLOT)  # noqa: S308 -- a constant


def stamp_of(summary: Summary) -> SafeString:
    """Return when the document was made: the one part of it that may change with nothing else."""
    if summary.as_of is None:
        return SafeString("")
    zone = zone_named(summary.time_zone)
    told = words.moment_words(summary.as_of, zone, summary.today)
    return format_html(
        '<time id="made" datetime="{}" data-short>{}</time>', iso_z(summary.as_of), told
    )


def age_notice() -> str:
    """Return what fills the slot of a stale copy; ``{checked}`` is put in by who serves it."""
    text = gettext("This page may be out of date: last checked %s") % "{minute}"
    return f'<p class="stale">{text}</p>'


def _context(
    summary: Summary, url: str, changed_at: datetime, metrics: Rows, panels: Panels
) -> dict[str, Any]:
    zone = zone_named(summary.time_zone)
    is_in_doubt = currency_words.is_in_doubt(summary)
    sign = "none" if is_in_doubt else words.page_sign(summary.color)
    unfold = len(summary.components) <= UNFOLDED
    return {
        "page": summary,
        "url": url,
        "look": summary.look,
        # On a host of its own "/" is the page itself.
        "home": f"{settings.BASE_URL}/" if summary.look.host else "/",
        "zone": zone,
        "zone_words": _zone_name(summary, changed_at.astimezone(zone)),
        "zone_short": words.zone_words(changed_at.astimezone(zone)),
        "changed_at": changed_at,
        "headline": currency_words.headline_of(summary),
        "doubt": currency_words.doubt_of(summary, zone),
        "is_in_doubt": is_in_doubt,
        "made": stamp_of(summary),
        "sign": sign,
        "mark": words.title_mark(sign),
        "lead": words.lead_of(summary),
        "card": card.links_of(url, card.card_of(summary)),
        "favicon": favicon(sign),
        "metrics_lead": words.metrics_lead(summary),
        "styles": [paper.inline(name) for name in _styles(summary)],
        "chart_script": statics.chart_script_path() if _has_charts(summary) else "",
        "panel_script": statics.panel_script_path() if summary.custom_metrics else "",
        "script": paper.inline(SCRIPT),
        "age_slot": age_slot(),
        "rows": [_row(one, metrics, panels) for one in summary.ungrouped],
        "groups": [_group(one, metrics, panels, unfold=unfold) for one in summary.groups],
        "metrics": metrics.get(None, ()),
        "panel": panels.get(None),
        "panel_ranges": [(one.name, words.stretch_name(one.name)) for one in CUSTOM_RANGES],
        "ranges": [(name, words.range_name(name)) for name in RANGE_NAMES],
        "days_are_utc": summary.time_zone in ("UTC", "Etc/UTC"),
        "past": _past(summary.past_days),
    }


def favicon(sign: str) -> str:
    """Return the page's icon as a data address."""
    color, glyph = _ICONS[sign]
    return "data:image/svg+xml," + quote(_ICON.format(color=color, glyph=glyph), safe="' =:/")


def _zone_name(summary: Summary, local: datetime) -> str:
    abbreviation = words.zone_words(local)
    name = summary.time_zone.replace("_", " ")
    return name if name == abbreviation else f"{name} ({abbreviation})"


def _row(component: ComponentSummary, metrics: Rows, panels: Panels) -> Row:
    uptime = "" if component.uptime is None else words.percent_words(component.uptime)
    return Row(
        id=component.id,
        name=component.name,
        description=component.description,
        status=component.status,
        sign=words.sign_of(component.status),
        uptime=uptime,
        bars=bars.draw(component.days, uptime or None, mark=component.id),
        metrics=metrics.get(component.id, ()),
        panel=panels.get(component.id),
        is_doubted=component.is_doubted,
    )


def _group(group: GroupSummary, metrics: Rows, panels: Panels, *, unfold: bool) -> Group:
    rows = [_row(component, metrics, panels) for component in group.components]
    sign = min((row.sign for row in rows), key=words.WORST_FIRST.index)
    calm = sign in ("ok", "none")
    is_doubted = any(row.is_doubted for row in rows)
    has_bad_news = (
        not calm or is_doubted or any(one.sign == "down" for row in rows for one in row.metrics)
    )
    return Group(
        id=group.id,
        name=group.name,
        description=group.description,
        sign=sign,
        words=_group_words(rows, is_calm=calm),
        is_open=unfold or has_bad_news,
        rows=rows,
    )


def _group_words(rows: Sequence[Row], *, is_calm: bool) -> str:
    total = len(rows)
    if is_calm:
        return ngettext("%(total)d component", "%(total)d components", total) % {"total": total}
    affected = sum(row.sign not in ("ok", "none") for row in rows)
    return gettext("%(affected)d of %(total)d affected") % {"affected": affected, "total": total}


def _past(days: Iterable[PastDay]) -> list[Past]:
    told: list[Past] = []
    runs = groupby(days, key=lambda day: not (day.ongoing or day.incidents or day.maintenance))
    for is_quiet, run in runs:
        some = list(run)
        if is_quiet:
            told.append(Past(_run_label(some), True, (), (), ()))
        else:
            told += [
                Past(words.date_words(day.date), False, day.ongoing, day.incidents, day.maintenance)
                for day in some
            ]
    return told


def _run_label(days: Sequence[PastDay]) -> str:
    """Label a run of days, which comes newest first."""
    newest, oldest = days[0].date, days[-1].date
    return words.date_words(newest) if newest == oldest else words.days_words(oldest, newest)
