"""Forms for components and their groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingpong.components.models import (
    DESCRIPTION_LENGTH,
    NAME_LENGTH,
    Component,
    ComponentGroup,
)
from pingpong.components.status import Status
from pingpong.dashboard.status_words import COMPONENT_WORDS
from pingpong.pages.models import Page

from .text_fields import LineField

STATUSES = [(status.value, word) for status, word in COMPONENT_WORDS.items()]


class GroupForm(forms.Form):
    name = LineField(max_length=NAME_LENGTH, label=_("Name"))
    description = LineField(
        max_length=DESCRIPTION_LENGTH,
        required=False,
        label=_("Description"),
        help_text=_("Shown on the page beside the name."),
    )

    def clean_description(self) -> str | None:
        return self.cleaned_data["description"] or None


class ComponentForm(GroupForm):
    """A component; its status is asked for where there is none yet, and set in the list later."""

    group = forms.ChoiceField(required=False, label=_("Group"))
    status = forms.ChoiceField(choices=STATUSES, label=_("Status"), initial=Status.OPERATIONAL)
    showcased = forms.BooleanField(
        required=False, initial=True, label=_("Shown on the public page")
    )

    def __init__(
        self, data: Any = None, *, page: Page, component: Component | None = None, group: str = ""
    ) -> None:
        initial: dict[str, Any] = {"group": group}
        if component is not None:
            initial = {
                "name": component.name,
                "description": component.description,
                "group": component.group_id or "",
                "showcased": component.showcased,
            }
        super().__init__(data, initial=initial)
        if component is not None:
            del self.fields["status"]
        self._groups = {row.pk: row for row in ComponentGroup.objects.filter(page=page)}
        self.fields["group"].choices = [  # type: ignore[attr-defined] # a ChoiceField
            ("", _("No group")),
            *((pk, row.name) for pk, row in self._groups.items()),
        ]
        self.order_fields(["name", "description", "group", "status", "showcased"])

    def clean_group(self) -> ComponentGroup | None:
        return self._groups.get(self.cleaned_data["group"])
