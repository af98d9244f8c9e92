"""An owner and a project in one go, as often as one likes."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pingpong.accounts.models import Person
from pingpong.accounts.people import normal_email, register
from pingpong.kit.actor import Actor
from pingpong.kit.secrets import new_password
from pingpong.pages.lifecycle import create_page
from pingpong.pages.models import Page

from .members import add_member
from .models import ApiToken, Membership
from .roles import Role
from .tokens import issue_token, reveal_token

FIRST_LABEL = "First token"


@dataclass(frozen=True, slots=True)
class Bootstrapped:
    """What a person needs to begin; the password only when the account is new."""

    project: str
    slug: str
    page_id: str
    email: str
    password: str | None
    token: str
    shields_key: str


class SlugTakenError(Exception):
    """The slug belongs to a page of other people."""


@transaction.atomic
def bootstrap(*, project: str, slug: str, email: str, name: str, now: datetime) -> Bootstrapped:
    """Make owner, project and token where they are missing.

    Raises PageInvalidError, PersonInvalidError, and SlugTakenError when the page exists and the
    person is not of its team.
    """
    person, password = _person(email=email, name=name, now=now)
    by = Actor(person.name, person.pk)
    page = Page.objects.filter(slug=slug).first()
    membership = Membership.objects.filter(page=page, person=person).first() if page else None
    if page is not None and membership is None:
        raise SlugTakenError(f"The slug {slug!r} belongs to a project of another team.")
    if page is None or membership is None:
        page = create_page(name=project, slug=slug, by=by, now=now)
        membership = add_member(page, person, role=Role.OWNER, by=by, now=now)
    return Bootstrapped(
        project=page.name,
        slug=page.slug,
        page_id=page.pk,
        email=person.email,
        password=password,
        token=_token(membership, by=by, now=now),
        shields_key=page.shields_key,
    )


def _person(*, email: str, name: str, now: datetime) -> tuple[Person, str | None]:
    known = Person.objects.filter(email=normal_email(email)).first()
    if known is not None:
        return known, None
    password = new_password()
    return register(email=email, name=name, password=password, now=now), password


def _token(membership: Membership, *, by: Actor, now: datetime) -> str:
    first = ApiToken.objects.filter(membership=membership, revoked_at__isnull=True)
    token = first.order_by("created_at").first()
    if token is not None:
        return reveal_token(token, by=by, now=now)
    return issue_token(membership, name=FIRST_LABEL, by=by, now=now)[1]
