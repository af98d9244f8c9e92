from datetime import UTC, datetime, timedelta, timezone

from pingpong.kit.clock import iso_z, utc_now, whole_second

NOON_IN_NEPAL = datetime(
    2026, 3, 10, 12, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=5, minutes=45))
)


def test_an_instant_is_written_in_utc_to_the_whole_second() -> None:
    assert iso_z(NOON_IN_NEPAL) == "2026-03-10T06:15:00Z"


def test_a_fraction_is_dropped_not_rounded() -> None:
    assert whole_second(NOON_IN_NEPAL) == datetime(2026, 3, 10, 6, 15, tzinfo=UTC)


def test_now_is_in_utc() -> None:
    assert utc_now().tzinfo is UTC
