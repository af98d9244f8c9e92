"""Products to speak to: an empty one as after a first start, and the demo."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .product import Product, running, token_in


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Return a product on its first day, whose owner was made beside it."""
    with running(tmp_path_factory.mktemp("first-day") / "data") as product:
        product.bootstrap()
        yield product


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Return a product with the lively example."""
    with running(tmp_path_factory.mktemp("demo") / "data", "--demo") as product:
        product.token = token_in(product.output())
        yield product


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"
