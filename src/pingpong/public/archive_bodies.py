"""Drawing some documents of a page's history: what they tell is read for all of them at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext

from pingpong.components.days import zone_named
from pingpong.components.uptime import Tally
from pingpong.overview import archived
from pingpong.overview.archive import Index, newest_first
from pingpong.overview.archived import Happening, MonthUptime
from pingpong.overview.chronicle import IncidentSummary, MaintenanceSummary
from pingpong.overview.summary import ComponentSummary, Summary

from . import bars, month_bars, words
from .archive_docs import HISTORY, MOST_IN_MONTH, Doc, Kind, Neighbours, month_key
from .archive_html import draw_doc
from .archive_memory import Memory
from .archive_shell import Shell
from .body import Body

_RECENT = 10


def draw_docs(
    docs: Iterable[Doc], memory: Memory, summary: Summary, shell: Shell, *, now: datetime
) -> Iterator[Body]:
    """Yield what is still there of some documents. Twelve queries at most."""
    keys: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    for doc in docs:
        keys[doc.kind].append(doc.key)
    page_id = summary.page_id
    for pk, incident in archived.whole_incidents(page_id, keys[Kind.INCIDENT]).items():
        yield draw_doc(Doc(Kind.INCIDENT, pk), shell, _incident(incident))
    windows = archived.whole_windows(page_id, keys[Kind.MAINTENANCE], now=now)
    for pk, window in windows.items():
        yield draw_doc(Doc(Kind.MAINTENANCE, pk), shell, _window(window))
    lists = _Lists(memory, keys, now)
    lines = archived.happenings(page_id, *lists.ids, now=now)
    months = [Doc(Kind.HISTORY, key) for key in keys[Kind.HISTORY]]
    for doc in months:
        yield draw_doc(doc, shell, lists.history(doc, lines))
    yield from _components(keys[Kind.COMPONENT], summary, shell, lists.recent, lines, now=now)


class _Lists:
    """Which lines stand in which document, by the index alone."""

    def __init__(self, memory: Memory, keys: Mapping[Kind, Sequence[str]], now: datetime) -> None:
        self._memory = memory
        begun = {pk: one for pk, one in memory.windows.items() if one.at <= now}
        self._months: dict[str, list[str]] = {}
        self._omitted: dict[str, int] = {}
        every = {**memory.incidents, **begun}
        order = newest_first(every) if any(keys[one] for one in _WITH_LINES) else []
        wanted = {month for key in keys[Kind.HISTORY] for month in self._shown(key)}
        for pk in order:
            month = month_key(every[pk].month)
            if month not in wanted:
                continue
            told = self._months.setdefault(month, [])
            if len(told) < MOST_IN_MONTH:
                told.append(pk)
            else:
                self._omitted[month] = self._omitted.get(month, 0) + 1
        self.recent = _recent(order, memory.incidents, keys[Kind.COMPONENT])

    @property
    def ids(self) -> tuple[list[str], list[str]]:
        """Return the ids of the incidents and of the windows that have a line anywhere."""
        lists = [*self._months.values(), *self.recent.values()]
        ids = {pk for some in lists for pk in some}
        known = self._memory.incidents
        return sorted(ids & known.keys()), sorted(ids - known.keys())

    def history(self, doc: Doc, lines: Mapping[str, Happening]) -> dict[str, Any]:
        """Return what one document of months tells."""
        mark: Any = self._memory.marks[doc]
        around = mark if doc.key else Neighbours(mark[1], None)
        months = [self._month(key, lines) for key in self._shown(doc.key)]
        title = months[0]["name"] if doc.key else gettext("History")
        return {
            "title": title,
            "about": gettext("Incidents and maintenance: %s") % _span(months),
            "sign": "none",
            "months": months,
            "older": _link(around.older),
            "newer": _link(around.newer),
            "is_newest": not doc.key,
        }

    def _shown(self, key: str) -> list[str]:
        if key:
            return [key]
        mark: Any = self._memory.marks[HISTORY]
        return [month_key(one) for one in mark[0]]

    def _month(self, key: str, lines: Mapping[str, Happening]) -> dict[str, Any]:
        told = [lines[pk] for pk in self._months.get(key, ()) if pk in lines]
        return {
            "key": key,
            "name": _month_name(date.fromisoformat(f"{key}-01")),
            "lines": told,
            "omitted": self._omitted.get(key, 0),
        }


_WITH_LINES = (Kind.HISTORY, Kind.COMPONENT)


def _recent(order: Iterable[str], incidents: Index, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {one: [] for one in ids}
    for pk in order:
        for one in incidents[pk].components if pk in incidents else ():
            if one in found and len(found[one]) < _RECENT:
                found[one].append(pk)
    return found


def _components(
    ids: Sequence[str],
    summary: Summary,
    shell: Shell,
    recent: Mapping[str, Sequence[str]],
    lines: Mapping[str, Happening],
    *,
    now: datetime,
) -> Iterator[Body]:
    zone = zone_named(shell.time_zone)
    years = archived.years_of_uptime(ids, zone=zone, now=now)
    shown = {one.id: one for one in summary.components}
    for pk in ids:
        told = [lines[one] for one in recent[pk] if one in lines]
        context = _component(shown[pk], years[pk], told)
        yield draw_doc(Doc(Kind.COMPONENT, pk), shell, context)


def _component(
    component: ComponentSummary, year: Sequence[MonthUptime], lines: Sequence[Happening]
) -> dict[str, Any]:
    uptime = "" if component.uptime is None else f"{component.uptime}%"
    status = gettext(component.status)
    told = gettext("%(uptime)s uptime over 90 days") % {"uptime": uptime} if uptime else ""
    return {
        "title": component.name,
        "about": f"{status}. {told}." if told else f"{status}.",
        "sign": words.sign_of(component.status),
        "component": component,
        "uptime": uptime,
        "bars": bars.draw(component.days, uptime or None, mark=component.id),
        "year": [
            {
                "name": dateformat.format(one.month, "M Y"),
                "month": one,
                "bar": month_bars.draw(one.tally),
            }
            for one in _known(year)
        ],
        "lines": lines,
    }


def _known(year: Sequence[MonthUptime]) -> Sequence[MonthUptime]:
    """Leave out the months before the first that tells anything."""
    known = [place for place, one in enumerate(year) if one.tally != Tally()]
    return year[: known[-1] + 1] if known else ()


def _incident(incident: IncidentSummary) -> dict[str, Any]:
    sign = "ok"
    lead = gettext("Resolved")
    if incident.resolved_at is None:
        signs = [words.sign_of(one.status) for one in incident.affected] or ["minor"]
        sign = min(signs, key=words.WORST_FIRST.index)
        lead = gettext(incident.status)
    elif incident.duration:
        time = words.quiet_words(incident.duration)
        lead = gettext("Resolved after %(time)s") % {"time": time}
    names = ", ".join(one.name for one in incident.affected)
    return {
        "title": incident.title,
        "about": f"{lead} · {names}" if names else lead,
        "sign": sign,
        "lead": lead,
        "incident": incident,
    }


def _window(window: MaintenanceSummary) -> dict[str, Any]:
    status = gettext(window.status)
    names = ", ".join(one.name for one in window.affected)
    return {
        "title": window.title,
        "about": f"{status} · {names}" if names else status,
        "sign": "ok" if window.status == "Complete" else "work",
        "lead": status,
        "one": window,
    }


def _span(months: Sequence[Mapping[str, Any]]) -> str:
    newest, oldest = months[0]["name"], months[-1]["name"]
    return newest if newest == oldest else f"{oldest} – {newest}"  # noqa: RUF001


def _link(month: date | None) -> dict[str, str] | None:
    return {"key": month_key(month), "name": _month_name(month)} if month else None


def _month_name(month: date) -> str:
    return dateformat.format(month, "F Y")
