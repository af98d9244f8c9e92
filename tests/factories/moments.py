"""Instants to tell stories with: `at(90)` is an hour and a half after the story begins."""

from datetime import UTC, datetime, timedelta

BEGINNING = datetime(2026, 3, 10, 9, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return BEGINNING + timedelta(minutes=minutes)


def wall(text: str) -> datetime:
    """Return a time of day on some clock, which says of no zone: ``wall("2026-03-29T02:30")``."""
    return datetime.fromisoformat(text)
