"""Verbs for people."""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F

from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor

from .models import Person

NAME_LENGTH = 150


class PersonInvalidError(Exception):
    """The e-mail address or the name cannot be taken; the text is one sentence."""


def normal_email(email: str) -> str:
    """Return the address as it is stored: trimmed, in lower case; raise PersonInvalidError."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as problem:
        raise PersonInvalidError(f"{email!r} is not an e-mail address.") from problem
    return address


def normal_name(name: str) -> str:
    """Return the name as it is stored: trimmed; raise PersonInvalidError."""
    label = name.strip()
    if not label or len(label) > NAME_LENGTH:
        raise PersonInvalidError(f"A name has 1 to {NAME_LENGTH} characters.")
    return label


@transaction.atomic
def register(
    *, email: str, name: str, password: str, is_verified: bool = True, now: datetime
) -> Person:
    """Make an account; the address must be new. `is_verified`: somebody vouches for the address."""
    person = Person(name=normal_name(name), email=normal_email(email), created_at=now)
    person.set_password(password)
    person.save(force_insert=True)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=is_verified)
    return person


@transaction.atomic
def change_email(person: Person, email: str) -> None:
    """Give a person another address, which nobody has verified; raise PersonInvalidError."""
    address = normal_email(email)
    if Person.objects.filter(email=address).exclude(pk=person.pk).exists():
        raise PersonInvalidError("Another account has this e-mail address.")
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=address, primary=True, verified=False)
    person.email = address
    person.save(update_fields=["email"])


def change_profile(person: Person, *, name: str, language: str, time_zone: str) -> None:
    """Say how a person is called, and which language and zone the dashboard is in for them.

    Empty: what the browser says. Raises PersonInvalidError.
    """
    person.name = normal_name(name)
    person.language = language
    person.time_zone = time_zone
    person.save(update_fields=["name", "language", "time_zone"])


@transaction.atomic
def disable(person: Person, *, by: Actor, now: datetime) -> None:
    """Let a person sign in no more; sessions end with their next request."""
    if Person.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        end_sessions([person.pk])
        record(Kind.PERSON_DISABLED, page_id="", subject_id=person.pk, by=by, now=now)


@transaction.atomic
def enable(person: Person, *, by: Actor, now: datetime) -> None:
    """Let a disabled person sign in again."""
    if Person.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        record(Kind.PERSON_ENABLED, page_id="", subject_id=person.pk, by=by, now=now)


def end_sessions(person_ids: Iterable[str]) -> None:
    """End every session of these people, from their next request on, in every process."""
    Person.objects.filter(pk__in=list(person_ids)).update(session_epoch=F("session_epoch") + 1)
