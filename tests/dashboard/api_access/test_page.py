"""The page of the API: lines that work as they are, and badges that show what the page says."""

import json
import shlex

from django.conf import settings
from django.urls import reverse

from factories.components import make_component
from factories.metrics import make_monitor
from factories.teams import make_token
from fixtures.cast import Member
from fixtures.queries import QueryCount
from fixtures.visitors import Visit
from pingpong.dashboard.curl_lines import curl_lines
from pingpong.dashboard.embeds import endpoints_of
from pingpong.events.models import Event
from pingpong.pages.models import Page


def address_of(page: Page) -> str:
    return reverse("dashboard:api_access", kwargs={"slug": page.slug})


def test_lines_ask_for_what_the_api_has(acme: Page, owner: Member) -> None:
    make_component(acme)
    answers = {}
    for one in curl_lines(acme, owner.token):
        words = shlex.split(one.line)
        assert words[:3] == ["curl", "-H", f"Authorization: Token {owner.token}"]
        path = words[-1].removeprefix(f"{settings.BASE_URL}/rest/v1")
        if "-d" not in words:
            answers[one.name] = owner.get(path).status
            continue
        body = json.loads(words[words.index("-d") + 1])
        send = owner.put if "PUT" in words else owner.post
        answers[one.name] = send(path, body).status
    assert answers == {"status": 200, "live": 200, "components": 200, "set": 200, "incident": 201}


def test_endpoints_answer_badge_services(acme: Page, visit: Visit) -> None:
    make_component(acme, status="Unavailable")
    asked = [one.address.removeprefix(settings.BASE_URL) for one in endpoints_of(acme)]
    told = [visit(None).get(path).json() for path in asked]
    assert told[0] == {"status": "Critical state"}
    assert list(told[1]) == ["uptime"]


def test_badges_get_a_new_key_after_a_question(acme: Page, admin: Member, visit: Visit) -> None:
    desk = visit(admin)
    before = acme.shields_key
    address = reverse("dashboard:renew_shields_key", kwargs={"slug": acme.slug})
    assert "stop working at once" in desk.post(address).content.decode()
    assert visit(None).get(f"/widget/shields/status/{before}").status_code == 200
    desk.post(address, {"confirm": "yes"})
    acme.refresh_from_db()
    assert acme.shields_key != before
    assert visit(None).get(f"/widget/shields/status/{before}").status_code == 404
    assert visit(None).get(f"/widget/shields/status/{acme.shields_key}").status_code == 200
    told = Event.objects.get(kind="page.shields_key_renewed")
    assert (told.data, told.actor_id) == ({}, admin.person.pk)


def test_page_without_the_role_tells_of_no_tokens(
    acme: Page, visit: Visit, responder: Member, owner: Member, stranger: Member
) -> None:
    text = visit(responder).get(address_of(acme)).content.decode()
    assert "Tokens are made by admins and owners." in text
    assert "/tokens/" not in text
    assert "/badges/renew/" not in text
    assert "YOUR_TOKEN" in text
    assert visit(stranger).get(address_of(acme)).status_code == 404


def test_page_costs_the_same_for_3_and_for_30(
    acme: Page, visit: Visit, admin: Member, responder: Member, query_count: QueryCount
) -> None:
    desk = visit(admin)
    costs = []
    for total in (3, 30):
        for number in range(acme.components.count(), total):
            make_component(acme, f"Component {number}")
            make_monitor(acme, url="https://acme.example/")
            make_token(admin.membership)
            make_token(responder.membership)
        with query_count() as counted:
            assert desk.get(address_of(acme)).status_code == 200
        costs.append(len(counted))
    assert costs[0] == costs[1]
    assert costs[1] < 20
