"""Promising the next update: quick choices, a time of one's own, and what is left of it."""

from datetime import datetime, timedelta

import pytest

from factories.incidents import make_incident
from fixtures.visitors import Visitor
from pingpong.dashboard.forms.minutes import MINUTE_FORMAT
from pingpong.incidents.models import Incident
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page

from .conftest import Reach, text_of

HOUR = timedelta(hours=1)


def _promised() -> datetime | None:
    return Incident.objects.get().next_update_by


@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_quick_choice_promises_at_least_so_many_minutes(
    desk: Visitor, reach: Reach, filled: dict[str, str], minutes: int
) -> None:
    before = utc_now()
    desk.post(reach("new_incident"), {**filled, "next_update": str(minutes)})
    promised = _promised()
    assert promised is not None
    assert timedelta() <= promised - before - timedelta(minutes=minutes) < timedelta(minutes=2)


def test_own_time_is_promised_with_an_update_and_taken_back_by_the_next(
    desk: Visitor, reach: Reach, acme: Page
) -> None:
    here = reach("incident", incident=make_incident(acme).pk)
    at = (utc_now() + HOUR).replace(second=0, microsecond=0)
    sent = {"status": "Identified", "message": "<div>x</div>", "action": "post"}
    desk.post(here, {**sent, "next_update_by": at.strftime(MINUTE_FORMAT)})
    assert _promised() == at
    assert "Next update promised by" in text_of(desk.get(here))
    desk.post(here, sent)
    assert _promised() is None


def test_time_that_has_passed_is_refused_but_may_stay_when_it_was_promised_before(
    desk: Visitor, reach: Reach, acme: Page
) -> None:
    late = (utc_now() - HOUR).replace(microsecond=0)
    incident = make_incident(acme, next_update_by=late)
    typed = late.strftime(MINUTE_FORMAT)
    here = reach("incident", incident=incident.pk)
    sent = {"status": "Identified", "message": "<div>x</div>", "next_update_by": typed}
    answer = desk.post(here, {**sent, "action": "post"})
    assert (answer.status_code, Incident.objects.get().updates.count()) == (422, 0)
    assert "visitors are still waiting" in text_of(desk.get(here))
    edited = {"title": "Other", "status": "Investigating", "message": "<div>y</div>"}
    desk.post(reach("edit_incident", incident=incident.pk), {**edited, "next_update_by": typed})
    assert (_promised(), Incident.objects.get().title) == (late, "Other")
