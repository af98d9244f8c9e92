"""Invitations: made, sent, accepted once, and never of use to anybody else."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.test import override_settings

from fixtures.cast import Member
from pingpong.accounts.models import Letter, Person
from pingpong.accounts.people import disable
from pingpong.events.models import Event
from pingpong.kit.actor import Actor
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page
from pingpong.teams.acceptance import (
    AddressUnavailableError,
    AlreadyMemberError,
    AnotherAddressError,
    accept_invitation,
    accept_with_new_account,
    find_invitation,
)
from pingpong.teams.invitation_letters import MOST_OF_PAGE_A_DAY, LettersLimitError
from pingpong.teams.invitations import (
    InvitationOverError,
    invite,
    renew_invitation,
    revoke_invitation,
    send_to,
)
from pingpong.teams.members import RoleForbiddenError
from pingpong.teams.models import Invitation, InvitationLetter, Membership
from pingpong.teams.roles import Role

with_mail = override_settings(SMTP_URL="smtp://localhost:25")


def token_of(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]


def mailed_token() -> str:
    """Return the token in the last letter."""
    text = Letter.objects.latest("pk").text
    return next(token_of(line) for line in text.splitlines() if line.startswith("http"))


def open_link(page: Page, inviter: Member, role: str = Role.RESPONDER) -> str:
    return token_of(invite(page, role=role, inviter=inviter.person, now=utc_now())[1])


def test_link_is_accepted_once(acme: Page, admin: Member, stranger: Member, viewer: Member) -> None:
    token = open_link(acme, admin)
    membership = accept_invitation(token, stranger.person, now=utc_now())
    assert (membership.page, membership.role) == (acme, "responder")
    with pytest.raises(InvitationOverError):
        accept_invitation(token, viewer.person, now=utc_now())
    kinds = list(
        Event.objects.filter(page_id=acme.pk).order_by("pk").values_list("kind", flat=True)
    )
    assert kinds[-3:] == ["invitation.created", "invitation.accepted", "member.added"]


def test_token_is_stored_nowhere(acme: Page, admin: Member) -> None:
    token = open_link(acme, admin)
    rows = [*Invitation.objects.values(), *Event.objects.values()]
    assert token not in str(rows)


def test_admin_invites_below_owner_and_owner_everybody(
    acme: Page, owner: Member, admin: Member, responder: Member, stranger: Member
) -> None:
    for inviter, role in ((admin, Role.OWNER), (responder, Role.VIEWER), (stranger, Role.VIEWER)):
        with pytest.raises(RoleForbiddenError):
            invite(acme, role=role, inviter=inviter.person, now=utc_now())
    assert open_link(acme, owner, Role.OWNER)
    assert Invitation.objects.count() == 1


def test_invitation_that_is_over_lets_nobody_in(
    acme: Page, admin: Member, owner: Member, stranger: Member
) -> None:
    expired = open_link(acme, admin)
    later = utc_now() + timedelta(days=7)
    revoked, link = invite(acme, role=Role.VIEWER, inviter=admin.person, now=utc_now())
    assert revoke_invitation(revoked, by=admin.actor, now=utc_now())
    renewed, old = invite(acme, role=Role.VIEWER, inviter=admin.person, now=utc_now())
    _, new = renew_invitation(renewed, by=owner.actor, now=utc_now())
    tokens = ((expired, later), (token_of(link), utc_now()), (token_of(old), utc_now()))
    for token, now in (*tokens, ("0" * 64, utc_now()), ("", utc_now())):
        with pytest.raises(InvitationOverError):
            accept_invitation(token, stranger.person, now=now)
    assert accept_invitation(token_of(new), stranger.person, now=utc_now()).role == "viewer"
    assert not revoke_invitation(renewed, by=admin.actor, now=utc_now())
    with pytest.raises(InvitationOverError):
        renew_invitation(renewed, by=admin.actor, now=utc_now())


def test_inviter_who_is_disabled_invites_nobody(acme: Page, admin: Member) -> None:
    token = open_link(acme, admin)
    disable(admin.person, by=Actor("operator"), now=utc_now())
    assert find_invitation(token, now=utc_now()) is None


def test_inviter_whose_role_went_without_a_verb_invites_nobody(acme: Page, admin: Member) -> None:
    token = open_link(acme, admin)
    Membership.objects.filter(pk=admin.membership.pk).update(role=Role.VIEWER)
    assert find_invitation(token, now=utc_now()) is None


def test_member_does_not_use_an_invitation_up(acme: Page, admin: Member, viewer: Member) -> None:
    token = open_link(acme, admin, Role.ADMIN)
    with pytest.raises(AlreadyMemberError):
        accept_invitation(token, viewer.person, now=utc_now())
    assert find_invitation(token, now=utc_now()) is not None


@with_mail
def test_mailed_invitation_is_for_its_address_alone(
    acme: Page, admin: Member, stranger: Member, owner: Member
) -> None:
    address = stranger.person.email
    _, link = invite(
        acme, role=Role.VIEWER, email=address.upper(), inviter=admin.person, now=utc_now()
    )
    letter = Letter.objects.get()
    assert (link, letter.to) == ("", address)
    with pytest.raises(AnotherAddressError):
        accept_invitation(mailed_token(), owner.person, now=utc_now())
    assert accept_invitation(mailed_token(), stranger.person, now=utc_now()).page == acme


@with_mail
def test_answer_to_who_invites_is_the_same_with_and_without_an_account(
    acme: Page, admin: Member, stranger: Member
) -> None:
    seen = []
    for address in (stranger.person.email, "nobody@example.org"):
        row, link = invite(
            acme, role=Role.VIEWER, email=address, inviter=admin.person, now=utc_now()
        )
        seen.append((link, row.is_mailed, row.role))
    assert seen[0] == seen[1]
    assert Letter.objects.count() == 2


@with_mail
def test_new_account_by_mail_is_verified_and_has_the_invited_address(
    acme: Page, admin: Member
) -> None:
    invite(acme, role=Role.VIEWER, email="new@example.org", inviter=admin.person, now=utc_now())
    made = accept_with_new_account(
        mailed_token(),
        email="other@example.org",
        name="New",
        password="duck-duck-duck",
        now=utc_now(),
    )
    person = made.person
    assert (person.email, person.emailaddress_set.get().verified) == ("new@example.org", True)


def test_new_account_by_link_is_not_verified(acme: Page, admin: Member) -> None:
    made = accept_with_new_account(
        open_link(acme, admin),
        email="new@example.org",
        name="New",
        password="duck-duck-duck",
        now=utc_now(),
    )
    assert made.person.emailaddress_set.get().verified is False


def test_address_that_has_an_account_makes_none_and_uses_nothing_up(
    acme: Page, admin: Member, stranger: Member
) -> None:
    token, password = open_link(acme, admin), stranger.person.password
    with pytest.raises(AddressUnavailableError):
        accept_with_new_account(
            token,
            email=stranger.person.email,
            name="Thief",
            password="duck-duck-duck",
            now=utc_now(),
        )
    assert Person.objects.get(pk=stranger.person.pk).password == password
    assert find_invitation(token, now=utc_now()) is not None


@with_mail
def test_seat_of_a_link_that_was_sent_to_an_address_is_one_seat(
    acme: Page, admin: Member, stranger: Member
) -> None:
    row, link = invite(acme, role=Role.VIEWER, inviter=admin.person, now=utc_now())
    send_to(row, "new@example.org", now=utc_now())
    by_mail = mailed_token()
    send_to(row, "second@example.org", now=utc_now())
    accept_with_new_account(by_mail, email="", name="N", password="duck-duck-duck", now=utc_now())
    for token in (mailed_token(), token_of(link)):
        with pytest.raises(InvitationOverError):
            accept_invitation(token, stranger.person, now=utc_now())
    assert Membership.objects.filter(page=acme).count() == 3


@with_mail
def test_letters_are_limited_by_address_and_by_project(
    acme: Page, admin: Member, stranger: Member
) -> None:
    now = utc_now()
    row, _ = invite(acme, role=Role.VIEWER, email="a@example.org", inviter=admin.person, now=now)
    soon = now + timedelta(minutes=9)
    with pytest.raises(LettersLimitError):
        renew_invitation(row, by=admin.actor, now=soon)
    with pytest.raises(LettersLimitError):
        invite(
            stranger.page,
            role=Role.VIEWER,
            email="a@example.org",
            inviter=stranger.person,
            now=soon,
        )
    renew_invitation(row, by=admin.actor, now=now + timedelta(minutes=11))
    InvitationLetter.objects.bulk_create(
        InvitationLetter(page_id=acme.pk, address=f"{number}@example.org", sent_at=now)
        for number in range(MOST_OF_PAGE_A_DAY)
    )
    with pytest.raises(LettersLimitError):
        invite(acme, role=Role.VIEWER, email="b@example.org", inviter=admin.person, now=soon)
    tomorrow = now + timedelta(days=1, minutes=12)
    invite(acme, role=Role.VIEWER, email="b@example.org", inviter=admin.person, now=tomorrow)
    assert Letter.objects.count() == 3


@with_mail
@override_settings(BASE_URL="https://status.example.org")
def test_link_in_a_letter_is_made_of_the_base_url(acme: Page, admin: Member) -> None:
    invite(acme, role=Role.VIEWER, email="a@example.org", inviter=admin.person, now=utc_now())
    assert "https://status.example.org/dashboard/invitation/" in Letter.objects.get().text


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_exactly_one_gets_in(
    acme: Page, admin: Member, stranger: Member
) -> None:
    token = open_link(acme, admin)
    barrier = threading.Barrier(2)
    ended: list[str] = []

    def accept(number: int) -> None:
        barrier.wait()
        try:
            accept_with_new_account(
                token,
                email=f"{number}@example.org",
                name="New",
                password="duck-duck-duck",
                now=utc_now(),
            )
            ended.append("in")
        except InvitationOverError:
            ended.append("over")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=accept, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["in", "over"]
    assert Membership.objects.filter(page=acme).count() == 3
    assert Person.objects.filter(email__endswith="@example.org").count() == 1
