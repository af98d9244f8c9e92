from datetime import datetime
from typing import Any

from pingpong.components.groups import create_group
from pingpong.components.lifecycle import create_component
from pingpong.components.models import Component, ComponentGroup
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page

from .actors import DONALD


def make_component(
    page: Page, name: str = "Website", *, now: datetime | None = None, **others: Any
) -> Component:
    """Return an operational component, or one as `others` say."""
    return create_component(page, name=name, by=DONALD, now=now or utc_now(), **others)


def make_group(
    page: Page, name: str = "Services", *, now: datetime | None = None, **others: Any
) -> ComponentGroup:
    return create_group(page, name=name, by=DONALD, now=now or utc_now(), **others)
