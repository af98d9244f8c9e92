"""Every screen of the dashboard, a module for each part of it."""

from django.urls import path

from pingpong.dashboard.assets_served import serve_asset

from . import incidents, profile, projects, start

app_name = "dashboard"
urlpatterns = [
    path("assets/<slug:digest>/<str:name>", serve_asset, name="asset"),
    *start.urlpatterns,
    *projects.urlpatterns,
    *profile.urlpatterns,
    *incidents.urlpatterns,
]
