"""A postmortem stands below its incident when it is published, and nowhere before."""

from datetime import datetime

import pytest

from factories.actors import DONALD
from factories.incidents import make_incident, make_update, resolve
from factories.moments import at
from fixtures.queries import QueryCount
from pingpong.incidents.models import Incident
from pingpong.incidents.postmortems import (
    publish_postmortem,
    withdraw_postmortem,
    write_postmortem,
)
from pingpong.kit.html import as_message
from pingpong.overview.summary import summarise
from pingpong.pages.models import Page
from pingpong.public.bodies import bodies_of
from pingpong.public.body import Body

pytestmark = pytest.mark.django_db

CANARY = "CANARY-of-the-postmortem"


@pytest.fixture
def incident(page: Page) -> Incident:
    made = make_incident(page, now=at(1))
    resolve(made, now=at(2))
    return made


def everything(page: Page, now: datetime) -> str:
    """Return all that the page answers in public."""
    bodies = bodies_of(summarise(page, now=now), changed_at=now)
    return "".join(body.text.decode() for body in bodies if isinstance(body, Body))


def test_an_unpublished_postmortem_is_nowhere(page: Page, incident: Incident) -> None:
    write_postmortem(incident, text=f"<div>{CANARY}</div>", by=DONALD, now=at(3))
    told = everything(page, at(4))
    assert (CANARY in told, "Postmortem" in told) == (False, False)


def test_a_published_postmortem_is_on_the_page_until_it_is_withdrawn(
    page: Page, incident: Incident
) -> None:
    written = write_postmortem(incident, text=f"<div>{CANARY}</div>", by=DONALD, now=at(3))
    publish_postmortem(written, by=DONALD, now=at(4))
    assert everything(page, at(5)).count(f"<div>{CANARY}</div>") == 1
    withdraw_postmortem(written, by=DONALD, now=at(6))
    assert CANARY not in everything(page, at(7))


def test_the_postmortem_of_an_incident_that_is_open_again_waits(
    page: Page, incident: Incident
) -> None:
    written = write_postmortem(incident, text=f"<div>{CANARY}</div>", by=DONALD, now=at(3))
    publish_postmortem(written, by=DONALD, now=at(4))
    make_update(incident, "Investigating", now=at(5))
    assert CANARY not in everything(page, at(6))


def test_a_postmortem_is_what_the_sanitiser_left(page: Page, incident: Incident) -> None:
    text = as_message("<script>alert(1)</script><b onclick=alert(1)>{{ page.id }}</b></details>")
    publish_postmortem(
        write_postmortem(incident, text=text, by=DONALD, now=at(3)), by=DONALD, now=at(4)
    )
    told = everything(page, at(5))
    assert "<div><b>{{ page.id }}</b></div>" in told
    assert "alert(1)" not in told


def test_postmortems_cost_no_query_each(page: Page, query_count: QueryCount) -> None:
    def cost(total: int) -> int:
        while page.incidents.count() < total:
            made = make_incident(page, now=at(1))
            resolve(made, now=at(2))
            written = write_postmortem(made, text="<div>x</div>", by=DONALD, now=at(3))
            publish_postmortem(written, by=DONALD, now=at(4))
        with query_count() as counted:
            summarise(page, now=at(9))
        return len(counted)

    assert cost(3) == cost(12)
