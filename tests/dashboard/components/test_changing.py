"""Adding, changing and deleting components and groups, one at a time."""

import pytest

from factories.components import make_component, make_group
from fixtures.cast import Member
from fixtures.visitors import Visit, Visitor
from pingpong.components.models import Component, ComponentGroup
from pingpong.pages.models import Page

from .conftest import Reach, text_of


def test_component_is_added_as_typed(acme: Page, desk: Visitor, reach: Reach) -> None:
    group = make_group(acme)
    typed = {"name": " API ", "group": group.pk, "status": "Minor issues", "showcased": "on"}
    response = desk.post(reach("new_component"), typed)
    made = Component.objects.get()
    assert (made.name, made.group_id, made.own_status) == ("API", group.pk, "Minor issues")
    assert (made.showcased, made.description) == (True, None)
    assert response["Location"] == f"{reach('components')}#c-{made.pk}"


def test_component_without_a_name_is_asked_for_again_and_nothing_is_lost(
    desk: Visitor, reach: Reach, stranger: Member
) -> None:
    theirs = make_group(stranger.page)
    typed = {"name": "", "description": "Kept <b>words", "group": theirs.pk, "status": "Great"}
    response = desk.post(reach("new_component"), typed)
    assert response.status_code == 422
    assert sorted(response.context["form"].errors) == ["group", "name", "status"]
    assert "Kept &lt;b&gt;words" in text_of(response)
    assert Component.objects.count() == 0


def test_component_is_edited_and_only_what_changed_is_written(
    desk: Visitor, reach: Reach, website: Component
) -> None:
    address = reach("component", component=website.pk)
    assert desk.get(address).context["form"].initial["name"] == "Website"
    desk.post(address, {"name": "Web", "description": "Pages", "group": "", "showcased": "on"})
    website.refresh_from_db()
    assert (website.name, website.description, website.showcased) == ("Web", "Pages", True)


def test_status_is_set_with_a_way_back(
    visit: Visit, responder: Member, reach: Reach, website: Component
) -> None:
    desk = visit(responder)
    address = reach("set_component_status", component=website.pk)
    seen = text_of(desk.post(address, {"status": "Major issues"}, follow=True))
    assert f'action="{address}?status=Operational"' in seen
    website.refresh_from_db()
    assert website.own_status == "Major issues"
    desk.post(f"{address}?status=Operational")
    website.refresh_from_db()
    assert website.own_status == "Operational"
    desk.post(address, {"status": "Splendid"})
    website.refresh_from_db()
    assert website.own_status == "Operational"


def test_status_set_by_script_answers_the_row_and_the_words(
    desk: Visitor, reach: Reach, website: Component
) -> None:
    address = reach("set_component_status", component=website.pk)
    response = desk.post(address, {"status": "Unavailable"}, headers={"HX-Request": "true"})
    seen = text_of(response)
    assert response.status_code == 200
    assert seen.lstrip().startswith(f'<li class="component" id="c-{website.pk}"')
    assert "“Website”: Unavailable." in seen
    assert "<html" not in seen


@pytest.mark.parametrize(("sent", "is_shown"), [("off", False), ("on", True)])
def test_switch_says_whether_the_page_shows_it(
    desk: Visitor, reach: Reach, acme: Page, sent: str, *, is_shown: bool
) -> None:
    one = make_component(acme, showcased=not is_shown)
    desk.post(reach("showcase_component", component=one.pk), {"showcased": sent})
    one.refresh_from_db()
    assert one.showcased is is_shown


def test_component_is_deleted_after_a_question_only(
    desk: Visitor, reach: Reach, website: Component
) -> None:
    address = reach("delete_component", component=website.pk)
    assert "This cannot be undone." in text_of(desk.post(address))
    assert Component.objects.count() == 1
    desk.post(address, {"confirm": "yes"})
    assert Component.objects.count() == 0


def test_group_is_added_edited_and_deleted_and_its_components_stay(
    desk: Visitor, reach: Reach, website: Component
) -> None:
    assert desk.post(reach("new_group"), {"name": ""}).status_code == 422
    desk.post(reach("new_group"), {"name": "System", "description": ""})
    group = ComponentGroup.objects.get()
    desk.post(reach("group", group=group.pk), {"name": "Systems", "description": "All"})
    group.refresh_from_db()
    assert (group.name, group.description) == ("Systems", "All")
    desk.post(reach("move_component", component=website.pk), {"group": group.pk, "before": ""})
    website.refresh_from_db()
    assert website.group_id == group.pk
    asked = text_of(desk.post(reach("delete_group", group=group.pk)))
    assert "Its 1 component stays on the page, without a group." in asked
    desk.post(reach("delete_group", group=group.pk), {"confirm": "yes"})
    website.refresh_from_db()
    assert (ComponentGroup.objects.count(), website.group_id) == (0, None)


def test_moving_answers_scripts_briefly_and_says_when_a_place_is_gone(
    acme: Page, desk: Visitor, reach: Reach, website: Component, stranger: Member
) -> None:
    second = make_component(acme, "API")
    address = reach("move_component", component=second.pk)
    script = {"HX-Request": "true"}
    answer = desk.post(address, {"group": "", "before": website.pk}, headers=script)
    assert answer.status_code == 204
    assert list(acme.components.values_list("name", flat=True)) == ["API", "Website"]
    theirs = make_group(stranger.page)
    assert desk.post(address, {"group": theirs.pk}, headers=script).status_code == 409
    seen = desk.post(address, {"group": theirs.pk}, follow=True)
    assert "The list has changed meanwhile." in text_of(seen)


def test_moving_works_by_plain_forms(
    acme: Page, desk: Visitor, reach: Reach, website: Component
) -> None:
    make_component(acme, "API")
    desk.post(reach("move_component", component=website.pk), {"step": "down"})
    assert list(acme.components.values_list("name", flat=True)) == ["API", "Website"]
    first, second = make_group(acme, "One"), make_group(acme, "Two")
    desk.post(reach("move_group", group=second.pk), {"step": "up"})
    assert list(acme.component_groups.values_list("name", flat=True)) == ["Two", "One"]
    desk.post(reach("move_group", group=first.pk), {"before": second.pk})
    assert list(acme.component_groups.values_list("name", flat=True)) == ["One", "Two"]
