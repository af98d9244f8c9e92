"""What was learnt of an incident: for the team first, on the page when it is published."""

import pytest

from factories.actors import DONALD
from factories.incidents import make_incident, make_update, resolve
from factories.moments import at
from pingpong.events.models import Event
from pingpong.incidents.models import Incident, Postmortem
from pingpong.incidents.postmortems import (
    PostmortemTooEarlyError,
    publish_postmortem,
    withdraw_postmortem,
    write_postmortem,
)
from pingpong.pages.models import Page


@pytest.fixture
def incident(page: Page) -> Incident:
    made = make_incident(page, now=at(1))
    resolve(made, now=at(2))
    return made


def write(incident: Incident, minute: int, text: str = "<div>Why.</div>") -> Postmortem:
    return write_postmortem(incident, text=text, by=DONALD, now=at(minute))


def test_a_postmortem_is_unpublished_until_somebody_publishes_it(incident: Incident) -> None:
    written = write(incident, 3)
    assert (written.is_published, written.written_by) == (False, "Donald Duck")
    published = publish_postmortem(written, by=DONALD, now=at(4))
    assert (published.published_at, published.published_by) == (at(4), "Donald Duck")


def test_writing_again_keeps_one_postmortem_and_its_publication(incident: Incident) -> None:
    publish_postmortem(write(incident, 3), by=DONALD, now=at(4))
    write(incident, 5, "<div>Better.</div>")
    found = Postmortem.objects.get()
    assert (found.text, found.written_at, found.published_at) == (
        "<div>Better.</div>",
        at(5),
        at(4),
    )


def test_publishing_twice_keeps_the_first_time(incident: Incident) -> None:
    written = write(incident, 3)
    publish_postmortem(written, by=DONALD, now=at(4))
    publish_postmortem(Postmortem.objects.get(), by=DONALD, now=at(9))
    assert Postmortem.objects.get().published_at == at(4)


def test_a_postmortem_waits_for_the_end_of_the_incident(page: Page, incident: Incident) -> None:
    make_update(incident, "Verifying", now=at(3))
    with pytest.raises(PostmortemTooEarlyError):
        publish_postmortem(write(incident, 4), by=DONALD, now=at(5))
    draft = make_incident(page, "Draft", now=at(5), is_draft=True)
    resolve(draft, now=at(6))
    with pytest.raises(PostmortemTooEarlyError):
        publish_postmortem(write(draft, 7), by=DONALD, now=at(8))
    assert Postmortem.objects.filter(published_at__isnull=False).count() == 0


def test_every_verb_leaves_one_event_and_one_new_version(page: Page, incident: Incident) -> None:
    version = Page.objects.get(pk=page.pk).version
    written = write(incident, 3)
    publish_postmortem(written, by=DONALD, now=at(4))
    withdraw_postmortem(written, by=DONALD, now=at(5))
    assert Postmortem.objects.get().published_at is None
    kinds = Event.objects.filter(kind__startswith="incident.postmortem").order_by("id")
    assert [(event.kind, event.subject_id) for event in kinds] == [
        ("incident.postmortem_written", incident.pk),
        ("incident.postmortem_published", incident.pk),
        ("incident.postmortem_withdrawn", incident.pk),
    ]
    assert Page.objects.get(pk=page.pk).version == version + 3
