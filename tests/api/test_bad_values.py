"""Every field of every body, wrong in every way: 400 in DRF's form, and nothing written."""

import pytest

from api.bodies import body_for
from api.fingerprint import fingerprint
from api.surface import Place, path_to, places
from api.undoing import undone
from api.wrong_values import right_for, with_raw, wrong_for
from fixtures.api_client import Answer
from fixtures.cast import Belongings, Member

PLACES = places()


def is_told_well(answer: Answer, name: str) -> bool:
    """Tell whether a refusal has DRF's form and names the field, or the text's fault."""
    if answer.status != 400 or not isinstance(answer.body, dict):
        return False
    if list(answer.body) == ["detail"]:
        return str(answer.body["detail"]).startswith("JSON parse error - ")
    problems = answer.body.get(name)
    return list(answer.body) == [name] and bool(problems) and isinstance(problems, dict | list)


def test_there_are_fields_to_try() -> None:
    assert len(PLACES) >= 70


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_wrong_value_is_refused_and_nothing_written(
    place: Place, owner: Member, ours: Belongings
) -> None:
    path = path_to(place.operation, ours)
    body = body_for(place.operation, ours)
    before = fingerprint()
    taken = {}
    for name, raw in wrong_for(place.field).items():
        answer = owner.ask(place.operation.method, path, with_raw(body, place.name, raw))
        if not is_told_well(answer, place.name):
            taken[name] = (answer.status, answer.body)
    assert taken == {}
    assert fingerprint() == before


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_an_odd_but_right_value_is_taken(place: Place, owner: Member, ours: Belongings) -> None:
    path = path_to(place.operation, ours)
    body = body_for(place.operation, ours)
    refused = {}
    for name, raw in right_for(place.field).items():
        with undone():
            answer = owner.ask(place.operation.method, path, with_raw(body, place.name, raw))
        if answer.status not in (200, 201):
            refused[name] = (answer.status, answer.body)
    assert refused == {}
