"""The history of each page: what was touched is drawn again, a bite at a time."""

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pingpong.components.day_bars import DayState
from pingpong.components.days import zone_named
from pingpong.components.uptime import Tally
from pingpong.overview import archive
from pingpong.overview.summary import ComponentSummary, Summary

from .archive_bodies import draw_docs
from .archive_docs import Doc, Kind
from .archive_memory import Memory
from .archive_shell import Shell, is_of_a_shell, shell_bodies, shell_of
from .body import Body, Kept
from .card import NAME, Card, card_body, card_of

_REMEMBERED = 200
_CALM = frozenset({DayState.UP, DayState.NO_DATA})


@dataclass(frozen=True, slots=True)
class Drawn:
    """`is_whole` is false while there is more to draw."""

    bodies: Sequence[Body | Kept] = ()
    is_whole: bool = True


NOTHING = Drawn()


class Archives:
    """What one engine remembers of the histories that it has drawn, by path."""

    def __init__(self) -> None:
        self._memories: OrderedDict[str, tuple[str, Memory]] = OrderedDict()
        self._remembering = threading.Lock()

    def draw(
        self, summary: Summary, stored: Collection[str], *, path: str, url: str, now: datetime
    ) -> Drawn:
        """Draw what has changed since the last time, and keep what is stored of the rest.

        One query where nothing has; the number for what has does not depend on how much it is.
        """
        shell = shell_of(summary, path=path, url=url)
        memory = self._up_to_date(summary, shell, now)
        components = {one.id: _mark(one, summary) for one in summary.components}
        memory.settle(components, stored, path, now=now)
        bite = memory.next_bite()
        fresh = {body.path: body for body in draw_docs(bite, memory, summary, shell, now=now)}
        memory.is_drawn(bite)
        card = card_of(summary)
        bodies = (
            *fresh.values(),
            *_kept(memory.docs, shell, fresh, stored),
            *_shell(shell, stored, is_whole=not memory.due),
            _card(path, card, memory, stored),
        )
        return Drawn(bodies, not memory.due)

    def forget(self, page_id: str) -> None:
        """Draw a page's history anew next time: what was drawn last was not stored."""
        with self._remembering:
            for path in [path for path, (of, _) in self._memories.items() if of == page_id]:
                del self._memories[path]

    def _up_to_date(self, summary: Summary, shell: Shell, now: datetime) -> Memory:
        page_id = summary.page_id
        with self._remembering:
            of, memory = self._memories.get(shell.path, ("", None))
        changes = None
        # An address that was given up may be another page's by now.
        if memory is not None and (of, memory.shell) == (page_id, shell):
            changes = archive.changes_since(page_id, memory.cursor)
        if memory is None or changes is None:
            memory = Memory.begin(page_id, zone_named(shell.time_zone), shell, now=now)
        else:
            memory.take(page_id, changes, now=now)
        with self._remembering:
            self._memories[shell.path] = (page_id, memory)
            self._memories.move_to_end(shell.path)
            while len(self._memories) > _REMEMBERED:
                self._memories.popitem(last=False)
        return memory


def draw_one(summary: Summary, place: str, *, path: str, url: str, now: datetime) -> Body | None:
    """Return what one path of the history of a page answers that is stored nowhere.

    `place` is below `path`; None where there is nothing.
    """
    shell = shell_of(summary, path=path, url=url)
    if place == NAME:
        return card_body(path, card_of(summary))
    asset = next((one for one in shell_bodies(shell) if one.path == path + place), None)
    doc = _doc_at(place)
    if asset or doc is None:
        return asset
    memory = Memory.begin(summary.page_id, zone_named(shell.time_zone), shell, now=now)
    components: dict[str, Any] = {one.id: None for one in summary.components}
    memory.settle(components, (), path, now=now)
    if doc not in memory.docs:
        return None
    return next(draw_docs([doc], memory, summary, shell, now=now), None)


def _doc_at(place: str) -> Doc | None:
    kind, _, rest = place.partition("/")
    key = rest.removesuffix("/")
    if kind not in list(Kind) or (rest and rest == key) or not place.endswith("/"):
        return None
    return Doc(Kind(kind), key) if key or kind == Kind.HISTORY else None


def _mark(component: ComponentSummary, summary: Summary) -> object:
    """Stand for all that the document of a component shows of the present."""
    return (
        summary.today,
        component.name,
        component.description,
        component.status,
        component.uptime,
        [
            (place, day.percentage, *_minutes(day.tally))
            for place, day in enumerate(component.days)
            if day.worst not in _CALM
        ],
        sum(day.worst is DayState.UP for day in component.days),
    )


def _minutes(sums: Tally) -> tuple[int, int, int]:
    return int(sums.down_s // 60), int(sums.degraded_s // 60), int(sums.maintenance_s // 60)


def _kept(
    docs: Collection[Doc], shell: Shell, fresh: Collection[str], stored: Collection[str]
) -> Iterator[Kept]:
    for doc in docs:
        path = shell.path + doc.place
        if path not in fresh and path in stored:
            yield Kept(path)


def _shell(shell: Shell, stored: Collection[str], *, is_whole: bool) -> Iterator[Body | Kept]:
    """Yield style sheet and script, and the earlier ones while a document may ask for them."""
    own = shell_bodies(shell)
    for body in own:
        yield Kept(body.path) if body.path in stored else body
    if not is_whole:
        names = {body.path for body in own}
        yield from (
            Kept(path) for path in stored if is_of_a_shell(path, shell) and path not in names
        )


def _card(path: str, card: Card, memory: Memory, stored: Collection[str]) -> Body | Kept:
    if memory.card == card.mark and f"{path}{NAME}" in stored:
        return Kept(f"{path}{NAME}")
    memory.card = card.mark
    return card_body(path, card)
