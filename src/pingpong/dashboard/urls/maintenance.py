from django.urls import path

from pingpong.dashboard.views import (
    maintenance,
    maintenance_actions,
    maintenance_editing,
    maintenance_new,
    maintenance_templates,
)

ALL = "p/<slug:slug>/maintenance/"
ONE = f"{ALL}<str:maintenance>/"
TEMPLATES = f"{ALL}templates/"
TEMPLATE = f"{TEMPLATES}<str:maintenance_template>/"

urlpatterns = [
    path(ALL, maintenance.MaintenanceView.as_view(), name="maintenance"),
    path(
        f"{ALL}calendar/",
        maintenance.MaintenanceCalendarView.as_view(),
        name="maintenance_calendar",
    ),
    path(f"{ALL}new/", maintenance_new.NewMaintenanceView.as_view(), name="new_maintenance"),
    path(
        f"{ALL}new/preview/",
        maintenance_new.PreviewNewMaintenanceView.as_view(),
        name="preview_new_maintenance",
    ),
    path(f"{ALL}dates/", maintenance_new.MaintenanceDatesView.as_view(), name="maintenance_dates"),
    path(
        TEMPLATES,
        maintenance_templates.MaintenanceTemplatesView.as_view(),
        name="maintenance_templates",
    ),
    path(
        f"{TEMPLATES}new/",
        maintenance_templates.NewMaintenanceTemplateView.as_view(),
        name="new_maintenance_template",
    ),
    path(
        TEMPLATE,
        maintenance_templates.MaintenanceTemplateView.as_view(),
        name="maintenance_template",
    ),
    path(
        f"{TEMPLATE}delete/",
        maintenance_templates.DeleteMaintenanceTemplateView.as_view(),
        name="delete_maintenance_template",
    ),
    path(ONE, maintenance.OneMaintenanceView.as_view(), name="one_maintenance"),
    path(f"{ONE}edit/", maintenance_editing.EditMaintenanceView.as_view(), name="edit_maintenance"),
    path(
        f"{ONE}edit/preview/",
        maintenance_editing.PreviewEditedMaintenanceView.as_view(),
        name="preview_edited_maintenance",
    ),
    path(
        f"{ONE}start/", maintenance_actions.StartMaintenanceView.as_view(), name="start_maintenance"
    ),
    path(
        f"{ONE}extend/",
        maintenance_actions.ExtendMaintenanceView.as_view(),
        name="extend_maintenance",
    ),
    path(
        f"{ONE}finish/",
        maintenance_actions.FinishMaintenanceView.as_view(),
        name="finish_maintenance",
    ),
    path(
        f"{ONE}take-back/",
        maintenance_actions.TakeBackMaintenanceView.as_view(),
        name="take_back_maintenance",
    ),
    path(
        f"{ONE}delete/",
        maintenance_actions.DeleteMaintenanceView.as_view(),
        name="delete_maintenance",
    ),
    path(
        f"{ONE}end-series/",
        maintenance_actions.EndMaintenanceSeriesView.as_view(),
        name="end_maintenance_series",
    ),
]
