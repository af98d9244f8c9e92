"""The form of a custom metric."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pingpong.custom_metrics.models import (
    DESCRIPTION_LENGTH,
    NAME_LENGTH,
    SUFFIX_LENGTH,
    CustomMetric,
    Rollup,
)
from pingpong.pages.models import Page

from .component_choice import ComponentField
from .text_fields import LineField

ROLLUP_WORDS = {
    Rollup.MEAN: pgettext_lazy("rollup", "Mean"),
    Rollup.ROUNDED_MEAN: pgettext_lazy("rollup", "Mean, rounded"),
    Rollup.SUM: pgettext_lazy("rollup", "Sum"),
    Rollup.MINIMUM: pgettext_lazy("rollup", "Lowest"),
    Rollup.MAXIMUM: pgettext_lazy("rollup", "Highest"),
}


class CustomMetricForm(forms.Form):
    name = LineField(max_length=NAME_LENGTH, label=_("Name"))
    suffix = LineField(
        max_length=SUFFIX_LENGTH,
        required=False,
        label=_("Unit"),
        help_text=_("Stands behind each number, such as ms or orders per minute."),
    )
    rollup = forms.ChoiceField(
        choices=[(one.value, word) for one, word in ROLLUP_WORDS.items()],
        label=_("When several minutes are one point"),
        help_text=_("What the chart shows of them."),
    )
    showcased = forms.BooleanField(required=False, label=_("Shown on the page"))
    component = ComponentField()
    description = LineField(max_length=DESCRIPTION_LENGTH, required=False, label=_("Description"))

    def __init__(self, data: Any = None, *, page: Page, metric: CustomMetric | None = None) -> None:
        self._metric = metric
        begun: dict[str, Any] = {"rollup": Rollup.MEAN.value, "showcased": True}
        if metric is not None:
            begun = {name: getattr(metric, name) for name in self.base_fields}
            begun["component"] = metric.component_id or ""
        super().__init__(data, initial=begun)
        component = self.fields["component"]
        if isinstance(component, ComponentField):
            component.fill(page)

    def verb_fields(self) -> dict[str, Any]:
        """Return what the verb of a new metric takes, or of a known one what has changed."""
        said = {**self.cleaned_data, "description": self.cleaned_data["description"] or None}
        if self._metric is None:
            return said
        return {name: said[name] for name in self.changed_data}
