"""A token counts as long as it, its owner and the membership do, at each request anew."""

import pytest

from fixtures.cast import Member
from pingpong.kit.clock import utc_now
from pingpong.teams.models import ApiToken, Membership
from pingpong.teams.roles import Role
from pingpong.teams.tokens import revoke_token

INVALID = (401, {"detail": "Invalid token."})
WRITE = ("/component-groups", {"name": "System"})


def told(member: Member) -> tuple[int, object]:
    answer = member.get("/status")
    return answer.status, answer.body


def test_a_revoked_token_is_refused_at_the_next_request(owner: Member) -> None:
    assert told(owner)[0] == 200
    revoke_token(ApiToken.objects.get(), by=owner.actor, now=utc_now())
    assert told(owner) == INVALID


def test_a_disabled_persons_token_is_refused_and_counts_again_later(viewer: Member) -> None:
    viewer.person.is_active = False
    viewer.person.save()
    assert told(viewer) == INVALID
    viewer.person.is_active = True
    viewer.person.save()
    assert told(viewer)[0] == 200


@pytest.mark.parametrize("gone", ["membership", "person", "page"])
def test_a_token_goes_with_what_it_stands_on(viewer: Member, gone: str) -> None:
    thing = viewer.membership if gone == "membership" else getattr(viewer.membership, gone)
    thing.delete()
    assert told(viewer) == INVALID


def test_a_token_acts_with_the_present_role(responder: Member) -> None:
    told = []
    for role in (Role.RESPONDER, Role.ADMIN, Role.VIEWER, Role.OWNER):
        Membership.objects.filter(pk=responder.membership.pk).update(role=role)
        told.append(responder.post(*WRITE).status)
    assert told == [403, 201, 403, 201]


def test_a_person_of_two_pages_has_a_token_for_each(owner: Member, stranger: Member) -> None:
    Membership.objects.create(
        page=owner.page, person=stranger.person, role=Role.VIEWER, created_at=utc_now()
    )
    assert stranger.get("/live").body["project"] == "Lucky Charms"
    assert stranger.post(*WRITE).status == 201


def test_what_is_reported_bears_the_name_of_the_moment(responder: Member) -> None:
    body = {"title": "x", "message": "y"}
    first = responder.post("/incidents", body).body["id"]
    responder.person.name = "Huey Renamed"
    responder.person.save()
    second = responder.post("/incidents", body).body["id"]
    names = [responder.get(f"/incidents/{one}").body["reported_by"] for one in (first, second)]
    assert names == ["Huey Duck", "Huey Renamed"]


def test_no_answer_and_no_log_line_holds_the_token(
    owner: Member, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    text = owner.token or ""
    for path in ("/status", "/live", "/components", "/nowhere", f"/components/{text}"):
        answer = owner.get(path)
        assert text not in repr(answer.headers)
        assert text not in repr(answer.body)
    owner.ask("GET", "/status", authorization=f"Token {text} {text}")
    written = capsys.readouterr().out + capsys.readouterr().err + caplog.text
    assert text not in written.replace(f"/components/{text}", "")
