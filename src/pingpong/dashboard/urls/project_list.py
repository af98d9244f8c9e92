from django.urls import path

from pingpong.dashboard.views import project_deletion, project_new

urlpatterns = [
    path("projects/new/", project_new.NewProjectView.as_view(), name="new_project"),
    path("projects/switch/", project_new.SwitcherView.as_view(), name="switcher"),
    path(
        "p/<slug:slug>/delete/",
        project_deletion.DeleteProjectView.as_view(),
        name="delete_project",
    ),
]
