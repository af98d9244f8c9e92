"""Forms in which maintenance is planned, moved and kept as a template."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pingpong.components.models import Component
from pingpong.components.status import Status
from pingpong.maintenance.models import TEMPLATE_NAME_LENGTH, TITLE_LENGTH
from pingpong.maintenance.planning import begins_with
from pingpong.maintenance.recurrence import Recurrence
from pingpong.maintenance.running import MOST_MINUTES
from pingpong.pages.models import Page

from .affected import AffectedList
from .blanks import BlanksForm
from .repeats import RepeatsForm
from .text_fields import LineField, MessageField
from .wall_times import READING, WallTimeField, WallTimesForm

# What a template may say of the window, known only when its time is.
OF_WINDOW = ("date", "time")
OF_TIMES = ("zone", "starts", "ends")
OF_RULE = ("repeats", "every", "weekdays", "month_day", "rule", "stops", "until", "count")


def viewer_zone() -> str:
    """Return the name of the zone that the viewer is in."""
    return timezone.get_current_timezone_name()


class MaintenanceForm(RepeatsForm, WallTimesForm, BlanksForm):
    """A window, or windows that repeat. Times are wall times of `zone`.

    `series_zone` is the zone of a series that is being changed. When it is valid, `begins` and
    `ends_at` are instants, and `recurrence` is how it repeats, if it does.
    """

    zone = forms.ChoiceField(label=_("Times are those of"))
    starts = WallTimeField(label=_("Starts"))
    ends = WallTimeField(label=_("Ends"))
    title = LineField(max_length=TITLE_LENGTH, label=_("Name"))
    message = MessageField(label=_("Message"), required=False)
    notify_subscribers = forms.BooleanField(required=False, label=_("Notify subscribers"))

    begins: datetime | None = None
    ends_at: datetime | None = None
    recurrence: Recurrence | None = None

    def __init__(
        self,
        data: Any = None,
        *,
        page: Page,
        initial: Mapping[str, Any] | None = None,
        chosen: Mapping[str, str] | None = None,
        series_zone: str = "",
        is_filled_in: bool = False,
        may_be_unfilled: bool = False,
    ) -> None:
        super().__init__(data, initial={"repeats": "", "stops": "", "every": 1, **(initial or {})})
        self._page = page
        self._is_filled_in = is_filled_in
        self._may_be_unfilled = may_be_unfilled
        zones = dict.fromkeys(filter(None, (series_zone, viewer_zone(), page.time_zone)))
        self.fields["zone"].choices = [(one, one.replace("_", " ")) for one in zones]  # type: ignore[attr-defined] # a ChoiceField
        said = data if data is not None else self.initial
        self.ask_for_readings(("starts", "ends"), said)
        self.affected = AffectedList(page, chosen or {}, data)
        if is_filled_in:
            self.ask_for_blanks(said, known=OF_WINDOW)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if self.affected.error:
            self.add_error(None, str(self.affected.error))
        self._clean_times()
        known = {}
        if self._is_filled_in and self.begins is not None and self.recurrence is None:
            known = begins_with(self.begins, self._page.time_zone)
        self.fill_blanks(may_be_unfilled=self._may_be_unfilled, known=known)
        return cleaned

    @property
    def components(self) -> list[Component]:
        """Return what the work affects, in the order of the page."""
        return [component for component, _status in self.affected.affected]

    @property
    def minutes(self) -> int:
        """Return how long a valid form's windows last."""
        if self.begins is None or self.ends_at is None:
            return 0
        return int((self.ends_at - self.begins).total_seconds()) // 60

    @property
    def has_times(self) -> bool:
        """Tell whether the times can be shown, whatever else is missing yet."""
        is_wrong = bool(self.wrong_times or self.wrong_rules)  # reads the form, if nobody has yet
        return not is_wrong and self.begins is not None and self.ends_at is not None

    @property
    def wrong_times(self) -> list[tuple[object, str]]:
        """Return the label of each field that keeps the times from being known, and why."""
        return self._wrong_in(OF_TIMES)

    @property
    def wrong_rules(self) -> list[tuple[object, str]]:
        """Return the same of what keeps the rule from being known."""
        return self._wrong_in(OF_RULE)

    def _wrong_in(self, names: Collection[str]) -> list[tuple[object, str]]:
        wrong = [name for name in names if name in self.errors and self[name].data]
        return [(self[name].label, str(self.errors[name][0])) for name in wrong]

    def _clean_times(self) -> None:
        if "zone" not in self.cleaned_data:
            return
        zone = ZoneInfo(self.cleaned_data["zone"])
        self.begins = self.instant_in("starts", zone)
        self.ends_at = self.instant_in("ends", zone)
        if self.begins is None or self.ends_at is None:
            return
        if self.ends_at <= self.begins:
            self.add_error("ends", _("This is not after the start."))
        elif self.ends_at - self.begins > timedelta(minutes=MOST_MINUTES):
            self.add_error("ends", _("Maintenance lasts 30 days at most."))
        self.recurrence = self.recurrence_from(
            self.cleaned_data["starts"],
            zone.key,
            is_later=self.cleaned_data.get(f"starts{READING}") == "1",
        )


class ExtendForm(forms.Form):
    """By how much a window lasts longer."""

    minutes = forms.IntegerField(min_value=1, max_value=MOST_MINUTES, label=_("Minutes"))


class MaintenanceTemplateForm(forms.Form):
    """A template: its texts may hold placeholders."""

    name = LineField(max_length=TEMPLATE_NAME_LENGTH, label=_("Name of the template"))
    title = LineField(max_length=TITLE_LENGTH, label=_("Name of the maintenance"))
    message = MessageField(label=_("Message"), required=False)
    minutes = forms.IntegerField(
        min_value=1, max_value=MOST_MINUTES, label=_("How many minutes it takes")
    )

    def __init__(
        self,
        data: Any = None,
        *,
        page: Page,
        initial: Mapping[str, Any] | None = None,
        chosen: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial={**(initial or {})})
        self.affected = AffectedList(page, chosen or {}, data)

    @property
    def components(self) -> list[Component]:
        """Return what the work affects, in the order of the page."""
        return [component for component, _status in self.affected.affected]

    def clean(self) -> dict[str, Any]:
        if self.affected.error:
            self.add_error(None, str(self.affected.error))
        return self.cleaned_data


def chosen_from(component_ids: Any) -> dict[str, str]:
    """Return what the list of components begins with."""
    return dict.fromkeys(component_ids, Status.MAINTENANCE.value)
