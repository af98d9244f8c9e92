from datetime import datetime

from pingpong.accounts.people import register
from pingpong.kit.actor import Actor
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page
from pingpong.teams.models import Membership
from pingpong.teams.roles import Role
from pingpong.teams.tokens import issue_token


def make_membership(
    page: Page,
    role: str = Role.VIEWER,
    *,
    name: str = "Scrooge McDuck",
    email: str = "",
    now: datetime | None = None,
) -> Membership:
    """Return a new person's membership of a page."""
    address = email or f"{name.split(maxsplit=1)[0].lower()}@{page.slug}.example"
    now = now or utc_now()
    person = register(email=address, name=name, password="duck-duck-duck", now=now)
    return Membership.objects.create(page=page, person=person, role=role, created_at=now)


def make_token(membership: Membership, *, now: datetime | None = None) -> str:
    """Return the text of a new token that acts for a member."""
    person = membership.person
    by = Actor(person.name, person.pk)
    return issue_token(membership, name="Token of a test", by=by, now=now or utc_now())[1]
