import pytest

from pingpong.teams.roles import Role, may_build, may_respond

RIGHTS = {
    Role.OWNER: (True, True),
    Role.ADMIN: (True, True),
    Role.RESPONDER: (True, False),
    Role.VIEWER: (False, False),
}


@pytest.mark.parametrize("role", Role.values)
def test_a_role_may_respond_and_build_as_written(role: str) -> None:
    assert (may_respond(role), may_build(role)) == RIGHTS[Role(role)]


def test_an_unknown_role_may_nothing() -> None:
    assert (may_respond("emperor"), may_build("emperor")) == (False, False)
