from functools import partial, reduce

from hypothesis import given
from hypothesis import strategies as st

from pingpong.monitors.models import MonitorState
from pingpong.monitors.quorum import Rules, Vote, decide
from pingpong.monitors.standing import Past, Standing, follow
from pingpong.monitors.verdicts import Seen, advance, patience_s

INTERVAL_S = 60
COVER_S = 90
PATIENCE_S = patience_s(INTERVAL_S)
FRESH_S = PATIENCE_S + 10
KNOWN_S = 3600
WORDS = {"+": "up", "-": "read_timeout", "?": "probe_fault"}

State = MonitorState


class Story:
    """One monitor: outcomes come in, each is judged; what is over is kept."""

    def __init__(self, *, confirmations: int = 2) -> None:
        self.standing = Standing()
        self.pasts: list[Past] = []
        self._seen: dict[str, Seen] = {}
        self._confirmations = confirmations

    def see(self, signs: str, slot: int, *, vantage: str = "here") -> "Story":
        """Take in the outcomes in one batch, a minute apart, and judge once."""
        outcomes = [(WORDS[sign], slot + n * 60) for n, sign in enumerate(signs) if sign != " "]
        self._seen[vantage] = reduce(
            lambda seen, one: advance(seen, *one, patience_s=PATIENCE_S),
            outcomes,
            self._seen.get(vantage, Seen()),
        )
        self._judge(max((one.last_slot or 0 for one in self._seen.values()), default=0))
        return self

    def tell(self, signs: str, slot: int = 0) -> "Story":
        """Take in one outcome after the other."""
        for n, sign in enumerate(signs):
            self.see(sign, slot + n * 60)
        return self

    def wait_until(self, second: int) -> "Story":
        self._judge(second)
        return self

    def _judge(self, at: int) -> None:
        votes = [Vote(vantage, seen) for vantage, seen in self._seen.items()]
        self.standing, past = follow(
            self.standing,
            partial(decide, votes, at=at, rules=Rules(self._confirmations, FRESH_S, KNOWN_S)),
            judged_at=at,
            cover_s=COVER_S,
            reach_s=PATIENCE_S * self._confirmations,
        )
        self.pasts += [past] if past is not None else []


def test_it_is_up_from_the_first_slot() -> None:
    assert Story().tell("+", 60).standing == Standing(State.UP, since=60, covered_until=150)


def test_a_gap_before_anything_is_known_says_nothing() -> None:
    assert Story().tell("?", 60).standing.state == State.UNKNOWN


def test_a_first_failure_leaves_it_up() -> None:
    story = Story().tell("++-")
    assert (story.standing.state, story.pasts) == (State.UP, [])


def test_a_down_cuts_the_up_where_the_failures_began() -> None:
    story = Story().tell("++--")
    assert story.pasts == [Past(State.UP, 0, 120)]
    assert story.standing == Standing(State.DOWN, since=120, covered_until=270)


def test_a_recovery_cuts_the_down_where_the_successes_began() -> None:
    story = Story().tell("++--++")
    assert story.pasts == [Past(State.UP, 0, 120), Past(State.DOWN, 120, 240)]
    assert story.standing == Standing(State.UP, since=240, covered_until=390)


def test_an_unconfirmed_failure_leaves_no_trace() -> None:
    story = Story().tell("++-++")
    assert story.pasts == []
    assert story.standing == Standing(State.UP, since=0, covered_until=330)


def test_a_missed_check_leaves_no_gap() -> None:
    story = Story().tell("+").see("+", 120)
    assert (story.standing.since, story.pasts) == (0, [])


def test_silence_shows_as_a_gap() -> None:
    story = Story().tell("+").see("+", 600)
    assert story.pasts == [Past(State.UP, 0, 90)]
    assert story.standing == Standing(State.UP, since=600, covered_until=690)


def test_faults_of_the_probe_show_as_a_gap() -> None:
    story = Story().tell("+++?????++")
    assert story.pasts == [Past(State.UP, 0, 210)]
    assert (story.standing.state, story.standing.since) == (State.UP, 480)


def test_a_failure_after_silence_is_unknown_until_it_is_confirmed() -> None:
    story = Story().tell("+").see("-", 600)
    assert story.standing.state == State.UNKNOWN
    story.see("-", 660)
    assert story.pasts == [Past(State.UP, 0, 90)]
    assert (story.standing.state, story.standing.since) == (State.DOWN, 600)


def test_a_down_that_was_silent_is_not_kept_by_one_success() -> None:
    story = Story().tell("--").see("+", 600)
    assert story.pasts == [Past(State.DOWN, 0, 150)]
    assert (story.standing.state, story.standing.since) == (State.UP, 600)


def test_silence_turns_it_unknown_where_its_cover_ended() -> None:
    story = Story().tell("++").wait_until(600)
    assert story.standing == Standing(State.UNKNOWN, since=150, covered_until=150)
    assert story.pasts == [Past(State.UP, 0, 150)]


def test_a_failure_and_then_silence_is_up_until_the_failure_only() -> None:
    story = Story().tell("++-").wait_until(600)
    assert story.pasts == [Past(State.UP, 0, 120)]


def test_outcomes_that_come_late_and_together_fill_their_time() -> None:
    story = Story().tell("+").wait_until(3000).see("+" * 50, 60)
    assert story.pasts == [Past(State.UP, 0, 90)]
    assert story.standing == Standing(State.UP, since=90, covered_until=49 * 60 + 60 + 90)


def test_outcomes_of_a_clock_that_went_back_change_nothing() -> None:
    story = Story().tell("+++++")
    before = story.standing
    story.tell("-----")
    assert (story.standing, story.pasts) == (before, [])


def test_a_slow_second_vantage_does_not_make_a_gap() -> None:
    story = Story().see("+", 0, vantage="here").see("+", 30, vantage="there")
    assert (story.standing.since, story.pasts) == (0, [])


def test_losing_the_second_of_two_vantages_is_unknown_and_a_gap() -> None:
    story = Story()
    for slot in range(0, 660, 60):
        story.see("+", slot, vantage="here")
        if slot in {0, 600}:
            story.see("+", slot, vantage="there")
    assert [past.state for past in story.pasts] == [State.UP]
    assert story.pasts[0].end <= 240
    assert (story.standing.state, story.standing.since) == (State.UP, 600)


def test_the_time_until_a_lost_vantage_is_gone_stays_a_gap() -> None:
    story = Story().see("+", 0, vantage="there")
    for slot in range(0, 7200, 60):
        story.see("+", slot, vantage="here")
    assert [past.state for past in story.pasts] == [State.UP]
    assert story.pasts[0].end <= 240
    assert (story.standing.state, story.standing.since) == (State.UP, KNOWN_S)


def test_what_was_outvoted_for_long_is_no_down_in_hindsight() -> None:
    story = Story()
    for slot in range(0, 6000, 60):
        for vantage in ("a", "b"):
            story.see("-" if slot else "+", slot, vantage=vantage)
        for vantage in ("c", "d"):
            if slot < 5000:
                story.see("+", slot, vantage=vantage)
    assert story.standing.state == State.DOWN
    assert story.standing.since > 4500


def test_late_batches_of_three_vantages_are_judged_by_their_slots() -> None:
    story = Story()
    for signs, slot in (("+", 0), ("+++++++--", 60)):
        for vantage in ("a", "b", "c"):
            story.see(signs, slot, vantage=vantage)
    assert story.pasts == [Past(State.UP, 0, 90)]
    assert (story.standing.state, story.standing.since) == (State.DOWN, 480)


@given(
    st.lists(
        st.tuples(
            st.text("+-? ", min_size=1, max_size=4),
            st.integers(0, 40) | st.integers(0, 140),
            st.sampled_from("abc"),
            st.integers(0, 5),
        ),
        max_size=30,
    ),
    st.integers(1, 3),
)
def test_whatever_comes_spans_follow_each_other_and_cover_never_goes_back(
    steps: list[tuple[str, int, str, int]], confirmations: int
) -> None:
    story = Story(confirmations=confirmations)
    covered = 0
    for signs, minute, vantage, wait in steps:
        story.see(signs, minute * 60, vantage=vantage)
        if wait == 5:
            story.wait_until(minute * 60 + 400)
        if story.standing.state != State.UNKNOWN:
            assert story.standing.covered_until >= story.standing.since
    ends = [covered]
    for past in story.pasts:
        assert ends[-1] <= past.start < past.end
        ends.append(past.end)
    if story.standing.state != State.UNKNOWN:
        assert story.standing.since >= ends[-1]
