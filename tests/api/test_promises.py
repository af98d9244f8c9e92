"""`next_update_by`: an extension of incidents and their updates."""

from datetime import timedelta

import pytest

from fixtures.cast import Belongings, Member
from pingpong.kit.clock import iso_z, utc_now

SOON = iso_z(utc_now().replace(microsecond=0) + timedelta(hours=1))
LATER = iso_z(utc_now().replace(microsecond=0) + timedelta(hours=2))
BODY = {"title": "Slow", "message": "Hm."}
UPDATE = {"status": "Identified", "message": "x"}


def test_promise_is_answered_and_replaced_by_the_next_update(owner: Member) -> None:
    made = owner.post("/incidents", {**BODY, "next_update_by": SOON})
    assert (made.status, made.body["next_update_by"]) == (201, SOON)
    path = f"/incidents/{made.body['id']}"
    update = owner.post(f"{path}/updates", {**UPDATE, "next_update_by": LATER})
    assert update.body["next_update_by"] == LATER
    found = owner.get(path).body
    assert (found["next_update_by"], found["updates"][0]["next_update_by"]) == (LATER, LATER)
    assert owner.post(f"{path}/updates", UPDATE).body["next_update_by"] is None
    assert owner.get(path).body["next_update_by"] is None


def test_incident_promises_nothing_unless_it_is_asked_to(owner: Member) -> None:
    made = owner.post("/incidents", BODY).body
    assert made["next_update_by"] is None
    changed = owner.put(f"/incidents/{made['id']}", {**BODY, "next_update_by": SOON}).body
    assert changed["next_update_by"] == SOON
    again = owner.put(f"/incidents/{made['id']}", {"next_update_by": None}).body
    assert again["next_update_by"] is None


@pytest.mark.parametrize("at", ["2020-01-01T00:00:00Z", "soon", 5])
def test_promise_of_the_past_or_of_no_time_is_refused(
    owner: Member, ours: Belongings, at: object
) -> None:
    for path, body in (
        ("/incidents", BODY),
        (f"/incidents/{ours.incident.pk}/updates", UPDATE),
    ):
        answer = owner.post(path, {**body, "next_update_by": at})
        assert (answer.status, list(answer.body)) == (400, ["next_update_by"])
