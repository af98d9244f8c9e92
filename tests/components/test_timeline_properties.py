"""Whatever is set and whatever happens: one status at each instant, and the contract's one."""

from datetime import datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from factories.moments import at
from pingpong.components.status import Influence, Source, Status
from pingpong.components.timeline import Segment, Setting, derive, splice

LAST = 30
_WORST_FIRST = [
    *[(Source.INCIDENT, status) for status in ("Critical state", "Unavailable")],
    *[(Source.INCIDENT, status) for status in ("Major issues", "Minor issues")],
    (Source.INCIDENT, "Maintenance mode"),
    (Source.MAINTENANCE, "Maintenance mode"),
    *[(Source.INCIDENT, status) for status in ("Unknown", "Operational")],
]
minutes = st.integers(0, LAST)


@st.composite
def settings_of_a_component(draw: st.DrawFn) -> list[Setting]:
    later = draw(st.sets(st.integers(1, LAST), max_size=6))
    return [Setting(draw(st.sampled_from(Status.values)), at(m)) for m in (0, *sorted(later))]


@st.composite
def events(draw: st.DrawFn) -> list[Influence]:
    return [draw(_event(str(number))) for number in range(draw(st.integers(0, 6)))]


@st.composite
def _event(draw: st.DrawFn, name: str) -> Influence:
    start = draw(st.integers(-5, LAST + 5))
    if draw(st.booleans()):
        end = at(start + draw(st.integers(1, 15)))
        return Influence(Source.MAINTENANCE, name, Status.MAINTENANCE, at(start), end)
    lasts = draw(st.none() | st.integers(1, 15))
    status = draw(st.sampled_from(Status.values))
    end_or_none = None if lasts is None else at(start + lasts)
    return Influence(Source.INCIDENT, name, status, at(start), end_or_none)


def expected(moment: datetime, settings: list[Setting], known: list[Influence]) -> Segment:
    """Say what the contract says of one instant, without a timeline."""
    active = [one for one in known if one.starts_at <= moment]
    active = [one for one in active if one.ends_at is None or moment < one.ends_at]
    if not active:
        own = [one for one in settings if one.since <= moment][-1]
        return Segment(own.status, Source.OWN, "", moment)
    worst = min(_WORST_FIRST.index((Source(one.source), one.status)) for one in active)
    tied = [one for one in active if (one.source, one.status) == _WORST_FIRST[worst]]
    one = max(tied, key=lambda tie: (tie.starts_at, tie.event_id))
    return Segment(one.status, one.source, one.event_id, moment)


@given(settings_of_a_component(), events(), minutes, minutes)
def test_derive_says_of_every_instant_what_the_contract_says(
    settings: list[Setting], known: list[Influence], one: int, other: int
) -> None:
    start, until = min(one, other), max(one, other)
    derived = derive(settings, known, start=at(start), until=at(until))
    assert derived[0].start == at(start)
    assert derived[-1].end is None
    for minute in range(start, until + 1):
        covering = [
            segment
            for segment in derived
            if segment.start <= at(minute) and (segment.end is None or at(minute) < segment.end)
        ]
        assert [one.is_like(expected(at(minute), settings, known)) for one in covering] == [True]


@given(settings_of_a_component(), events())
def test_derived_segments_follow_each_other_without_gaps_and_without_repetition(
    settings: list[Setting], known: list[Influence]
) -> None:
    for one, following in pairwise(derive(settings, known, start=at(0), until=at(LAST))):
        assert one.end == following.start
        assert one.start < following.start
        assert not one.is_like(following)


@given(settings_of_a_component(), events(), minutes)
def test_splice_of_a_part_derived_again_changes_nothing(
    settings: list[Setting], known: list[Influence], since: int
) -> None:
    whole = derive(settings, known, start=at(0), until=at(LAST))
    reaching = [one for one in whole if one.end is None or one.end > at(since)]
    earlier = [one for one in whole if one not in reaching]
    again = derive(settings, known, start=at(since), until=at(LAST))
    assert earlier + splice(reaching, again) == whole
