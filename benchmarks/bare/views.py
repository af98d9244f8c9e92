from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from pingpong.components.models import Component, Effect
from pingpong.incidents.models import AffectedComponent, Incident

from .shapes import component_json, incident_json
from .writing import write_incident


class IncidentIn(serializers.ModelSerializer[Incident]):
    class Meta:
        model = Incident
        fields = ("title", "message")


def active_on(page: Any) -> dict[str, str]:
    """Look up the events in force. One query."""
    now = timezone.now()
    rows = Effect.objects.filter(page_id=page.pk, starts_at__lte=now).filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    )
    facts = rows.values_list("component_id", "source", "event_id", "status", "starts_at", "ends_at")
    return {fact[0]: fact[3] for fact in facts}


class ComponentList(APIView):
    def get(self, request: Request) -> Response:
        page = request.auth.membership.page
        active = active_on(page)
        rows = Component.objects.filter(page=page).select_related("group")
        return Response([component_json(row, page.name, active) for row in rows])


class IncidentList(APIView):
    def post(self, request: Request) -> Response:
        page = request.auth.membership.page
        form = IncidentIn(data=request.data)
        form.is_valid(raise_exception=True)
        incident_id = write_incident(page, request.user, form.validated_data, request.data)
        affected = AffectedComponent.objects.select_related("component__group")
        rows = Incident.objects.filter(page_id=page.pk)
        rows = rows.prefetch_related("updates", Prefetch("affected", queryset=affected))
        incident = rows.get(pk=incident_id)
        return Response(incident_json(incident, page.name, active_on(page)), status=201)
