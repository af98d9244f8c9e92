from datetime import datetime

import pytest

from contract import published
from fixtures.cast import Member
from pingpong.kit.clock import utc_now


@pytest.fixture
def now() -> datetime:
    return utc_now()


@pytest.fixture
def ids(owner: Member, now: datetime) -> dict[str, str]:
    """Make ACME of the published requests; return the ids by kind."""
    made: dict[str, str] = {}
    for kind, path in (
        ("group", "/component-groups"),
        ("component", "/components"),
        ("incident", "/incidents"),
        ("update", "/incidents/{incident}/updates"),
        ("maintenance", "/maintenance"),
        ("metric", "/metrics"),
        ("custom_metric", "/custom-metrics"),
    ):
        answer = owner.post(path.format(**made), published.request(kind, made, now=now))
        assert answer.status == 201, answer.body
        made[kind] = answer.body["id"]
    return made
