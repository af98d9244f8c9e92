"""The overview says what the page says, what goes on, and what waits for somebody."""

from datetime import timedelta

import pytest
from django.urls import reverse

from factories.components import make_component
from factories.incidents import make_incident, resolve
from factories.maintenance import make_maintenance
from factories.metrics import make_monitor
from fixtures.cast import Member
from fixtures.queries import QueryCount
from fixtures.visitors import Visit, Visitor
from pingpong.dashboard.overview_facts import WORDS, Overview
from pingpong.incidents.models import Postmortem
from pingpong.kit.clock import utc_now
from pingpong.monitors.models import Verdict, Watch
from pingpong.overview.live import status_of_page
from pingpong.overview.page_status import PHRASES
from pingpong.pages.models import Page

NOW = utc_now()
URL = "https://acme.example/"
SECOND = int(NOW.timestamp())


@pytest.fixture
def address(acme: Page) -> str:
    return reverse("dashboard:overview", kwargs={"slug": acme.slug})


@pytest.fixture
def desk(visit: Visit, responder: Member) -> Visitor:
    return visit(responder)


def seen(desk: Visitor, address: str) -> Overview:
    overview: Overview = desk.get(address).context["overview"]
    return overview


def test_every_phrase_of_a_page_has_words() -> None:
    assert sorted(WORDS) == sorted(PHRASES)


def test_overview_says_what_the_page_says(acme: Page, desk: Visitor, address: str) -> None:
    make_component(acme)
    assert seen(desk, address).phrase == "All systems operational"
    broken = make_component(acme, "API", status="Unavailable")
    found = seen(desk, address)
    assert found.phrase == status_of_page(acme.pk, now=utc_now()).status
    assert found.phrase == "Some systems have issues"
    assert [(one.component, one.status) for one in found.troubles] == [(broken, "Unavailable")]


def test_overview_lists_what_goes_on_and_leads_to_it(
    acme: Page, desk: Visitor, address: str
) -> None:
    resolve(make_incident(acme, "Over", now=NOW))
    told = make_incident(acme, "Disk <full>", now=NOW - timedelta(hours=2))
    make_maintenance(acme, scheduled_for=NOW - timedelta(hours=1), ends_at=NOW + timedelta(hours=1))
    make_maintenance(acme, scheduled_for=NOW + timedelta(days=1), ends_at=NOW + timedelta(days=2))
    response = desk.get(address)
    found = response.context["overview"]
    assert [one.title for one in found.incidents] == ["Disk <full>"]
    assert (len(found.running), len(found.coming)) == (1, 1)
    text = response.content.decode()
    assert "Disk &lt;full&gt;" in text
    assert f"{told.pk}/#tell" in text
    assert "Visitors have heard nothing for more than an hour." in text


def test_monitors_that_are_down_and_places_without_an_agent_are_told(
    acme: Page, desk: Visitor, address: str
) -> None:
    down = make_monitor(acme, name="API is there", url=URL)
    make_monitor(acme, name="Fine", url=URL)
    Verdict.objects.update_or_create(
        monitor=down, defaults={"state": "down", "since": SECOND, "covered_until": SECOND}
    )
    found = seen(desk, address)
    assert [one.name for one in found.monitors.down] == ["API is there"]
    assert found.monitors.total == 2
    assert found.attention[0].text == "Nobody looks from US West: a probe is missing."


def test_what_waits_for_somebody_is_told(acme: Page, desk: Visitor, address: str) -> None:
    monitor = make_monitor(acme, name="Shop", url=URL)
    Watch.objects.filter(monitor=monitor).update(certificate_until=SECOND + 86_400)
    done = make_incident(acme, "Fire", now=NOW)
    Postmortem.objects.create(incident=done, text="", written_by="Huey", written_at=NOW)
    make_incident(acme, "Perhaps", now=NOW, is_draft=True)
    texts = [one.text for one in seen(desk, address).attention]
    assert texts[1:] == [
        "The certificate of “Shop” expires soon.",
        "1 incident is a draft.",
        "The postmortem of “Fire” is not published.",
    ]


def test_empty_project_teaches_the_next_steps_to_who_can_take_them(
    visit: Visit, owner: Member, viewer: Member, address: str
) -> None:
    text = visit(owner).get(address).content.decode()
    assert "Three steps to a page that works for you" in text
    assert "/components/new/" in text
    assert "/incidents/new/" in text
    read = visit(viewer).get(address).content.decode()
    assert "/components/new/" not in read
    assert "/incidents/new/" not in read


def test_stranger_sees_nothing(visit: Visit, stranger: Member, address: str) -> None:
    assert visit(stranger).get(address).status_code == 404


def test_overview_costs_the_same_for_3_and_for_30(
    acme: Page, desk: Visitor, address: str, query_count: QueryCount
) -> None:
    def cost(total: int) -> int:
        for number in range(acme.components.count(), total):
            one = make_component(acme, f"Component {number}")
            incident = make_incident(acme, affected=[(one, "Minor issues")])
            Postmortem.objects.create(incident=incident, text="", written_by="Huey", written_at=NOW)
            make_maintenance(acme, affected=[one])
            make_monitor(acme, name=f"Monitor {number}", component=one, url=URL)
        Watch.objects.update(certificate_until=SECOND)
        with query_count() as counted:
            assert desk.get(address).status_code == 200
        return len(counted)

    few, many = cost(3), cost(30)
    assert few == many
    assert many < 20
