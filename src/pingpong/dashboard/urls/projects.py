from django.urls import path

from pingpong.dashboard.views import find, home, nags

urlpatterns = [
    path("find/", find.FindProjectView.as_view(), name="find_project"),
    path("p/<slug:slug>/find/", find.FindView.as_view(), name="find"),
    path("", home.HomeView.as_view(), name="home"),
    path("p/<slug:slug>/", home.OverviewView.as_view(), name="overview"),
    path("p/<slug:slug>/warnings/hide/", nags.HideNagsView.as_view(), name="hide_nags"),
]
