"""Roles given, changed and taken, and the owner that a project always has."""

from collections.abc import Callable
from typing import Any

import pytest

from factories.teams import make_membership, make_token
from fixtures.cast import Member
from pingpong.events.models import Event
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page
from pingpong.teams.invitations import invite
from pingpong.teams.members import (
    LastOwnerError,
    MemberChangedError,
    RoleForbiddenError,
    change_role,
    leave,
    remove_member,
)
from pingpong.teams.models import ApiToken, Invitation, Membership
from pingpong.teams.roles import Role

Verb = Callable[..., Any]


def role_of(member: Member) -> str | None:
    return Membership.objects.filter(pk=member.membership.pk).values_list("role", flat=True).first()


def test_role_changed_by_an_admin_counts_and_is_told_with_the_old_one(
    admin: Member, viewer: Member
) -> None:
    change_role(viewer.membership, Role.RESPONDER, by=admin.actor, now=utc_now())
    assert role_of(viewer) == "responder"
    event = Event.objects.get(kind="member.role_changed")
    assert (event.subject_id, event.data["differences"]) == (
        viewer.person.pk,
        {"role": ["viewer", "responder"]},
    )


@pytest.mark.parametrize("who", ["responder", "viewer", "stranger"])
def test_role_changed_by_whom_it_is_not_for_stays(
    who: str, admin: Member, request: pytest.FixtureRequest
) -> None:
    member = request.getfixturevalue(who)
    with pytest.raises(RoleForbiddenError):
        change_role(admin.membership, Role.VIEWER, by=member.actor, now=utc_now())
    with pytest.raises(RoleForbiddenError):
        remove_member(admin.membership, by=member.actor, now=utc_now())
    assert role_of(admin) == "admin"


def test_owner_is_neither_made_nor_unmade_by_an_admin(owner: Member, admin: Member) -> None:
    for membership, role in ((owner.membership, Role.ADMIN), (admin.membership, Role.OWNER)):
        with pytest.raises(RoleForbiddenError):
            change_role(membership, role, by=admin.actor, now=utc_now())
    with pytest.raises(RoleForbiddenError):
        remove_member(owner.membership, by=admin.actor, now=utc_now())
    assert (role_of(owner), role_of(admin)) == ("owner", "admin")


@pytest.mark.parametrize(
    "verb",
    [
        lambda one, by: change_role(one, Role.ADMIN, by=by, now=utc_now()),
        lambda one, by: remove_member(one, by=by, now=utc_now()),
        lambda one, by: leave(one, by=by, now=utc_now()),
    ],
)
def test_last_owner_stays_until_there_is_another(owner: Member, acme: Page, verb: Verb) -> None:
    with pytest.raises(LastOwnerError):
        verb(owner.membership, owner.actor)
    make_membership(acme, Role.OWNER)
    verb(owner.membership, owner.actor)
    assert role_of(owner) != "owner"


def test_owner_who_is_disabled_is_no_other_owner(owner: Member, acme: Page) -> None:
    other = make_membership(acme, Role.OWNER)
    other.person.is_active = False
    other.person.save()
    with pytest.raises(LastOwnerError):
        leave(owner.membership, by=owner.actor, now=utc_now())


def test_of_two_who_change_one_member_the_second_is_told(owner: Member, viewer: Member) -> None:
    stale = Membership.objects.select_related("person").get(pk=viewer.membership.pk)
    change_role(viewer.membership, Role.ADMIN, by=owner.actor, now=utc_now())
    with pytest.raises(MemberChangedError):
        change_role(stale, Role.RESPONDER, by=owner.actor, now=utc_now())
    with pytest.raises(MemberChangedError):
        remove_member(stale, by=owner.actor, now=utc_now())
    assert role_of(viewer) == "admin"


def test_removed_member_is_gone_with_the_tokens(owner: Member, responder: Member) -> None:
    assert responder.get("/components").status == 200
    remove_member(responder.membership, by=owner.actor, now=utc_now())
    assert responder.get("/components").status == 401
    assert not ApiToken.objects.filter(membership__person=responder.person).exists()
    assert Event.objects.get(kind="member.removed").data["role"] == "responder"


def test_token_has_the_role_that_its_owner_has_now(owner: Member, admin: Member) -> None:
    assert admin.post("/components", {"name": "One"}).status == 201
    change_role(admin.membership, Role.VIEWER, by=owner.actor, now=utc_now())
    assert admin.post("/components", {"name": "Two"}).status == 403
    token = make_token(Membership.objects.select_related("person").get(pk=admin.membership.pk))
    assert ApiToken.objects.filter(membership=admin.membership).count() == 2
    assert token


@pytest.mark.parametrize("gone", [True, False])
def test_invitations_of_who_may_no_longer_invite_end(
    gone: bool, owner: Member, admin: Member, acme: Page
) -> None:
    invite(acme, role=Role.VIEWER, inviter=admin.person, now=utc_now())
    if gone:
        remove_member(admin.membership, by=owner.actor, now=utc_now())
    else:
        change_role(admin.membership, Role.RESPONDER, by=owner.actor, now=utc_now())
    assert Invitation.objects.get().revoked_at is not None
