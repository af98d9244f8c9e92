"""Deleting a page takes everything of it, and nothing of anybody else's."""

import pytest
from django.apps import apps
from django.db.models import Model

from factories.teams import make_membership
from fixtures.cast import Belongings, Member
from pingpong.custom_metrics.models import DataPoint
from pingpong.events.models import Event
from pingpong.kit.clock import utc_now
from pingpong.monitors.lifecycle import change_monitor
from pingpong.monitors.models import HourRollup, RawOutcome, Watch
from pingpong.monitors.page_deletion import delete_page_with_monitors
from pingpong.pages.models import Page
from pingpong.public.models import StoredBody, StoredPage
from pingpong.public.render import Renderer
from pingpong.teams.invitations import invite
from pingpong.teams.roles import Role

# What outlives a page on purpose, by plain ids.
KEPT = {"events.Event", "accounts.Person", "account.EmailAddress"}


def rows() -> dict[str, int]:
    """Return how many rows each table of ours has, of those that have any."""
    models: list[type[Model]] = [
        one for one in apps.get_models() if one.__module__.startswith("pingpong.")
    ]
    counted = {one._meta.label: one._base_manager.count() for one in models}
    return {name: total for name, total in counted.items() if total and name not in KEPT}


def test_deleted_page_leaves_no_row_and_others_keep_theirs(
    theirs: Belongings, request: pytest.FixtureRequest
) -> None:
    before = rows()
    owner: Member = request.getfixturevalue("owner")
    ours: Belongings = request.getfixturevalue("ours")
    make_membership(owner.page, Role.VIEWER)
    invite(owner.page, role=Role.VIEWER, inviter=owner.person, now=utc_now())
    change_monitor(ours.monitor, {"url": "https://example.com/"}, by=owner.actor, now=utc_now())
    times = dict.fromkeys(("total_us", "dns_us", "connect_us", "tls_us", "first_byte_us"), 1)
    watch = Watch.objects.get(monitor=ours.monitor)
    RawOutcome.objects.create(watch=watch, slot=1, word="ok", status=200, delay_ms=0, **times)
    sums = dict.fromkeys(("n", "ok", "degraded", "gaps", "sum_us", "min_us", "max_us"), 1)
    HourRollup.objects.create(watch=watch, start=0, bins=b"", **sums)
    DataPoint.objects.create(metric=ours.custom_metric, minute=1, value=1)
    assert rows() != before
    delete_page_with_monitors(owner.page, by=owner.actor, now=utc_now())
    assert rows() == before
    event = Event.objects.latest("pk")
    assert (event.kind, event.actor, event.data["slug"]) == ("page.deleted", "Donald Duck", "acme")


def test_page_is_deleted_once(owner: Member) -> None:
    delete_page_with_monitors(Page.objects.get(), by=owner.actor, now=utc_now())
    with pytest.raises(Page.DoesNotExist):
        delete_page_with_monitors(owner.page, by=owner.actor, now=utc_now())
    assert Event.objects.filter(kind="page.deleted").count() == 1


def test_stored_copies_go_with_the_page(owner: Member, stranger: Member) -> None:
    Renderer().render_due(utc_now())
    kept = StoredBody.objects.filter(page=stranger.page).count()
    assert StoredBody.objects.filter(page=owner.page).exists()
    delete_page_with_monitors(owner.page, by=owner.actor, now=utc_now())
    assert (StoredPage.objects.count(), StoredBody.objects.count()) == (1, kept)
