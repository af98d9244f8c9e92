"""The audit log as a table for spreadsheets: a row for each field that an event tells of."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from pingpong.events.differences import HIDDEN
from pingpong.events.models import Event

from .audit_words import raw_value

COLUMNS = (
    "at",
    "person",
    "person_id",
    "kind",
    "subject",
    "subject_id",
    "field",
    "before",
    "after",
)
# What a spreadsheet would take for a formula, and the mark itself: so that it can be taken off.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\0", "'")


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        return line


def lines(events: Iterable[Event]) -> Iterator[str]:
    """Yield the lines of the file, one after the other."""
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for event in events:
        for row in _rows(event):
            yield writer.writerow([safe(cell) for cell in row])


def safe(cell: str) -> str:
    """Put an apostrophe before what could be run; taking it off gives the text back."""
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def _rows(event: Event) -> Iterator[list[str]]:
    name = event.data.get("name") or event.data.get("title") or ""
    who = [event.at.isoformat(), event.actor, event.actor_id]
    known = [*who, event.kind, str(name), event.subject_id]
    told: Any = event.data.get("differences")
    if not isinstance(told, dict) or not told:
        yield [*known, "", "", ""]
        return
    for field, pair in told.items():
        is_told = isinstance(pair, list) and len(pair) == len(COLUMNS[-2:])
        before, after = pair if is_told else (HIDDEN, HIDDEN)
        yield [*known, field, raw_value(before), raw_value(after)]
