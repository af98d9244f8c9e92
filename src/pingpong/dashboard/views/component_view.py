"""What the screens of one component, or of one group, have in common."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from pingpong.components.models import Component, ComponentGroup
from pingpong.dashboard import toasts
from pingpong.dashboard.component_list import rows_of
from pingpong.dashboard.forms.components import STATUSES
from pingpong.dashboard.project_view import ProjectView
from pingpong.kit.ids import is_readable_id


class ComponentView(ProjectView):
    """For a component of this project; unknown and foreign ones are not found alike."""

    component: Component

    def admit(self, request: HttpRequest, **kwargs: Any) -> None:
        super().admit(request, **kwargs)
        asked = kwargs["component"]
        rows = Component.objects.filter(page=self.page)
        found = rows.filter(pk=asked).first() if is_readable_id(asked) else None
        if found is None:
            raise Http404
        self.component = found

    @property
    def here(self) -> str:
        """Return where the component stands in the list."""
        return f"{self.url('components')}#c-{self.component.pk}"

    def answer(self, text: str, *, undo: str = "") -> HttpResponse:
        """Say a sentence: htmx gets the row alone, others the list again."""
        toasts.say(self.request, text, undo=undo)
        if not self.request.headers.get("HX-Request"):
            return redirect(self.here)
        row = rows_of(self.page, [self.component], now=self.now)[0]
        context = {"row": row, "statuses": STATUSES, "may_move": True}
        return self.render("components/row_alone.html", context)


class GroupView(ProjectView):
    """For a group of this project."""

    group: ComponentGroup

    def admit(self, request: HttpRequest, **kwargs: Any) -> None:
        super().admit(request, **kwargs)
        asked = kwargs["group"]
        rows = ComponentGroup.objects.filter(page=self.page)
        found = rows.filter(pk=asked).first() if is_readable_id(asked) else None
        if found is None:
            raise Http404
        self.group = found
