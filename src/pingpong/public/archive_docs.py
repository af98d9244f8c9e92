"""What the history of a page consists of: one document each, and where it is found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

RECENT_MONTHS = 3
# A month of a script run wild must not become a page that nobody can open.
MOST_IN_MONTH = 100


class Kind(StrEnum):
    """The first part of the path of a document."""

    HISTORY = "history"
    INCIDENT = "incidents"
    MAINTENANCE = "maintenance"
    COMPONENT = "components"


class Doc(NamedTuple):
    """`key` is an id, a month such as ``2026-11``, or empty for the newest months."""

    kind: Kind
    key: str = ""

    @property
    def place(self) -> str:
        """Return its path below that of the page."""
        return f"{self.kind}/{self.key}/" if self.key else f"{self.kind}/"

    @property
    def root(self) -> str:
        """Return how the page is reached from it."""
        return "../../" if self.key else "../"


HISTORY = Doc(Kind.HISTORY)


def month_key(month: date) -> str:
    return f"{month:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The months before and after one, among those that have something to tell."""

    older: date | None
    newer: date | None


def neighbours_of(months: Sequence[date]) -> Mapping[date, Neighbours]:
    """Return the neighbours of each month; they come newest first."""
    return {
        month: Neighbours(
            months[place + 1] if place + 1 < len(months) else None,
            months[place - 1] if place else None,
        )
        for place, month in enumerate(months)
    }
