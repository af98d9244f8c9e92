from django.urls import path

from pingpong.dashboard.views import project_deletion, project_switcher

urlpatterns = [
    path("projects/switch/", project_switcher.SwitcherView.as_view(), name="switcher"),
    path(
        "p/<slug:slug>/delete/",
        project_deletion.DeleteProjectView.as_view(),
        name="delete_project",
    ),
]
