"""The key in the addresses of badges: whoever has it sees status and uptime, and nothing else."""

from datetime import datetime

from django.db import transaction

from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.kit.secrets import new_shields_key

from .models import Page


@transaction.atomic
def renew_shields_key(page: Page, *, by: Actor, now: datetime) -> str:
    """Give the badges of a page a new key; addresses with the old one are not found any more."""
    page.shields_key = new_shields_key()
    page.save(update_fields=["shields_key"])
    record(Kind.PAGE_SHIELDS_KEY_RENEWED, page_id=page.pk, subject_id=page.pk, by=by, now=now)
    return page.shields_key
