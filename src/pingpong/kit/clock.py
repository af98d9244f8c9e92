"""The one door to the wall clock, and how instants are written."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(tz=UTC)


def whole_second(at: datetime) -> datetime:
    """Drop the fraction of a second: the contract knows whole seconds only."""
    return at.astimezone(UTC).replace(microsecond=0)


def iso_z(at: datetime) -> str:
    """Write an instant as the contract does: ``2020-02-07T14:22:03Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
