"""Putting aside, for a while, what the dashboard warns a team of."""

from datetime import datetime, timedelta

from django.db import transaction

from pingpong.kit.actor import Actor

from .models import Page
from .versions import wait_turn

HIDDEN_FOR = timedelta(hours=4)


@transaction.atomic
def hide_warnings(page: Page, *, by: Actor, now: datetime) -> None:
    """Put aside for the whole team what is warned of now; what begins later is told all the same.

    It is no event: nothing of the page changes, and the page itself keeps who did it.
    """
    wait_turn(page.pk)
    page.warnings_hidden_at, page.warnings_hidden_by = now, by.name
    page.save(update_fields=["warnings_hidden_at", "warnings_hidden_by"])


def hidden_until(page: Page, *, now: datetime) -> datetime | None:
    """Return until when warnings are put aside; None where they are not."""
    hidden_at = page.warnings_hidden_at
    if hidden_at is None or now >= hidden_at + HIDDEN_FOR:
        return None
    return hidden_at + HIDDEN_FOR


def is_hidden(page: Page, since: datetime, *, now: datetime) -> bool:
    """Tell whether a warning that began at `since` was put aside and still is."""
    hidden_at = page.warnings_hidden_at
    return hidden_at is not None and since <= hidden_at and hidden_until(page, now=now) is not None
