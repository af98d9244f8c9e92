"""Custom metrics: their list, and where they are made and changed."""

import json
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from pingpong.custom_metrics.lifecycle import (
    change_custom_metric,
    create_custom_metric,
    delete_custom_metric,
)
from pingpong.custom_metrics.models import CustomMetric
from pingpong.custom_metrics.series import newest
from pingpong.dashboard import toasts
from pingpong.dashboard.custom_metric_chart import RANGES, chart_of, chosen_range
from pingpong.dashboard.custom_metric_feed import TOKEN, cron_line, curl_line
from pingpong.dashboard.custom_metric_list import fed_of, list_custom_metrics
from pingpong.dashboard.forms.custom_metrics import CustomMetricForm
from pingpong.dashboard.project_view import ProjectView
from pingpong.kit.ids import is_readable_id
from pingpong.teams.roles import Role

from .incident_view import is_confirmed


class CustomMetricsView(ProjectView):
    """All custom metrics in the order of the page; `?q=` searches them."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        listed = list_custom_metrics(self.page.pk, request.GET, now=self.now)
        return self.render("custom_metrics/list.html", {"listed": listed})


class NewCustomMetricView(ProjectView):
    read_by: ClassVar[Role] = Role.ADMIN

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self.show(CustomMetricForm(page=self.page))

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = CustomMetricForm(request.POST, page=self.page)
        if not form.is_valid():
            return self.show(form)
        metric = create_custom_metric(self.page, **form.verb_fields(), by=self.by, now=self.now)
        toasts.say(request, _("The metric is there. Now send it numbers."))
        return redirect(self.url("custom_metric", custom_metric=metric.pk))

    def show(self, form: CustomMetricForm) -> HttpResponse:
        return self.render("custom_metrics/form.html", {"form": form})


class _OfMetric(ProjectView):
    metric: CustomMetric

    def admit(self, request: HttpRequest, **kwargs: Any) -> None:
        super().admit(request, **kwargs)
        asked = kwargs["custom_metric"]
        rows = CustomMetric.objects.filter(page=self.page).select_related("component")
        found = rows.filter(pk=asked).first() if is_readable_id(asked) else None
        if found is None:
            raise Http404
        self.metric = found

    def surroundings(self) -> dict[str, Any]:
        return {**super().surroundings(), "metric": self.metric}


class CustomMetricView(_OfMetric):
    """Its chart, what was fed last, and how it is fed."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        metric = self.metric
        name = chosen_range(request.GET.get("range", ""))
        last = newest([metric.pk]).get(metric.pk)
        plot = chart_of(metric, name, now=self.now)
        context = {
            "plot": plot,
            "svg": plot.svg(metric.name, get_current_timezone(), is_wide=True),
            "facts": json.dumps(plot.facts(), separators=(",", ":")),
            "range": name,
            "ranges": [(one, chosen.label) for one, chosen in RANGES.items()],
            "fed": fed_of(metric, last, now=self.now),
            "curl": curl_line(metric),
            "cron": cron_line(metric),
            "token": TOKEN,
        }
        return self.render("custom_metrics/metric.html", context)


class EditCustomMetricView(_OfMetric):
    read_by: ClassVar[Role] = Role.ADMIN

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        return self.show(CustomMetricForm(page=self.page, metric=self.metric))

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        form = CustomMetricForm(request.POST, page=self.page, metric=self.metric)
        if not form.is_valid():
            return self.show(form)
        changes = form.verb_fields()
        if changes:
            change_custom_metric(self.metric, changes, by=self.by, now=self.now)
        toasts.say(request, _("The metric is saved."))
        return redirect(self.url("custom_metric", custom_metric=self.metric.pk))

    def show(self, form: CustomMetricForm) -> HttpResponse:
        return self.render("custom_metrics/form.html", {"form": form})


class DeleteCustomMetricView(_OfMetric):
    """Deletes after a question; without scripts the question is a page."""

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        if not is_confirmed(request):
            return self.render("custom_metrics/delete.html", {})
        name = self.metric.name
        delete_custom_metric(self.metric, by=self.by, now=self.now)
        toasts.say(request, _("“%(name)s” is deleted.") % {"name": name})
        return redirect(self.url("custom_metrics"))
