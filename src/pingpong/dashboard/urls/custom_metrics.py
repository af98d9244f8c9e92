from django.urls import path

from pingpong.dashboard.views import custom_metrics as views

ALL = "p/<slug:slug>/custom-metrics/"
ONE = f"{ALL}<str:custom_metric>/"

urlpatterns = [
    path(ALL, views.CustomMetricsView.as_view(), name="custom_metrics"),
    path(f"{ALL}new/", views.NewCustomMetricView.as_view(), name="new_custom_metric"),
    path(ONE, views.CustomMetricView.as_view(), name="custom_metric"),
    path(f"{ONE}edit/", views.EditCustomMetricView.as_view(), name="edit_custom_metric"),
    path(f"{ONE}delete/", views.DeleteCustomMetricView.as_view(), name="delete_custom_metric"),
]
