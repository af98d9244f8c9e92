"""Several components at once, and the way back."""

from factories.components import make_component
from fixtures.cast import Member
from fixtures.visitors import Visit, Visitor
from pingpong.components.models import Component
from pingpong.pages.models import Page

from .conftest import Reach, text_of


def states(page: Page) -> list[tuple[str, str, bool]]:
    return list(page.components.values_list("name", "own_status", "showcased"))


def test_chosen_get_a_status_and_it_is_taken_back(
    acme: Page, visit: Visit, responder: Member, reach: Reach
) -> None:
    desk = visit(responder)
    one = make_component(acme, "API", status="Minor issues")
    two = make_component(acme, "Web")
    make_component(acme, "Mail")
    sent = {"chosen": [one.pk, two.pk], "action": "status", "status": "Unavailable"}
    seen = desk.post(reach("change_chosen_components"), sent, follow=True)
    assert "The status of 2 components is set." in text_of(seen)
    assert [state[1] for state in states(acme)] == ["Unavailable", "Unavailable", "Operational"]
    undo = f"{reach('undo_chosen_components')}?key={desk.session['components_before']['key']}"
    assert undo in text_of(seen)
    desk.post(undo)
    assert [state[1] for state in states(acme)] == ["Minor issues", "Operational", "Operational"]
    again = desk.post(undo, follow=True)
    assert "This can no longer be taken back." in text_of(again)


def test_chosen_are_hidden_and_shown_again(
    acme: Page, desk: Visitor, reach: Reach, website: Component
) -> None:
    sent = {"chosen": [website.pk], "action": "hide"}
    desk.post(reach("change_chosen_components"), sent)
    assert [state[2] for state in states(acme)] == [False]
    key = desk.session["components_before"]["key"]
    desk.post(f"{reach('undo_chosen_components')}?key={key}")
    assert [state[2] for state in states(acme)] == [True]


def test_chosen_are_deleted_after_a_question(
    acme: Page, desk: Visitor, reach: Reach, website: Component
) -> None:
    sent = {"chosen": [website.pk], "action": "delete"}
    asked = text_of(desk.post(reach("change_chosen_components"), sent))
    assert "Delete 1 component?" in asked
    assert len(states(acme)) == 1
    desk.post(reach("change_chosen_components"), {**sent, "confirm": "yes"})
    assert states(acme) == []


def test_responder_sets_statuses_alone(
    acme: Page, visit: Visit, responder: Member, reach: Reach, website: Component
) -> None:
    desk = visit(responder)
    for action in ("hide", "show", "delete"):
        sent = {"chosen": [website.pk], "action": action, "confirm": "yes"}
        assert desk.post(reach("change_chosen_components"), sent).status_code == 403
    assert states(acme) == [("Website", "Operational", True)]


def test_chosen_of_another_page_are_left_alone(
    desk: Visitor, reach: Reach, stranger: Member
) -> None:
    theirs = make_component(stranger.page)
    sent = {"chosen": [theirs.pk], "action": "status", "status": "Unavailable"}
    seen = desk.post(reach("change_chosen_components"), sent, follow=True)
    assert "Choose components first." in text_of(seen)
    theirs.refresh_from_db()
    assert theirs.own_status == "Operational"
