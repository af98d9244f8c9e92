"""Components and groups as the `/api/v2/` format has them: a group is a component with members."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from pingpong.overview.component_facts import ComponentFacts
from pingpong.overview.summary import ComponentSummary, GroupSummary, Summary

from .v2_words import component_word, stamp, worst

Document = dict[str, Any]


def components(
    summary: Summary, facts: Mapping[str, ComponentFacts], zone: tzinfo
) -> list[Document]:
    """Return what stands by itself first, then each group before its members."""
    maker = _Maker(summary, facts, zone)
    return list(maker.all())


class _Maker:
    def __init__(self, summary: Summary, facts: Mapping[str, ComponentFacts], zone: tzinfo) -> None:
        self._summary, self._facts, self._zone = summary, facts, zone

    def all(self) -> Iterator[Document]:
        position = 0
        for position, one in enumerate(self._summary.ungrouped, 1):
            yield self._component(one, position, group_id=None)
        for place, group in enumerate(self._summary.groups, position + 1):
            yield self._group(group, place)
            for within, one in enumerate(group.components, 1):
                yield self._component(one, within, group_id=group.id)

    def _component(self, one: ComponentSummary, position: int, *, group_id: str | None) -> Document:
        facts = self._of(one)
        return {
            "id": one.id,
            "name": one.name,
            "status": component_word(one.status),
            **self._times(facts.created_at, facts.since),
            "position": position,
            "description": one.description,
            "showcase": True,
            "start_date": facts.created_at.astimezone(self._zone).date().isoformat(),
            "group_id": group_id,
            "page_id": self._summary.page_id,
            "group": False,
            "only_show_if_degraded": False,
        }

    def _group(self, group: GroupSummary, position: int) -> Document:
        every = [self._of(one) for one in group.components]
        return {
            "id": group.id,
            "name": group.name,
            "status": worst(component_word(one.status) for one in group.components),
            **self._times(min(_created(every)), max(one.since for one in every)),
            "position": position,
            "description": group.description,
            "showcase": False,
            "start_date": None,
            "group_id": None,
            "page_id": self._summary.page_id,
            "group": True,
            "only_show_if_degraded": False,
            "components": [one.id for one in group.components],
        }

    def _times(self, created_at: datetime, updated_at: datetime) -> Document:
        return {
            "created_at": stamp(created_at, self._zone),
            "updated_at": stamp(updated_at, self._zone),
        }

    def _of(self, one: ComponentSummary) -> ComponentFacts:
        """Return its facts; one that was added since the page was read has none yet."""
        now = self._summary.read_at
        return self._facts.get(one.id) or ComponentFacts(now, now)


def _created(every: Iterable[ComponentFacts]) -> list[datetime]:
    return [one.created_at for one in every]
