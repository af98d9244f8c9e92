"""Setting up and changing monitors of every kind."""

from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse

from factories.components import make_component
from factories.metrics import make_monitor
from fixtures.cast import Belongings
from fixtures.visitors import Visitor
from pingpong.events.kinds import Kind
from pingpong.events.models import Event
from pingpong.monitors.models import Monitor
from pingpong.monitors.sealing import open_secrets
from pingpong.monitors.stored_options import readable_options
from pingpong.pages.models import Page

from .conftest import URL, Reach, text_of

DEFAULTS = {
    "frequency": "5 minutes",
    "locations": ["US West"],
    "showcased": "Showcase uptime and response time",
    "incident_when_down": "none",
    "method": "GET",
    "expected_status": "200-299",
    "redirects": "5",
    "ip_version": "0",
    "http_version": "",
    "verify_tls": "on",
    "certificate_days": "14",
    "record_type": "A",
    "timeout_ms": "10",
    "confirmations": "2",
    "degraded_after_ms": "0",
    "grace_s": "60",
}


def filled(**said: Any) -> dict[str, Any]:
    return DEFAULTS | {"kind": "http", "name": "Shop", "url": URL} | said


def errors_of(response: HttpResponse) -> dict[str, list[str]]:
    form = response.context["form"]  # type: ignore[attr-defined] # of the test client
    return {name: list(some) for name, some in form.errors.items()}


@pytest.mark.parametrize(
    ("said", "options"),
    [
        ({"kind": "http"}, {}),
        ({"kind": "http", "keyword": "ok", "degraded_after_ms": "0.8"},
         {"keyword": "ok", "degraded_after_ms": 800}),
        ({"kind": "http", "json_path": "$.a", "json_value": "1", "http_version": "2"},
         {"json_path": "$.a", "json_value": "1", "http_version": "2"}),
        ({"kind": "tcp", "url": "acme.example:5432", "timeout_ms": "2.5", "keyword": "not of it"},
         {"timeout_ms": 2500}),
        ({"kind": "icmp", "url": "acme.example", "ip_version": "6"}, {"ip_version": 6}),
        ({"kind": "dns", "url": "acme.example", "record_type": "MX", "record_value": "mx"},
         {"record_type": "MX", "record_value": "mx"}),
        ({"kind": "heartbeat", "url": "nonsense of another kind", "grace_s": "300"},
         {"grace_s": 300}),
    ],
)  # fmt: skip
def test_a_monitor_of_each_kind_is_made(
    desk: Visitor, reach: Reach, acme: Page, said: dict[str, str], options: dict[str, Any]
) -> None:
    answer = desk.post(reach("new_monitor"), filled(**said))
    monitor = Monitor.objects.get(page=acme)
    assert answer["Location"] == reach("monitor", monitor=monitor.pk)
    assert (monitor.kind, monitor.options) == (said["kind"], options)
    assert (monitor.heartbeat_key is not None, monitor.url == "") == (
        (said["kind"] == "heartbeat",) * 2
    )


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("name", {"name": ""}),
        ("name", {"name": "x" * 51}),
        ("url", {"url": "ftp://acme.example/"}),
        ("url", {"kind": "tcp", "url": "acme.example"}),
        ("url", {"kind": "icmp", "url": "acme.example:80"}),
        ("kind", {"kind": "carrier pigeon"}),
        ("locations", {"locations": []}),
        ("locations", {"locations": ["Moon"]}),
        ("component", {"component": "x" * 22}),
        ("expected_status", {"expected_status": "99"}),
        ("json_path", {"json_path": "$..a"}),
        ("username", {"username": "a:b"}),
        ("bearer", {"bearer": "two words"}),
        ("headers", {"headers": "Host: acme.example"}),
        ("headers", {"headers": "X-Key:"}),
        ("headers", {"headers": "no colon"}),
        ("headers", {"headers": "X: 1\nx: 2"}),
        ("timeout_ms", {"timeout_ms": "31"}),
        ("confirmations", {"confirmations": "0"}),
        ("body", {"body": "é" * 9000}),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    desk: Visitor, reach: Reach, acme: Page, field: str, said: dict[str, Any]
) -> None:
    answer = desk.post(reach("new_monitor"), filled(description="Kept words", **said))
    assert answer.status_code == 422
    assert list(errors_of(answer)) == [field]
    assert 'value="Kept words"' in text_of(answer)
    assert not Monitor.objects.filter(page=acme).exists()


def test_only_what_was_changed_is_written(
    desk: Visitor, reach: Reach, acme: Page, now: datetime
) -> None:
    monitor = make_monitor(acme, "Shop", url=URL, options={"keyword": "ok"}, now=now)
    form = filled(keyword="ok", name="Store", degraded_after_ms="1.5")
    desk.post(reach("edit_monitor", monitor=monitor.pk), form)
    event = Event.objects.get(kind=Kind.MONITOR_CHANGED)
    assert event.data["changed"] == ["name", "options"]
    monitor.refresh_from_db()
    assert (monitor.name, monitor.options) == (
        "Store",
        {"keyword": "ok", "degraded_after_ms": 1500},
    )


def test_a_form_that_changes_nothing_leaves_no_trace(
    desk: Visitor, reach: Reach, acme: Page, now: datetime
) -> None:
    monitor = make_monitor(
        acme, "Shop", url=URL, secrets={"headers": [("X-Key", "1")]}, options={"body": "b"}, now=now
    )
    desk.post(reach("edit_monitor", monitor=monitor.pk), filled(headers="X-Key:"))
    assert not Event.objects.filter(kind=Kind.MONITOR_CHANGED).exists()


def test_a_component_is_set_when_it_is_down(desk: Visitor, reach: Reach, acme: Page) -> None:
    component = make_component(acme, "Website")
    said = filled(
        component=component.pk,
        status_when_down="Critical state",
        incident_when_down="draft",
        locations=["Japan", "Italy"],
    )
    desk.post(reach("new_monitor"), said)
    monitor = Monitor.objects.get(page=acme)
    assert monitor.component == component
    assert (monitor.status_when_down, monitor.incident_when_down) == ("Critical state", "draft")
    assert sorted(monitor.locations) == ["Italy", "Japan"]


def test_a_foreign_component_cannot_be_chosen(
    desk: Visitor, reach: Reach, acme: Page, theirs: Belongings
) -> None:
    answer = desk.post(reach("new_monitor"), filled(component=theirs.component.pk))
    assert list(errors_of(answer)) == ["component"]
    assert theirs.component.pk not in text_of(desk.get(reach("new_monitor")))


@pytest.fixture
def guarded(acme: Page, now: datetime) -> Monitor:
    """A monitor with every kind of secret."""
    return make_monitor(
        acme,
        "Guarded",
        url=URL,
        options={"body": "CANARY_body", "username": "donald", "method": "POST"},
        secrets={
            "headers": [("X-Key", "CANARY_header"), ("Accept", "CANARY_accept")],
            "password": "CANARY_password",
            "bearer": "CANARY_bearer",
        },
        now=now,
    )


@pytest.mark.parametrize("name", ["monitors", "monitors_live", "monitor", "monitor_live", "edit"])
def test_secrets_are_in_no_answer(desk: Visitor, reach: Reach, guarded: Monitor, name: str) -> None:
    of_one = {"monitor": guarded.pk} if name.startswith(("monitor_", "edit")) else {}
    of_one = {"monitor": guarded.pk} if name == "monitor" else of_one
    address = reach("edit_monitor" if name == "edit" else name, **of_one)
    told = text_of(desk.get(address))
    assert "Guarded" in told or name == "monitor_live"
    assert "CANARY" not in told


def test_secrets_are_in_no_answer_to_a_wrong_form(
    desk: Visitor, reach: Reach, guarded: Monitor
) -> None:
    said = filled(name="", password="TYPED_password", bearer="TYPED_bearer", headers="X-Key:")
    told = text_of(desk.post(reach("edit_monitor", monitor=guarded.pk), said))
    assert ("CANARY" in told, "TYPED" in told) == (False, False)


def test_empty_fields_keep_secrets_and_names_keep_values(
    desk: Visitor, reach: Reach, guarded: Monitor
) -> None:
    said = filled(name="Guarded", username="donald", method="POST", headers="X-Key:\nX-New: 1")
    assert desk.post(reach("edit_monitor", monitor=guarded.pk), said).status_code == 302
    guarded.refresh_from_db()
    secrets = open_secrets(guarded)
    assert secrets.headers == (("X-Key", "CANARY_header"), ("X-New", "1"))
    assert (secrets.password, secrets.bearer) == ("CANARY_password", "CANARY_bearer")
    assert readable_options(guarded.options).body == "CANARY_body"


def test_secrets_are_replaced_and_forgotten(desk: Visitor, reach: Reach, guarded: Monitor) -> None:
    said = filled(
        name="Guarded", password="new one", forget_bearer="on", forget_body="on", headers=""
    )
    desk.post(reach("edit_monitor", monitor=guarded.pk), said)
    guarded.refresh_from_db()
    secrets = open_secrets(guarded)
    assert (secrets.headers, secrets.password, secrets.bearer) == ((), "new one", "")
    assert readable_options(guarded.options).body == ""


ELSEWHERE = "https://collector.example/"


def test_stored_secrets_are_not_sent_to_another_server(
    desk: Visitor, reach: Reach, guarded: Monitor
) -> None:
    said = filled(name="Guarded", url=ELSEWHERE, headers="X-Key:", method="POST")
    answer = desk.post(reach("edit_monitor", monitor=guarded.pk), said)
    assert list(errors_of(answer)) == ["url"]
    guarded.refresh_from_db()
    assert guarded.url == URL


def test_address_changes_with_secrets_that_are_entered_anew_or_forgotten(
    desk: Visitor, reach: Reach, guarded: Monitor
) -> None:
    said = filled(
        name="Guarded",
        url=ELSEWHERE,
        headers="X-Key: 2",
        password="new one",
        forget_bearer="on",
        forget_body="on",
    )
    assert desk.post(reach("edit_monitor", monitor=guarded.pk), said).status_code == 302
    guarded.refresh_from_db()
    secrets = open_secrets(guarded)
    assert (guarded.url, secrets.headers, secrets.bearer) == (ELSEWHERE, (("X-Key", "2"),), "")


def test_another_path_of_the_same_server_keeps_secrets(
    desk: Visitor, reach: Reach, guarded: Monitor
) -> None:
    said = filled(name="Guarded", url=f"{URL.rstrip('/')}/health", headers="X-Key:\nAccept:")
    assert desk.post(reach("edit_monitor", monitor=guarded.pk), said).status_code == 302
    guarded.refresh_from_db()
    assert open_secrets(guarded).bearer == "CANARY_bearer"
