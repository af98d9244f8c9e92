"""The components of a page as the dashboard lists them: by group, and why each is what it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _

from pingpong.components.effects import active_by_component, effective
from pingpong.components.history import intervals_since
from pingpong.components.models import Component, ComponentGroup
from pingpong.components.status import Influence, Status
from pingpong.components.uptime import tally
from pingpong.kit.text import clean_line
from pingpong.pages.models import Page

from .component_reasons import Reason, reasons_of
from .nags import Nag, component_nags
from .status_words import COMPONENT_WORDS, SIGNS

WINDOW = timedelta(days=90)
SEARCH_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One component. `reason` is the event that overrides its own status, if one does.

    `uptime` is in percent over :data:`WINDOW`, None without data.
    """

    component: Component
    status: str
    reason: Reason | None
    uptime: Decimal | None

    @property
    def word(self) -> object:
        return COMPONENT_WORDS[Status(self.status)]

    @property
    def sign(self) -> str:
        return SIGNS[Status(self.status)]

    @property
    def own_word(self) -> object:
        return COMPONENT_WORDS[Status(self.component.own_status)]

    @property
    def is_in_trouble(self) -> bool:
        return self.status not in (Status.OPERATIONAL, Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Section:
    """A group with its components; those without a group come first."""

    group: ComponentGroup | None
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Filter:
    """One chip above the list."""

    label: str
    count: int
    query: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ComponentList:
    sections: list[Section]
    filters: list[Filter]
    search: str
    shown: str
    total: int
    nags: list[Nag]

    @property
    def is_filtered(self) -> bool:
        return bool(self.search or self.shown)

    @property
    def has_groups(self) -> bool:
        return any(section.group for section in self.sections)

    @property
    def is_empty(self) -> bool:
        return not any(section.rows for section in self.sections)


def list_components(page: Page, asked: QueryDict, *, now: datetime) -> ComponentList:
    """Return what `?q=` and `?show=` ask for, all on one page. Eight queries at most."""
    groups = list(ComponentGroup.objects.filter(page=page))
    every = rows_of(page, list(Component.objects.filter(page=page)), now=now)
    search = clean_line(asked.get("q", "").replace("\0", ""))[:SEARCH_LENGTH]
    names = {group.pk: group.name for group in groups}
    found = [row for row in every if _fits(row, search, names)]
    tests = {
        "": (_("All"), found),
        "trouble": (_("Not operational"), [row for row in found if row.is_in_trouble]),
        "hidden": (_("Not on the page"), [row for row in found if not row.component.showcased]),
    }
    shown = asked.get("show", "")
    shown = shown if shown in tests else ""
    filters = [
        Filter(label, len(rows), _query(q=search, show=name), name == shown)
        for name, (label, rows) in tests.items()
    ]
    sections = _sections(groups, tests[shown][1])
    if search or shown:
        sections = [section for section in sections if section.rows]
    nags = component_nags(page, {one.component.pk: one.status for one in every}, now=now)
    return ComponentList(sections, filters, search, shown, len(every), nags)


def rows_of(page: Page, components: list[Component], *, now: datetime) -> list[Row]:
    """Return components with what they are and were. Five queries at most."""
    active = active_by_component(page.pk, now)
    wanted = {one.pk: active[one.pk] for one in components if one.pk in active}
    reasons = reasons_of(page, wanted.values())
    uptimes = _uptimes([one.pk for one in components], now=now)
    return [
        Row(one, effective(one, active), _reason(wanted, reasons, one), uptimes.get(one.pk))
        for one in components
    ]


def _reason(
    active: Mapping[str, Influence], reasons: Mapping[str, Reason], one: Component
) -> Reason | None:
    deciding = active.get(one.pk)
    return None if deciding is None else reasons.get(deciding.event_id)


def _uptimes(ids: list[str], *, now: datetime) -> dict[str, Decimal | None]:
    start = now - WINDOW
    spans = intervals_since(ids, start, now=now)
    return {pk: tally(some, start, now).percentage() for pk, some in spans.items()}


def _sections(groups: Iterable[ComponentGroup], rows: Iterable[Row]) -> list[Section]:
    below: dict[str | None, list[Row]] = {None: []}
    for row in rows:
        below.setdefault(row.component.group_id, []).append(row)
    grouped = [Section(group, below.get(group.pk, [])) for group in groups]
    return [Section(None, below[None]), *grouped]


def _fits(row: Row, search: str, groups: Mapping[str, str]) -> bool:
    one = row.component
    texts = (one.name, one.description or "", groups.get(one.group_id or "", ""))
    return any(search.casefold() in text.casefold() for text in texts)


def _query(**asked: str) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in asked.items() if value})
    return query.urlencode()
