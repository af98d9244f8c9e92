from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from pingpong.monitors.verdicts import Seen, advance, is_down, patience_s
from pingpong.probe.contract import FAILURES, GAPS, UP, WORDS

PATIENCE_S = patience_s(60)


def see(*outcomes: tuple[str, int], before: Seen | None = None) -> Seen:
    return reduce(
        lambda seen, one: advance(seen, *one, patience_s=PATIENCE_S), outcomes, before or Seen()
    )


def test_a_first_outcome_begins_a_streak() -> None:
    assert see((UP, 60)) == Seen(60, UP, is_up=True, streak=1, streak_slot=60)


def test_outcomes_alike_go_on_with_a_streak_whatever_the_failure() -> None:
    seen = see((UP, 60), ("connect_timeout", 120), ("status_unexpected", 180))
    assert seen == Seen(180, "status_unexpected", is_up=False, streak=2, streak_slot=120)


def test_a_gap_is_remembered_by_its_word_alone() -> None:
    before = see(("read_timeout", 60))
    for gap in GAPS:
        seen = see((gap, 120), before=before)
        assert seen == Seen(60, gap, is_up=False, streak=1, streak_slot=60)


def test_an_outcome_of_a_known_or_older_slot_changes_nothing() -> None:
    seen = see((UP, 60), (UP, 120))
    for word in WORDS:
        assert see((word, 120), before=seen) == seen
        assert see((word, 60), before=seen) == seen


def test_a_single_missed_check_leaves_the_streak() -> None:
    assert see((UP, 0), (UP, 120)).streak_slot == 0


def test_after_two_missed_checks_a_streak_begins_anew() -> None:
    seen = see(("read_timeout", 0), ("read_timeout", 180))
    assert (seen.streak, seen.streak_slot) == (1, 180)


def test_a_heartbeat_may_be_silent_for_its_grace_too() -> None:
    assert (patience_s(60), patience_s(60, grace_s=300)) == (150, 450)


def test_it_is_down_after_as_many_failures_as_it_takes() -> None:
    seen = see(("read_timeout", 60), ("read_timeout", 120))
    assert [is_down(seen, confirmations) for confirmations in (1, 2, 3)] == [True, True, False]
    assert not is_down(Seen(), 1)
    assert not is_down(see((UP, 60)), 1)


_OUTCOMES = st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 40).map(lambda n: n * 60)))


@given(_OUTCOMES)
def test_of_any_outcomes_the_slots_only_grow_and_the_streak_is_what_was_last(
    outcomes: list[tuple[str, int]],
) -> None:
    seen = Seen()
    told: list[tuple[str, int]] = []
    for word, slot in outcomes:
        before, seen = seen, advance(seen, word, slot, patience_s=PATIENCE_S)
        if seen.last_slot != before.last_slot:
            told.append((word, slot))
    slots = [slot for _, slot in told]
    assert slots == sorted(set(slots))
    streak = told[len(told) - seen.streak :]
    assert all((word in FAILURES) != seen.is_up for word, _ in streak)
    assert (streak[0][1] if streak else None) == seen.streak_slot
