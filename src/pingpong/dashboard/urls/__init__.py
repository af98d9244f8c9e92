"""Every screen of the dashboard, a module for each part of it."""

from django.urls import path

from pingpong.dashboard.assets_served import serve_asset

from . import api_access, components, incidents, profile, projects

app_name = "dashboard"
urlpatterns = [
    path("assets/<slug:digest>/<str:name>", serve_asset, name="asset"),
    *projects.urlpatterns,
    *profile.urlpatterns,
    *incidents.urlpatterns,
    *components.urlpatterns,
    *api_access.urlpatterns,
]
