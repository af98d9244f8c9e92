"""Somebody at the screens of ACME's maintenance."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse

from factories.components import make_component
from fixtures.cast import Member
from fixtures.visitors import Visit, Visitor
from pingpong.components.models import Component
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page

Reach = Callable[..., str]


@pytest.fixture
def website(acme: Page) -> Component:
    return make_component(acme, "Website")


@pytest.fixture
def desk(visit: Visit, responder: Member) -> Visitor:
    """Huey, a responder, signed in, who looks at clocks of Berlin."""
    responder.person.time_zone = "Europe/Berlin"
    responder.person.save(update_fields=["time_zone"])
    return visit(responder)


@pytest.fixture
def reach(acme: Page) -> Reach:
    """Return a maker of addresses: `reach("one_maintenance", maintenance=...)`."""
    return lambda name, **kwargs: reverse(f"dashboard:{name}", kwargs={"slug": acme.slug, **kwargs})


@pytest.fixture
def filled() -> dict[str, str]:
    """Return what somebody types into an empty form: next year's second of June in Berlin."""
    return {
        "title": "New disks",
        "zone": "Europe/Berlin",
        "starts": f"{next_year()}-06-02T22:00",
        "ends": f"{next_year()}-06-02T23:30",
        "message": "<div>We change <strong>disks</strong>.</div>",
        "notify_subscribers": "on",
    }


def next_year() -> int:
    return (utc_now() + timedelta(days=365)).year


def last_sunday(month: int) -> datetime:
    """Return the day on which clocks of Berlin change, in March or October of next year."""
    day = datetime.fromisoformat(f"{next_year()}-{month:02}-31")
    return day - timedelta(days=(day.weekday() + 1) % 7)


def text_of(response: HttpResponse) -> str:
    return response.content.decode()
