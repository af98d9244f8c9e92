"""Verbs for people."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

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


def register(*, email: str, name: str, password: str, now: datetime) -> Person:
    """Make an account; the address must be new."""
    label = name.strip()
    if not label or len(label) > NAME_LENGTH:
        raise PersonInvalidError(f"A name has 1 to {NAME_LENGTH} characters.")
    person = Person(email=normal_email(email), name=label, created_at=now)
    person.set_password(password)
    person.save(force_insert=True)
    return person
