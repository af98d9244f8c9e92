"""Texts that ran scripts or engines elsewhere, in every field of these screens."""

import re
from html.parser import HTMLParser

import pytest

from factories.components import make_component
from fixtures.visitors import Visitor
from incidents.template_attacks import ENGINES
from kit.html_attacks import ATTACKS
from kit.html_reader import assert_harmless
from pingpong.incidents.models import Incident, IncidentTemplate
from pingpong.kit.html import as_message
from pingpong.kit.text import clean_line
from pingpong.pages.models import Page

from .conftest import Reach, text_of

STARTS_SCRIPTS = re.compile(r"^on|^style$|^srcdoc$", re.IGNORECASE)


class _Reader(HTMLParser):
    """Finds what runs besides the files of ours."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.running: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            is_link_to_script = (value or "").strip().lower().startswith(("javascript:", "data:"))
            if STARTS_SCRIPTS.search(name) or (is_link_to_script and value != "data:,"):
                self.running.append(f"{tag} {name}={value}")
        ours = dict(attrs).get("src") or ""
        if tag == "script" and not ours.startswith("/dashboard/assets/"):
            self.running.append(tag)


def running_in(text: str) -> list[str]:
    reader = _Reader()
    reader.feed(text)
    return reader.running


@pytest.mark.parametrize("attack", ATTACKS[::6])
def test_an_attack_is_text_in_names_and_clean_in_messages(
    desk: Visitor, reach: Reach, acme: Page, attack: str
) -> None:
    name = clean_line(clean_line(attack)[:50]) or "x"
    make_component(acme, name)
    said = {"title": name, "message": f"{attack} words", "status": "Identified"}
    desk.post(reach("new_incident_template"), {**said, "name": name})
    answer = desk.post(reach("new_incident"), said)
    assert answer.status_code in (302, 422)
    for incident in Incident.objects.all():
        assert incident.message == as_message(f"{attack} words")
        assert_harmless(incident.message)
        here = reach("incident", incident=incident.pk)
        desk.post(here, {"seen": "", "status": "Verifying", "message": f"{attack} x"})
        for address in (here, reach("edit_incident", incident=incident.pk)):
            assert running_in(text_of(desk.get(address))) == []
    for template in IncidentTemplate.objects.all():
        there = reach("incident_template", incident_template=template.pk)
        assert running_in(text_of(desk.get(there))) == []
        used = desk.get(reach("new_incident"), {"template": template.pk})
        assert running_in(text_of(used)) == []
    for address in (reach("incidents"), reach("incident_templates")):
        assert running_in(text_of(desk.get(address, {"q": attack[:90]}))) == []
        assert running_in(text_of(desk.get(address))) == []


@pytest.mark.parametrize("text", [one for one in ENGINES if clean_line(one) == one])
def test_no_engine_runs_what_people_typed(desk: Visitor, reach: Reach, text: str) -> None:
    line = clean_line(text)
    said = {"title": line, "message": f"<div>{line}</div>", "status": "Identified"}
    desk.post(reach("new_incident_template"), {**said, "name": line})
    template = IncidentTemplate.objects.get()
    used = text_of(desk.get(reach("new_incident"), {"template": template.pk}))
    assert "49" not in re.findall(r'name="title" value="([^"]*)"', used)[0]
    desk.post(reach("new_incident"), {**said, "template": template.pk})
    incident = Incident.objects.get()
    assert (incident.title, incident.message) == (line, as_message(f"<div>{line}</div>"))
