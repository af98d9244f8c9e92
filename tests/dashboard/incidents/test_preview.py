"""The page as it would be, and nothing of it is kept."""

import re

import pytest

from factories.incidents import make_incident, make_template
from fixtures.visitors import Visitor
from pingpong.components.models import Component, Effect, Interval
from pingpong.events.models import Event
from pingpong.incidents.models import AffectedComponent, Incident, IncidentUpdate
from pingpong.pages.models import Page

from .conftest import Reach, text_of


def everything() -> list[object]:
    """Return all rows that opening and telling write."""
    rows: list[object] = []
    for model in (Page, Incident, IncidentUpdate, AffectedComponent, Effect, Interval, Event):
        rows += list(model.objects.order_by("pk").values())  # type: ignore[attr-defined]
    return rows


@pytest.fixture
def draft(acme: Page) -> Incident:
    return make_incident(acme, "CANARY-draft", is_draft=True)


def test_a_new_incident_is_shown_and_not_stored(
    desk: Visitor, reach: Reach, filled: dict[str, str], website: Component
) -> None:
    before = everything()
    sent = {**filled, "title": "CANARY-new", f"affected-{website.pk}": "Unavailable"}
    answer = desk.post(reach("preview_new_incident"), sent)
    told = text_of(answer)
    assert (answer.status_code, "CANARY-new" in told, "into it" in told) == (200, True, True)
    assert re.search(r"<h1[^>]*>[^<]*", told) is not None
    assert "Unavailable" in told
    assert everything() == before


def test_an_update_is_shown_and_not_stored(
    desk: Visitor, reach: Reach, acme: Page, website: Component
) -> None:
    incident = make_incident(acme, affected=[(website, "Minor issues")])
    before = everything()
    sent = {"status": "Identified", "message": "CANARY-update", "action": "post"}
    answer = desk.post(reach("preview_update", incident=incident.pk), sent)
    assert (answer.status_code, "CANARY-update" in text_of(answer)) == (200, True)
    assert everything() == before


def test_a_draft_is_shown_as_if_it_were_published(
    desk: Visitor, reach: Reach, draft: Incident
) -> None:
    before = everything()
    there = reach("preview_edited_incident", incident=draft.pk)
    assert "CANARY-draft" in text_of(desk.post(there))
    sent = {"title": "CANARY-edited", "message": "x", "status": "In progress"}
    told = text_of(desk.post(there, sent))
    assert ("CANARY-edited" in told, "CANARY-draft" in told) == (True, False)
    assert everything() == before


def test_a_preview_may_be_framed_by_the_dashboard_alone(
    desk: Visitor, reach: Reach, filled: dict[str, str]
) -> None:
    for sent in (filled, {}):
        answer = desk.post(reach("preview_new_incident"), sent)
        policy = answer["Content-Security-Policy"]
        assert re.findall(r"frame-ancestors [^;]+", policy) == ["frame-ancestors 'self'"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert answer["Cache-Control"] == "no-store"
    plain = desk.get(reach("incidents"))
    assert "frame-ancestors 'none'" in plain["Content-Security-Policy"]


def test_a_form_with_nothing_in_it_has_no_preview(desk: Visitor, reach: Reach) -> None:
    answer = desk.post(reach("preview_new_incident"), {})
    assert (answer.status_code, "Nothing to see yet" in text_of(answer)) == (422, True)


def test_blanks_of_a_template_may_still_be_empty_in_a_preview(
    desk: Visitor, reach: Reach, filled: dict[str, str], acme: Page
) -> None:
    sent = {**filled, "title": "Slow in {{region}}", "template": make_template(acme).pk}
    assert "Slow in {{region}}" in text_of(desk.post(reach("preview_new_incident"), sent))


def test_the_screen_says_how_many_people_are_told(desk: Visitor, reach: Reach) -> None:
    told = text_of(desk.get(reach("new_incident")))
    assert "2 people of the team see it in the dashboard." in told
