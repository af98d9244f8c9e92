"""A person begins a project."""

from datetime import datetime

from django.db import transaction

from pingpong.accounts.models import Person
from pingpong.kit.actor import Actor
from pingpong.pages.lifecycle import create_page

from .members import add_member
from .models import Membership
from .roles import Role


@transaction.atomic
def found_project(
    person: Person, *, name: str, slug: str, time_zone: str, by: Actor, now: datetime
) -> Membership:
    """Make an empty project that belongs to a person; raises PageInvalidError."""
    page = create_page(name=name, slug=slug, time_zone=time_zone, by=by, now=now)
    return add_member(page, person, role=Role.OWNER, by=by, now=now)
