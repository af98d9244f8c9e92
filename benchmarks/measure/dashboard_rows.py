"""A project with much in it, and somebody of its team who looks at it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pingpong.accounts.models import Person
from pingpong.components.lifecycle import create_component
from pingpong.components.status import Status
from pingpong.incidents.lifecycle import open_incident, post_update
from pingpong.incidents.models import IncidentStatus
from pingpong.kit.actor import Actor
from pingpong.kit.clock import utc_now
from pingpong.monitors.models import Monitor
from pingpong.pages.models import Page
from pingpong.teams.models import Membership
from pingpong.teams.roles import Role

from .history_rows import Past


@dataclass
class Project:
    """`arguments` are those of the dashboard's routes, each leading to something that is there."""

    client: Client
    arguments: dict[str, str]

    def get(self, address: str, *, encoding: str = "") -> Any:
        answer = self.client.get(address, headers={"Accept-Encoding": encoding})
        if answer.status_code >= 400:
            raise SystemExit(f"{address} answered {answer.status_code}.")
        return answer

    def statements(self, address: str) -> int:
        """Return how many statements a screen takes, once caches that all share are warm."""
        self.get(address)
        with CaptureQueriesContext(connection) as captured:
            self.get(address)
        return len(captured)


def make_project(*, components: int, incidents: int, monitors: int) -> Project:
    """Return a project of so many rows; a tenth of its incidents, and 20 at most, go on."""
    now = utc_now()
    past = Past(monitors, now)
    past.write_spans()
    past.write_hours()
    past.write_days()
    past.write_checks()
    page = Monitor.objects.select_related("page").get(pk=past.monitor_ids[0]).page
    person = Person.objects.create(
        name="Donald Duck", email=f"{page.slug}@acme.example", created_at=now
    )
    Membership.objects.create(page=page, person=person, role=Role.OWNER, created_at=now)
    arguments = {"slug": page.slug, "monitor": past.monitor_ids[0]}
    arguments |= _write_incidents(page, components, incidents, Actor(person.name, person.pk))
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return Project(client, arguments)


def _write_incidents(page: Page, components: int, incidents: int, by: Actor) -> dict[str, str]:
    now = utc_now()
    affected = [
        create_component(page, name=f"Component {place}", by=by, now=now)
        for place in range(components - 1)  # one came with the monitors
    ]
    going_on = min(20, max(1, incidents // 10))
    for place in range(incidents):
        when = now - timedelta(hours=2 * (incidents - place))
        component = affected[place % len(affected)]
        incident = open_incident(
            page,
            title=f"{component.name} is slow",
            message="<div>We are looking into it.</div>",
            affected=[(component, Status.MINOR)],
            by=by,
            now=when,
        )
        if place < incidents - going_on:
            post_update(
                incident,
                status=IncidentStatus.RESOLVED,
                message="<div>All is well again.</div>",
                by=by,
                now=when + timedelta(hours=1),
            )
    return {"incident": incident.pk, "component": affected[0].pk}
