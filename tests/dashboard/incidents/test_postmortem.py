"""What was learnt, for the team first."""

import pytest

from factories.incidents import make_incident, resolve
from fixtures.cast import Member
from fixtures.visitors import Visit, Visitor
from pingpong.incidents.models import Incident, Postmortem
from pingpong.pages.models import Page

from .conftest import Reach, text_of


@pytest.fixture
def incident(acme: Page) -> Incident:
    return make_incident(acme)


def test_a_postmortem_is_saved_published_and_withdrawn(
    desk: Visitor, reach: Reach, incident: Incident
) -> None:
    resolve(incident)
    there = reach("postmortem", incident=incident.pk)
    text = "<div>A full disk.</div>"
    desk.post(there, {"message": text, "action": "save"})
    assert (Postmortem.objects.get().text, Postmortem.objects.get().is_published) == (text, False)
    desk.post(there, {"message": text, "action": "publish"})
    assert Postmortem.objects.get().is_published
    assert "A full disk." in text_of(desk.get(there))
    desk.post(there, {"action": "withdraw"})
    assert (Postmortem.objects.get().text, Postmortem.objects.get().is_published) == (text, False)


def test_before_the_end_it_is_saved_only(desk: Visitor, reach: Reach, incident: Incident) -> None:
    there = reach("postmortem", incident=incident.pk)
    desk.post(there, {"message": "Early", "action": "publish"})
    assert (Postmortem.objects.get().text, Postmortem.objects.get().is_published) == (
        "<div>Early</div>",
        False,
    )
    assert "It can be published once the incident is over." in text_of(desk.get(there))


def test_an_empty_postmortem_is_refused(desk: Visitor, reach: Reach, incident: Incident) -> None:
    answer = desk.post(reach("postmortem", incident=incident.pk), {"message": ""})
    assert (answer.status_code, Postmortem.objects.count()) == (422, 0)


def test_viewers_read_it_on_the_incident_and_do_not_write_it(
    visit: Visit, viewer: Member, desk: Visitor, reach: Reach, incident: Incident
) -> None:
    there = reach("postmortem", incident=incident.pk)
    desk.post(there, {"message": "For the team", "action": "save"})
    reader = visit(viewer)
    assert "For the team" in text_of(reader.get(reach("incident", incident=incident.pk)))
    assert reader.post(there, {"message": "x"}).status_code == 403
