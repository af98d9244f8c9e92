"""How many connections are being set up at once."""

import time

from pingpong.probe.lanes import LEASE_S, Lane
from pingpong.probe.loop import Loop


def rest(loop: Loop, seconds: float) -> None:
    """Have nothing to do for a while."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        loop.at(min(until, time.monotonic() + 0.005), lambda: None)
        loop._round()


def test_lane_lets_in_as_many_as_it_holds_and_the_others_in_their_order() -> None:
    loop = Loop()
    lane = Lane(loop, 2)
    inside: list[tuple[str, int]] = []
    for name in "abcd":
        lane.enter(lambda ticket, name=name: inside.append((name, ticket)))
    assert [name for name, _ in inside] == ["a", "b"]
    lane.leave(inside[1][1])
    assert [name for name, _ in inside] == ["a", "b", "c"]
    lane.leave(inside[1][1])  # it has left already
    assert len(lane) == 1
    lane.leave(inside[0][1])
    assert [name for name, _ in inside] == ["a", "b", "c", "d"]
    loop.close()


def test_one_that_waits_for_its_peer_keeps_nobody_waiting() -> None:
    loop = Loop()
    lane = Lane(loop, 1)
    inside: list[int] = []
    for _ in range(3):
        lane.enter(inside.append)
    assert len(inside) == 1
    rest(loop, 3 * LEASE_S + 0.05)
    assert len(inside) == 3
    loop.close()


def test_lane_stays_full_while_this_thread_is_busy() -> None:
    loop = Loop()
    lane = Lane(loop, 1)
    inside: list[int] = []
    for _ in range(2):
        lane.enter(inside.append)
    until = time.monotonic() + 2 * LEASE_S
    while time.monotonic() < until:
        loop.at(time.monotonic(), lambda: None)
        loop._round()
    assert len(inside) == 1
    loop.close()
