"""Every screen of the dashboard, a module for each part of it."""

from django.urls import path

from pingpong.dashboard.assets_served import serve_asset

from . import (
    api_access,
    audit,
    components,
    custom_metrics,
    incidents,
    invitation,
    maintenance,
    monitors,
    page_settings,
    profile,
    project_list,
    projects,
    start,
    team,
)

app_name = "dashboard"
urlpatterns = [
    path("assets/<slug:digest>/<str:name>", serve_asset, name="asset"),
    *projects.urlpatterns,
    *api_access.urlpatterns,
    *audit.urlpatterns,
    *components.urlpatterns,
    *custom_metrics.urlpatterns,
    *incidents.urlpatterns,
    *invitation.urlpatterns,
    *maintenance.urlpatterns,
    *monitors.urlpatterns,
    *page_settings.urlpatterns,
    *profile.urlpatterns,
    *project_list.urlpatterns,
    *start.urlpatterns,
    *team.urlpatterns,
]
