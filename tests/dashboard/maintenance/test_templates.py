"""Keeping words ready."""

import pytest

from factories.maintenance import make_maintenance_template
from fixtures.cast import Belongings
from fixtures.visitors import Visitor
from pingpong.components.models import Component
from pingpong.maintenance.models import MaintenanceTemplate
from pingpong.pages.models import Page

from .conftest import Reach, text_of


@pytest.fixture
def form(website: Component) -> dict[str, str]:
    return {
        "name": "Slow",
        "title": "{{component}} is slow",
        "minutes": "45",
        "message": "<div>Since {{time}}.</div>",
        f"affected-{website.pk}": "Maintenance mode",
    }


def told(template: MaintenanceTemplate) -> tuple[str, int, list[str]]:
    names = list(template.affected.values_list("component__name", flat=True))
    return template.name, template.minutes, names


def test_a_template_is_made_changed_and_deleted(
    desk: Visitor, reach: Reach, form: dict[str, str], website: Component
) -> None:
    desk.post(reach("new_maintenance_template"), form)
    template = MaintenanceTemplate.objects.get()
    assert told(template) == ("Slow", 45, ["Website"])
    there = reach("maintenance_template", maintenance_template=template.pk)
    assert "{{component}} is slow" in text_of(desk.get(there))
    desk.post(there, {**form, "name": "Slower", f"affected-{website.pk}": ""})
    template.refresh_from_db()
    assert told(template) == ("Slower", 45, [])
    delete = reach("delete_maintenance_template", maintenance_template=template.pk)
    assert desk.post(delete).status_code == 200
    assert MaintenanceTemplate.objects.count() == 1
    desk.post(delete, {"confirm": "yes"})
    assert MaintenanceTemplate.objects.count() == 0


def test_a_name_that_is_taken_is_said_beside_it(
    desk: Visitor, reach: Reach, form: dict[str, str], acme: Page
) -> None:
    make_maintenance_template(acme, "Slow")
    other = make_maintenance_template(acme, "Down")
    for there in (
        reach("new_maintenance_template"),
        reach("maintenance_template", maintenance_template=other.pk),
    ):
        answer = desk.post(there, form)
        assert (answer.status_code, "Another template has this name." in text_of(answer)) == (
            422,
            True,
        )
    assert MaintenanceTemplate.objects.count() == 2


def test_templates_are_searched(desk: Visitor, reach: Reach, acme: Page) -> None:
    make_maintenance_template(acme, "Slow")
    make_maintenance_template(acme, "Down", title="Nothing works")
    there = reach("maintenance_templates")
    assert [name in text_of(desk.get(there, {"q": "works"})) for name in ("Slow", "Down")] == [
        False,
        True,
    ]
    assert "No template fits" in text_of(desk.get(there, {"q": "zzz"}))


def test_a_foreign_template_is_answered_as_an_unknown_one(
    desk: Visitor, reach: Reach, theirs: Belongings
) -> None:
    foreign = make_maintenance_template(theirs.component.page)
    for pk in (foreign.pk, "x" * 22):
        for name in ("maintenance_template", "delete_maintenance_template"):
            there = reach(name, maintenance_template=pk)
            assert desk.post(there, {"confirm": "yes"}).status_code == 404
    assert MaintenanceTemplate.objects.count() == 1
