"""Deleting a page while its monitors are being looked at."""

from datetime import datetime

from django.db import transaction

from pingpong.kit.actor import Actor
from pingpong.pages.lifecycle import delete_page
from pingpong.pages.models import Page
from pingpong.pages.versions import touch

from .writing import alone


@transaction.atomic
def delete_page_with_monitors(page: Page, *, by: Actor, now: datetime) -> None:
    """Delete a page with everything of it. Raises Page.DoesNotExist when somebody was faster."""
    touch(page.pk)
    with alone():  # nobody adds an outcome to what is being deleted
        delete_page(page, by=by, now=now)
