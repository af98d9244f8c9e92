"""Wall times in forms: in a zone that is named, never guessed where clocks change."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pingpong.maintenance.wall_time import next_that_exists, readings

from .minutes import MINUTE_FORMAT, YEARS, Minute

READING = "_reading"


class WallTimeField(forms.Field):
    """A date and a time of day, naive: the form says in which zone."""

    widget = Minute

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value
        found = wall_time_in(str(value))
        if found is None:
            raise ValidationError(_("Enter a date and a time of day."))
        return found


class WallTimesForm(forms.Form):
    """A form with wall times; where one comes twice, a field beside it asks which is meant.

    Before it is filled in call `ask_for_readings`, and `instant_in` when it is cleaned.
    """

    def ask_for_readings(self, names: tuple[str, ...], said: Mapping[str, Any]) -> None:
        """Add the fields `<name>_reading` for the times that come twice in the zone they are in."""
        zone = self.zone_in(said)
        for name in names:
            wall = said.get(name)
            wall = wall if isinstance(wall, datetime) else wall_time_in(str(wall or ""))
            found = readings(wall, zone) if wall is not None and _is_near(wall) else ()
            if not found or found[0] == found[-1]:
                continue
            words = (_("The earlier one: %(time)s"), _("The later one: %(time)s"))
            self.fields[name + READING] = forms.ChoiceField(
                label=_("This time comes twice that day, as clocks are set back. Which one?"),
                choices=[
                    (str(number), word % {"time": clock_at(at, zone)})
                    for number, (word, at) in enumerate(zip(words, found, strict=True))
                ],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the two.")},
            )

    def zone_in(self, said: Mapping[str, Any]) -> ZoneInfo:
        """Return the zone that is chosen, or else the first one there is to choose."""
        choices = [str(key) for key, _label in self.fields["zone"].choices]  # type: ignore[attr-defined] # a ChoiceField
        wanted = said.get("zone")
        return ZoneInfo(wanted if wanted in choices else choices[0])

    @property
    def asked_readings(self) -> list[tuple[object, forms.BoundField]]:
        """Return the label of each time that comes twice, and the field that asks which one."""
        asked = [name for name in self.fields if name.endswith(READING)]
        return [(self[name.removesuffix(READING)].label, self[name]) for name in asked]

    def instant_in(self, name: str, zone: ZoneInfo) -> datetime | None:
        """Return the instant that was meant, or None with an error beside the field."""
        wall = self.cleaned_data.get(name)
        if wall is None:
            return None
        if not _is_near(wall):
            self.add_error(name, _("This is too far away."))
            return None
        found = readings(wall, zone)
        if not found:
            sentence = _(
                "Clocks in %(zone)s are set forward that day and skip this time. "
                "The next one that there is: %(time)s."
            )
            exists = next_that_exists(wall, zone).strftime("%H:%M")
            self.add_error(name, ValidationError(sentence, params={"zone": zone, "time": exists}))
            return None
        if len(found) == 1:
            return found[0]
        chosen = self.cleaned_data.get(name + READING)
        return found[int(chosen)] if chosen else None


def wall_time_in(text: str) -> datetime | None:
    """Read what a browser sends for a date and a time of day."""
    for length, pattern in ((16, MINUTE_FORMAT), (19, f"{MINUTE_FORMAT}:%S")):
        if len(text) == length:
            try:
                return datetime.strptime(text, pattern).replace(second=0)  # noqa: DTZ007 -- a wall time
            except ValueError:
                return None
    return None


def clock_at(at: datetime, zone: ZoneInfo) -> str:
    """Write a time of day so that it tells itself from the other one: ``02:30 (UTC+02:00)``."""
    local = at.astimezone(zone)
    offset = local.strftime("%z")
    return f"{local:%H:%M} (UTC{offset[:3]}:{offset[3:5]})"


def _is_near(wall: datetime) -> bool:
    return wall.year in YEARS
