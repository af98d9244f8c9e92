"""Faults of the machine that measures: none of them may look like a fault of what is measured."""

import os
import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from e2e.product import Product, children_of, eventually, running
from e2e.targets import Target, serving

from .sums import (
    assert_each_counts_once,
    failures,
    hasten,
    outcome_count,
    rows,
    verdicts,
)

pytestmark = pytest.mark.faults

MONITORS = 6
INTERVAL_S = 4
LOCKED_FOR_S = 60
KILLED_FOR_S = 30
OPEN = {"PINGPONG_ALLOW_PRIVATE_TARGETS": "127.0.0.0/8"}


@pytest.fixture
def target() -> Iterator[Target]:
    with serving(delay_s=0.1) as made:
        yield made


@pytest.fixture
def watching(tmp_path: Path, target: Target) -> Iterator[Product]:
    """Return a product whose monitors are all up, each due every few seconds."""
    with running(tmp_path / "data", settings=OPEN) as product:
        product.bootstrap()
        component = product.api("POST", "/components", {"name": "Site"}).body["id"]
        for number in range(MONITORS):
            body = {
                "name": f"Site {number}",
                "url": f"{target.address}/{number}",
                "frequency": "minute",
                "component": component,
                "status_when_down": "Critical state",
                "incident_when_down": "published",
            }
            assert product.api("POST", "/metrics", body).status == 201
        hasten(product.data_dir, INTERVAL_S)
        eventually(
            lambda: verdicts(product.data_dir) == ["up"] * MONITORS,
            within_s=30,
            what=f"all are up\n{product.output()}",
        )
        yield product


def pid_of(product: Product, name: str) -> int | None:
    family = children_of(product.process.pid)
    return next((pid for pid, command in family.items() if f" {name}" in command), None)


def assert_nothing_turned_red(product: Product) -> None:
    assert failures(product.data_dir) == []
    assert product.api("GET", "/components").body[0]["status"] == "Operational"
    assert product.api("GET", "/incidents").body == []
    ledger = rows(product.data_dir, "SELECT status FROM components_interval")
    assert ledger == [("Operational",)]


def test_database_that_is_locked_for_a_minute_is_a_gap(watching: Product) -> None:
    before = outcome_count(watching.data_dir)
    with closing(sqlite3.connect(watching.data_dir / "pingpong.sqlite3")) as hog:
        hog.execute("BEGIN EXCLUSIVE")
        time.sleep(LOCKED_FOR_S)
        hog.rollback()
    eventually(
        lambda: outcome_count(watching.data_dir) >= before + 2 * MONITORS,
        within_s=60,
        what="measuring goes on",
    )
    assert_nothing_turned_red(watching)
    assert_each_counts_once(watching.data_dir)
    eventually(
        lambda: verdicts(watching.data_dir) == ["up"] * MONITORS, within_s=30, what="all are up"
    )


def test_processes_that_are_killed_at_any_moment_lose_and_double_nothing(
    watching: Product,
) -> None:
    chance = random.Random(7)  # noqa: S311 -- moments to kill at
    end = time.monotonic() + KILLED_FOR_S
    kills = 0
    while time.monotonic() < end:
        pid = pid_of(watching, chance.choice(["engine", "probe", "probe"]))
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            kills += 1
        time.sleep(chance.uniform(0.5, 3))
    assert kills > 5
    before = outcome_count(watching.data_dir)
    eventually(
        lambda: outcome_count(watching.data_dir) >= before + 2 * MONITORS,
        within_s=60,
        what="measuring goes on",
    )
    assert_nothing_turned_red(watching)
    assert_each_counts_once(watching.data_dir)


def test_target_that_fails_is_told_of_and_so_is_its_recovery(
    watching: Product, target: Target
) -> None:
    def status() -> str:
        return str(watching.api("GET", "/components").body[0]["status"])

    target.status = 503
    eventually(lambda: status() == "Critical state", within_s=60, what="the component is red")
    eventually(
        lambda: len(watching.api("GET", "/incidents/ongoing").body) == MONITORS,
        within_s=30,
        what="an incident for each",
    )
    target.status = 200
    eventually(lambda: status() == "Operational", within_s=60, what="the component is green")
    eventually(
        lambda: watching.api("GET", "/incidents/ongoing").body == [],
        within_s=30,
        what="each is resolved",
    )
    messages = [one["updates"][-1]["message"] for one in watching.api("GET", "/incidents").body]
    assert all("It works again. It was down for" in message for message in messages)
    assert_each_counts_once(watching.data_dir)
