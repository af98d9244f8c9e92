"""Opening an incident on one screen."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from factories.incidents import make_template
from fixtures.cast import Belongings
from fixtures.visitors import Visitor
from pingpong.components.effects import active_by_component
from pingpong.components.models import Component
from pingpong.events.models import Event
from pingpong.incidents.models import Incident
from pingpong.kit.clock import utc_now
from pingpong.overview.summary import summarise
from pingpong.pages.models import Page
from pingpong.public.bodies import bodies_of
from pingpong.public.body import Body

from .conftest import Reach, text_of

Form = dict[str, str]


def public_text(page: Page) -> str:
    now = utc_now()
    bodies = bodies_of(summarise(page, now=now), changed_at=now)
    return "".join(body.text.decode() for body in bodies if isinstance(body, Body))


def test_an_incident_is_opened_with_all_that_was_said(
    desk: Visitor, reach: Reach, filled: Form, acme: Page, website: Component
) -> None:
    sent = {**filled, f"affected-{website.pk}": "Major issues"}
    answer = desk.post(reach("new_incident"), sent)
    incident = Incident.objects.get()
    assert (answer.status_code, answer["Location"]) == (
        302,
        reach("incident", incident=incident.pk),
    )
    assert (incident.title, incident.status, incident.reported_by, incident.message) == (
        "Search is down",
        "Investigating",
        "Huey Duck",
        "<div>We are looking <strong>into it</strong>.</div>",
    )
    assert (incident.is_draft, incident.notify_subscribers) == (False, True)
    assert active_by_component(acme.pk, utc_now())[website.pk].status == "Major issues"
    assert "Search is down" in public_text(acme)


def test_a_draft_is_for_the_team_alone(
    desk: Visitor, reach: Reach, filled: Form, acme: Page, website: Component
) -> None:
    sent = {**filled, "title": "CANARY-draft", "message": "CANARY-text", "action": "draft"}
    desk.post(reach("new_incident"), {**sent, f"affected-{website.pk}": "Unavailable"})
    incident = Incident.objects.get()
    assert incident.is_draft
    assert "CANARY" not in public_text(acme)
    assert active_by_component(acme.pk, utc_now()) == {}
    assert "CANARY-draft" in text_of(desk.get(reach("incidents")))
    desk.post(reach("publish_incident", incident=incident.pk))
    assert public_text(acme).count("CANARY-draft") > 0


def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(
    desk: Visitor, reach: Reach, filled: Form, website: Component
) -> None:
    sent = {**filled, "title": "", f"affected-{website.pk}": "Minor issues", "status": "Nonsense"}
    answer = desk.post(reach("new_incident"), sent)
    told = text_of(answer)
    assert (answer.status_code, Incident.objects.count()) == (422, 0)
    assert 'id="id_title_error"' in told
    assert "&lt;strong&gt;into it&lt;/strong&gt;" in told
    assert '<option value="Minor issues" selected>' in told


@pytest.mark.parametrize("message", ["", "   ", "<div><br></div>", "<div>&nbsp;</div>"])
def test_a_message_without_words_is_none(
    desk: Visitor, reach: Reach, filled: Form, message: str
) -> None:
    answer = desk.post(reach("new_incident"), {**filled, "message": message})
    assert (answer.status_code, Incident.objects.count()) == (422, 0)
    assert 'id="id_message_error"' in text_of(answer)


def test_plain_text_keeps_its_lines(desk: Visitor, reach: Reach, filled: Form) -> None:
    desk.post(reach("new_incident"), {**filled, "message": "One & two\r\nthree < four"})
    assert Incident.objects.get().message == "<div>One &amp; two<br>three &lt; four</div>"


def test_a_status_of_a_component_that_is_gone_or_foreign_opens_nothing(
    desk: Visitor, reach: Reach, filled: Form, theirs: Belongings
) -> None:
    answers = [
        desk.post(reach("new_incident"), {**filled, f"affected-{pk}": "Unavailable"})
        for pk in (theirs.component.pk, "Nobody")
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert Incident.objects.filter(page__slug="acme").count() == 0


def test_backdating_is_in_the_zone_of_the_viewer(
    desk: Visitor, reach: Reach, filled: Form, acme: Page
) -> None:
    desk.cookies["zone"] = "Asia/Tokyo"
    told = text_of(desk.get(reach("new_incident")))
    assert ("Asia/Tokyo" in told, acme.time_zone in told) == (True, True)
    desk.post(reach("new_incident"), {**filled, "occurred_at": "2026-03-10T09:30"})
    assert Incident.objects.get().occurred_at == datetime(2026, 3, 10, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("began", ["0001-01-01T00:00", "1999-12-31T00:00"])
def test_a_beginning_that_clocks_cannot_tell_is_refused(
    desk: Visitor, reach: Reach, filled: Form, acme: Page, began: str
) -> None:
    Page.objects.update(time_zone="America/New_York")
    answer = desk.post(reach("new_incident"), {**filled, "occurred_at": began})
    assert (answer.status_code, Incident.objects.count()) == (422, 0)
    assert 'id="id_occurred_at_error"' in text_of(answer)
    # The page can still be drawn.
    assert "ACME" in public_text(Page.objects.get(pk=acme.pk))


def test_the_future_is_refused(desk: Visitor, reach: Reach, filled: Form) -> None:
    later = (utc_now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    answer = desk.post(reach("new_incident"), {**filled, "occurred_at": later})
    assert (answer.status_code, Incident.objects.count()) == (422, 0)
    assert 'id="id_occurred_at_error"' in text_of(answer)


def test_files_of_an_editor_are_dropped(desk: Visitor, reach: Reach, filled: Form) -> None:
    figure = (
        '<figure data-trix-attachment="{&quot;url&quot;:&quot;https://evil.example/x.png&quot;}">'
        '<img src="https://evil.example/x.png"><figcaption>x.png 20 KB</figcaption></figure>'
    )
    desk.post(reach("new_incident"), {**filled, "message": f"<div>Before{figure}after</div>"})
    assert Incident.objects.get().message == "<div>Beforeafter</div>"
    answer = desk.post(reach("new_incident"), {**filled, "message": f"<div>{figure}</div>"})
    assert (answer.status_code, Incident.objects.count()) == (422, 1)


def test_a_template_fills_in_words_and_components(
    desk: Visitor, reach: Reach, acme: Page, website: Component
) -> None:
    template = make_template(
        acme,
        title="{{page}}: {{component}} in {{region}}",
        message="<div>{{person}} looks at {{region}}.</div>",
        affected=[(website, "Minor issues")],
    )
    told = text_of(desk.get(reach("new_incident"), {"template": template.pk}))
    assert 'value="ACME: Website in {{region}}"' in told
    assert "Huey Duck looks at {{region}}." in told
    assert 'name="fill-region"' in told
    assert '<option value="Minor issues" selected>' in told


def test_words_of_ones_own_are_filled_in_when_it_is_sent(
    desk: Visitor, reach: Reach, filled: Form, acme: Page
) -> None:
    sent = {
        **filled,
        "template": make_template(acme).pk,
        "title": "Slow in {{region}}",
        "message": "<div>{{region}} and {{ region }}</div>",
    }
    answer = desk.post(reach("new_incident"), sent)
    assert (answer.status_code, 'id="id_fill-region_error"' in text_of(answer)) == (422, True)
    desk.post(reach("new_incident"), {**sent, "fill-region": "<b>EU</b> {{page}}"})
    incident = Incident.objects.get()
    assert incident.title == "Slow in <b>EU</b> {{page}}"
    assert incident.message == (
        "<div>&lt;b&gt;EU&lt;/b&gt; {{page}} and &lt;b&gt;EU&lt;/b&gt; {{page}}</div>"
    )


def test_without_a_template_braces_are_text(desk: Visitor, reach: Reach, filled: Form) -> None:
    desk.post(reach("new_incident"), {**filled, "title": "{{page}} {{7*7}}", "fill-page": "x"})
    assert Incident.objects.get().title == "{{page}} {{7*7}}"


def test_a_foreign_template_is_answered_as_an_unknown_one(
    desk: Visitor, reach: Reach, theirs: Belongings
) -> None:
    foreign = make_template(theirs.component.page)
    answers = [
        desk.get(reach("new_incident"), {"template": pk}) for pk in (foreign.pk, "Nobody", "\0")
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_a_form_without_its_token_does_nothing(desk: Visitor, reach: Reach, filled: Form) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.cookies
    assert strict.post(reach("new_incident"), filled).status_code == 403
    assert (Incident.objects.count(), Event.objects.filter(kind="incident.opened").count()) == (
        0,
        0,
    )
