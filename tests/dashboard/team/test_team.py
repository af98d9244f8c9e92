"""The team's screen: what is seen, what is changed, and who is refused."""

import pytest
from django.contrib.messages import get_messages

from factories.teams import make_membership
from fixtures.cast import Member
from fixtures.queries import QueryCount
from fixtures.visitors import Visit
from pingpong.events.models import Event
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page
from pingpong.teams.invitations import invite
from pingpong.teams.models import Invitation, Membership
from pingpong.teams.roles import Role

from .conftest import Reach


def role_of(member: Member) -> str | None:
    return Membership.objects.filter(pk=member.membership.pk).values_list("role", flat=True).first()


def test_team_shows_roles_and_search_finds_by_address(
    visit: Visit, viewer: Member, admin: Member, reach: Reach
) -> None:
    text = visit(viewer).get(reach("team")).content.decode()
    assert all(word in text for word in ("Daisy Duck", "Dewey Duck", "Donald Duck", "two-factor"))
    assert "Open invitations" not in text
    found = visit(viewer).get(reach("team"), {"q": admin.person.email}).content.decode()
    assert ("Daisy Duck" in found, "Donald Duck" in found) == (True, False)


def test_changed_role_counts_from_the_next_request_of_an_open_session(
    visit: Visit, owner: Member, admin: Member, reach: Reach
) -> None:
    inside = visit(admin)
    assert inside.get(reach("invite")).status_code == 200
    form = {"role": "viewer", "seen": "admin"}
    visit(owner).post(reach("change_role", member=admin.membership.pk), form)
    assert inside.get(reach("invite")).status_code == 403
    visit(owner).post(reach("remove_member", member=admin.membership.pk), {"confirm": "yes"})
    assert inside.get(reach("team")).status_code == 404


@pytest.mark.parametrize(
    ("who", "target", "role", "status"),
    [
        ("owner", "viewer", "owner", 302),
        ("admin", "viewer", "responder", 302),
        ("admin", "viewer", "owner", 403),
        ("admin", "owner", "viewer", 403),
        ("responder", "viewer", "admin", 403),
        ("viewer", "viewer", "admin", 403),
        ("stranger", "viewer", "admin", 404),
    ],
)
def test_roles_are_given_by_whom_they_may_be(
    who: str,
    target: str,
    role: str,
    status: int,
    visit: Visit,
    reach: Reach,
    request: pytest.FixtureRequest,
) -> None:
    by, member = request.getfixturevalue(who), request.getfixturevalue(target)
    before = role_of(member)
    answer = visit(by).post(reach("change_role", member=member.membership.pk), {"role": role})
    assert (answer.status_code, role_of(member)) == (status, role if status == 302 else before)


def test_change_of_what_somebody_else_changed_meanwhile_is_refused(
    visit: Visit, owner: Member, viewer: Member, reach: Reach
) -> None:
    form = {"role": "admin", "seen": "responder"}
    answer = visit(owner).post(reach("change_role", member=viewer.membership.pk), form)
    told = [str(one) for one in get_messages(answer.wsgi_request)]
    assert told == ["Somebody else has just changed this member. Look again."]
    assert role_of(viewer) == "viewer"


def test_last_owner_neither_leaves_nor_steps_down(
    visit: Visit, owner: Member, reach: Reach
) -> None:
    visit(owner).post(reach("leave_project"))
    visit(owner).post(reach("change_role", member=owner.membership.pk), {"role": "viewer"})
    visit(owner).post(reach("remove_member", member=owner.membership.pk), {"confirm": "yes"})
    assert role_of(owner) == "owner"


def test_viewer_leaves_and_sees_the_project_no_more(
    visit: Visit, viewer: Member, reach: Reach
) -> None:
    inside = visit(viewer)
    assert inside.post(reach("leave_project"))["Location"] == "/dashboard/?all"
    assert inside.get(reach("team")).status_code == 404
    assert Event.objects.filter(kind="member.left", subject_id=viewer.person.pk).exists()


def test_removal_is_asked_about_first(
    visit: Visit, owner: Member, viewer: Member, reach: Reach
) -> None:
    address = reach("remove_member", member=viewer.membership.pk)
    assert "Remove Dewey Duck" in visit(owner).post(address).content.decode()
    assert role_of(viewer) == "viewer"
    visit(owner).post(address, {"confirm": "yes"})
    assert role_of(viewer) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("change_role", "member"),
        ("remove_member", "member"),
        ("renew_invitation", "invitation"),
        ("revoke_invitation", "invitation"),
    ],
)
def test_foreign_id_is_answered_as_an_unknown_one(
    name: str, kind: str, visit: Visit, owner: Member, stranger: Member, reach: Reach
) -> None:
    theirs, _ = invite(stranger.page, role=Role.VIEWER, inviter=stranger.person, now=utc_now())
    foreign = {"member": stranger.membership.pk, "invitation": theirs.pk}[kind]
    inside = visit(owner)
    answers = [
        inside.post(reach(name, **{kind: one}), {"confirm": "yes", "role": "viewer"})
        for one in (foreign, "0" * 22, "x")
    ]
    assert [one.status_code for one in answers] == [404, 404, 404]
    assert (role_of(stranger), Invitation.objects.get().revoked_at) == ("owner", None)


def test_team_costs_as_many_queries_for_thirty_as_for_three(
    visit: Visit, owner: Member, acme: Page, reach: Reach, query_count: QueryCount
) -> None:
    inside = visit(owner)
    inside.get(reach("team"))
    counts = []
    for some in (range(3), range(3, 30)):
        for number in some:
            make_membership(acme, name=f"{number} Duck")
            invite(acme, role=Role.VIEWER, inviter=owner.person, now=utc_now())
        with query_count() as counted:
            assert inside.get(reach("team")).status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]
    assert counts[1] < 20
