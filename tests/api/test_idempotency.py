"""`Idempotency-Key`: the same request again gets the first answer again."""

import json
from datetime import timedelta

import pytest
import time_machine

from api.bodies import body_for
from api.fingerprint import fingerprint
from api.surface import OPERATIONS, Operation, path_to
from factories.teams import make_token
from fixtures.api_client import ApiClient
from fixtures.cast import Belongings, Member
from pingpong.api import idempotency
from pingpong.api.models import IdempotencyRecord
from pingpong.api.results import forget_old
from pingpong.incidents.models import Incident
from pingpong.kit.clock import utc_now

POSTS = [one for one in OPERATIONS if one.method == "POST"]
BODY = {"title": "Database down", "message": "We are looking."}
ANOTHER = {**BODY, "title": "Database up"}
BAD_KEYS = ("", " ", "\n", "caf\xe9", "a\tb", "x" * 256, "\x7f", "\x00")
GOOD_KEYS = ("a", "x" * 255, "8e03978e-40d5-43e8-bc93-6894a57f9324", "a b", "!~", '"quoted"')
DAY = timedelta(hours=24)


@pytest.mark.parametrize("operation", POSTS, ids=str)
def test_a_post_again_is_answered_as_the_first_time_and_changes_nothing(
    operation: Operation, owner: Member, ours: Belongings
) -> None:
    path, body = path_to(operation, ours), body_for(operation, ours)
    first = owner.post(path, body, idempotency_key="k")
    before = fingerprint()
    again = owner.post(path, body, idempotency_key="k")
    assert (again.status, json.dumps(again.body)) == (first.status, json.dumps(first.body))
    assert first.status in (200, 201)
    assert fingerprint() == before


def test_the_order_of_keys_and_the_slash_make_no_other_request(owner: Member) -> None:
    first = owner.post("/incidents", BODY, idempotency_key="k")
    turned = dict(reversed(BODY.items()))
    assert owner.post("/incidents/", turned, idempotency_key="k").body == first.body


def test_another_payload_under_the_key_is_422(owner: Member) -> None:
    owner.post("/incidents", BODY, idempotency_key="k")
    answer = owner.post("/incidents", ANOTHER, idempotency_key="k")
    assert (answer.status, answer.body) == (
        422,
        {"detail": "This Idempotency-Key was used with another request."},
    )
    assert Incident.objects.count() == 1


def test_another_path_under_the_key_is_422(owner: Member, ours: Belongings) -> None:
    owner.post("/component-groups", {"name": "x"}, idempotency_key="k")
    assert owner.post("/components", {"name": "x"}, idempotency_key="k").status == 422


def test_another_key_is_another_request(owner: Member) -> None:
    ids = {owner.post("/incidents", BODY, idempotency_key=key).body["id"] for key in "ab"}
    assert len(ids) == 2


def test_without_a_key_every_request_is_one(owner: Member) -> None:
    assert len({owner.post("/incidents", BODY).body["id"] for _ in "ab"}) == 2
    assert IdempotencyRecord.objects.count() == 0


def test_keys_belong_to_a_page(owner: Member, stranger: Member) -> None:
    first = owner.post("/incidents", BODY, idempotency_key="k")
    other = stranger.post("/incidents", ANOTHER, idempotency_key="k")
    assert (other.status, other.body["project"]) == (201, "Lucky Charms")
    assert owner.post("/incidents", BODY, idempotency_key="k").body == first.body


def test_a_teammate_with_the_key_gets_the_first_answer(owner: Member) -> None:
    first = owner.post("/incidents", BODY, idempotency_key="k")
    other = ApiClient(make_token(owner.membership))
    assert other.post("/incidents", BODY, idempotency_key="k").body == first.body


def test_who_may_not_write_learns_nothing_by_a_key(owner: Member, viewer: Member) -> None:
    owner.post("/incidents", BODY, idempotency_key="k")
    assert viewer.post("/incidents", BODY, idempotency_key="k").status == 403


def test_a_refused_request_may_be_mended_under_its_key(owner: Member) -> None:
    refused = owner.post("/incidents", {"title": "x"}, idempotency_key="k")
    assert (refused.status, IdempotencyRecord.objects.count()) == (400, 0)
    assert owner.post("/incidents", BODY, idempotency_key="k").status == 201


def test_the_first_answer_stands_even_when_the_thing_is_gone(owner: Member) -> None:
    first = owner.post("/incidents", BODY, idempotency_key="k")
    owner.delete(f"/incidents/{first.body['id']}")
    again = owner.post("/incidents", BODY, idempotency_key="k")
    assert (again.status, again.body) == (201, first.body)
    assert Incident.objects.count() == 0


@pytest.mark.parametrize("key", BAD_KEYS, ids=repr)
def test_a_key_that_is_none_is_refused(owner: Member, key: str) -> None:
    answer = owner.post("/incidents", BODY, idempotency_key=key)
    assert (answer.status, list(answer.body)) == (400, ["detail"])
    assert Incident.objects.count() == 0


@pytest.mark.parametrize("key", GOOD_KEYS, ids=repr)
def test_a_key_is_any_printable_text(owner: Member, key: str) -> None:
    ids = {owner.post("/incidents", BODY, idempotency_key=key).body["id"] for _ in "ab"}
    assert len(ids) == 1


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_only_posts_have_keys(owner: Member, ours: Belongings, method: str) -> None:
    path = f"/incidents/{ours.incident.pk}"
    for title in ("One", "Two"):
        answer = owner.ask(method, path, {"title": title}, idempotency_key="k")
        assert (answer.status, answer.body["title"]) == (200, title)
    assert IdempotencyRecord.objects.count() == 0


@pytest.mark.parametrize(("later", "is_known"), [(DAY - timedelta(minutes=1), True), (DAY, False)])
def test_a_key_counts_for_a_day(owner: Member, later: timedelta, is_known: bool) -> None:
    now = utc_now()
    with time_machine.travel(now, tick=False):
        first = owner.post("/incidents", BODY, idempotency_key="k").body["id"]
    with time_machine.travel(now + later, tick=False):
        again = owner.post("/incidents", BODY, idempotency_key="k").body["id"]
        third = owner.post("/incidents", BODY, idempotency_key="k").body["id"]
    assert ((again == first), again == third) == (is_known, True)


def test_an_old_key_may_be_used_for_something_else(owner: Member) -> None:
    now = utc_now()
    with time_machine.travel(now, tick=False):
        owner.post("/incidents", BODY, idempotency_key="k")
    with time_machine.travel(now + DAY, tick=False):
        assert owner.post("/component-groups", {"name": "x"}, idempotency_key="k").status == 201


def test_old_records_are_forgotten(owner: Member) -> None:
    now = utc_now()
    with time_machine.travel(now, tick=False):
        owner.post("/incidents", BODY, idempotency_key="old")
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        owner.post("/incidents", BODY, idempotency_key="new")
    assert forget_old(now + DAY) == 1
    assert [record.key for record in IdempotencyRecord.objects.all()] == ["new"]


def test_while_the_first_is_running_it_is_409(owner: Member) -> None:
    mine = (owner.page.pk, "k")
    idempotency._running.add(mine)
    try:
        answer = owner.post("/incidents", BODY, idempotency_key="k")
    finally:
        idempotency._running.discard(mine)
    assert (answer.status, answer.body) == (
        409,
        {"detail": "A request with this Idempotency-Key is still running."},
    )
    assert owner.post("/incidents", BODY, idempotency_key="k").status == 201


def test_a_fault_leaves_the_key_free(owner: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    from pingpong.api.resources import incidents

    with monkeypatch.context() as broken:
        broken.setattr(incidents, "incident_json", lambda *_: 1 / 0)
        assert owner.post("/incidents", BODY, idempotency_key="k").status == 500
    assert Incident.objects.count() == 0
    assert owner.post("/incidents", BODY, idempotency_key="k").status == 201
