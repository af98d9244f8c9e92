"""A lively example: the project ACME with 90 days behind it and an incident going on."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from pingpong.custom_metrics.intake import store_points
from pingpong.kit.clock import whole_second
from pingpong.pages.models import Page
from pingpong.teams.bootstrap import Bootstrapped, bootstrap

from .archive import store_measured_past
from .cast import OWNER, OWNER_EMAIL, PROJECT, SLUG, gather
from .curves import points_of
from .gauges import GAUGES
from .parts import FOUNDED_DAYS_AGO
from .replay import plan
from .stage import Stage

Tell = Callable[[str], None]


@transaction.atomic
def fill_demo(*, now: datetime, tell: Tell | None = None) -> Bootstrapped:
    """Make and fill the project ACME, all or nothing; one that is there already stays as it is.

    `tell` gets a sentence for each step. Raises SlugTakenError when others have the slug `acme`.
    """
    if Page.objects.filter(slug=SLUG).exists():
        return _bootstrap(now)
    say = tell or _keep_quiet
    now = whole_second(now)
    say("Making the project ACME and its team")
    founded = now - timedelta(days=FOUNDED_DAYS_AGO)
    made = _bootstrap(founded)
    page = Page.objects.get(pk=made.page_id)
    stage = Stage(page, gather(page, now=founded), now=now)
    say("Writing 90 days of incidents and maintenance")
    plan(stage).run()
    say("Adding two months of measurements")
    _store_measurements(stage)
    store_measured_past(stage)
    return made


def _bootstrap(now: datetime) -> Bootstrapped:
    return bootstrap(project=PROJECT, slug=SLUG, email=OWNER_EMAIL, name=OWNER, now=now)


def _store_measurements(stage: Stage) -> None:
    points = {stage.gauges[gauge.name].pk: points_of(gauge, now=stage.now) for gauge in GAUGES}
    store_points(stage.page.pk, points, now=stage.now)


def _keep_quiet(_step: str) -> None:
    return None
