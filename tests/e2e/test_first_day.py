"""A person runs one command, takes the token, and sees the result on the page."""

import json
import stat
from datetime import UTC, datetime, timedelta

import pytest

from .product import Product, eventually, setup_codes_in

pytestmark = pytest.mark.e2e


def _page(product: Product) -> str:
    return product.ask("GET", "/s/status/").text


def _in_seconds(seconds: float) -> str:
    return (datetime.now(tz=UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_first_start_prints_where_the_first_account_is_made(product: Product) -> None:
    output = product.output()
    assert f"{product.address}/rest/v1" in output
    assert len(setup_codes_in(output, product.address)) == 1
    assert "@" not in output
    key = product.data_dir / "secret.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_page_without_components_is_served_in_green(product: Product) -> None:
    answer = product.ask("GET", "/s/status/")
    assert answer.status == 200
    assert "All systems operational" in answer.text


def test_incident_appears_on_the_page_and_goes(product: Product) -> None:
    component = product.api("POST", "/components", {"name": "Payments <b>API</b>"}).body
    told = {
        "title": "Cards are declined",
        "message": "We <b>look</b> into it.",
        "affected_components": [{"id": component["id"], "status": "Critical state"}],
    }
    incident = product.api("POST", "/incidents", told)
    assert incident.status == 201
    eventually(
        lambda: "Cards are declined" in _page(product), within_s=5, what="the incident is shown"
    )
    assert "All systems down" in _page(product)
    assert "Payments &lt;b&gt;API&lt;/b&gt;" in _page(product)
    shown = product.ask("GET", "/s/status/summary.json")
    assert shown.body["status"] == "All systems down"
    path = f"/incidents/{incident.body['id']}/updates"
    assert product.api("POST", path, {"status": "Resolved", "message": "Mended."}).status == 201
    eventually(
        lambda: "All systems operational" in _page(product), within_s=5, what="it is green again"
    )


def test_maintenance_begins_and_ends_by_the_clock_alone(product: Product) -> None:
    component = product.api("POST", "/components", {"name": "Warehouse"}).body
    window = {
        "title": "New shelves",
        "scheduled_for": _in_seconds(3),
        "ends_at": _in_seconds(6),
        "affected_components": [component["id"]],
    }
    assert product.api("POST", "/maintenance", window).status == 201

    def shown() -> str:
        body = product.ask("GET", "/s/status/summary.json").body
        return next(
            (one["status"] for one in body["components"] if one["id"] == component["id"]), ""
        )

    eventually(lambda: shown() == "Operational", within_s=2, what="it is shown")
    eventually(lambda: shown() == "Maintenance mode", within_s=6, what="the window opens")
    eventually(lambda: shown() == "Operational", within_s=6, what="the window closes")


def test_page_is_answered_from_stored_bytes(product: Product) -> None:
    first = product.ask("GET", "/s/status/", Accept_Encoding="identity")
    again = product.ask("GET", "/s/status/", If_None_Match=first.headers["etag"])
    assert again.status == 304
    packed = product.ask("HEAD", "/s/status/summary.json", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["access-control-allow-origin"] == "*"


def test_bootstrap_beside_the_running_server_twice(product: Product) -> None:
    words = ["--project", "Second", "--slug", "second", "--email", "daisy@second.example"]
    words += ["--name", "Daisy Duck", "--json"]
    first = product.command("bootstrap", *words)
    again = product.command("bootstrap", *words)
    made, known = json.loads(first.stdout), json.loads(again.stdout)
    assert list(made) == [
        "project",
        "slug",
        "page_url",
        "dashboard_url",
        "email",
        "password",
        "token",
        "shields_key",
    ]
    assert made["page_url"] == f"{product.address}/s/second/"
    assert made["password"]
    assert known == {**made, "password": None}
    eventually(
        lambda: product.ask("GET", "/s/second/").status == 200, within_s=5, what="its page is there"
    )


def test_taken_slug_is_one_clear_sentence(product: Product) -> None:
    words = ["--project", "Other", "--slug", "status", "--email", "x@other.example"]
    told = product.command("bootstrap", *words, "--name", "Other", "--json")
    assert told.returncode == 1
    assert told.stdout == ""
    assert "status" in told.stderr
    assert "Traceback" not in told.stderr


def test_health_metrics_and_document(product: Product) -> None:
    assert product.ask("GET", "/healthz").body == {"status": "ok"}
    assert product.ask("GET", "/readyz").status == 200
    assert "pingpong_" in product.ask("GET", "/metrics").text
    assert product.ask("GET", "/metrics", X_Forwarded_For="198.51.100.1").status == 403
    assert product.ask("GET", "/rest/v1/openapi.json").body["openapi"].startswith("3.1")
    assert product.ask("GET", "/rest/v1/docs/").status == 200


def test_log_holds_no_secret(product: Product) -> None:
    product.ask("GET", "/rest/v1/status?token=canary-in-the-query")
    product.ask("GET", "/widget/shields/status/sp_0123456789abcdef0123456789abcdef")
    after_start = product.output().split("ready in", 1)[1]
    assert "/rest/v1/status" in after_start
    assert product.token not in after_start
    assert "canary-in-the-query" not in after_start
    assert "sp_0123456789abcdef" not in after_start
