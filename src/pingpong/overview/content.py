"""What a team wrote, in another language: each text that has a translation, the rest as it is."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pingpong.pages.look import Link
from pingpong.pages.models import Subject
from pingpong.pages.translations import Texts

from .chronicle import AffectedSummary, IncidentSummary, MaintenanceSummary, PastDay
from .monitors import MonitorSummary
from .summary import ComponentSummary, GroupSummary, Summary


def in_language(summary: Summary, code: str) -> Summary:
    """Return the page as readers of a language see it; itself where nothing is translated."""
    texts = summary.texts.get(code)
    return _Wording(texts).summary(summary) if texts else summary


class _Wording:
    """The texts of one language, laid over what is read."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def summary(self, one: Summary) -> Summary:
        look = replace(
            one.look,
            header_links=self._links(one.look.header_links),
            footer_links=self._links(one.look.footer_links),
        )
        return replace(
            one,
            look=look,
            name=self._say(Subject.PAGE, one.page_id, "name", one.name),
            ungrouped=self._components(one.ungrouped),
            groups=[self._group(group) for group in one.groups],
            ongoing=self._incidents(one.ongoing),
            in_progress=self._maintenance(one.in_progress),
            upcoming=self._maintenance(one.upcoming),
            past_days=[self._day(day) for day in one.past_days],
            monitors=[self._monitor(monitor) for monitor in one.monitors],
        )

    def _say(self, kind: Subject, subject_id: str, field: str, original: str) -> str:
        return self._texts.get((kind.value, subject_id, field)) or original

    def _describe(self, kind: Subject, subject_id: str, original: str | None) -> str | None:
        return self._say(kind, subject_id, "description", original) if original else original

    def _links(self, links: Iterable[Link]) -> tuple[Link, ...]:
        return tuple(
            Link(self._say(Subject.LINK, one.label, "label", one.label), one.url) for one in links
        )

    def _components(self, some: Iterable[ComponentSummary]) -> list[ComponentSummary]:
        return [
            replace(
                one,
                name=self._say(Subject.COMPONENT, one.id, "name", one.name),
                description=self._describe(Subject.COMPONENT, one.id, one.description),
            )
            for one in some
        ]

    def _group(self, one: GroupSummary) -> GroupSummary:
        return replace(
            one,
            name=self._say(Subject.GROUP, one.id, "name", one.name),
            description=self._describe(Subject.GROUP, one.id, one.description),
            components=self._components(one.components),
        )

    def _monitor(self, one: MonitorSummary) -> MonitorSummary:
        return one._replace(
            name=self._say(Subject.MONITOR, one.id, "name", one.name),
            description=self._describe(Subject.MONITOR, one.id, one.description),
        )

    def _affected(self, some: Iterable[AffectedSummary]) -> list[AffectedSummary]:
        return [
            replace(one, name=self._say(Subject.COMPONENT, one.id, "name", one.name))
            for one in some
        ]

    def _incidents(self, some: Iterable[IncidentSummary]) -> Sequence[IncidentSummary]:
        return [self._incident(one) for one in some]

    def _incident(self, one: IncidentSummary) -> IncidentSummary:
        return replace(
            one,
            title=self._say(Subject.INCIDENT, one.id, "title", one.title),
            message=self._say(Subject.INCIDENT, one.id, "message", one.message),
            postmortem=self._say(Subject.INCIDENT, one.id, "postmortem", one.postmortem)
            if one.postmortem
            else "",
            affected=self._affected(one.affected),
            updates=[
                replace(
                    update, message=self._say(Subject.UPDATE, update.id, "message", update.message)
                )
                for update in one.updates
            ],
        )

    def _maintenance(self, some: Iterable[MaintenanceSummary]) -> Sequence[MaintenanceSummary]:
        return [
            replace(
                one,
                title=self._say(Subject.MAINTENANCE, one.id, "title", one.title),
                message=self._say(Subject.MAINTENANCE, one.id, "message", one.message),
                affected=self._affected(one.affected),
            )
            for one in some
        ]

    def _day(self, one: PastDay) -> PastDay:
        return replace(
            one,
            ongoing=self._incidents(one.ongoing),
            incidents=self._incidents(one.incidents),
            maintenance=self._maintenance(one.maintenance),
        )
