from itertools import pairwise, permutations

import pytest

from factories.moments import at
from pingpong.components.status import Influence, Source, Status, color_of, strongest

# The contract's order, the worst first.
WORST_FIRST = [
    (Source.INCIDENT, Status.CRITICAL),
    (Source.INCIDENT, Status.UNAVAILABLE),
    (Source.INCIDENT, Status.MAJOR),
    (Source.INCIDENT, Status.MINOR),
    (Source.INCIDENT, Status.MAINTENANCE),
    (Source.MAINTENANCE, Status.MAINTENANCE),
    (Source.INCIDENT, Status.UNKNOWN),
    (Source.INCIDENT, Status.OPERATIONAL),
]


@pytest.mark.parametrize(
    ("status", "color"),
    [
        ("Operational", "green"),
        ("Minor issues", "orange"),
        ("Major issues", "orange"),
        ("Critical state", "red"),
        ("Unavailable", "red"),
        ("Maintenance mode", "gray"),
        ("Unknown", "gray"),
    ],
)
def test_color_of_each_status_is_the_contracts(status: str, color: str) -> None:
    assert color_of(status) == color


def test_the_seven_words_are_the_contracts() -> None:
    assert sorted(Status.values) == [
        "Critical state",
        "Maintenance mode",
        "Major issues",
        "Minor issues",
        "Operational",
        "Unavailable",
        "Unknown",
    ]


@pytest.mark.parametrize(("worse", "better"), list(pairwise(WORST_FIRST)))
def test_strongest_of_two_is_the_worse_although_it_began_earlier(
    worse: tuple[str, str], better: tuple[str, str]
) -> None:
    early = Influence(worse[0], "worse", worse[1], at(0))
    late = Influence(better[0], "better", better[1], at(60))
    assert [strongest(pair) for pair in permutations([early, late])] == [early, early]


def test_strongest_on_a_tie_is_the_event_that_began_later() -> None:
    first = Influence(Source.INCIDENT, "z", Status.MAJOR, at(0))
    second = Influence(Source.INCIDENT, "a", Status.MAJOR, at(1))
    assert [strongest(pair) for pair in permutations([first, second])] == [second, second]


def test_strongest_of_events_that_began_together_does_not_depend_on_their_order() -> None:
    twins = [Influence(Source.INCIDENT, event, Status.MINOR, at(0)) for event in "ab"]
    assert strongest(twins) == strongest(reversed(twins))


@pytest.mark.parametrize("status", Status.values)
def test_strongest_on_a_tie_is_the_incident_before_a_monitor(status: str) -> None:
    incident = Influence(Source.INCIDENT, "a", status, at(0))
    monitor = Influence(Source.MONITOR, "z", status, at(60))
    assert [strongest(pair) for pair in permutations([incident, monitor])] == [incident, incident]


def test_strongest_is_a_monitor_that_is_worse_than_an_incident() -> None:
    incident = Influence(Source.INCIDENT, "z", Status.MINOR, at(60))
    monitor = Influence(Source.MONITOR, "a", Status.CRITICAL, at(0))
    assert [strongest(pair) for pair in permutations([incident, monitor])] == [monitor, monitor]


@pytest.mark.parametrize("status", Status.values)
def test_strongest_during_a_maintenance_is_never_a_monitor(status: str) -> None:
    work = Influence(Source.MAINTENANCE, "a", Status.MAINTENANCE, at(0))
    monitor = Influence(Source.MONITOR, "z", status, at(60))
    incident = Influence(Source.INCIDENT, "i", Status.MINOR, at(0))
    assert [strongest(pair) for pair in permutations([work, monitor])] == [work, work]
    # Without the rule the three would beat each other in a circle.
    assert {strongest(three) for three in permutations([work, monitor, incident])} == {incident}


def test_strongest_of_nothing_is_none() -> None:
    assert strongest([]) is None


@pytest.mark.parametrize(
    ("minute", "is_active"), [(-1, False), (0, True), (59, True), (60, False), (61, False)]
)
def test_influence_holds_from_its_start_until_just_before_its_end(
    minute: int, is_active: bool
) -> None:
    influence = Influence(Source.INCIDENT, "a", Status.MINOR, at(0), at(60))
    assert influence.is_active(at(minute)) is is_active


def test_influence_without_an_end_goes_on() -> None:
    assert Influence(Source.INCIDENT, "a", Status.MINOR, at(0)).is_active(at(1_000_000))
