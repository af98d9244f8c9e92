"""What one engine remembers of a page's history, and which documents it has yet to draw."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from pingpong.overview import archive
from pingpong.overview.archive import Changes, Entry, Index
from pingpong.overview.archived import last_months

from .archive_docs import HISTORY, RECENT_MONTHS, Doc, Kind, month_key, neighbours_of

# So much is drawn in one go: what changed just now must not wait for what changed by the clock.
MOST_WEIGHT = 40
_MONTH_WEIGHT = 8


@dataclass(slots=True)
class Memory:
    """`due` is in the order in which it will be drawn, `marks` are what was drawn of what."""

    shell: object
    zone: tzinfo
    cursor: int
    incidents: Index
    windows: Index
    looked_at: datetime
    due: dict[Doc, None] = field(default_factory=dict)
    marks: dict[Doc, object] = field(default_factory=dict)
    docs: frozenset[Doc] = frozenset()
    told: list[Doc] | None = None
    card: str = ""
    is_new: bool = True

    @classmethod
    def begin(cls, page_id: str, zone: tzinfo, shell: object, *, now: datetime) -> "Memory":
        """Read what there is; all of it is due. Five queries."""
        # The cursor first: what happens meanwhile is told of once more.
        cursor = archive.last_event(page_id)
        incidents = archive.incident_index(page_id, zone)
        windows = archive.window_index(page_id, zone)
        return cls(shell, zone, cursor, incidents, windows, looked_at=now)

    def take(self, page_id: str, changes: Changes, *, now: datetime) -> None:
        """Take over what changed. Four queries at most."""
        self.cursor = changes.cursor
        windows = changes.windows | self._passed(now)
        due = [
            *self._read_again(Kind.INCIDENT, page_id, changes.incidents),
            *self._read_again(Kind.MAINTENANCE, page_id, windows),
            *(self._naming(changes.components) if changes.components else ()),
        ]
        # What changed just now is drawn before what has been waiting.
        self.due = dict.fromkeys(due) | self.due
        self.told = None if due else self.told
        self.looked_at = now

    def settle(
        self,
        components: Mapping[str, object],
        stored: Collection[str],
        path: str,
        *,
        now: datetime,
    ) -> None:
        """Find out which documents there are, and which of them are due besides.

        `components` are what the document of each would be drawn of.
        """
        today = now.astimezone(self.zone).date()
        marks: dict[Doc, object] = {
            Doc(Kind.COMPONENT, one): mark for one, mark in components.items()
        }
        months = sorted(self._begun(now), reverse=True)
        recent = last_months(today, RECENT_MONTHS)
        marks[HISTORY] = (recent, next((one for one in months if one < recent[-1]), None))
        for month, around in neighbours_of(months).items():
            marks[Doc(Kind.HISTORY, month_key(month))] = around
        changed = [doc for doc, mark in marks.items() if self.marks.get(doc) != mark]
        self.marks = marks
        if self.told is None:
            self.told = [*self._told(Kind.INCIDENT), *self._told(Kind.MAINTENANCE)]
        told = self.told
        self.docs = frozenset((*marks, *told))
        every = [*marks, *told]
        is_new, self.is_new = self.is_new, False
        missing = [doc for doc in every if is_new or path + doc.place not in stored]
        due = [*self.due, *changed, *missing]
        self.due = {doc: None for doc in due if doc in self.docs}

    def next_bite(self) -> list[Doc]:
        """Return what is drawn now."""
        bite: list[Doc] = []
        weight = 0
        for doc in self.due:
            weight += _MONTH_WEIGHT if doc.kind is Kind.HISTORY else 1
            if bite and weight > MOST_WEIGHT:
                break
            bite.append(doc)
        return bite

    def is_drawn(self, docs: Iterable[Doc]) -> None:
        for doc in docs:
            self.due.pop(doc, None)

    def _told(self, kind: Kind) -> list[Doc]:
        index = self.incidents if kind is Kind.INCIDENT else self.windows
        return [Doc(kind, pk) for pk in archive.newest_first(index)]

    def _begun(self, now: datetime) -> set[date]:
        months = {one.month for one in self.incidents.values()}
        return months | {one.month for one in self.windows.values() if one.at <= now}

    def _passed(self, now: datetime) -> frozenset[str]:
        """Return the windows that the clock has begun or ended since the last look."""
        # In either order: a clock may be set back.
        before, now = sorted((self.looked_at, now))
        return frozenset(
            pk
            for pk, one in self.windows.items()
            if before < one.at <= now or (one.ends_at and before < one.ends_at <= now)
        )

    def _read_again(self, kind: Kind, page_id: str, ids: Collection[str]) -> Iterator[Doc]:
        if not ids:
            return
        is_incident = kind is Kind.INCIDENT
        index = self.incidents if is_incident else self.windows
        read = archive.incident_index if is_incident else archive.window_index
        fresh = read(page_id, self.zone, ids)
        for pk in sorted(ids):
            before, after = index.pop(pk, None), fresh.get(pk)
            if before:
                yield from _of_entry(Doc(kind, pk), before)
            if after:
                index[pk] = after
                yield from _of_entry(Doc(kind, pk), after)

    def _naming(self, components: frozenset[str]) -> Iterator[Doc]:
        """Yield what names a component that was renamed, shown, hidden or deleted."""
        for kind, index in ((Kind.INCIDENT, self.incidents), (Kind.MAINTENANCE, self.windows)):
            for pk in archive.newest_first(index):
                if not components.isdisjoint(index[pk].components):
                    yield from _of_entry(Doc(kind, pk), index[pk])


def _of_entry(doc: Doc, entry: Entry) -> Iterator[Doc]:
    """Yield a document, and those that have a line about it."""
    yield doc
    yield HISTORY
    yield Doc(Kind.HISTORY, month_key(entry.month))
    for one in entry.components:
        yield Doc(Kind.COMPONENT, one)
