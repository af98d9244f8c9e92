"""Every screen of the dashboard, a module for each part of it."""

from django.urls import path

from pingpong.dashboard.assets_served import serve_asset

from . import (
    audit,
    incidents,
    invitation,
    profile,
    project_list,
    projects,
    team,
)

app_name = "dashboard"
urlpatterns = [
    path("assets/<slug:digest>/<str:name>", serve_asset, name="asset"),
    *projects.urlpatterns,
    *profile.urlpatterns,
    *incidents.urlpatterns,
    *project_list.urlpatterns,
    *team.urlpatterns,
    *invitation.urlpatterns,
    *audit.urlpatterns,
]
