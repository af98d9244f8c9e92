from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from pingpong.pages.models import Page
from pingpong.runtime.demo.fill import fill_demo

NOW = datetime(2026, 3, 18, 9, 30, 12, 345678, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Page]:
    """The demo's page, filled once for the tests of a module that only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Page.objects.get(pk=fill_demo(now=NOW).page_id)
        transaction.set_rollback(True)


@pytest.fixture
def now() -> datetime:
    return NOW
