"""Words that are kept ready."""

import pytest

from factories.actors import DONALD
from factories.moments import at
from pingpong.components.models import Component
from pingpong.events.models import Event
from pingpong.incidents.models import IncidentTemplate
from pingpong.incidents.templates import (
    TemplateNameTakenError,
    change_template,
    create_template,
    delete_template,
)
from pingpong.pages.models import Page


@pytest.fixture
def template(page: Page, website: Component) -> IncidentTemplate:
    return create_template(
        page,
        name="Slow",
        title="{{component}} is slow",
        message="<div>Since {{time}}.</div>",
        affected=[(website, "Minor issues")],
        by=DONALD,
        now=at(1),
    )


def told(template: IncidentTemplate) -> list[tuple[str, str]]:
    rows = template.affected.select_related("component")
    return [(row.component.name, row.status) for row in rows]


def test_a_template_keeps_what_it_was_given(template: IncidentTemplate) -> None:
    found = IncidentTemplate.objects.get()
    assert (found.name, found.title, found.status) == (
        "Slow",
        "{{component}} is slow",
        "Investigating",
    )
    assert told(found) == [("Website", "Minor issues")]


def test_a_change_replaces_components_only_when_they_are_given(
    template: IncidentTemplate, database: Component
) -> None:
    change_template(template, {"title": "Slower"}, by=DONALD, now=at(2))
    assert told(template) == [("Website", "Minor issues")]
    change_template(template, {}, affected=[(database, "Unavailable")], by=DONALD, now=at(3))
    template.refresh_from_db()
    assert (template.title, told(template)) == ("Slower", [("Database", "Unavailable")])


def test_a_name_is_taken_once_on_a_page(page: Page, template: IncidentTemplate) -> None:
    with pytest.raises(TemplateNameTakenError):
        create_template(page, name="Slow", title="x", message="", by=DONALD, now=at(2))
    other = create_template(page, name="Down", title="x", message="", by=DONALD, now=at(2))
    with pytest.raises(TemplateNameTakenError):
        change_template(other, {"name": "Slow"}, by=DONALD, now=at(3))
    assert sorted(IncidentTemplate.objects.values_list("name", flat=True)) == ["Down", "Slow"]


def test_templates_change_nothing_on_the_page_and_leave_events(
    page: Page, template: IncidentTemplate
) -> None:
    version = Page.objects.get(pk=page.pk).version
    pk = template.pk
    change_template(template, {"title": "Slower"}, affected=[], by=DONALD, now=at(2))
    delete_template(template, by=DONALD, now=at(3))
    events = Event.objects.filter(subject_id=pk).order_by("id")
    assert [(event.kind, event.data.get("changed")) for event in events] == [
        ("incident_template.created", None),
        ("incident_template.changed", ["affected_components", "title"]),
        ("incident_template.deleted", None),
    ]
    assert [event.data["name"] for event in events] == ["Slow"] * 3
    assert Page.objects.get(pk=page.pk).version == version


def test_a_deleted_component_leaves_its_templates(
    template: IncidentTemplate, website: Component
) -> None:
    website.delete()
    assert told(template) == []
