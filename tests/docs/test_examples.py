"""What the documentation prints works as printed, beside a product that really runs."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.product import Product, clean_environment, running

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "docs/quickstart.md", "docs/api/guide.md")
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
# Any answer from 400 on ends the script.
_CURL = 'curl() { command curl --silent --show-error --fail-with-body "$@"; echo; }'
_STARTS = ("bin/up", "bin/ci", "git ")


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    # The examples name hosts of the wide world: nobody looks at them from a test.
    nowhere = {"PINGPONG_LOCAL_LOCATIONS": "none"}
    with running(tmp_path_factory.mktemp("examples") / "data", settings=nowhere) as product:
        yield product


def _script(page: str, product: Product) -> str:
    """Return the examples of a page, made to speak to the product of this test."""
    blocks = [
        block
        for block in _BLOCK.findall((ROOT / page).read_text())
        if not block.startswith(_STARTS)
    ]
    printed = "\n".join(blocks).replace("http://localhost:8000", product.address)
    return f"set -euo pipefail\n{_CURL}\n{printed}"


@pytest.mark.parametrize("page", PAGES)
def test_examples_of_a_page_work_as_printed(page: str, product: Product) -> None:
    script = _script(page, product)
    assert "curl" in script.replace(_CURL, ""), page
    told = subprocess.run(
        ["bash", "-c", script],
        cwd=ROOT,
        env=clean_environment(PINGPONG_DATA_DIR=str(product.data_dir)),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode == 0, f"{shlex.quote(page)}\n{told.stdout}\n{told.stderr}"
