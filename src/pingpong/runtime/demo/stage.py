"""The project while it is being filled: the tables' names on one side, the verbs on the other."""

from datetime import datetime, timedelta

from pingpong.components.groups import create_group
from pingpong.components.lifecycle import create_component
from pingpong.components.models import Component, ComponentGroup
from pingpong.custom_metrics.lifecycle import create_custom_metric
from pingpong.custom_metrics.models import CustomMetric
from pingpong.incidents.lifecycle import open_incident, post_update
from pingpong.incidents.models import Incident
from pingpong.kit.actor import Actor
from pingpong.kit.html import as_message
from pingpong.maintenance.lifecycle import schedule_maintenance
from pingpong.monitors.lifecycle import create_monitor, pause_monitor
from pingpong.monitors.models import Monitor
from pingpong.pages.models import Page

from .cast import OWNER
from .gauges import Gauge
from .parts import Part
from .story import Story, Told, Window
from .watches import Watch


class Stage:
    """Each method does one thing of the past at its own time, given as `at`."""

    def __init__(self, page: Page, actors: dict[str, Actor], *, now: datetime) -> None:
        self.page = page
        self.actors = actors
        self.now = now
        self.components: dict[str, Component] = {}
        self.gauges: dict[str, CustomMetric] = {}
        self.monitors: dict[str, Monitor] = {}
        self._groups: dict[str, ComponentGroup] = {}
        self._incidents: dict[str, Incident] = {}

    def add_group(self, name: str, description: str | None, *, at: datetime) -> None:
        self._groups[name] = create_group(
            self.page, name=name, description=description, by=self.actors[OWNER], now=at
        )

    def add_part(self, part: Part, *, at: datetime) -> None:
        self.components[part.name] = create_component(
            self.page,
            name=part.name,
            group=self._groups[part.group] if part.group else None,
            description=part.description,
            showcased=part.showcased,
            by=self.actors[OWNER],
            now=at,
        )

    def add_watch(self, watch: Watch, *, at: datetime) -> None:
        self.monitors[watch.name] = create_monitor(
            self.page,
            name=watch.name,
            url=watch.address,
            description=watch.description,
            component=self.components[watch.component] if watch.component else None,
            frequency=watch.frequency,
            locations=watch.locations,
            showcased=watch.showcased,
            kind=watch.kind,
            options=watch.options,
            by=self.actors[OWNER],
            now=at,
        )

    def pause_watch(self, watch: Watch, *, at: datetime) -> None:
        pause_monitor(self.monitors[watch.name], by=self.actors[OWNER], now=at)

    def add_gauge(self, gauge: Gauge, *, at: datetime) -> None:
        self.gauges[gauge.name] = create_custom_metric(
            self.page,
            name=gauge.name,
            description=gauge.description,
            component=self.components[gauge.component] if gauge.component else None,
            suffix=gauge.suffix,
            rollup=gauge.rollup,
            by=self.actors[OWNER],
            now=at,
        )

    def open(self, story: Story, *, at: datetime) -> None:
        self._incidents[story.title] = open_incident(
            self.page,
            title=story.title,
            message=as_message(story.message),
            occurred_at=story.began.seen_from(self.now),
            notify_subscribers=False,  # old news, whoever reads the journal later
            affected=[(self.components[name], status) for name, status in story.affected],
            by=self.actors[story.by],
            now=at,
        )

    def go_on(self, story: Story, told: Told, *, at: datetime) -> None:
        post_update(
            self._incidents[story.title],
            status=told.status,
            message=as_message(told.message),
            by=self.actors[told.by],
            now=at,
        )

    def announce(self, window: Window, *, at: datetime) -> None:
        begins = window.begins.seen_from(self.now)
        schedule_maintenance(
            self.page,
            title=window.title,
            message=as_message(window.message),
            scheduled_for=begins,
            ends_at=begins + timedelta(minutes=window.minutes),
            notify_subscribers=False,
            affected=[self.components[name] for name in window.affected],
            by=self.actors[window.by],
            now=at,
        )
