from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pingpong.monitors.models import MonitorState
from pingpong.monitors.quorum import Decision, Rules, Vote, decide
from pingpong.monitors.verdicts import Seen, advance, patience_s
from pingpong.probe.contract import UP

DOWN_WORD = "connect_timeout"
INTERVAL_S = 60
FRESH_S = 160
KNOWN_S = 3600

State = MonitorState


def vote(vantage: str, story: str, *, start: int = 0) -> Vote:
    """Return what a vantage saw, a check a minute: `+` up, `-` failing, space nothing."""
    words = {"+": UP, "-": DOWN_WORD}
    outcomes = [
        (words[sign], start + index * INTERVAL_S) for index, sign in enumerate(story) if sign != " "
    ]
    seen = reduce(
        lambda before, one: advance(before, *one, patience_s=patience_s(INTERVAL_S)),
        outcomes,
        Seen(),
    )
    return Vote(vantage, seen)


def votes(*stories: str) -> list[Vote]:
    return [vote(f"v{index}", story) for index, story in enumerate(stories)]


def decided(
    some: Sequence[Vote], before: str = State.UP, *, confirmations: int = 2, at: int | None = None
) -> Decision:
    slots = [one.seen.last_slot or 0 for one in some]
    rules = Rules(confirmations, fresh_s=FRESH_S, known_s=KNOWN_S)
    return decide(some, before, at=max(slots, default=0) if at is None else at, rules=rules)


def test_no_vote_at_all_is_unknown() -> None:
    assert decided([]) == Decision(State.UNKNOWN)


def test_a_single_vantage_decides_by_its_confirmed_word() -> None:
    assert decided(votes("++-")).state == State.UP
    assert decided(votes("++--")) == Decision(State.DOWN, since=120, newest=180)


def test_a_first_failure_of_a_new_monitor_is_not_known_yet() -> None:
    assert decided(votes("-"), State.UNKNOWN).state == State.UNKNOWN
    assert decided(votes("--"), State.UNKNOWN) == Decision(State.DOWN, since=0, newest=60)


def test_several_watches_on_one_vantage_are_one_vote_the_worst() -> None:
    some = [vote("here", "----"), vote("here", "++++"), vote("there", "++++")]
    assert decided(some).state == State.UP
    assert decided(some[:2]) == Decision(State.DOWN, since=0, newest=180)


def test_half_of_the_vantages_is_not_more_than_half() -> None:
    assert decided(votes("--", "--", "++", "++")).state == State.UP
    assert decided(votes("--", "--", "--", "++")).state == State.DOWN


def test_a_down_is_told_from_when_the_last_needed_vantage_began_to_fail() -> None:
    assert decided(votes("-----", "+----", "+++--", "+++++")).since == 180


def test_the_only_fresh_one_of_two_vantages_is_not_believed() -> None:
    for fresh in ("++++", "----"):
        assert decided(votes(fresh, "+")).state == State.UNKNOWN


def test_the_only_fresh_one_is_believed_when_the_other_has_long_been_gone() -> None:
    gone = vote("gone", "+")
    for story, state in (("+" * 70, State.UP), ("+--" + "-" * 67, State.DOWN)):
        some = [vote("here", story), gone]
        assert decided(some, State.UNKNOWN, at=KNOWN_S).state == State.UNKNOWN
        assert decided(some, State.UNKNOWN).state == state


def test_the_one_that_is_left_is_believed_from_when_the_other_was_gone() -> None:
    some = [vote("here", "-" * 70), vote("gone", "+++")]
    assert decided(some, State.UNKNOWN) == Decision(State.DOWN, since=120 + KNOWN_S, newest=4140)
    late = [vote("here", "--", start=8000), vote("gone", "+++")]
    assert decided(late, State.UNKNOWN) == Decision(State.DOWN, since=8000, newest=8060)


def test_a_third_vantage_that_is_gone_leaves_the_word_of_two_as_it_was() -> None:
    some = [*votes("+" * 60 + "-" * 10, "+" * 60 + "-" * 10), vote("gone", "++++")]
    assert decided(some) == Decision(State.DOWN, since=3600, newest=4140)
    assert decided(some[1:]).since == 180 + KNOWN_S
    assert decided([some[0], vote("v1", "+" * 65), some[2]]).state == State.UNKNOWN


def test_gaps_of_a_vantage_do_not_keep_it_known() -> None:
    seen = Seen(60, "probe_fault", is_up=True, streak=1, streak_slot=60)
    assert decided([vote("here", "-" * 70), Vote("gone", seen)]).state == State.DOWN


def test_a_second_watch_of_the_same_vantage_that_is_silent_changes_no_beginning() -> None:
    some = [vote("here", "-" * 70), vote("here", "+++")]
    assert decided(some, State.UNKNOWN).since == 0


def test_what_was_in_doubt_is_told_by_who_was_known() -> None:
    some = [vote("here", "+" * 65 + "-"), vote("gone", "+")]
    assert decided(some, at=4500) == Decision(State.UNKNOWN, since=3900)
    assert decided(some, at=90_000) == Decision(State.UNKNOWN)


def test_silent_vantages_have_no_vote() -> None:
    assert decided(votes("-----", "-----", "+", "+", "+")).state == State.DOWN


def test_a_lost_up_is_in_doubt_since_its_failures_began() -> None:
    assert decided(votes("++-"), at=600) == Decision(State.UNKNOWN, since=120)
    assert decided(votes("+++"), at=600) == Decision(State.UNKNOWN)


def test_a_down_ends_after_as_many_good_rounds_as_confirm_it() -> None:
    assert decided(votes("--+"), State.DOWN) == Decision(
        State.DOWN, since=120, newest=120, clear_rounds=1
    )
    assert decided(votes("--++"), State.DOWN) == Decision(State.UP, since=120, newest=180)


def test_a_single_failure_interrupts_a_recovery() -> None:
    assert decided(votes("--+-"), State.DOWN).clear_rounds == 0
    assert decided(votes("--+-+"), State.DOWN).state == State.DOWN


def test_of_two_vantages_none_may_fail_when_a_down_ends() -> None:
    assert decided(votes("--++", "----"), State.DOWN).state == State.DOWN
    assert decided(votes("--++", "--++"), State.DOWN).state == State.UP


def test_of_three_vantages_one_may_fail_when_a_down_ends() -> None:
    assert decided(votes("--++", "--++", "----"), State.DOWN).state == State.UP


def test_between_the_bounds_the_state_stays() -> None:
    some = votes("--", "--", "++", "++")
    assert decided(some, State.UP).state == State.UP
    assert decided(some, State.DOWN).state == State.DOWN


_STORY = st.text("+- ", max_size=6)
_STATES = st.sampled_from(list(State))
_RULES = st.integers(1, 3)


@given(st.lists(_STORY, max_size=6), _STATES, _RULES, st.randoms())
def test_the_order_of_votes_is_irrelevant(
    stories: list[str], before: str, confirmations: int, random: Random
) -> None:
    some = votes(*stories)
    other = list(some)
    random.shuffle(other)
    assert decided(other, before, confirmations=confirmations) == decided(
        some, before, confirmations=confirmations
    )


@given(st.lists(st.text("+", min_size=4, max_size=4), min_size=1, max_size=9), _STORY, _RULES)
def test_one_of_several_vantages_never_turns_it_red(
    good: list[str], faulty: str, confirmations: int
) -> None:
    some = [*votes(*good), vote("faulty", faulty)]
    assert decided(some, State.UP, confirmations=confirmations).state != State.DOWN
    assert decided(some, State.UNKNOWN, confirmations=confirmations).state != State.DOWN


@given(st.lists(_STORY, min_size=1, max_size=4), _RULES)
def test_four_faulty_or_silent_of_ten_never_turn_it_red(
    faulty: list[str], confirmations: int
) -> None:
    some = [
        *votes(*["++++++"] * (10 - len(faulty))),
        *(vote(f"x{n}", s) for n, s in enumerate(faulty)),
    ]
    assert decided(some, State.UP, confirmations=confirmations).state == State.UP


@given(st.lists(_STORY, min_size=1, max_size=10), _STATES, st.booleans(), _RULES)
def test_when_all_agree_the_state_converges(
    stories: list[str], before: str, is_up: bool, confirmations: int
) -> None:
    agreed = ("+" if is_up else "-") * confirmations
    some = votes(*(story.ljust(6) + agreed for story in stories))
    expected = State.UP if is_up else State.DOWN
    assert decided(some, before, confirmations=confirmations).state == expected


def _states_over(stories: Iterable[str], before: str) -> list[str]:
    told = list(stories)
    states = [before]
    for length in range(1, len(told[0]) + 1):
        some = votes(*(story[:length] for story in told))
        states.append(decided(some, states[-1]).state)
    return states


@given(st.integers(4, 10), st.text("+-", min_size=12, max_size=12), _STATES)
def test_one_oscillating_vantage_at_the_boundary_does_not_flap(
    count: int, oscillating: str, before: str
) -> None:
    steady_down = count // 2
    steady_up = count - steady_down - 1
    stories = ["-" * 12] * steady_down + ["+" * 12] * steady_up + [oscillating]
    states = _states_over(stories, before)[2:]
    changes = sum(one != other for one, other in pairwise(states))
    assert changes <= 1


@given(st.integers(1, 3), _STATES)
def test_all_of_few_vantages_alternating_do_not_flap(count: int, before: str) -> None:
    states = _states_over(["+-" * 6] * count, before)[3:]
    assert len(set(states)) == 1
