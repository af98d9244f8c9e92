"""Verbs for the people of a page."""

from datetime import datetime

from django.db import transaction

from pingpong.accounts.models import Person
from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.pages.models import Page

from .models import Membership


@transaction.atomic
def add_member(page: Page, person: Person, *, role: str, by: Actor, now: datetime) -> Membership:
    """Give a person a role on a page; one role a person and page."""
    membership = Membership.objects.create(page=page, person=person, role=role, created_at=now)
    record(
        Kind.MEMBER_ADDED,
        page_id=page.pk,
        subject_id=person.pk,
        by=by,
        now=now,
        data={"role": role},
    )
    return membership
