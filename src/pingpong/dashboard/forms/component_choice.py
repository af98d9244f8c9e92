"""A choice of one of a page's components, or none."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingpong.components.models import Component
from pingpong.pages.models import Page


class ComponentField(forms.ChoiceField):
    """Returns the component, or None. Call `fill` before use; one query."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            label=_("Component"),
            help_text=_("On the page it stands below this component."),
        )
        self._components: dict[str, Component] = {}

    def fill(self, page: Page) -> None:
        """Let the choice be one of this page's components."""
        self._components = {one.pk: one for one in Component.objects.filter(page=page)}
        names = [(pk, one.name) for pk, one in self._components.items()]
        self.choices = [("", _("None")), *names]

    def clean(self, value: Any) -> Component | None:
        return self._components.get(super().clean(value))
