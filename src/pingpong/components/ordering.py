"""Places in a list: each new thing goes to the end; moving one numbers all of them anew."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max, QuerySet

# The ids of components in the order of the page, by the id of their group; None comes first.
Order = dict[str | None, list[str]]


def next_position(rows: QuerySet[Any]) -> int:
    """Return the position after the last of some rows."""
    last = rows.order_by().aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def order_of(groups: Iterable[str], members: Iterable[tuple[str, str | None]]) -> Order:
    """Put (component, group) pairs, which are in order, below their groups."""
    order: Order = {None: [], **{group: [] for group in groups}}
    for component, group in members:
        order[group].append(component)
    return order


def moved(order: Order, component: str, *, group: str | None, before: str) -> Order:
    """Return the order with a component in a group, before another one or else at its end."""
    found = {key: [one for one in some if one != component] for key, some in order.items()}
    found[group] = shifted(found[group], component, before=before)
    return found


def shifted(ids: Sequence[str], one: str, *, before: str) -> list[str]:
    """Return ids with one of them, or a new one, before another or else at the end."""
    rest = [other for other in ids if other != one]
    place = rest.index(before) if before in rest else len(rest)
    return [*rest[:place], one, *rest[place:]]


def neighbour(ids: Sequence[str], one: str, *, up: bool) -> str | None:
    """Return before which id one goes by a step; "" is the end, None no step at all."""
    place = ids.index(one)
    if up:
        return ids[place - 1] if place else None
    if place == len(ids) - 1:
        return None
    return ids[place + 2] if place + 2 < len(ids) else ""


def stepped(order: Order, component: str, *, up: bool) -> tuple[str | None, str]:
    """Return the group, and before whom, a component gets to by one step.

    From the first place of a group it goes to the end of the group above, and so on.
    """
    groups = list(order)
    at = next(number for number, key in enumerate(groups) if component in order[key])
    here = order[groups[at]]
    before = neighbour(here, component, up=up)
    if before is not None:
        return groups[at], before
    following = at + (-1 if up else 1)
    if not 0 <= following < len(groups):
        place = here.index(component)
        return groups[at], here[place + 1] if place + 1 < len(here) else ""
    below = order[groups[following]]
    return groups[following], below[0] if below and not up else ""
