"""Nesting on the edge of what the parser takes must not be too much for what comes after it."""

import pytest

from api.bodies import body_for
from api.fingerprint import fingerprint
from api.surface import READING_BODIES, Operation, path_to
from api.wrong_values import with_raw
from fixtures.cast import Belongings, Member

SHAPES = {"lists": ("[", "]"), "objects": ('{"a":', "}")}
FAR = 100_000


def deep(shape: str, levels: int) -> str:
    opened, closed = SHAPES[shape]
    return opened * levels + "1" + closed * levels


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("operation", READING_BODIES, ids=str)
def test_any_depth_in_a_known_field_is_refused(
    operation: Operation, shape: str, owner: Member, ours: Belongings
) -> None:
    path, body = path_to(operation, ours), body_for(operation, ours)
    name = next(iter(body))
    before = fingerprint()
    for levels in (50, 200, 500, *range(900, 1000, 9)):
        raw = with_raw(body, name, deep(shape, levels))
        answer = owner.ask(operation.method, path, raw, idempotency_key=f"depth {levels}")
        assert (answer.status, levels) == (400, levels)
    assert fingerprint() == before


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("operation", READING_BODIES, ids=str)
def test_any_depth_in_an_unknown_field_is_no_fault_of_the_server(
    operation: Operation, shape: str, owner: Member, ours: Belongings
) -> None:
    path, body = path_to(operation, ours), body_for(operation, ours)
    for levels in (50, 200, 500, *range(900, 1000, 9), FAR):
        raw = with_raw(body, "unknown", deep(shape, levels))
        answer = owner.ask(operation.method, path, raw, idempotency_key=f"depth {levels}")
        assert answer.status in (200, 201, 400), levels
        assert levels < FAR or answer.status == 400
