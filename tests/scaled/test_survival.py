"""Two of everything: what is killed is followed, and no outcome is lost or doubled."""

import os
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from e2e.product import eventually
from e2e.targets import serving

from .cluster import Cluster, cluster, new_database, own_broker

pytestmark = pytest.mark.scaled

LOCATION = "US West"
MONITORS = 24
INTERVAL_S = 60
DELAY_S = 1.0
# The first look is at once; between the others there must be no hole.
SLOTS = 3


@pytest.fixture
def running(tmp_path: Path, broker_url: str) -> Iterator[Cluster]:
    server_url = os.environ["DATABASE_URL"]
    with (
        new_database(server_url, "scaled") as database_url,
        cluster(tmp_path, database_url, own_broker(broker_url, 1)) as made,
    ):
        yield made


def leader(made: Cluster) -> str:
    """Tell which beat leads: the one whose log says last that it has the lock."""
    beats = [part for part in made.parts if part.name.startswith("beat")]
    acquired = [part for part in beats if "beat_leads" in part.log.read_text()]
    return acquired[-1].name if acquired else ""


def outcomes(made: Cluster) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for watch, slot in made.rows("SELECT watch_id, slot FROM monitors_rawoutcome ORDER BY slot"):
        found.setdefault(watch, []).append(slot)
    return found


def start_everything(made: Cluster) -> None:
    for number in (1, 2):
        made.start_core(f"worker-{number}", "worker")
        made.start_core(f"beat-{number}", "beat")
        made.start_agent(f"agent-{number}", LOCATION)
        made.start_web(f"web-{number}")


def kill(made: Cluster, *names: str) -> None:
    for part in made.parts:
        if part.name in names:
            part.kill()


def add_monitors(made: Cluster, target: str) -> None:
    for number in range(MONITORS):
        body = {
            "name": f"Site {number}",
            "url": f"{target}/{number}",
            "frequency": "minute",
            "location": LOCATION,
        }
        assert made.api("POST", "/metrics", body).status == 201


def test_probing_goes_on_when_a_beat_a_worker_and_an_agent_are_killed_at_once(
    running: Cluster,
) -> None:
    start_everything(running)
    with serving(delay_s=DELAY_S) as target:
        eventually(lambda: leader(running) != "", within_s=30, what="a beat leads")
        eventually(
            lambda: running.rows("SELECT count(*) FROM monitors_probeagent")[0][0] == 2,
            within_s=30,
            what="both agents have reported themselves",
        )
        add_monitors(running, target.address)
        eventually(
            lambda: len(outcomes(running)) == MONITORS, within_s=60, what="each was looked at once"
        )
        eventually(
            lambda: bool(
                running.rows("SELECT 1 FROM monitors_watch WHERE claimed_until IS NOT NULL")
            ),
            within_s=INTERVAL_S,
            what="a check is under way",
        )
        kill(running, leader(running), "worker-1", "agent-1")
        killed_at = int(time.time())
        eventually(
            lambda: all(max(slots) > killed_at for slots in outcomes(running).values()),
            within_s=2 * INTERVAL_S,
            what="each is looked at again within two intervals",
        )
        eventually(
            lambda: min(map(len, outcomes(running).values())) >= SLOTS,
            within_s=SLOTS * INTERVAL_S,
            what="several slots have passed",
        )
        settle(running)
    found = outcomes(running)
    assert all_slots_since_the_first(found) == []
    ((n, gaps),) = running.rows("SELECT sum(n), sum(gaps) FROM monitors_hourrollup")
    assert (int(n), int(gaps)) == (sum(map(len, found.values())), 0)
    assert running.webs[1].ask("GET", "/readyz").status == 200


def settle(made: Cluster) -> None:
    """Wait until what the killed ones held has been taken by the others."""
    eventually(
        lambda: (
            not made.rows(
                "SELECT 1 FROM monitors_watch WHERE claimed_until < extract(epoch FROM now()) - 5"
            )
        ),
        within_s=2 * INTERVAL_S,
        what="no claim is left over",
    )
    time.sleep(5)


def all_slots_since_the_first(found: dict[int, list[int]]) -> list[tuple[int, int]]:
    """Return the holes: the first look came at once, the others each have their slot."""
    holes = []
    for watch, slots in found.items():
        regular = slots[1:]
        for slot, following in pairwise(regular):
            if following - slot != INTERVAL_S:
                holes.append((watch, slot))
    return holes
