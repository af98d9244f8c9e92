"""Inviting and accepting, by the screens."""

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import reverse

from fixtures.cast import Member
from fixtures.visitors import Visit
from pingpong.accounts.models import Letter, Person
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page
from pingpong.teams.invitations import INVITATION_PATH, invite
from pingpong.teams.models import Invitation, Membership
from pingpong.teams.roles import Role

from .conftest import Reach

with_mail = override_settings(SMTP_URL="smtp://localhost:25")
ACCOUNT = {"email": "new@example.org", "name": "New Duck", "password": "quack-quack-moon"}


def path_of(link: str) -> str:
    return link[link.index(INVITATION_PATH) :].split(maxsplit=1)[0]


def open_path(page: Page, member: Member, role: str = Role.RESPONDER) -> str:
    return path_of(invite(page, role=role, inviter=member.person, now=utc_now())[1])


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_path_of_the_links_is_that_of_the_screen() -> None:
    address = reverse("dashboard:invitation", kwargs={"invitation_token": "x"})
    assert address == f"{INVITATION_PATH}x/"


def test_link_is_shown_once_where_there_is_no_mail_server(
    visit: Visit, admin: Member, reach: Reach
) -> None:
    inside = visit(admin)
    form = {"email": "new@example.org", "role": "viewer", "days": "7"}
    shown = text_of(inside.post(reach("invite"), form))
    path = path_of(shown).partition('"')[0]
    assert inside.get(path).status_code == 200
    assert path not in text_of(inside.get(reach("team")))
    assert path not in text_of(inside.get(reach("audit")))


@with_mail
@override_settings(BASE_URL="https://status.example.org")
def test_letter_has_the_link_of_the_base_url_whatever_the_request_says(
    visit: Visit, admin: Member, reach: Reach
) -> None:
    form = {"email": "new@example.org", "role": "viewer", "days": "7"}
    answer = visit(admin).post(
        reach("invite"), form, HTTP_X_FORWARDED_HOST="evil.test", HTTP_FORWARDED="host=evil.test"
    )
    assert answer.status_code == 302
    letter = Letter.objects.get()
    assert "https://status.example.org/dashboard/invitation/" in letter.text
    assert "evil" not in letter.text + letter.subject


@with_mail
def test_inviter_is_answered_the_same_for_a_known_and_an_unknown_address(
    visit: Visit, admin: Member, stranger: Member, reach: Reach
) -> None:
    inside = visit(admin)
    seen = []
    for address in (stranger.person.email, "unknown@lucky-charms.example"):
        form = {"email": address, "role": "viewer", "days": "7"}
        first = inside.post(reach("invite"), form)
        again = inside.post(reach("invite"), form)
        seen.append((first.status_code, again.status_code, "A letter went" in text_of(again)))
    assert seen == [(302, 422, True), (302, 422, True)]


@pytest.mark.parametrize(("who", "role"), [("admin", "owner"), ("admin", "emperor")])
def test_role_that_is_not_theirs_to_give_is_refused(
    who: str, role: str, visit: Visit, reach: Reach, request: pytest.FixtureRequest
) -> None:
    form = {"email": "new@example.org", "role": role, "days": "7"}
    answer = visit(request.getfixturevalue(who)).post(reach("invite"), form)
    assert (answer.status_code, Invitation.objects.count()) == (422, 0)
    assert 'value="new@example.org"' in text_of(answer)


def test_looking_at_an_invitation_changes_nothing_and_accepting_does(
    visit: Visit, admin: Member, stranger: Member, acme: Page
) -> None:
    path, inside = open_path(acme, admin), visit(stranger)
    for _ in range(2):
        text = text_of(inside.get(path))
    assert all(word in text for word in ("Daisy Duck", "ACME", "Responder"))
    assert not Membership.objects.filter(page=acme, person=stranger.person).exists()
    assert inside.post(path)["Location"] == "/dashboard/p/acme/"
    assert Membership.objects.get(page=acme, person=stranger.person).role == "responder"
    assert visit(None).get(path).status_code == 404


def test_wrong_links_are_answered_alike(visit: Visit, admin: Member, acme: Page) -> None:
    used = open_path(acme, admin)
    Invitation.objects.update(revoked_at=utc_now())
    anonymous = visit(None)
    paths = (used, f"{INVITATION_PATH}{'0' * 64}/", f"{INVITATION_PATH}x/")
    answers = [
        (answer.status_code, text_of(answer).partition("<main")[2])
        for path in paths
        for answer in (anonymous.get(path), anonymous.post(path, ACCOUNT))
    ]
    assert {status for status, _ in answers} == {404}
    assert len({text for _, text in answers}) == 1


def test_account_is_made_and_signed_in_by_an_open_link(
    visit: Visit, admin: Member, acme: Page
) -> None:
    somebody = visit(None)
    answer = somebody.post(open_path(acme, admin), ACCOUNT)
    assert answer["Location"] == "/dashboard/p/acme/"
    assert somebody.get("/dashboard/p/acme/team/").status_code == 200
    person = Person.objects.get(email="new@example.org")
    assert (person.check_password(ACCOUNT["password"]), person.name) == (True, "New Duck")


@pytest.mark.parametrize(
    "changes", [{"password": "short"}, {"password": "password12345"}, {"name": ""}, {"email": "x"}]
)
def test_account_that_cannot_be_made_keeps_what_was_typed(
    changes: dict[str, str], visit: Visit, admin: Member, acme: Page
) -> None:
    path = open_path(acme, admin)
    if changes.get("password") == "password12345":
        changes = {"password": "1234567890"}
    answer = visit(None).post(path, ACCOUNT | changes)
    assert answer.status_code == 422
    kept = "New Duck" if "name" not in changes else "new@example.org"
    assert f'value="{kept}"' in text_of(answer)
    assert Invitation.objects.get().accepted_at is None


def test_address_of_an_account_makes_no_second_one(
    visit: Visit, admin: Member, stranger: Member, acme: Page
) -> None:
    form = ACCOUNT | {"email": stranger.person.email}
    answer = visit(None).post(open_path(acme, admin), form)
    assert answer.status_code == 422
    assert Person.objects.filter(email=stranger.person.email).count() == 1


@with_mail
def test_open_link_sends_who_has_no_account_a_letter_and_tells_nothing(
    visit: Visit, admin: Member, stranger: Member, acme: Page
) -> None:
    path, somebody = open_path(acme, admin), visit(None)
    told = []
    for address in (stranger.person.email, "new@example.org"):
        answer = somebody.post(path, {"email": address})
        told.append(
            (answer.status_code, text_of(answer).replace(address, "").partition("<main")[2])
        )
    assert told[0] == told[1]
    by_mail = path_of(Letter.objects.get(to="new@example.org").text)
    form = {"email": "evil@example.org", "name": "New", "password": ACCOUNT["password"]}
    assert somebody.post(by_mail, form)["Location"] == "/dashboard/p/acme/"
    made = Person.objects.get(email="new@example.org")
    assert made.emailaddress_set.get().verified
    assert visit(None).get(path).status_code == 404


@with_mail
def test_invitation_of_another_address_is_not_accepted(
    visit: Visit, admin: Member, stranger: Member, acme: Page
) -> None:
    invite(acme, role=Role.VIEWER, email="new@example.org", inviter=admin.person, now=utc_now())
    path = path_of(Letter.objects.get().text)
    answer = visit(stranger).post(path)
    assert answer.status_code == 422
    assert "is for new@example.org" in text_of(answer)
    assert not Membership.objects.filter(page=acme, person=stranger.person).exists()


def test_renewed_and_revoked_links_count_no_more(
    visit: Visit, admin: Member, acme: Page, reach: Reach
) -> None:
    inside, old = visit(admin), open_path(acme, admin)
    invitation = Invitation.objects.get()
    shown = text_of(inside.post(reach("renew_invitation", invitation=invitation.pk)))
    new = path_of(shown).partition('"')[0]
    assert [visit(None).get(one).status_code for one in (old, new)] == [404, 200]
    inside.post(reach("revoke_invitation", invitation=invitation.pk))
    assert visit(None).get(new).status_code == 404


def test_admin_does_not_renew_what_an_owner_alone_gives(
    visit: Visit, admin: Member, owner: Member, acme: Page, reach: Reach
) -> None:
    open_path(acme, owner, Role.OWNER)
    invitation = Invitation.objects.get()
    for name in ("renew_invitation", "revoke_invitation"):
        answer = visit(admin).post(reach(name, invitation=invitation.pk))
        assert answer.status_code == 403
    assert Invitation.objects.get().revoked_at is None
