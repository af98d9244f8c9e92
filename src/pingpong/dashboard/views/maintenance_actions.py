"""What is done to maintenance by one press: start, extend, finish, take back, delete, end."""

from abc import ABC, abstractmethod
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.dashboard import toasts
from pingpong.dashboard.forms.maintenance import ExtendForm
from pingpong.dashboard.forms.minutes import YEARS
from pingpong.maintenance import running
from pingpong.maintenance.lifecycle import WindowInvalidError, delete_maintenance
from pingpong.maintenance.running import WindowMovedOnError
from pingpong.maintenance.series import WindowBegunError, delete_following, end_series

from .maintenance_editing import FOLLOWING
from .maintenance_view import ConfirmedMaintenanceView, MaintenanceOfPageView


class _RunningView(MaintenanceOfPageView, ABC):
    """Changes the times of a window; the toast takes it back."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        before = (self.maintenance.scheduled_for, self.maintenance.ends_at)
        try:
            sentence = self.do(request)
        except WindowMovedOnError:
            toasts.warn(request, _("Its times have changed meanwhile. Look at it again."))
        else:
            if sentence:
                toasts.say(request, sentence, undo=self._undo(before))
        return redirect(self.here)

    @abstractmethod
    def do(self, request: HttpRequest) -> str:
        """Do it and say so; say nothing when nothing was done."""

    def _undo(self, before: tuple[datetime, datetime]) -> str:
        window = self.maintenance
        times = (*before, window.scheduled_for, window.ends_at)
        names = ("starts", "ends", "seen_starts", "seen_ends")
        texts = (at.astimezone(UTC).isoformat() for at in times)
        there = self.url("take_back_maintenance", maintenance=window.pk)
        return f"{there}?{urlencode(list(zip(names, texts, strict=True)))}"


class StartMaintenanceView(_RunningView):
    def do(self, _request: HttpRequest) -> str:
        running.start_now(self.maintenance, by=self.by, now=self.now)
        return _("It has begun.")


class FinishMaintenanceView(_RunningView):
    def do(self, _request: HttpRequest) -> str:
        running.finish_now(self.maintenance, by=self.by, now=self.now)
        return _("It is finished.")


class ExtendMaintenanceView(_RunningView):
    def do(self, request: HttpRequest) -> str:
        form = ExtendForm(request.POST)
        if not form.is_valid():
            toasts.warn(request, _("Give a number of minutes, 30 days at most."))
            return ""
        minutes = form.cleaned_data["minutes"]
        running.extend(self.maintenance, minutes=minutes, by=self.by, now=self.now)
        return _("It lasts longer now.")


class TakeBackMaintenanceView(MaintenanceOfPageView):
    """Gives a window the times back that a toast knows, unless somebody else was faster."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        try:
            starts, ends, *seen = (
                _instant_in(request.GET.get(name, ""))
                for name in ("starts", "ends", "seen_starts", "seen_ends")
            )
            running.take_back(
                self.maintenance,
                seen=(seen[0], seen[1]),
                before=(starts, ends),
                by=self.by,
                now=self.now,
            )
        except (ValueError, OverflowError, WindowMovedOnError, WindowInvalidError):
            toasts.warn(request, _("Its times have changed meanwhile. Look at it again."))
        else:
            toasts.say(request, _("It is as it was."))
        return redirect(self.here)


class DeleteMaintenanceView(ConfirmedMaintenanceView):
    """Deletes this window, or with `scope` "following" it and all that follow."""

    def ask(self) -> HttpResponse:
        occurrence = self.occurrence
        context = {
            "maintenance": self.maintenance,
            "series": occurrence.series if occurrence else None,
            "is_to_come": self.is_to_come,
        }
        return self.render("maintenance/delete.html", context)

    def do(self) -> HttpResponse:
        title = self.maintenance.title
        occurrence = self.occurrence
        if occurrence is not None and self.request.POST.get("scope") == FOLLOWING:
            try:
                delete_following(occurrence, by=self.by, now=self.now)
            except WindowBegunError:
                toasts.warn(self.request, _("It has begun: delete this one only."))
                return redirect(self.here)
            toasts.say(self.request, _("“%(title)s” does not come any more.") % {"title": title})
        else:
            delete_maintenance(self.maintenance, by=self.by, now=self.now)
            toasts.say(self.request, _("“%(title)s” is deleted.") % {"title": title})
        return redirect(self.url("maintenance"))


class EndMaintenanceSeriesView(ConfirmedMaintenanceView):
    """Deletes all that is still to come of a series."""

    def ask(self) -> HttpResponse:
        return self.render("maintenance/end_series.html", {"maintenance": self.maintenance})

    def do(self) -> HttpResponse:
        occurrence = self.occurrence
        if occurrence is None:
            toasts.warn(self.request, _("This maintenance does not repeat."))
            return redirect(self.here)
        is_kept = not self.is_to_come
        end_series(occurrence.series, by=self.by, now=self.now)
        toasts.say(self.request, _("It does not repeat any more."))
        return redirect(self.here if is_kept else self.url("maintenance"))


def _instant_in(text: str) -> datetime:
    """Read what `_RunningView` wrote. Raises ValueError, OverflowError."""
    at = datetime.fromisoformat(text)
    # An address is anybody's: times that no form takes are none of ours.
    if at.tzinfo is None or at.year not in YEARS:
        raise ValueError(text)
    return at.astimezone(UTC)
