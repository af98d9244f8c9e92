"""The screen of one incident: tell, resolve, correct, take back."""

import re

import pytest

from factories.incidents import make_incident, make_update, resolve
from fixtures.cast import Belongings, Member
from fixtures.visitors import Visit, Visitor
from pingpong.components.effects import active_by_component
from pingpong.components.models import Component
from pingpong.events.models import Event
from pingpong.incidents.models import Incident, IncidentUpdate
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page

from .conftest import Reach, text_of


@pytest.fixture
def incident(acme: Page, website: Component) -> Incident:
    return make_incident(acme, affected=[(website, "Minor issues")])


def seen_in(text: str) -> str:
    found = re.search(r'name="seen" value="(\w*)"', text)
    assert found is not None
    return found[1]


def last_update() -> tuple[str, str]:
    update = IncidentUpdate.objects.order_by("created_at").last()
    assert update is not None
    return update.status, update.message


def test_an_update_tells_how_it_goes_on(
    desk: Visitor, reach: Reach, incident: Incident, acme: Page, website: Component
) -> None:
    here = reach("incident", incident=incident.pk)
    sent = {
        "seen": seen_in(text_of(desk.get(here))),
        "status": "Identified",
        "message": "<div>A disk.</div>",
        f"affected-{website.pk}": "Unavailable",
        "action": "post",
    }
    answer = desk.post(here, sent)
    assert (answer.status_code, last_update()) == (302, ("Identified", "<div>A disk.</div>"))
    assert active_by_component(acme.pk, utc_now())[website.pk].status == "Unavailable"
    assert "A disk." in text_of(desk.get(here))


def test_resolving_ends_it_with_or_without_words(
    desk: Visitor, reach: Reach, incident: Incident, acme: Page, website: Component
) -> None:
    here = reach("incident", incident=incident.pk)
    sent = {
        "seen": "",
        "status": "Verifying",
        "message": "",
        f"affected-{website.pk}": "Minor issues",
        "action": "resolve",
    }
    desk.post(here, sent)
    incident.refresh_from_db()
    assert last_update() == ("Resolved", "<div>This incident is resolved.</div>")
    assert incident.resolved_at is not None
    assert active_by_component(acme.pk, utc_now()) == {}
    told = text_of(desk.get(here))
    undo = re.search(r'action="([^"]+\?confirm)"', told)
    assert undo is not None
    desk.post(undo[1])
    incident.refresh_from_db()
    assert (incident.resolved_at, incident.updates.count()) == (None, 0)


def test_any_other_state_reopens_it(desk: Visitor, reach: Reach, incident: Incident) -> None:
    update = resolve(incident)
    here = reach("incident", incident=incident.pk)
    desk.post(
        here, {"seen": update.pk, "status": "Investigating", "message": "Again", "action": "post"}
    )
    incident.refresh_from_db()
    assert (incident.resolved_at, incident.status) == (None, "Investigating")


def test_who_has_missed_an_update_is_told_and_keeps_what_was_typed(
    desk: Visitor, reach: Reach, incident: Incident
) -> None:
    here = reach("incident", incident=incident.pk)
    seen = seen_in(text_of(desk.get(here)))
    colleague = make_update(incident, message="<div>From a colleague.</div>")
    sent = {"seen": seen, "status": "Verifying", "message": "MY WORDS", "action": "post"}
    answer = desk.post(here, sent)
    told = text_of(answer)
    assert (answer.status_code, incident.updates.count()) == (409, 1)
    assert "Somebody else has posted an update" in told
    assert ("MY WORDS" in told, "From a colleague." in told) == (True, True)
    assert seen_in(told) == colleague.pk
    desk.post(here, {**sent, "seen": seen_in(told)})
    assert last_update() == ("Verifying", "<div>MY WORDS</div>")


def test_an_update_without_words_is_refused_beside_its_field(
    desk: Visitor, reach: Reach, incident: Incident
) -> None:
    here = reach("incident", incident=incident.pk)
    answer = desk.post(here, {"seen": "", "status": "Verifying", "action": "post"})
    assert (answer.status_code, 'id="id_message_error"' in text_of(answer)) == (422, True)


def test_a_draft_takes_no_updates(desk: Visitor, reach: Reach, acme: Page) -> None:
    draft = make_incident(acme, is_draft=True)
    here = reach("incident", incident=draft.pk)
    desk.post(here, {"seen": "", "status": "Verifying", "message": "x", "action": "post"})
    assert IncidentUpdate.objects.count() == 0


def test_the_list_resolves_in_one_step_and_takes_it_back(
    desk: Visitor, reach: Reach, incident: Incident
) -> None:
    there = reach("resolve_incident", incident=incident.pk)
    answer = desk.post(there, {"seen": "", "message": "All good."})
    assert (answer["Location"], last_update()) == (
        reach("incidents"),
        ("Resolved", "<div>All good.</div>"),
    )
    desk.post(there, {"seen": "", "message": "Twice."})
    assert IncidentUpdate.objects.count() == 1


def test_the_list_resolves_nothing_that_somebody_has_not_read(
    desk: Visitor, reach: Reach, incident: Incident
) -> None:
    make_update(incident)
    answer = desk.post(reach("resolve_incident", incident=incident.pk), {"seen": ""})
    incident.refresh_from_db()
    assert (incident.resolved_at, answer["Location"]) == (
        None,
        reach("incident", incident=incident.pk),
    )


def test_an_update_is_edited(desk: Visitor, reach: Reach, incident: Incident) -> None:
    update = make_update(incident)
    there = reach("incident_update", incident=incident.pk, update=update.pk)
    assert "Investigating." in text_of(desk.get(there))
    desk.post(there, {"status": "Verifying", "message": "<div>Better.</div>"})
    update.refresh_from_db()
    assert (update.status, update.message, update.notify_subscribers) == (
        "Verifying",
        "<div>Better.</div>",
        False,
    )
    assert desk.post(there, {"status": "Verifying", "message": ""}).status_code == 422


@pytest.mark.parametrize("what", ["incident", "update"])
def test_deleting_asks_first(desk: Visitor, reach: Reach, incident: Incident, what: str) -> None:
    update = make_update(incident)
    there = reach("delete_incident", incident=incident.pk)
    if what == "update":
        there = reach("delete_incident_update", incident=incident.pk, update=update.pk)
    asked = desk.post(there)
    assert (asked.status_code, "Visitors will no longer see it" in text_of(asked)) == (200, True)
    assert (Incident.objects.count(), IncidentUpdate.objects.count()) == (1, 1)
    desk.post(there, {"confirm": "yes"})
    assert IncidentUpdate.objects.count() == 0
    assert Incident.objects.count() == (1 if what == "update" else 0)


def test_editing_writes_what_differs_and_nothing_else(
    desk: Visitor, reach: Reach, incident: Incident, website: Component
) -> None:
    there = reach("edit_incident", incident=incident.pk)
    before = incident.occurred_at
    form = {
        "seen": seen_in(text_of(desk.get(there))),
        "title": incident.title,
        "message": incident.message,
        "status": "In progress",
        "notify_subscribers": "on",
        "occurred_at": before.strftime("%Y-%m-%dT%H:%M"),
        f"affected-{website.pk}": "Minor issues",
    }
    desk.post(there, form)
    assert Event.objects.filter(kind="incident.changed").count() == 0
    desk.post(there, {**form, "title": "Renamed"})
    incident.refresh_from_db()
    assert (incident.title, incident.occurred_at) == ("Renamed", before)
    assert Event.objects.get(kind="incident.changed").data["changed"] == ["title"]


def test_editing_does_not_undo_what_somebody_else_has_edited(
    desk: Visitor, reach: Reach, incident: Incident
) -> None:
    there = reach("edit_incident", incident=incident.pk)
    form = {
        "seen": seen_in(text_of(desk.get(there))),
        "message": "x",
        "status": "In progress",
    }
    desk.post(there, {**form, "title": "First"})
    answer = desk.post(there, {**form, "title": "Second"})
    incident.refresh_from_db()
    assert (answer.status_code, incident.title) == (409, "First")
    assert 'value="Second"' in text_of(answer)


def test_a_draft_is_edited_and_published_at_once(desk: Visitor, reach: Reach, acme: Page) -> None:
    draft = make_incident(acme, is_draft=True)
    form = {"title": "Ready", "message": "x", "status": "Identified", "action": "publish"}
    desk.post(reach("edit_incident", incident=draft.pk), form)
    draft.refresh_from_db()
    assert (draft.title, draft.status, draft.is_draft) == ("Ready", "Identified", False)


def test_the_screen_says_who_did_what(desk: Visitor, reach: Reach, incident: Incident) -> None:
    make_update(incident)
    told = text_of(desk.get(reach("incident", incident=incident.pk)))
    assert "posted an update" in told
    assert "reported it" in told


def test_a_viewer_reads_and_finds_nothing_to_press(
    visit: Visit, viewer: Member, reach: Reach, incident: Incident
) -> None:
    update = make_update(incident)
    reader = visit(viewer)
    told = text_of(reader.get(reach("incident", incident=incident.pk)))
    assert incident.title in told
    forms = re.findall(r'<form[^>]*action="([^"]*)"', told)
    assert [one for one in forms if "/p/" in one] == []
    for name in ("delete_incident", "resolve_incident", "publish_incident"):
        there = reach(name, incident=incident.pk)
        assert reader.post(there, {"confirm": "yes"}).status_code == 403
    assert incident.updates.get() == update


def test_what_is_of_other_people_is_answered_as_unknown(
    desk: Visitor, reach: Reach, incident: Incident, theirs: Belongings
) -> None:
    update = make_update(incident)
    unknown = "x" * 22
    for name in ("incident", "edit_incident", "postmortem"):
        answers = [desk.get(reach(name, incident=pk)) for pk in (theirs.incident.pk, unknown)]
        assert [answer.status_code for answer in answers] == [404, 404]
    pairs = [
        (theirs.incident.pk, theirs.update.pk),
        (incident.pk, theirs.update.pk),
        (theirs.incident.pk, update.pk),
        (incident.pk, unknown),
    ]
    for one, other in pairs:
        there = reach("delete_incident_update", incident=one, update=other)
        assert desk.post(there, {"confirm": "yes"}).status_code == 404
    for name in ("delete_incident", "resolve_incident", "publish_incident", "incident"):
        there = reach(name, incident=theirs.incident.pk)
        assert desk.post(there, {"confirm": "yes"}).status_code == 404
    assert IncidentUpdate.objects.count() == 2
