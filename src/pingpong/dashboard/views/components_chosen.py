"""What is done with several components at once, and taking it back."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pingpong.components.many import delete_components, set_own_statuses, set_showcased
from pingpong.components.models import Component
from pingpong.components.status import Status
from pingpong.dashboard import toasts
from pingpong.dashboard.project_view import ProjectView
from pingpong.kit.ids import new_id
from pingpong.teams.roles import Role, reaches

from .incident_view import is_confirmed

# What the last change of many replaced; the name in the session.
BEFORE = "components_before"


class ChosenComponentsView(ProjectView):
    """`chosen` are ids, `action` says what becomes of them; a responder sets statuses alone."""

    written_by: ClassVar[Role] = Role.RESPONDER

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        rows = {row.pk: row for row in Component.objects.filter(page=self.page)}
        asked = set(request.POST.getlist("chosen"))
        chosen = [row for pk, row in rows.items() if pk in asked]
        action = request.POST.get("action", "")
        if action in ("show", "hide", "delete") and not reaches(self.membership.role, Role.ADMIN):
            raise PermissionDenied
        if not chosen:
            toasts.warn(request, _("Choose components first."))
        elif action == "status":
            self._set_status(chosen, request.POST.get("status", ""))
        elif action in ("show", "hide"):
            self._show(chosen, is_on=action == "show")
        elif action == "delete":
            return self._delete(chosen)
        return redirect(self.url("components"))

    def _set_status(self, chosen: list[Component], status: str) -> None:
        if status not in Status.values:
            toasts.warn(self.request, _("Choose a status of the list."))
            return
        undo = self._keep("status", {one.pk: one.own_status for one in chosen})
        set_own_statuses([(one, status) for one in chosen], by=self.by, now=self.now)
        text = ngettext(
            "The status of %(count)d component is set.",
            "The status of %(count)d components is set.",
            len(chosen),
        )
        toasts.say(self.request, text % {"count": len(chosen)}, undo=undo)

    def _show(self, chosen: list[Component], *, is_on: bool) -> None:
        undo = self._keep("showcased", {one.pk: one.showcased for one in chosen})
        set_showcased([(one, is_on) for one in chosen], by=self.by, now=self.now)
        shown = ngettext(
            "%(count)d component is on the public page.",
            "%(count)d components are on the public page.",
            len(chosen),
        )
        hidden = ngettext(
            "%(count)d component is not on the public page.",
            "%(count)d components are not on the public page.",
            len(chosen),
        )
        text = (shown if is_on else hidden) % {"count": len(chosen)}
        toasts.say(self.request, text, undo=undo)

    def _delete(self, chosen: list[Component]) -> HttpResponse:
        if not is_confirmed(self.request):
            return self.render("components/delete_chosen.html", {"chosen": chosen})
        delete_components(chosen, by=self.by, now=self.now)
        text = ngettext(
            "%(count)d component is deleted.", "%(count)d components are deleted.", len(chosen)
        )
        toasts.say(self.request, text % {"count": len(chosen)})
        return redirect(self.url("components"))

    def _keep(self, field: str, values: dict[str, Any]) -> str:
        key = new_id()
        kept = {"key": key, "page": self.page.pk, "field": field, "values": values}
        self.request.session[BEFORE] = kept
        return f"{self.url('undo_chosen_components')}?key={key}"


class UndoChosenComponentsView(ProjectView):
    """Takes back the last change of many of this session."""

    written_by: ClassVar[Role] = Role.RESPONDER

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        kept = request.session.get(BEFORE) or {}
        is_it = kept.get("page") == self.page.pk and kept.get("key") == request.GET.get("key")
        if not is_it:
            toasts.warn(request, _("This can no longer be taken back."))
            return redirect(self.url("components"))
        del request.session[BEFORE]
        values = kept["values"]
        rows = Component.objects.filter(page=self.page)
        wanted = [(row, values[row.pk]) for row in rows if row.pk in values]
        if kept["field"] == "status":
            set_own_statuses(wanted, by=self.by, now=self.now)
        elif reaches(self.membership.role, Role.ADMIN):
            set_showcased(wanted, by=self.by, now=self.now)
        else:
            raise PermissionDenied
        toasts.say(request, _("It is as it was before."))
        return redirect(self.url("components"))
