"""Messages are cleaned HTML, names are text, in every operation that takes one."""

import pytest

from api.bodies import body_for
from api.surface import Place, path_to, places
from api.undoing import undone
from fixtures.cast import Belongings, Member
from kit.html_attacks import ATTACKS
from kit.html_reader import assert_harmless
from pingpong.api.fields import MAX_MESSAGE_LENGTH, Line, Message
from pingpong.kit.html import as_message
from pingpong.kit.text import clean_line

MESSAGES = [place for place in places() if isinstance(place.field, Message)]
NAMES = [place for place in places() if isinstance(place.field, Line)]


def attacks_on(place: Place) -> list[str]:
    """Return a third of them for what is made, fewer for what is changed: one field reads both."""
    return list(ATTACKS[::3] if place.operation.method == "POST" else ATTACKS[::12])


def echoed(place: Place, owner: Member, ours: Belongings, value: str) -> object:
    body = {**body_for(place.operation, ours), place.name: value}
    with undone():
        answer = owner.ask(place.operation.method, path_to(place.operation, ours), body)
    assert answer.status in (200, 201), answer.body
    # Of title and name, which are the same, title counts.
    return answer.body[place.name]


@pytest.mark.parametrize("place", MESSAGES, ids=str)
def test_a_message_is_answered_clean(place: Place, owner: Member, ours: Belongings) -> None:
    for attack in attacks_on(place):
        message = echoed(place, owner, ours, attack)
        assert isinstance(message, str)
        assert_harmless(message)
        assert message == as_message(attack)
    assert echoed(place, owner, ours, message) == message


@pytest.mark.parametrize("place", NAMES, ids=str)
def test_a_name_is_answered_as_the_text_it_is(
    place: Place, owner: Member, ours: Belongings
) -> None:
    if place.name == "name" and "/maintenance" in place.operation.path:
        return  # its twin, the title, is what counts
    most = place.field.max_length
    for attack in attacks_on(place):
        name = clean_line(clean_line(attack)[:most])
        assert echoed(place, owner, ours, name) == name


@pytest.mark.parametrize("place", MESSAGES, ids=str)
def test_a_message_has_a_length_and_a_depth(place: Place, owner: Member, ours: Belongings) -> None:
    path = path_to(place.operation, ours)
    body = body_for(place.operation, ours)
    wrong = {
        "x" * (MAX_MESSAGE_LENGTH + 1): (
            f"Ensure this field has no more than {MAX_MESSAGE_LENGTH} characters."
        ),
        "<b>" * 50 + "x": "The HTML is nested deeper than 50 elements.",
        "<ul><li>" * 2500: "The HTML is nested deeper than 50 elements.",
    }
    for message, sentence in wrong.items():
        answer = owner.ask(place.operation.method, path, {**body, place.name: message})
        assert (answer.status, answer.body) == (400, {place.name: [sentence]})
    for message in ("x" * MAX_MESSAGE_LENGTH, "<b>" * 49 + "x"):
        assert echoed(place, owner, ours, message) == as_message(message)
