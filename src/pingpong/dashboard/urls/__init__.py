"""Every screen of the dashboard, a module for each part of it."""

from django.urls import path

from pingpong.dashboard.assets_served import serve_asset

from . import (
    api_access,
    components,
    custom_metrics,
    incidents,
    maintenance,
    monitors,
    page_settings,
    profile,
    projects,
    start,
)

app_name = "dashboard"
urlpatterns = [
    path("assets/<slug:digest>/<str:name>", serve_asset, name="asset"),
    *projects.urlpatterns,
    *components.urlpatterns,
    *api_access.urlpatterns,
    *custom_metrics.urlpatterns,
    *incidents.urlpatterns,
    *maintenance.urlpatterns,
    *monitors.urlpatterns,
    *page_settings.urlpatterns,
    *profile.urlpatterns,
    *start.urlpatterns,
]
