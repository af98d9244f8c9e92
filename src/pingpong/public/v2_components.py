"""Components and groups as the `/api/v2/` format has them: a group is a component with members."""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from functools import lru_cache
from typing import Any

from pingpong.overview.component_facts import ComponentFacts
from pingpong.overview.summary import ComponentSummary, GroupSummary, Summary

from .summary_json import write
from .v2_words import component_word, stamp, worst

Document = dict[str, Any]
# Of so many components it is remembered how they are written: a change is one of few.
REMEMBERED = 3_000


def components(
    summary: Summary, facts: Mapping[str, ComponentFacts], zone: tzinfo
) -> dict[str, str]:
    """Return JSON by id: what stands by itself first, then each group before its members."""
    return dict(_Maker(summary, facts, zone).all())


class _Maker:
    def __init__(self, summary: Summary, facts: Mapping[str, ComponentFacts], zone: tzinfo) -> None:
        self._summary, self._facts, self._zone = summary, facts, zone

    def all(self) -> Iterator[tuple[str, str]]:
        position = 0
        for position, one in enumerate(self._summary.ungrouped, 1):
            yield one.id, self._component(one, position, group_id=None)
        for place, group in enumerate(self._summary.groups, position + 1):
            yield group.id, self._group(group, place)
            for within, one in enumerate(group.components, 1):
                yield one.id, self._component(one, within, group_id=group.id)

    def _component(self, one: ComponentSummary, position: int, *, group_id: str | None) -> str:
        return _component_text(
            id_=one.id,
            name=one.name,
            status=one.status,
            description=one.description,
            facts=self._of(one),
            position=position,
            group_id=group_id,
            page_id=self._summary.page_id,
            zone=self._zone,
        )

    def _group(self, group: GroupSummary, position: int) -> str:
        every = [self._of(one) for one in group.components]
        document = {
            "id": group.id,
            "name": group.name,
            "status": worst(component_word(one.status) for one in group.components),
            "created_at": stamp(min(one.created_at for one in every), self._zone),
            "updated_at": stamp(max(one.since for one in every), self._zone),
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
        return write(document)

    def _of(self, one: ComponentSummary) -> ComponentFacts:
        """Return its facts; one that was added since the page was read has none yet."""
        now = self._summary.read_at
        return self._facts.get(one.id) or ComponentFacts(now, now)


@lru_cache(maxsize=REMEMBERED)
def _component_text(
    *,
    id_: str,
    name: str,
    status: str,
    description: str | None,
    facts: ComponentFacts,
    position: int,
    group_id: str | None,
    page_id: str,
    zone: tzinfo,
) -> str:
    return write(
        {
            "id": id_,
            "name": name,
            "status": component_word(status),
            "created_at": stamp(facts.created_at, zone),
            "updated_at": stamp(facts.since, zone),
            "position": position,
            "description": description,
            "showcase": True,
            "start_date": facts.created_at.astimezone(zone).date().isoformat(),
            "group_id": group_id,
            "page_id": page_id,
            "group": False,
            "only_show_if_degraded": False,
        }
    )
