"""Somebody at the screens of ACME's monitors, and something that was seen."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse

from factories.metrics import make_monitor
from factories.outcomes import seen
from fixtures.cast import Member
from fixtures.visitors import Visit, Visitor
from pingpong.kit.clock import utc_now, whole_second
from pingpong.monitors.models import Monitor, ProbeAgent
from pingpong.pages.models import Page

Reach = Callable[..., str]
URL = "https://acme.example/health"


@pytest.fixture
def now() -> datetime:
    return whole_second(utc_now())


@pytest.fixture
def desk(visit: Visit, admin: Member) -> Visitor:
    """Daisy, an admin, signed in."""
    return visit(admin)


@pytest.fixture
def reach(acme: Page) -> Reach:
    """Return a maker of addresses: `reach("monitor", monitor=...)`."""
    return lambda name, **kwargs: reverse(f"dashboard:{name}", kwargs={"slug": acme.slug, **kwargs})


@pytest.fixture
def shop(acme: Page, now: datetime) -> Monitor:
    """A monitor that was up, and has been down for five minutes."""
    monitor = make_monitor(acme, "Shop", url=URL, frequency="minute", now=now - timedelta(hours=1))
    words = ["up"] * 5 + ["status_unexpected"] * 5
    seen(monitor, words, since=now - timedelta(minutes=10), every=timedelta(minutes=1))
    return monitor


@pytest.fixture
def probe(acme: Page, now: datetime) -> None:
    """A probe that looks from where monitors look by default."""
    ProbeAgent.objects.create(
        name="one",
        vantage="local",
        locations=["US West"],
        version="1",
        started_at=now,
        seen_at=now,
        is_connected=True,
        in_flight=0,
        spooled=0,
        skew_s=0,
    )


def text_of(response: HttpResponse) -> str:
    return response.content.decode()
