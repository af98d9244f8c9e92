"""The compact list in which each component of a page gets a status, or none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from pingpong.components.models import Component
from pingpong.components.status import Status
from pingpong.dashboard.status_words import COMPONENT_WORDS
from pingpong.pages.models import Page

PREFIX = "affected-"
# From here on one looks for a name.
SEARCHED_FROM = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One component as the list shows it; `status` is empty where it is not affected."""

    component: Component
    field: str
    status: str


class AffectedList:
    """What a form says of the components of a page. One query."""

    def __init__(
        self, page: Page, chosen: Mapping[str, str], sent: Mapping[str, str] | None = None
    ) -> None:
        """Show what was `chosen` by component id, or else what a browser has `sent`."""
        rows = Component.objects.filter(page=page).select_related("group")
        self._components = sorted(rows, key=_place)
        self.error: object = ""
        self._chosen = dict(chosen) if sent is None else self._read(sent)

    @property
    def lines(self) -> list[Line]:
        """Return a line for every component, in the order of the page."""
        return [
            Line(one, f"{PREFIX}{one.pk}", self._chosen.get(one.pk, "")) for one in self._components
        ]

    @property
    def affected(self) -> list[tuple[Component, str]]:
        """Return the components that have a status, as verbs take them."""
        return [(one, self._chosen[one.pk]) for one in self._components if self._chosen.get(one.pk)]

    @property
    def statuses(self) -> dict[str, str]:
        """Return the status of each affected component, by id."""
        return {component.pk: status for component, status in self.affected}

    @property
    def names(self) -> str:
        return ", ".join(component.name for component, _status in self.affected)

    @property
    def choices(self) -> list[tuple[str, object]]:
        """Return the statuses to choose from, with their words."""
        return [(status.value, str(word)) for status, word in COMPONENT_WORDS.items()]

    @property
    def is_searched(self) -> bool:
        return len(self._components) >= SEARCHED_FROM

    def _read(self, sent: Mapping[str, str]) -> dict[str, str]:
        known = {one.pk for one in self._components}
        said = {
            name.removeprefix(PREFIX): status
            for name, status in sent.items()
            if name.startswith(PREFIX) and status
        }
        if not said.keys() <= known:
            self.error = _("A component is no longer there. Look at the list again.")
        elif not set(said.values()) <= set(Status.values):
            self.error = _("Choose a status of the list.")
        return {pk: status for pk, status in said.items() if pk in known}


def _place(one: Component) -> tuple[object, ...]:
    if one.group is None:
        return (False, 0, one.created_at, "", one.position, one.created_at, one.pk)
    group = one.group
    return (
        True, group.position, group.created_at, group.pk, one.position, one.created_at, one.pk,
    )  # fmt: skip


def statuses_of(rows: Iterable[object]) -> dict[str, str]:
    """Return what rows of affected components say, by component id."""
    return {row.component_id: row.status for row in rows}  # type: ignore[attr-defined] # of two models
