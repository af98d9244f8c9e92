"""The lab itself: it sees every packet, and leaves nothing behind."""

import subprocess
import sys

import pytest

from lab.programs import run, running
from lab.spaces import ETC, Spaces, spaces

pytestmark = pytest.mark.netns


def names() -> list[str]:
    listed = subprocess.run(["ip", "netns", "list"], capture_output=True, text=True, check=True)
    return [line.split()[0] for line in listed.stdout.splitlines()]


def test_packets_are_counted_by_where_they_go(network: Spaces) -> None:
    wanted = ["169.254.169.254", "10.0.0.1", "127.0.0.1", "93.184.1.2", "fd00:ec2::254", "::1"]
    with running(network.ours, "lab.counter") as counter:
        run(network.ours, "lab.connections", [*wanted, "::ffff:10.0.0.2"])
        seen = counter.finish()
    assert set(seen["packets"]) == {*wanted, "10.0.0.2"}
    assert seen["lost"] == 0


def test_world_answers_for_every_address(network: Spaces) -> None:
    asked = ["169.254.169.254", "10.0.0.1", "9.9.9.9", "fd00:ec2::254", "64:ff9b::1", "2003::1"]
    assert run(network.ours, "lab.connections", asked) == ["ECONNREFUSED"] * 6


def test_nothing_is_reached_without_a_link(network: Spaces) -> None:
    network.cut_link()
    assert run(network.ours, "lab.connections", ["9.9.9.9", "2003::1"]) == ["ENETUNREACH"] * 2
    network.mend_link()
    assert run(network.ours, "lab.connections", ["9.9.9.9", "2003::1"]) == ["ECONNREFUSED"] * 2


def test_namespaces_of_a_killed_run_are_removed() -> None:
    died = subprocess.Popen([sys.executable, "-c", ""])
    died.wait()
    left = f"pplab-{died.pid}-ours"
    subprocess.run(["ip", "netns", "add", left], check=True)
    (ETC / left).mkdir(parents=True)
    with spaces() as made:
        assert {made.ours, made.world} <= set(names())
        assert left not in names()
        assert not (ETC / left).exists()
    assert not {made.ours, made.world} & set(names())
    assert not (ETC / made.ours).exists()
