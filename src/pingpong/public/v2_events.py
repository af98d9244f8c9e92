"""Incidents and windows as the `/api/v2/` format has them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.translation import gettext

from pingpong.kit.html import as_text
from pingpong.overview.chronicle import AffectedSummary
from pingpong.overview.recent import RecentIncident, RecentMaintenance

from .feed_entries import entry_url
from .summary_json import write
from .v2_components import Document
from .v2_words import component_word, impact, incident_word, stamp, stamp_if, window_word


@dataclass(frozen=True, slots=True)
class V2Event:
    """An incident or a window, as JSON but for its end: its components change by themselves."""

    opening: str
    status: str
    component_ids: Sequence[str]

    def told(self, components: Mapping[str, str]) -> str:
        """Return the whole; `components` are texts by id."""
        hit = [components[one] for one in self.component_ids if one in components]
        return f'{self.opening},"components":[{",".join(hit)}]}}'


@dataclass(frozen=True, slots=True)
class EventMaker:
    """What all events of a page share; `url` is the page's."""

    page_id: str
    url: str
    zone: tzinfo

    def incident(self, one: RecentIncident) -> V2Event:
        """Return one; a published postmortem is its last update, and its status."""
        told = one.told
        words = [component_word(each.status) for each in told.affected]
        status = "postmortem" if one.postmortem_at else incident_word(told.status)
        document = {
            "id": told.id,
            "name": told.title,
            "status": status,
            "created_at": stamp(one.published_at, self.zone),
            "updated_at": stamp(one.updated_at, self.zone),
            "monitoring_at": stamp_if(one.verifying_at, self.zone),
            "resolved_at": stamp_if(told.resolved_at, self.zone),
            "impact": impact(words),
            "shortlink": entry_url(self.url, "incident", told.id),
            "started_at": stamp(told.occurred_at, self.zone),
            "page_id": self.page_id,
            "incident_updates": list(self._incident_updates(one)),
            "reminder_intervals": None,
        }
        return _event(document, told.affected)

    def maintenance(self, one: RecentMaintenance) -> V2Event:
        told = one.told
        status = window_word(told.status)
        has_begun = status != "scheduled"
        document = {
            "id": told.id,
            "name": told.title,
            "status": status,
            "created_at": stamp(one.created_at, self.zone),
            "updated_at": stamp(one.updated_at, self.zone),
            "monitoring_at": None,
            "resolved_at": stamp(told.ends_at, self.zone) if status == "completed" else None,
            "impact": "maintenance",
            "shortlink": entry_url(self.url, "maintenance", told.id),
            "started_at": stamp(told.scheduled_for if has_begun else one.created_at, self.zone),
            "page_id": self.page_id,
            "incident_updates": list(self._maintenance_updates(one, status)),
            "reminder_intervals": None,
            "scheduled_for": stamp(told.scheduled_for, self.zone),
            "scheduled_until": stamp(told.ends_at, self.zone),
        }
        return _event(document, told.affected)

    def _incident_updates(self, one: RecentIncident) -> Iterator[Document]:
        """Yield newest first what was said."""
        told = one.told
        if one.postmortem_at:
            name, at = f"{told.id}-postmortem", one.postmortem_at
            yield self._update(name, "postmortem", told.postmortem, of=told.id, at=at)
        for each in told.updates:
            word = incident_word(each.status)
            hit = self._hit(told.affected, new="operational" if word == "resolved" else None)
            yield self._update(each.id, word, each.message, of=told.id, at=each.created_at, hit=hit)
        word = "investigating" if told.updates else incident_word(told.status)
        hit = self._hit(told.affected, old="operational")
        yield self._update(told.id, word, told.message, of=told.id, at=told.occurred_at, hit=hit)

    def _maintenance_updates(self, one: RecentMaintenance, status: str) -> Iterator[Document]:
        """Yield newest first what was said, and what the clock has done since."""
        told = one.told
        work, fine = "under_maintenance", "operational"
        if status == "completed":
            said = gettext("The scheduled maintenance has been completed.")
            hit = self._hit(told.affected, old=work, new=fine)
            name = f"{told.id}-completed"
            yield self._update(name, status, said, of=told.id, at=told.ends_at, hit=hit)
        if status != "scheduled":
            said = gettext("Scheduled maintenance is in progress.")
            hit = self._hit(told.affected, old=fine, new=work)
            name, at = f"{told.id}-in-progress", told.scheduled_for
            yield self._update(name, "in_progress", said, of=told.id, at=at, hit=hit)
        hit = self._hit(told.affected, old=fine, new=fine)
        yield self._update(
            told.id, "scheduled", told.message, of=told.id, at=one.created_at, hit=hit
        )

    def _update(
        self,
        name: str,
        status: str,
        message: str,
        *,
        of: str,
        at: datetime,
        hit: Sequence[Document] = (),
    ) -> Document:
        when = stamp(at, self.zone)
        return {
            "id": name,
            "status": status,
            "body": as_text(message),
            "incident_id": of,
            "created_at": when,
            "updated_at": when,
            "display_at": when,
            "affected_components": list(hit) or None,
            "deliver_notifications": True,
            "custom_tweet": None,
            "tweet_id": None,
        }

    def _hit(
        self, affected: Sequence[AffectedSummary], *, old: str | None = None, new: str | None = None
    ) -> list[Document]:
        """Return what an update did to components: what is not said is as the event says."""
        return [
            {
                "code": one.id,
                "name": one.name,
                "old_status": old or component_word(one.status),
                "new_status": new or component_word(one.status),
            }
            for one in affected
        ]


def _event(document: Document, affected: Sequence[AffectedSummary]) -> V2Event:
    opening = write(document).removesuffix("}")
    return V2Event(opening, document["status"], [one.id for one in affected])
