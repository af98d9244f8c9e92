import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from factories.pages import make_page
from fixtures.queries import QueryCount
from pingpong.accounts.people import register
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page

pytestmark = pytest.mark.django_db


def test_only_page_is_led_to(page: Page) -> None:
    response = Client().get("/")
    assert (response.status_code, response["Location"]) == (302, "/s/acme/")


@pytest.mark.parametrize("count", [0, 2])
def test_start_page_lists_no_page(count: int) -> None:
    register(email="a@b.example", name="A", password="x", now=utc_now())
    for number in range(count):
        make_page(name=f"Secret {number}", slug=f"secret-{number}", now=utc_now())
    response = Client().get("/")
    text = response.content.decode()
    assert response.status_code == 200
    assert "PingPong Status Pages" in text
    assert '<a href="/rest/v1/docs/">' in text
    assert "ecret" not in text
    assert response["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")


def test_start_page_leads_to_setup_while_nobody_has_an_account() -> None:
    response = Client().get("/")
    assert (response.status_code, response["Location"]) == (302, reverse(settings.SETUP_URL))
    assert response["Cache-Control"] == "no-store"


def test_start_page_costs_one_query_and_no_more(page: Page, query_count: QueryCount) -> None:
    with query_count() as counted:
        Client().get("/")
    assert len(counted) == 1


def test_start_page_stands_without_a_database(page: Page) -> None:
    def fail(*_what: object) -> object:
        raise OperationalError

    with connection.execute_wrapper(fail):
        assert "PingPong Status Pages" in Client().get("/").content.decode()


def test_start_page_is_read_only() -> None:
    assert Client().post("/").status_code == 405
