"""Settled points of the contract about incidents and maintenance; the names bear the numbers."""

from datetime import datetime, timedelta

import pytest

from fixtures.cast import Belongings, Member
from pingpong.incidents.models import IncidentUpdate
from pingpong.kit.clock import iso_z, utc_now
from pingpong.maintenance.models import Maintenance

STRUCK = (
    "Upgrading version of <b>main database</b> from version 9.0 to "
    "<strikethrough>10.0</strikethrough> 10.2."
)


def window(start_h: float, end_h: float) -> dict[str, str]:
    now = utc_now()
    return {
        "scheduled_for": iso_z(now + timedelta(hours=start_h)),
        "ends_at": iso_z(now + timedelta(hours=end_h)),
    }


def incident(owner: Member, **fields: object) -> dict[str, object]:
    answer = owner.post("/incidents", {"title": "Down", "message": "x", **fields})
    assert answer.status == 201, answer.body
    return answer.body


def told(owner: Member, incident_id: object, status: str) -> dict[str, object]:
    answer = owner.post(f"/incidents/{incident_id}/updates", {"status": status, "message": "x"})
    assert answer.status == 201, answer.body
    return answer.body


def status_of(owner: Member, incident_id: object) -> object:
    return owner.get(f"/incidents/{incident_id}").body["status"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_a6_in_progress_cannot_be_told(owner: Member, ours: Belongings, method: str) -> None:
    path = f"/incidents/{ours.incident.pk}/updates"
    path += "" if method == "POST" else f"/{ours.update.pk}"
    answer = owner.ask(method, path, {"status": "In progress", "message": "x"})
    assert (answer.status, answer.body) == (
        400,
        {"status": ['"In progress" is not a valid choice.']},
    )


def test_a6_a7_the_status_is_the_latest_updates_else_in_progress(owner: Member) -> None:
    made = incident(owner)
    seen = [made["status"]]
    for status in ("Investigating", "identified", "VERIFYING", "Resolved"):
        told(owner, made["id"], status)
        seen.append(status_of(owner, made["id"]))
    assert seen == ["In progress", "Investigating", "Identified", "Verifying", "Resolved"]


@pytest.mark.parametrize(
    "names",
    [{"title": "T"}, {"name": "T"}, {"title": "T", "name": "T"}, {"title": "T", "name": "N"}],
)
def test_a8_a_maintenance_takes_and_answers_name_and_title(
    owner: Member, names: dict[str, str]
) -> None:
    made = owner.post("/maintenance", {**names, **window(1, 2)})
    assert (made.status, made.body["name"], made.body["title"]) == (201, "T", "T")
    changed = owner.put(f"/maintenance/{made.body['id']}", {"name": "Other"}).body
    assert (changed["name"], changed["title"]) == ("Other", "Other")


def test_a8_a_title_of_a_hundred_characters_is_never_cut(owner: Member) -> None:
    title = "x" * 100
    made = owner.post("/maintenance", {"title": title, **window(1, 2)}).body
    assert (made["name"], made["title"]) == (title, title)
    answer = owner.post("/maintenance", {"name": title + "x", **window(1, 2)})
    assert (answer.status, list(answer.body)) == (400, ["name"])


def test_a9_affected_components_are_ids_or_objects(owner: Member, ours: Belongings) -> None:
    row_id = ours.component.pk
    for given in ([row_id], [{"id": row_id}], [row_id, {"id": row_id, "status": "Unknown"}]):
        made = owner.post(
            "/maintenance", {"title": "T", **window(1, 2), "affected_components": given}
        )
        assert [one["id"] for one in made.body["affected_components"]] == [row_id]


def test_a13_a_message_is_wrapped_once_and_the_same_everywhere(
    owner: Member, ours: Belongings
) -> None:
    made = owner.post("/maintenance", {"title": "T", "message": "<b>x</b>", **window(-1, 1)}).body
    wrapped = "<div><b>x</b></div>"
    listed = owner.get("/maintenance").body[0]
    (live,) = owner.get("/live").body["maintenance"]
    again = owner.put(f"/maintenance/{made['id']}", {"message": wrapped}).body
    assert [one["message"] for one in (made, listed, live, again)] == [wrapped] * 4


def test_a14_strikethrough_comes_back(owner: Member) -> None:
    made = owner.post("/maintenance", {"title": "T", "message": STRUCK, **window(1, 2)}).body
    assert made["message"] == f"<div>{STRUCK}</div>"


def notifies(update: dict[str, object]) -> bool:
    return IncidentUpdate.objects.get(pk=update["id"]).notify_subscribers


def test_a19_updates_inherit_the_flag_until_a_put_names_it(owner: Member) -> None:
    made = incident(owner, notify_subscribers=False)
    seen = [notifies(told(owner, made["id"], "Investigating"))]
    owner.put(f"/incidents/{made['id']}", {"title": "Other"})
    seen.append(notifies(told(owner, made["id"], "Identified")))
    owner.put(f"/incidents/{made['id']}", {"notify_subscribers": True})
    seen.append(notifies(told(owner, made["id"], "Verifying")))
    own_word = {"status": "Verifying", "message": "x", "notify_subscribers": False}
    seen.append(notifies(owner.post(f"/incidents/{made['id']}/updates", own_word).body))
    assert seen == [False, False, True, False]


def test_a19_the_flag_is_in_no_answer(owner: Member, ours: Belongings) -> None:
    made = incident(owner, notify_subscribers=True)
    update = told(owner, made["id"], "Verifying")
    assert "notify_subscribers" not in {**made, **update, **owner.get("/maintenance").body[0]}


def test_a20_deleting_the_resolution_or_telling_more_reopens(owner: Member) -> None:
    made = incident(owner)
    resolved = told(owner, made["id"], "Resolved")
    seen = [len(owner.get("/incidents/ongoing").body)]
    told(owner, made["id"], "Investigating")
    seen.append(len(owner.get("/incidents/ongoing").body))
    last = told(owner, made["id"], "Resolved")
    path = f"/incidents/{made['id']}/updates/"
    owner.delete(path + str(last["id"]))
    seen.append(len(owner.get("/incidents/ongoing").body))
    owner.delete(path + str(resolved["id"]))
    assert [*seen, status_of(owner, made["id"])] == [0, 1, 1, "Investigating"]


def test_a20_an_edited_update_counts_anew(owner: Member) -> None:
    made = incident(owner)
    update = told(owner, made["id"], "Resolved")
    path = f"/incidents/{made['id']}/updates/{update['id']}"
    seen = []
    for status in ("Verifying", "Resolved"):
        assert owner.patch(path, {"status": status}).body["status"] == status
        seen.append(status_of(owner, made["id"]))
    assert seen == ["Verifying", "Resolved"]


def test_a21_a_resolved_incident_shows_its_components_as_they_are_now(
    owner: Member, ours: Belongings
) -> None:
    owner.post(f"/incidents/{ours.incident.pk}/updates", {"status": "Resolved", "message": "x"})
    (component,) = owner.get(f"/incidents/{ours.incident.pk}").body["affected_components"]
    assert (component["status"], component["affected_status"]) == ("Operational", "Minor issues")


@pytest.mark.parametrize("fields", [{}, {"occurred_at": None}])
def test_a24_no_time_means_now(owner: Member, fields: dict[str, object]) -> None:
    before = iso_z(utc_now())
    made = incident(owner, **fields)
    assert before <= str(made["occurred_at"]) <= iso_z(utc_now())


def test_a24_null_in_a_put_sets_it_to_now_and_absence_leaves_it(owner: Member) -> None:
    long_ago = iso_z(utc_now() - timedelta(days=3))
    made = incident(owner, occurred_at=long_ago)
    path = f"/incidents/{made['id']}"
    assert owner.put(path, {"title": "Other"}).body["occurred_at"] == long_ago
    before = iso_z(utc_now())
    assert owner.put(path, {"occurred_at": None}).body["occurred_at"] >= before


@pytest.mark.parametrize(
    ("given", "answered"),
    [
        ("2026-03-10T12:00:00Z", "2026-03-10T12:00:00Z"),
        ("2026-03-10T12:00:00+02:00", "2026-03-10T10:00:00Z"),
        ("2026-03-10T12:00:00.999999Z", "2026-03-10T12:00:00Z"),
        ("2026-03-10T12:00:00", "2026-03-10T12:00:00Z"),
        ("2026-03-10 12:00Z", "2026-03-10T12:00:00Z"),
        ("2026-06-30T23:59:60Z", "2026-06-30T23:59:59Z"),
        (" 2026-03-10T12:00:00Z ", "2026-03-10T12:00:00Z"),
    ],
)
def test_a_time_is_answered_in_utc_to_the_second(owner: Member, given: str, answered: str) -> None:
    assert incident(owner, occurred_at=given)["occurred_at"] == answered


def test_a30_a_deleted_update_is_gone(owner: Member, ours: Belongings) -> None:
    path = f"/incidents/{ours.incident.pk}/updates/{ours.update.pk}"
    answers = [owner.delete(path), owner.delete(path), owner.get(path)]
    assert [answer.status for answer in answers] == [204, 404, 404]
    assert owner.get(f"/incidents/{ours.incident.pk}").body["updates"] == []


@pytest.mark.parametrize(
    ("start_h", "end_h", "status"),
    [(1, 2, "Upcoming"), (-1, 1, "In progress"), (-2, -1, "Complete")],
)
def test_a34_a_maintenance_is_where_the_clock_is(
    owner: Member, start_h: float, end_h: float, status: str
) -> None:
    made = owner.post("/maintenance", {"title": "T", **window(start_h, end_h)}).body
    assert made["status"] == status
    assert len(owner.get("/live").body["maintenance"]) == (status == "In progress")


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize("end_h", [1, 0])
def test_a_window_ends_after_it_begins(
    owner: Member, ours: Belongings, method: str, end_h: float
) -> None:
    path = "/maintenance" if method == "POST" else f"/maintenance/{ours.maintenance.pk}"
    answer = owner.ask(method, path, {"title": "T", **window(1, end_h)})
    assert (answer.status, answer.body) == (400, {"ends_at": ["This must be after scheduled_for."]})


def test_a_window_is_checked_against_the_half_that_stays(owner: Member, ours: Belongings) -> None:
    start: datetime = Maintenance.objects.get(pk=ours.maintenance.pk).scheduled_for
    path = f"/maintenance/{ours.maintenance.pk}"
    assert owner.patch(path, {"ends_at": iso_z(start)}).status == 400
    assert owner.patch(path, {"scheduled_for": iso_z(start + timedelta(days=9))}).status == 400
    assert owner.patch(path, {"ends_at": iso_z(start + timedelta(days=9))}).status == 200


def test_a35_a36_events_come_newest_first(owner: Member) -> None:
    for number in range(3):
        incident(owner, title=f"I {number}")
        owner.post("/maintenance", {"title": f"M {number}", **window(number + 1, 5)})
    assert [one["title"] for one in owner.get("/incidents").body] == ["I 2", "I 1", "I 0"]
    assert [one["title"] for one in owner.get("/incidents/ongoing").body] == ["I 2", "I 1", "I 0"]
    assert [one["title"] for one in owner.get("/maintenance").body] == ["M 2", "M 1", "M 0"]


def test_updates_come_oldest_first(owner: Member) -> None:
    made = incident(owner)
    ids = [told(owner, made["id"], status)["id"] for status in ("Identified", "Verifying")]
    assert [one["id"] for one in owner.get(f"/incidents/{made['id']}/updates").body] == ids
    assert [one["id"] for one in owner.get(f"/incidents/{made['id']}").body["updates"]] == ids
