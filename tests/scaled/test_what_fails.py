"""What fails around the core may leave gaps; it never turns anything red, nor counts twice."""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from e2e.product import eventually, free_port
from e2e.targets import serving
from pingpong.probe.contract import LOCATIONS

from .cluster import Cluster, cluster, new_database, own_broker

pytestmark = pytest.mark.scaled

INTERVAL_S = 6
GONE_FOR_S = 30
DEAD = 4


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    name = request.node.name[5:20]
    with new_database(os.environ["DATABASE_URL"], name) as made:
        yield made


@contextmanager
def redis(port: int, folder: Path) -> Iterator[None]:
    """Run a broker of our own, that forgets everything when it is killed."""
    with (folder / "redis.log").open("ab") as log:
        process = subprocess.Popen(
            ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", ""],
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(lambda: is_listening(port), "the broker answers")
        yield
    finally:
        process.kill()
        process.wait()


def is_listening(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def hasten(made: Cluster) -> None:
    """Have every watch be due so often from now on: tests cannot wait for minutes."""
    made.rows(
        "UPDATE monitors_watch SET interval_s = %s, phase_s = phase_s %% %s, "
        "next_slot = extract(epoch FROM now())::bigint + 1",
        INTERVAL_S,
        INTERVAL_S,
    )


def reports(made: Cluster) -> int:
    return int(made.rows("SELECT count(*) FROM monitors_probeagent")[0][0])


def newest_slot(made: Cluster) -> int:
    return int(made.rows("SELECT coalesce(max(slot), 0) FROM monitors_rawoutcome")[0][0])


def assert_nothing_is_red_or_doubled(made: Cluster) -> None:
    words = made.rows("SELECT DISTINCT word FROM monitors_rawoutcome")
    assert {word for (word,) in words} <= {"up", "probe_fault"}
    assert made.rows("SELECT DISTINCT status FROM components_interval") == [("Operational",)]
    assert made.rows("SELECT count(*) FROM incidents_incident") == [(0,)]
    ((raw,),) = made.rows("SELECT count(*) FROM monitors_rawoutcome")
    ((summed,),) = made.rows("SELECT sum(n) + sum(gaps) FROM monitors_hourrollup")
    assert int(summed) == raw


def add_monitor(made: Cluster, url: str, locations: list[str]) -> None:
    component = made.api("POST", "/components", {"name": "Site"}).body["id"]
    body = {
        "name": "Site",
        "url": url,
        "frequency": "minute",
        "locations": locations,
        "component": component,
        "status_when_down": "Critical state",
        "incident_when_down": "published",
    }
    assert made.api("POST", "/metrics", body).status == 201


def wait_for(claim: Callable[[], bool], what: str, within_s: float = 60) -> None:
    eventually(claim, within_s=within_s, what=what)


def test_broker_that_is_gone_for_a_while_is_a_gap(tmp_path: Path, database_url: str) -> None:
    port = free_port()
    broker_url = f"redis://127.0.0.1:{port}/0"
    with serving(delay_s=0.2) as target, ExitStack() as stack:
        with redis(port, tmp_path):
            made = stack.enter_context(cluster(tmp_path, database_url, broker_url))
            made.start_core("worker", "worker")
            made.start_core("beat", "beat")
            made.start_agent("agent", "US West")
            made.start_web("web")
            wait_for(lambda: reports(made) == 1, "the agent reports itself")
            add_monitor(made, target.address, ["US West"])
            hasten(made)
            wait_for(lambda: newest_slot(made) > 0, "it is measured")
        time.sleep(GONE_FOR_S)
        back_at = int(time.time())
        with redis(port, tmp_path):
            wait_for(lambda: newest_slot(made) > back_at, "measuring goes on")
            time.sleep(2 * INTERVAL_S)
            assert_nothing_is_red_or_doubled(made)
            assert [one.process.poll() for one in made.parts] == [None] * 4


def test_four_dead_locations_of_ten_turn_nothing_red(
    tmp_path: Path, database_url: str, broker_url: str
) -> None:
    broker_url = own_broker(broker_url, 2)
    with cluster(tmp_path, database_url, broker_url) as made, serving() as target:
        made.start_core("worker", "worker")
        made.start_core("beat", "beat")
        made.start_web("web")
        agents = [made.start_agent(f"agent-{location}", location) for location in LOCATIONS]
        wait_for(lambda: reports(made) == len(LOCATIONS), "all report themselves", within_s=90)
        add_monitor(made, target.address, list(LOCATIONS))
        hasten(made)
        wait_for(
            lambda: (
                made.rows(
                    "SELECT count(DISTINCT watch_id) FROM monitors_rawoutcome WHERE word = 'up'"
                )
                == [(len(LOCATIONS),)]
            ),
            "each location has looked",
        )
        for agent in agents[:DEAD]:
            agent.kill()
        died_at = int(time.time())
        wait_for(lambda: newest_slot(made) > died_at + 8 * INTERVAL_S, "six go on", within_s=120)
        assert made.rows("SELECT state FROM monitors_verdict") == [("up",)]
        assert_nothing_is_red_or_doubled(made)
