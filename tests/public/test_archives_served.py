"""The history of a page from the engine to its readers, also without a database."""

import time

import pytest
from django.db import DatabaseError

from factories.actors import DONALD
from factories.incidents import make_incident
from factories.moments import at
from pingpong.incidents.lifecycle import delete_incident
from pingpong.pages.models import Page
from pingpong.public import archive_memory, render, watch
from pingpong.public.archives import Archives
from pingpong.public.entry import FRESH_S
from pingpong.public.models import StoredBody, StoredPage
from pingpong.public.refresher import Refresher
from pingpong.public.render import MIN_GAP, Renderer

from .conftest import Reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def renderer(monkeypatch: pytest.MonkeyPatch) -> Renderer:
    """Return an engine that was started just now."""
    monkeypatch.setattr(render, "_archives", Archives())
    return Renderer()


def test_incident_is_served_while_the_database_is_away_and_says_its_age(
    page: Page,
    renderer: Renderer,
    refresher: Refresher,
    reader: Reader,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = f"/s/acme/incidents/{make_incident(page, now=at(0)).pk}/"
    renderer.render_due(at(1))
    StoredPage.objects.update(vouched_at=at(1))
    refresher.sync()

    def fail() -> None:
        raise DatabaseError

    monkeypatch.setattr(watch, "pulse", fail)
    refresher.look()
    seen = reader.get(path)
    assert seen.code == 200
    assert "Database down" in seen.text
    assert time.time() > at(1).timestamp() + FRESH_S
    assert "This page may be out of date" in seen.text
    assert "Access-Control-Allow-Origin" not in seen.headers
    card = reader.get("/s/acme/card.png", if_none_match="")
    assert (card.code, card.headers["Content-Type"]) == (200, "image/png")
    assert card.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_deleted_incident_is_not_found(
    page: Page, renderer: Renderer, refresher: Refresher, reader: Reader
) -> None:
    incident = make_incident(page, now=at(0))
    path = f"/s/acme/incidents/{incident.pk}/"
    renderer.render_due(at(1))
    refresher.sync()
    assert reader.get(path.removesuffix("/")).code == 301
    delete_incident(incident, by=DONALD, now=at(2))
    renderer.render_due(at(3))
    refresher.sync()
    assert reader.get(path).code == 404


def test_rest_of_a_long_history_follows_by_itself(
    page: Page, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_memory, "MOST_WEIGHT", 20)
    for _ in range(9):
        make_incident(page, now=at(0))
    incidents = StoredBody.objects.filter(path__startswith="/s/acme/incidents/")
    now = at(1)
    seen = []
    for _ in range(3):
        renderer.render_due(now)
        seen.append(incidents.count())
        now += MIN_GAP
    assert seen == [4, 9, 9]
    assert renderer.seconds_until_due(now) == 15 * 60 * 60 - (now - at(0)).total_seconds()


def test_engine_that_starts_again_keeps_what_is_stored_until_it_is_drawn(
    page: Page, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        make_incident(page, now=at(0))
    renderer.render_due(at(1))
    before = set(StoredBody.objects.values_list("path", "version"))
    monkeypatch.setattr(render, "_archives", Archives())
    monkeypatch.setattr(archive_memory, "MOST_WEIGHT", 1)
    Page.objects.update(version=page.version + 50)
    renderer.render_due(at(2))
    assert set(StoredBody.objects.values_list("path", "version")) == before
