"""The words in which the tables of the demo are written. All times are relative to the filling."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class DaysAgo:
    """A time of day in UTC, some days before the filling; a negative number lies ahead."""

    days: int
    at: time

    def seen_from(self, now: datetime) -> datetime:
        return datetime.combine(now.date() - timedelta(days=self.days), self.at, UTC)


@dataclass(frozen=True, slots=True)
class MinutesAgo:
    """An instant shortly before the filling."""

    minutes: int

    def seen_from(self, now: datetime) -> datetime:
        return now - timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Told:
    """An update, `after` minutes from the beginning of its incident."""

    after: int
    status: str
    by: str
    message: str


@dataclass(frozen=True, slots=True)
class Story:
    """An incident, reported `noticed` minutes after it began; no last "Resolved": it goes on."""

    title: str
    message: str
    began: DaysAgo | MinutesAgo
    noticed: int
    by: str
    affected: tuple[tuple[str, str], ...]
    updates: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Planned work of some minutes, announced some days before it begins."""

    title: str
    message: str
    begins: DaysAgo
    minutes: int
    announced: int
    by: str
    affected: tuple[str, ...]
