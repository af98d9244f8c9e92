from django.urls import path

from pingpong.dashboard.views import audit

ALL = "p/<slug:slug>/audit/"

urlpatterns = [
    path(ALL, audit.AuditView.as_view(), name="audit"),
    path(f"{ALL}export.csv", audit.AuditCsvView.as_view(), name="audit_csv"),
]
