"""A page with news of several components, and readers of its feeds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from factories.actors import DONALD
from factories.components import make_component, make_group
from factories.incidents import make_incident, make_update, resolve
from factories.maintenance import make_maintenance
from factories.moments import at
from pingpong.components.models import Component
from pingpong.incidents.models import Incident
from pingpong.incidents.postmortems import publish_postmortem, write_postmortem
from pingpong.maintenance.models import Maintenance
from pingpong.overview.summary import summarise
from pingpong.pages.models import Page
from pingpong.public.bodies import bodies_of
from pingpong.public.body import Body

DAY = 24 * 60
PAGE = "/s/acme/"
Told = Mapping[str, Body]


@dataclass(frozen=True)
class Story:
    """`outage` goes on and hit the API; `slow` is over and hit the website."""

    page: Page
    api: Component
    website: Component
    secret: Component
    outage: Incident
    slow: Incident
    planned: Maintenance
    over: Maintenance


def make_story(page: Page) -> Story:
    group = make_group(page, "Regions", now=at(0))
    api = make_component(page, "API", description="For programs", now=at(0))
    website = make_component(page, "Website", group=group, now=at(0))
    secret = make_component(page, "Secret", showcased=False, now=at(0))
    slow = make_incident(page, "Slow <pages>", affected=[(website, "Minor issues")], now=at(5))
    make_update(slow, "Verifying", message="<div>Better &amp; better</div>", now=at(10))
    resolve(slow, now=at(20))
    written = write_postmortem(slow, text="<div>A cache</div>", by=DONALD, now=at(30))
    publish_postmortem(written, by=DONALD, now=at(40))
    hit = [(api, "Critical state"), (secret, "Critical state")]
    outage = make_incident(page, "Outage", affected=hit, now=at(50))
    over = make_maintenance(
        page, "Rewiring", scheduled_for=at(25), ends_at=at(45), affected=[website], now=at(2)
    )
    planned = make_maintenance(
        page,
        "Move; north, then \\south",
        scheduled_for=at(2 * DAY),
        ends_at=at(2 * DAY + 60),
        affected=[api, secret],
        now=at(3),
    )
    return Story(page, api, website, secret, outage, slow, planned, over)


def told_of(page: Page, now: datetime) -> Told:
    """Return every path of a page."""
    page.refresh_from_db()
    bodies = bodies_of(summarise(page, now=now), changed_at=now)
    return {one.path: one for one in bodies if isinstance(one, Body)}


def by_id(entries: Any, key: Callable[[Any], str]) -> dict[str, Any]:
    found = {key(one): one for one in entries}
    assert len(found) == len(entries), "each id once"
    return found
