"""The address that the target of a heartbeat calls."""

import pytest
from django.test import Client

from factories.metrics import make_monitor
from pingpong.monitors.models import Monitor, RawOutcome
from pingpong.pages.models import Page


@pytest.fixture
def monitor(acme: Page) -> Monitor:
    return make_monitor(acme, kind="heartbeat")


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
def test_a_call_is_noted_however_it_comes(
    client: Client, monitor: Monitor, method: str, slash: str
) -> None:
    answer = client.generic(method, f"/heartbeat/{monitor.heartbeat_key}{slash}", b"anything")
    assert answer.status_code == 200
    assert answer.content == (b"" if method == "HEAD" else b'{"ok":true}')
    assert answer.headers["Cache-Control"] == "no-store"
    assert [row.word for row in RawOutcome.objects.all()] == ["up"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/json", "multipart/form-data"])
def test_what_is_sent_along_is_not_read(
    client: Client, monitor: Monitor, content_type: str
) -> None:
    path = f"/heartbeat/{monitor.heartbeat_key}"
    assert client.generic("POST", path, b"{", content_type=content_type).status_code == 200


@pytest.mark.parametrize(
    "key", ["x", "hb_" + "0" * 40, "%00", "%ED%A0%80", "a%0Ab", "z" * 5000, "..%2fx", "null"]
)
def test_a_key_of_nobody_is_unknown(client: Client, monitor: Monitor, key: str) -> None:
    for answer in (client.get(f"/heartbeat/{key}"), client.post(f"/heartbeat/{key}")):
        assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})
    assert RawOutcome.objects.count() == 0


@pytest.mark.parametrize("path", ["/heartbeat", "/heartbeat/", "/heartbeat/a/b"])
def test_a_path_that_leads_nowhere_is_told_in_json(client: Client, path: str, db: None) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_refused(client: Client, monitor: Monitor, method: str) -> None:
    answer = client.generic(method, f"/heartbeat/{monitor.heartbeat_key}")
    assert (answer.status_code, RawOutcome.objects.count()) == (405, 0)
