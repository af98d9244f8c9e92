from django.urls import path

from pingpong.dashboard.views import home

urlpatterns = [
    path("", home.HomeView.as_view(), name="home"),
    path("p/<slug:slug>/", home.OverviewView.as_view(), name="overview"),
]
