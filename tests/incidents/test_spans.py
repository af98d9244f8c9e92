"""From updates to status and stretches: pure functions."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.moments import at
from pingpong.components.effects import EffectSpan
from pingpong.incidents.models import IncidentStatus
from pingpong.incidents.spans import Said, effect_spans, open_stretches, status_after

RESOLVED = IncidentStatus.RESOLVED.value
STATUSES = [word for word in IncidentStatus.values if word != IncidentStatus.IN_PROGRESS]
STORIES = (
    # (updates as status and minute), the stretches from minute 0 on
    ([], [(0, None)]),
    ([("Investigating", 5)], [(0, None)]),
    ([(RESOLVED, 10)], [(0, 10)]),
    ([("Identified", 5), (RESOLVED, 10)], [(0, 10)]),
    ([(RESOLVED, 10), (RESOLVED, 20)], [(0, 10)]),
    ([(RESOLVED, 10), ("Investigating", 20)], [(0, 10), (20, None)]),
    ([(RESOLVED, 10), ("Verifying", 20), (RESOLVED, 30)], [(0, 10), (20, 30)]),
    ([(RESOLVED, -10)], [(0, 0)]),
    ([(RESOLVED, -10), ("Verifying", -5)], [(0, 0), (0, None)]),
)
told = st.lists(st.tuples(st.sampled_from(STATUSES), st.integers(-5, 60)), max_size=8).map(
    lambda some: [(status, at(minute)) for status, minute in sorted(some, key=lambda one: one[1])]
)


def test_without_updates_it_is_in_progress() -> None:
    assert status_after([]) == ("In progress", None)


@pytest.mark.parametrize("status", STATUSES)
def test_the_last_update_decides(status: str) -> None:
    told = [("Investigating", at(1)), ("Verifying", at(2)), (status, at(3))]
    assert status_after(told) == (status, at(3) if status == RESOLVED else None)


def test_a_further_resolution_does_not_move_the_end() -> None:
    assert status_after([(RESOLVED, at(2)), (RESOLVED, at(9))]) == (RESOLVED, at(2))


def test_the_end_after_a_reopening_is_the_later_one() -> None:
    told = [(RESOLVED, at(2)), ("Verifying", at(5)), (RESOLVED, at(9))]
    assert status_after(told) == (RESOLVED, at(9))


@pytest.mark.parametrize(("story", "stretches"), STORIES)
def test_it_is_open_from_its_start_until_each_resolution(
    story: list[tuple[str, int]], stretches: list[tuple[int, int | None]]
) -> None:
    updates = [(status, at(minute)) for status, minute in story]
    assert open_stretches(updates, starts_at=at(0)) == [
        (at(start), None if end is None else at(end)) for start, end in stretches
    ]


def test_each_component_has_each_stretch() -> None:
    updates = [(RESOLVED, at(10)), ("Verifying", at(20))]
    said = [Said("a", "Critical state"), Said("b", "Minor issues")]
    assert effect_spans(said, updates, starts_at=at(0)) == [
        EffectSpan("a", "Critical state", at(0), at(10)),
        EffectSpan("a", "Critical state", at(20), None),
        EffectSpan("b", "Minor issues", at(0), at(10)),
        EffectSpan("b", "Minor issues", at(20), None),
    ]


def test_what_was_said_for_a_while_counts_for_that_while() -> None:
    updates = [(RESOLVED, at(10)), ("Verifying", at(20))]
    said = [
        Said("a", "Minor issues", None, at(5)),
        Said("a", "Critical state", at(5), at(22)),
        Said("a", "Major issues", at(22), None),
    ]
    assert effect_spans(said, updates, starts_at=at(0)) == [
        EffectSpan("a", "Minor issues", at(0), at(5)),
        EffectSpan("a", "Critical state", at(5), at(10)),
        EffectSpan("a", "Critical state", at(20), at(22)),
        EffectSpan("a", "Major issues", at(22), None),
    ]


def test_a_stretch_of_no_length_has_no_effect() -> None:
    assert effect_spans([Said("a", "Minor issues")], [(RESOLVED, at(-5))], starts_at=at(0)) == []


@given(told)
def test_stretches_follow_each_other_and_only_the_last_is_open(
    updates: list[tuple[str, object]],
) -> None:
    stretches = open_stretches(updates, starts_at=at(0))
    assert stretches[0][0] == at(0)
    assert all(end is not None and start <= end for start, end in stretches[:-1])
    assert all(one[1] <= other[0] for one, other in pairwise(stretches))
    is_open = stretches[-1][1] is None
    assert is_open == (status_after(updates)[0] != RESOLVED)
