from django.urls import path

from pingpong.dashboard.views import setup, start

urlpatterns = [
    path("setup/", setup.SetupView.as_view(), name="setup"),
    path("start/", start.StartView.as_view(), name="start"),
    path(
        "start/<slug:slug>/components/",
        start.StartComponentsView.as_view(),
        name="start_components",
    ),
    path("start/<slug:slug>/done/", start.StartDoneView.as_view(), name="start_done"),
]
