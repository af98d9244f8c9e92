"""The wall clock is set, an hour ahead and two back, under everything but the probe."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.product import Product, eventually, running
from e2e.targets import Target, serving

from .sums import assert_each_counts_once, failures, hasten, outcome_count, rows, verdicts

pytestmark = pytest.mark.faults

INTERVAL_S = 6
MONITORS = 4
WITHIN_S = 45


@pytest.fixture
def target() -> Iterator[Target]:
    with serving() as made:
        yield made


@pytest.fixture
def clock(tmp_path: Path) -> Path:
    """Return the file that says by how much the clock is off; the steady one is left alone."""
    file = tmp_path / "clock"
    file.write_text("0\n")
    return file


@pytest.fixture
def watching(tmp_path: Path, target: Target, clock: Path) -> Iterator[Product]:
    shim = tmp_path / "clock.so"
    source = Path(__file__).with_name("clock_shim.c")
    subprocess.run(
        ["gcc", "-shared", "-fPIC", "-O1", "-o", str(shim), str(source), "-ldl"], check=True
    )
    settings = {
        "LD_PRELOAD": str(shim),
        "CLOCK_OFFSET_FILE": str(clock),
        "PINGPONG_ALLOW_PRIVATE_TARGETS": "127.0.0.0/8",
    }
    with running(tmp_path / "data", settings=settings) as product:
        product.bootstrap()
        for number in range(MONITORS):
            body = {"name": f"Site {number}", "url": target.address, "frequency": "minute"}
            assert product.api("POST", "/metrics", body).status == 201
        hasten(product.data_dir, INTERVAL_S)
        eventually(
            lambda: verdicts(product.data_dir) == ["up"] * MONITORS,
            within_s=WITHIN_S,
            what=f"all are up\n{product.output()}",
        )
        yield product


def newest(product: Product) -> int:
    return int(rows(product.data_dir, "SELECT max(slot) FROM monitors_rawoutcome")[0][0])


@pytest.mark.parametrize("step_s", [3600, -7200])
def test_clock_that_is_set_turns_nothing_red_and_measuring_goes_on(
    watching: Product, clock: Path, step_s: int
) -> None:
    clock.write_text(f"{step_s}\n")
    before = outcome_count(watching.data_dir)
    eventually(
        lambda: outcome_count(watching.data_dir) >= before + 3 * MONITORS,
        within_s=WITHIN_S + 60,
        what=f"measuring goes on\n{watching.output()}",
    )
    eventually(
        lambda: verdicts(watching.data_dir) == ["up"] * MONITORS, within_s=WITHIN_S, what="up"
    )
    assert failures(watching.data_dir) == []
    assert_each_counts_once(watching.data_dir)


def test_target_that_fails_after_the_clock_was_set_back_is_noticed(
    watching: Product, clock: Path, target: Target
) -> None:
    clock.write_text("-7200\n")
    before = outcome_count(watching.data_dir)
    eventually(
        lambda: outcome_count(watching.data_dir) >= before + 2 * MONITORS,
        within_s=WITHIN_S + 60,
        what="measuring goes on",
    )
    target.status = 503
    eventually(
        lambda: verdicts(watching.data_dir) == ["down"] * MONITORS,
        within_s=WITHIN_S,
        what="all are down",
    )
    assert_each_counts_once(watching.data_dir)
