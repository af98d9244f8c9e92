"""The first components of a page, all at once."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from pingpong.kit.actor import Actor
from pingpong.pages.models import Page
from pingpong.pages.versions import touch

from .lifecycle import create_component
from .models import Component


@transaction.atomic
def create_components(
    page: Page, names: Iterable[str], *, by: Actor, now: datetime
) -> list[Component]:
    """Add operational components in this order; a name that the page has already is left out."""
    touch(page.pk)
    known = set(Component.objects.filter(page=page).values_list("name", flat=True))
    new = [name for name in dict.fromkeys(names) if name not in known]
    return [create_component(page, name=name, by=by, now=now) for name in new]
