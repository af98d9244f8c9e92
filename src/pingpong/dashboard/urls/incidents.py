from django.urls import path

from pingpong.dashboard.views import (
    incident,
    incident_actions,
    incident_editing,
    incident_new,
    incident_templates,
    incident_updates,
    incidents,
    postmortem,
)

ALL = "p/<slug:slug>/incidents/"
ONE = f"{ALL}<str:incident>/"
UPDATE = f"{ONE}updates/<str:update>/"
TEMPLATES = f"{ALL}templates/"
TEMPLATE = f"{TEMPLATES}<str:incident_template>/"

urlpatterns = [
    path(ALL, incidents.IncidentsView.as_view(), name="incidents"),
    path(f"{ALL}new/", incident_new.NewIncidentView.as_view(), name="new_incident"),
    path(
        f"{ALL}new/preview/",
        incident_new.PreviewNewIncidentView.as_view(),
        name="preview_new_incident",
    ),
    path(TEMPLATES, incident_templates.IncidentTemplatesView.as_view(), name="incident_templates"),
    path(
        f"{TEMPLATES}new/",
        incident_templates.NewIncidentTemplateView.as_view(),
        name="new_incident_template",
    ),
    path(TEMPLATE, incident_templates.IncidentTemplateView.as_view(), name="incident_template"),
    path(
        f"{TEMPLATE}delete/",
        incident_templates.DeleteIncidentTemplateView.as_view(),
        name="delete_incident_template",
    ),
    path(ONE, incident.IncidentScreenView.as_view(), name="incident"),
    path(f"{ONE}preview/", incident.PreviewUpdateView.as_view(), name="preview_update"),
    path(f"{ONE}edit/", incident_editing.EditIncidentView.as_view(), name="edit_incident"),
    path(
        f"{ONE}edit/preview/",
        incident_editing.PreviewEditView.as_view(),
        name="preview_edited_incident",
    ),
    path(f"{ONE}publish/", incident_actions.PublishIncidentView.as_view(), name="publish_incident"),
    path(f"{ONE}resolve/", incident_actions.ResolveIncidentView.as_view(), name="resolve_incident"),
    path(f"{ONE}delete/", incident_actions.DeleteIncidentView.as_view(), name="delete_incident"),
    path(f"{ONE}postmortem/", postmortem.PostmortemView.as_view(), name="postmortem"),
    path(UPDATE, incident_updates.IncidentUpdateView.as_view(), name="incident_update"),
    path(
        f"{UPDATE}delete/",
        incident_updates.DeleteIncidentUpdateView.as_view(),
        name="delete_incident_update",
    ),
]
