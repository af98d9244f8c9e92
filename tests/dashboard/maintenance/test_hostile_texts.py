"""Texts that ran scripts or engines elsewhere, in every field of these screens."""

import re

import pytest

from dashboard.incidents.test_hostile_texts import running_in
from factories.components import make_component
from fixtures.visitors import Visitor
from incidents.template_attacks import ENGINES
from kit.html_attacks import ATTACKS
from kit.html_reader import assert_harmless
from pingpong.kit.html import as_message
from pingpong.kit.text import clean_line
from pingpong.maintenance.models import Maintenance, MaintenanceTemplate
from pingpong.pages.models import Page

from .conftest import Reach, text_of


@pytest.mark.parametrize("attack", ATTACKS[::9])
def test_an_attack_is_text_in_names_and_clean_in_messages(
    desk: Visitor, reach: Reach, acme: Page, filled: dict[str, str], attack: str
) -> None:
    name = clean_line(clean_line(attack)[:50]) or "x"
    make_component(acme, name)
    said = {**filled, "title": name, "message": f"{attack} words"}
    desk.post(reach("new_maintenance_template"), {**said, "name": name, "minutes": "30"})
    refused = desk.post(
        reach("new_maintenance"),
        {**said, "repeats": "custom", "rule": attack[:150], "zone": attack},
    )
    assert (refused.status_code, running_in(text_of(refused))) == (422, [])
    assert desk.post(reach("new_maintenance"), said).status_code in (302, 422)
    for window in Maintenance.objects.all():
        assert window.message == as_message(f"{attack} words")
        assert_harmless(window.message)
        for address in ("one_maintenance", "edit_maintenance"):
            shown = text_of(desk.get(reach(address, maintenance=window.pk)))
            assert running_in(shown) == []
    for template in MaintenanceTemplate.objects.all():
        used = desk.get(reach("new_maintenance"), {"template": template.pk})
        assert running_in(text_of(used)) == []
    month = {"month": filled["starts"][:7], "q": attack[:90]}
    for address in ("maintenance", "maintenance_templates", "maintenance_calendar"):
        assert running_in(text_of(desk.get(reach(address), month))) == []


@pytest.mark.parametrize("text", [one for one in ENGINES if clean_line(one) == one][::3])
def test_no_engine_runs_what_people_typed(
    desk: Visitor, reach: Reach, filled: dict[str, str], text: str
) -> None:
    said = {**filled, "title": text, "message": f"<div>{text}</div>"}
    desk.post(reach("new_maintenance_template"), {**said, "name": text, "minutes": "30"})
    template = MaintenanceTemplate.objects.get()
    used = text_of(desk.get(reach("new_maintenance"), {"template": template.pk}))
    assert "49" not in re.findall(r'name="title" value="([^"]*)"', used)[0]
    desk.post(reach("new_maintenance"), {**said, "template": template.pk, "repeats": "weekly"})
    window = Maintenance.objects.order_by("scheduled_for")[0]
    assert (window.title, window.message) == (text, as_message(f"<div>{text}</div>"))
