"""Servers that several files of tests look at."""

import uuid
from collections.abc import Iterator

import pytest

from probe.farm import Farm


@pytest.fixture(scope="module")
def farm() -> Iterator[Farm]:
    with Farm() as one:
        yield one


@pytest.fixture
def location() -> str:
    """Return a location that no other test, nor an earlier run, has used on the broker."""
    return f"Test {uuid.uuid4().hex}"
