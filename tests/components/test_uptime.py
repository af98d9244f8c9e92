from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.moments import BEGINNING, at
from pingpong.components.status import Status
from pingpong.components.uptime import Span, Tally, tally


def test_tally_without_spans_has_no_percentage() -> None:
    assert tally([], at(0), at(60)) == Tally()
    assert Tally().percentage() is None


@pytest.mark.parametrize(
    ("status", "counted"),
    [
        ("Operational", Tally(up_s=3600)),
        ("Minor issues", Tally(degraded_s=3600)),
        ("Major issues", Tally(degraded_s=3600)),
        ("Critical state", Tally(down_s=3600)),
        ("Unavailable", Tally(down_s=3600)),
        ("Maintenance mode", Tally(maintenance_s=3600)),
        ("Unknown", Tally(unknown_s=3600)),
    ],
)
def test_tally_counts_each_status_as_one_thing(status: str, counted: Tally) -> None:
    assert tally([Span(status, at(0), at(60))], at(0), at(60)) == counted


def test_tally_clips_spans_to_the_window() -> None:
    spans = [Span(Status.OPERATIONAL, at(0), at(60)), Span(Status.CRITICAL, at(60), at(90))]
    assert tally(spans, at(30), at(70)) == Tally(up_s=1800, down_s=600)
    assert tally(spans, at(100), at(200)) == Tally()


@pytest.mark.parametrize(
    ("counted", "percentage"),
    [
        (Tally(up_s=3600), "100.00"),
        (Tally(down_s=1), "0.00"),
        (Tally(up_s=999_999, down_s=1), "99.99"),
        (Tally(up_s=2, down_s=1), "66.66"),
        (Tally(up_s=1, degraded_s=1, down_s=2), "50.00"),
        (Tally(up_s=3, down_s=1, maintenance_s=1000, unknown_s=1000), "75.00"),
        (Tally(up_s=8.2, down_s=1.8), "82.00"),
        (Tally(up_s=9.19, down_s=0.81), "91.90"),
        (Tally(up_s=7_775_999.999999, down_s=0.000001), "99.99"),
    ],
)
def test_percentage_is_floored_to_two_places(counted: Tally, percentage: str) -> None:
    assert counted.percentage() == Decimal(percentage)
    assert str(counted.percentage()) == percentage


@pytest.mark.parametrize("counted", [Tally(maintenance_s=3600), Tally(unknown_s=3600)])
def test_percentage_without_anything_that_counts_is_none(counted: Tally) -> None:
    assert counted.percentage() is None


@st.composite
def ledgers(draw: st.DrawFn) -> list[Span]:
    """Return spans that follow each other without gaps, at any microsecond."""
    steps = draw(st.lists(st.integers(1, 90 * 86_400 * 1_000_000), min_size=1, max_size=8))
    spans, start = [], BEGINNING
    for step in steps:
        end = start + timedelta(microseconds=step)
        spans.append(Span(draw(st.sampled_from(Status.values)), start, end))
        start = end
    return spans


@given(ledgers())
def test_tally_of_a_whole_ledger_is_the_window(spans: list[Span]) -> None:
    start, end = spans[0].start, spans[-1].end
    sums = tally(spans, start, end)
    total = sums.up_s + sums.degraded_s + sums.down_s + sums.maintenance_s + sums.unknown_s
    assert total == pytest.approx((end - start).total_seconds(), abs=1e-5)


@given(ledgers())
def test_percentage_is_exact_and_never_above_the_truth(spans: list[Span]) -> None:
    micros = {"up": 0, "down": 0, "": 0}
    counts_as = dict.fromkeys(("Operational", "Minor issues", "Major issues"), "up")
    counts_as |= {"Critical state": "down", "Unavailable": "down"}
    for span in spans:
        length = (span.end - span.start) // timedelta(microseconds=1)
        micros[counts_as.get(span.status, "")] += length
    percentage = tally(spans, spans[0].start, spans[-1].end).percentage()
    counted = micros["up"] + micros["down"]
    if not counted:
        assert percentage is None
    else:
        assert percentage == Decimal(floor(Fraction(micros["up"], counted) * 10_000)) / 100
