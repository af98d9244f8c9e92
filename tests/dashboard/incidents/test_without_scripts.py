"""Where no script runs, the same forms do."""

import re

from fixtures.visitors import Visitor
from pingpong.components.models import Component

from .conftest import Reach, text_of


def test_the_message_is_a_plain_field(desk: Visitor, reach: Reach) -> None:
    told = text_of(desk.get(reach("new_incident")))
    assert len(re.findall(r'<textarea name="message"[^>]*data-rich', told)) == 1


def test_every_component_can_be_chosen(desk: Visitor, reach: Reach, website: Component) -> None:
    told = text_of(desk.get(reach("new_incident")))
    assert f'<select name="affected-{website.pk}"' in told


def test_the_preview_opens_beside_the_form(desk: Visitor, reach: Reach) -> None:
    told = text_of(desk.get(reach("new_incident")))
    assert f'formaction="{reach("preview_new_incident")}" formtarget="_blank"' in told


def test_the_editor_is_loaded_where_it_is_needed_and_nowhere_else(
    desk: Visitor, reach: Reach
) -> None:
    has_editor = {
        name: "editor.js" in text_of(desk.get(reach(name)))
        for name in ("incidents", "new_incident", "incident_templates")
    }
    assert has_editor == {"incidents": False, "new_incident": True, "incident_templates": False}
