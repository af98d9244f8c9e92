from django.urls import path

from pingpong.dashboard.views import monitor, monitor_actions, monitor_editing, monitors

ALL = "p/<slug:slug>/monitors/"
ONE = f"{ALL}<str:monitor>/"

urlpatterns = [
    path(ALL, monitors.MonitorsView.as_view(), name="monitors"),
    path(f"{ALL}live/", monitors.MonitorsLiveView.as_view(), name="monitors_live"),
    path(f"{ALL}new/", monitor_editing.NewMonitorView.as_view(), name="new_monitor"),
    path(ONE, monitor.MonitorScreenView.as_view(), name="monitor"),
    path(f"{ONE}live/", monitor.MonitorLiveView.as_view(), name="monitor_live"),
    path(f"{ONE}edit/", monitor_editing.EditMonitorView.as_view(), name="edit_monitor"),
    path(f"{ONE}test/", monitor_actions.LookNowView.as_view(), name="test_monitor"),
    path(f"{ONE}pause/", monitor_actions.PauseMonitorView.as_view(), name="pause_monitor"),
    path(f"{ONE}resume/", monitor_actions.ResumeMonitorView.as_view(), name="resume_monitor"),
    path(f"{ONE}delete/", monitor_actions.DeleteMonitorView.as_view(), name="delete_monitor"),
]
