"""The events of one project: filtered, searched, and read on from a place in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from pingpong.events.models import Event
from pingpong.kit.text import clean_line

from .audit_names import add_names
from .audit_words import SUBJECTS, Difference, differences_of, sentence

PER_PAGE = 50
PER_BATCH = 500
MOST_PEOPLE = 200
# Beyond, there is no midnight in some zones.
_IN_REACH = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1))]
_SEARCHED = ("actor", "kind", "data__name", "data__title")


class AuditFilter(forms.Form):
    """What `?person=&kind=&subject=&since=&until=&q=` ask for; what cannot be read is left out."""

    q = forms.CharField(required=False, max_length=100, label=_("Search"))
    person = forms.CharField(required=False, max_length=22, label=_("Person"))
    kind = forms.ChoiceField(
        required=False, label=_("What"), choices=[("", _("Everything")), *SUBJECTS.items()]
    )
    subject = forms.CharField(required=False, max_length=22, widget=forms.HiddenInput)
    since = forms.DateField(
        required=False,
        label=_("From"),
        validators=_IN_REACH,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    until = forms.DateField(
        required=False,
        label=_("To"),
        validators=_IN_REACH,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )

    def __init__(self, asked: QueryDict, people: list[tuple[str, str]]) -> None:
        plain = {name: str(value).replace("\0", "") for name, value in asked.items()}
        super().__init__(plain)
        everybody = [("", _("Everybody")), *people]
        self.fields["person"].widget = forms.Select(choices=everybody)

    @property
    def chosen(self) -> dict[str, Any]:
        """Return what was understood."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def query(self, **more: str) -> str:
        """Return the filter as the query of an address."""
        query = QueryDict(mutable=True)
        query.update({name: str(value) for name, value in self.chosen.items()} | more)
        return query.urlencode()


@dataclass(frozen=True, slots=True)
class Entry:
    """One event in words."""

    at: datetime
    text: str
    subject_id: str
    differences: list[Difference]


@dataclass(frozen=True, slots=True)
class AuditPage:
    entries: list[Entry]
    older: str
    is_first: bool


def people_of(page_id: str) -> list[tuple[str, str]]:
    """Return who has ever changed something, also who left: id and last name. One query."""
    rows = Event.objects.filter(page_id=page_id).exclude(actor_id="")
    pairs = rows.order_by("actor").values_list("actor_id", "actor").distinct()[:MOST_PEOPLE]
    return sorted(dict(pairs).items(), key=lambda pair: pair[1].casefold())


def events_of(page_id: str, chosen: dict[str, Any]) -> "QuerySet[Event]":
    """Return the events that a filter asks for, newest first."""
    rows = Event.objects.filter(page_id=page_id)
    if "person" in chosen:
        rows = rows.filter(actor_id=chosen["person"])
    if "kind" in chosen:
        rows = rows.filter(kind__startswith=f"{chosen['kind']}.")
    if "subject" in chosen:
        rows = rows.filter(subject_id=chosen["subject"])
    if "since" in chosen:
        rows = rows.filter(at__gte=_midnight(chosen["since"]))
    if "until" in chosen:
        rows = rows.filter(at__lt=_midnight(chosen["until"] + timedelta(days=1)))
    if words := clean_line(chosen.get("q", "")):
        found = Q()
        for column in _SEARCHED:
            found |= Q(**{f"{column}__icontains": words})
        rows = rows.filter(found)
    return rows.order_by("-at", "-pk")


def read_page(rows: "QuerySet[Event]", cursor: str) -> AuditPage:
    """Return one page, which begins behind the event that `cursor` names."""
    found = list(_behind(rows, cursor)[: PER_PAGE + 1])
    events = found[:PER_PAGE]
    add_names(events)
    older = _cursor(events[-1]) if len(found) > PER_PAGE else ""
    return AuditPage([_entry(one) for one in events], older, is_first=not cursor)


def every_event(rows: "QuerySet[Event]") -> Iterator[Event]:
    """Yield all of them, a batch at a time: no query stays open while somebody downloads."""
    cursor = ""
    while batch := list(_behind(rows, cursor)[:PER_BATCH]):
        yield from batch
        cursor = _cursor(batch[-1])


def _entry(event: Event) -> Entry:
    text = sentence(event.kind, event.actor, event.data)
    return Entry(event.at, text, event.subject_id, differences_of(event.data))


def _cursor(event: Event) -> str:
    return f"{event.at.astimezone(UTC):%Y%m%d%H%M%S%f}-{event.pk}"


def _behind(rows: "QuerySet[Event]", cursor: str) -> "QuerySet[Event]":
    moment, _dash, number = cursor.partition("-")
    try:
        at = datetime.strptime(moment, "%Y%m%d%H%M%S%f").replace(tzinfo=UTC)
        pk = int(number[:18])
    except ValueError:
        return rows
    return rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk))


def _midnight(day: Any) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=get_current_timezone())
