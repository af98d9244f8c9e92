"""People who sign in, one after the other, from one address."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _patient_limits() -> Iterator[None]:
    """Forget how often one signed in within a minute: a test is no attack on the next one."""
    cache.clear()
    yield
    cache.clear()
