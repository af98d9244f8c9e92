"""The screens on which a team translates what it wrote."""

from collections.abc import Callable

import pytest

from factories.components import make_component
from factories.incidents import make_incident, make_update
from factories.maintenance import make_maintenance
from fixtures.cast import Belongings, Member
from fixtures.queries import QueryCount
from fixtures.visitors import Visit, Visitor
from pingpong.components.models import Component
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page, Translation
from pingpong.pages.translations import texts_of

Reach = Callable[..., str]


@pytest.fixture
def website(acme: Page) -> Component:
    acme.languages = ["de", "fr"]
    acme.save(update_fields=["languages"])
    return make_component(acme, "Website", description="For visitors", now=utc_now())


def test_page_of_one_language_says_where_more_are_offered(desk: Visitor, reach: Reach) -> None:
    text = desk.get(reach("page_translations")).content.decode()
    assert "The page offers one language only." in text


def test_texts_of_a_component_are_translated_and_counted(
    desk: Visitor, reach: Reach, acme: Page, website: Component
) -> None:
    place = reach("page_translation", kind="component", thing=website.pk)
    assert "For visitors" in desk.get(place).content.decode()
    response = desk.post(place, {"de-0": "Webseite", "de-1": "Für Besucher", "fr-0": "Site"})
    assert response["Location"] == reach("page_translations")
    known = ("component", website.pk)
    assert texts_of(acme) == {
        "de": {(*known, "name"): "Webseite", (*known, "description"): "Für Besucher"},
        "fr": {(*known, "name"): "Site"},
    }
    assert "3 of 4" in desk.get(response["Location"]).content.decode()
    assert 'value="Webseite"' in desk.get(place).content.decode()


def test_incident_is_translated_with_its_updates(
    desk: Visitor, reach: Reach, acme: Page, website: Component
) -> None:
    incident = make_incident(acme, "Slow", affected=[(website, "Minor issues")])
    update = make_update(incident)
    place = reach("page_translation", kind="incident", thing=incident.pk)
    desk.post(place, {"de-0": "Langsam", "de-2": "Wir sehen nach."})
    assert texts_of(acme)["de"] == {
        ("incident", incident.pk, "title"): "Langsam",
        ("update", update.pk, "message"): "<div>Wir sehen nach.</div>",
    }


def test_too_long_a_name_is_refused_beside_its_field(
    desk: Visitor, reach: Reach, website: Component
) -> None:
    place = reach("page_translation", kind="component", thing=website.pk)
    response = desk.post(place, {"de-0": "x" * 51})
    assert response.status_code == 422
    assert 'id="id_de-0_error"' in response.content.decode()
    assert not Translation.objects.exists()


def test_viewer_reads_and_has_nothing_to_send(
    visit: Visit, viewer: Member, reach: Reach, website: Component
) -> None:
    place = reach("page_translation", kind="component", thing=website.pk)
    text = visit(viewer).get(place).content.decode().partition("<main")[2].partition("</main>")[0]
    assert text.count(" disabled") == 4
    assert "<button" not in text


def test_thing_of_another_page_is_not_found(
    desk: Visitor, reach: Reach, website: Component, theirs: Belongings
) -> None:
    place = reach("page_translation", kind="component", thing=theirs.component.pk)
    assert desk.get(place).status_code == 404
    assert desk.post(place, {"de-0": "Klee"}).status_code == 404


def test_list_costs_few_queries_however_much_there_is(
    desk: Visitor, reach: Reach, acme: Page, website: Component, query_count: QueryCount
) -> None:
    def add(count: int) -> None:
        for number in range(count):
            make_component(acme, f"Part {number} of {count}", now=utc_now())
            make_update(make_incident(acme, f"Incident {number}"))
            make_maintenance(acme, f"Work {number}")

    add(2)
    with query_count() as few:
        assert desk.get(reach("page_translations")).status_code == 200
    add(6)
    with query_count() as many:
        assert desk.get(reach("page_translations")).status_code == 200
    assert len(few) == len(many) < 20
