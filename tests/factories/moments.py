"""Instants to tell stories with: `at(90)` is an hour and a half after the story begins."""

from datetime import UTC, datetime, timedelta

BEGINNING = datetime(2026, 3, 10, 9, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return BEGINNING + timedelta(minutes=minutes)
