"""A project and its first owner, in one go."""

from datetime import datetime

from django.db import transaction

from pingpong.accounts.models import Person
from pingpong.kit.actor import Actor
from pingpong.pages.lifecycle import create_page
from pingpong.pages.models import Page

from .members import add_member
from .roles import Role


@transaction.atomic
def found_project(person: Person, *, name: str, slug: str, time_zone: str, now: datetime) -> Page:
    """Make an empty page that `person` owns. Raises PageInvalidError."""
    by = Actor(person.name, person.pk)
    page = create_page(name=name, slug=slug, time_zone=time_zone, by=by, now=now)
    add_member(page, person, role=Role.OWNER, by=by, now=now)
    return page
