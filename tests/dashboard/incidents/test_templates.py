"""Keeping words ready."""

import pytest

from factories.incidents import make_template
from fixtures.cast import Belongings
from fixtures.visitors import Visitor
from pingpong.components.models import Component
from pingpong.incidents.models import IncidentTemplate
from pingpong.pages.models import Page

from .conftest import Reach, text_of


@pytest.fixture
def form(website: Component) -> dict[str, str]:
    return {
        "name": "Slow",
        "title": "{{component}} is slow",
        "status": "Identified",
        "message": "<div>Since {{time}}.</div>",
        f"affected-{website.pk}": "Minor issues",
    }


def told(template: IncidentTemplate) -> tuple[str, str, list[str]]:
    statuses = list(template.affected.values_list("status", flat=True))
    return template.name, template.status, statuses


def test_a_template_is_made_changed_and_deleted(
    desk: Visitor, reach: Reach, form: dict[str, str], website: Component
) -> None:
    desk.post(reach("new_incident_template"), form)
    template = IncidentTemplate.objects.get()
    assert told(template) == ("Slow", "Identified", ["Minor issues"])
    there = reach("incident_template", incident_template=template.pk)
    assert "{{component}} is slow" in text_of(desk.get(there))
    desk.post(there, {**form, "name": "Slower", f"affected-{website.pk}": ""})
    template.refresh_from_db()
    assert told(template) == ("Slower", "Identified", [])
    delete = reach("delete_incident_template", incident_template=template.pk)
    assert desk.post(delete).status_code == 200
    assert IncidentTemplate.objects.count() == 1
    desk.post(delete, {"confirm": "yes"})
    assert IncidentTemplate.objects.count() == 0


def test_a_name_that_is_taken_is_said_beside_it(
    desk: Visitor, reach: Reach, form: dict[str, str], acme: Page
) -> None:
    make_template(acme, "Slow")
    other = make_template(acme, "Down")
    for there in (
        reach("new_incident_template"),
        reach("incident_template", incident_template=other.pk),
    ):
        answer = desk.post(there, form)
        assert (answer.status_code, "Another template has this name." in text_of(answer)) == (
            422,
            True,
        )
    assert IncidentTemplate.objects.count() == 2


def test_templates_are_searched(desk: Visitor, reach: Reach, acme: Page) -> None:
    make_template(acme, "Slow")
    make_template(acme, "Down", title="Nothing works")
    there = reach("incident_templates")
    assert [name in text_of(desk.get(there, {"q": "works"})) for name in ("Slow", "Down")] == [
        False,
        True,
    ]
    assert "No template fits" in text_of(desk.get(there, {"q": "zzz"}))


def test_a_foreign_template_is_answered_as_an_unknown_one(
    desk: Visitor, reach: Reach, theirs: Belongings
) -> None:
    foreign = make_template(theirs.component.page)
    for pk in (foreign.pk, "x" * 22):
        for name in ("incident_template", "delete_incident_template"):
            there = reach(name, incident_template=pk)
            assert desk.post(there, {"confirm": "yes"}).status_code == 404
    assert IncidentTemplate.objects.count() == 1
