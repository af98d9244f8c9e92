from fixtures.cast import Belongings
from pingpong.kit.clock import utc_now
from pingpong.teams.invitations import invite
from pingpong.teams.models import Invitation, Membership
from pingpong.teams.roles import Role

ARGUMENTS = {
    "member": lambda ours: _owner(ours).pk,
    "invitation": lambda ours: _invitation(ours)[0].pk,
    "invitation_token": lambda ours: _invitation(ours)[1].rstrip("/").rpartition("/")[2],
}


def _owner(ours: Belongings) -> Membership:
    return Membership.objects.get(page=ours.component.page, role=Role.OWNER)


def _invitation(ours: Belongings) -> tuple[Invitation, str]:
    owner = _owner(ours)
    return invite(owner.page, role=Role.VIEWER, inviter=owner.person, now=utc_now())
