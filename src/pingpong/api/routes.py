"""Every path of the API as data: the canonical one, its aliases, its view.

The URL table, the OpenAPI document and the permission tests are all made of this list.
"""

from dataclasses import dataclass

from rest_framework.views import APIView

from .resources import (
    components,
    custom_metric_data,
    custom_metrics,
    data_points,
    groups,
    heartbeats,
    incident_updates,
    incidents,
    maintenance,
    metric_checks,
    metric_history,
    metrics,
    status,
    widgets,
)

BASE = "rest/v1/"


@dataclass(frozen=True, slots=True)
class Route:
    path: str
    view: type[APIView]
    aliases: tuple[str, ...] = ()


# More special paths stand before those that would take them for an id.
ROUTES = (
    Route(BASE + "status", status.StatusView),
    Route(BASE + "live", status.LiveView),
    Route(BASE + "components", components.ComponentListView),
    Route(BASE + "components/<str:id>", components.ComponentView),
    Route(BASE + "components/<str:id>/status", components.ComponentStatusView),
    Route(
        BASE + "component-groups",
        groups.GroupListView,
        (BASE + "component_groups", BASE + "groups"),
    ),
    Route(
        BASE + "component-groups/<str:id>",
        groups.GroupView,
        (BASE + "component_groups/<str:id>", BASE + "groups/<str:id>"),
    ),
    Route(
        BASE + "incidents/ongoing",
        incidents.OngoingIncidentsView,
        tuple(BASE + f"incidents/{word}" for word in ("unresolved", "live", "active", "open")),
    ),
    Route(BASE + "incidents", incidents.IncidentListView),
    Route(BASE + "incidents/<str:id>", incidents.IncidentView),
    Route(BASE + "incidents/<str:incident_id>/updates", incident_updates.UpdateListView),
    Route(
        BASE + "incidents/<str:incident_id>/updates/<str:update_id>", incident_updates.UpdateView
    ),
    Route(BASE + "maintenance", maintenance.MaintenanceListView, (BASE + "maintenances",)),
    Route(
        BASE + "maintenance/<str:id>",
        maintenance.MaintenanceView,
        (BASE + "maintenances/<str:id>",),
    ),
    Route(
        BASE + "custom-metrics/data",
        data_points.DataPointsView,
        (BASE + "custom_metrics/data", BASE + "metrics/data", BASE + "data-points"),
    ),
    Route(BASE + "metrics", metrics.MetricListView),
    Route(BASE + "metrics/<str:id>", metrics.MetricView),
    Route(BASE + "metrics/<str:id>/pause", metrics.PauseView),
    Route(BASE + "metrics/<str:id>/resume", metrics.ResumeView),
    Route(BASE + "metrics/<str:id>/checks", metric_checks.MetricChecksView),
    Route(BASE + "metrics/<str:id>/history", metric_history.MetricHistoryView),
    Route(BASE + "custom-metrics", custom_metrics.CustomMetricListView, (BASE + "custom_metrics",)),
    Route(
        BASE + "custom-metrics/<str:id>",
        custom_metrics.CustomMetricView,
        (BASE + "custom_metrics/<str:id>",),
    ),
    Route(
        BASE + "custom-metrics/<str:id>/data",
        custom_metric_data.CustomMetricDataView,
        (BASE + "custom_metrics/<str:id>/data",),
    ),
    Route("widget/shields/status/<str:key>", widgets.ShieldsStatusView),
    Route("widget/shields/uptime/<str:key>", widgets.ShieldsUptimeView),
    Route("widget/badge/status/<str:key>", widgets.BadgeStatusView),
    Route("widget/badge/uptime/<str:key>", widgets.BadgeUptimeView),
    Route("heartbeat/<str:key>", heartbeats.HeartbeatView),
)

CANONICAL_PATHS = {"/" + route.path.replace("<str:", "{").replace(">", "}") for route in ROUTES}
