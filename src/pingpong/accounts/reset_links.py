"""Links with which somebody who lost the password chooses another one: once, and for a day."""

from datetime import datetime

from allauth.account import app_settings
from django.conf import settings
from django.db import transaction

from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor

from .models import Person

# Where config.urls mounts the screen, as domain packages reverse no addresses; a test compares.
RESET_PATH = "/dashboard/account/password/reset/key/"


def link_of(person_id: str, token: str) -> str:
    """Return the address of the screen for a token, made of BASE_URL alone."""
    return f"{settings.BASE_URL}{RESET_PATH}{person_id}/{token}/"


@transaction.atomic
def make_reset_link(person: Person, *, by: Actor, now: datetime) -> str:
    """Make a link that works once, and note that somebody did."""
    record(
        Kind.PERSON_RESET_LINK_MADE,
        page_id="",
        subject_id=person.pk,
        by=by,
        now=now,
    )
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    return link_of(person.pk, token)
