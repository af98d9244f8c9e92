"""Asked each second instead of all that would find nothing: it has to know every reason."""

from datetime import timedelta

import pytest

from factories.maintenance import make_maintenance
from factories.pages import make_page
from pingpong.events.models import Event
from pingpong.kit.clock import utc_now
from pingpong.maintenance.models import Maintenance
from pingpong.pages.models import Page
from pingpong.public.models import StoredPage
from pingpong.runtime import consumers
from pingpong.runtime.stillness import is_still

pytestmark = pytest.mark.django_db


@pytest.fixture
def rendered() -> Page:
    """Return a page of which nothing is to be said or rendered."""
    from pingpong.public import render

    page = make_page()
    consumers.consume_events(utc_now())
    render.render_page(page.pk, now=utc_now())
    return page


@pytest.mark.usefixtures("rendered")
def test_nothing_is_due_when_all_is_done() -> None:
    assert is_still(utc_now())


def test_a_page_that_was_never_rendered_is_due(rendered: Page) -> None:
    StoredPage.objects.filter(pk=rendered.pk).delete()
    assert not is_still(utc_now())


def test_a_page_that_has_changed_is_due(rendered: Page) -> None:
    Page.objects.filter(pk=rendered.pk).update(version=rendered.version + 1000)
    assert not is_still(utc_now())


def test_a_page_whose_edge_has_come_is_due(rendered: Page) -> None:
    edge = StoredPage.objects.get(pk=rendered.pk).next_edge_at
    assert is_still(edge - timedelta(microseconds=1))
    assert not is_still(edge)


@pytest.mark.usefixtures("rendered")
def test_an_event_that_nobody_has_claimed_is_due() -> None:
    Event.objects.create(kind="page.created", page_id="p", subject_id="s", at=utc_now())
    assert not is_still(utc_now())


def test_a_window_whose_edge_has_come_is_due(rendered: Page) -> None:
    now = utc_now()
    make_maintenance(
        rendered,
        now=now,
        scheduled_for=now + timedelta(minutes=5),
        ends_at=now + timedelta(minutes=10),
        affected=[],
    )
    Event.objects.update(claimed_at=now)
    StoredPage.objects.update(version=10**6, next_edge_at=now + timedelta(days=1))
    edge = Maintenance.objects.get().next_edge_at
    assert edge is not None
    assert is_still(edge - timedelta(microseconds=1))
    assert not is_still(edge)
