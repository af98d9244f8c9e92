"""The screen of one maintenance: run it by hand, correct it, delete it."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlencode

import pytest

from factories.maintenance import make_maintenance, make_series
from factories.moments import wall
from fixtures.cast import Belongings, Member
from fixtures.visitors import Visit, Visitor
from pingpong.components.models import Component
from pingpong.events.models import Event
from pingpong.kit.clock import utc_now
from pingpong.maintenance.models import Maintenance, MaintenanceSeries
from pingpong.pages.models import Page

from .conftest import Reach, next_year, text_of

HOUR = timedelta(hours=1)
OF_ONE = (
    "one_maintenance",
    "edit_maintenance",
    "preview_edited_maintenance",
    "start_maintenance",
    "extend_maintenance",
    "finish_maintenance",
    "take_back_maintenance",
    "delete_maintenance",
    "end_maintenance_series",
)


@pytest.fixture
def window(acme: Page, website: Component) -> Maintenance:
    """From an hour ago to the next hour."""
    return make_maintenance(acme, starts_in=-HOUR, lasts=2 * HOUR, affected=[website])


@pytest.fixture
def upcoming(acme: Page, website: Component) -> Maintenance:
    return make_maintenance(acme, affected=[website])


@pytest.fixture
def series(acme: Page) -> MaintenanceSeries:
    """Four evenings in next year's June, in UTC."""
    first = wall(f"{next_year()}-06-02T20:00")
    return make_series(acme, "FREQ=WEEKLY;COUNT=4", starts=first, now=first_of_may())


def first_of_may() -> datetime:
    return utc_now().replace(year=next_year(), month=5, day=1)


def planned() -> list[Maintenance]:
    return list(Maintenance.objects.order_by("scheduled_for"))


def typed_in(text: str) -> dict[str, str]:
    return dict(re.findall(r'name="(starts|ends|seen)" value="([^"]*)"', text))


def undo_in(text: str) -> str:
    found = re.search(r'<form method="post" action="([^"]*take-back[^"]*)"', text)
    assert found is not None
    return found[1].replace("&amp;", "&")


def test_the_screen_says_when_what_and_what_can_be_done(
    desk: Visitor, reach: Reach, window: Maintenance
) -> None:
    shown = text_of(desk.get(reach("one_maintenance", maintenance=window.pk)))
    for word in (
        "In progress",
        "Website",
        "Back soon.",
        "Finish now",
        "15 min",
        "On the page: UTC",
    ):
        assert word in shown
    assert "Start now" not in shown


def test_a_viewer_reads_it_and_finds_nothing_to_press(
    visit: Visit, viewer: Member, reach: Reach, window: Maintenance
) -> None:
    shown = text_of(visit(viewer).get(reach("one_maintenance", maintenance=window.pk)))
    assert ("Back soon." in shown, "Finish now" in shown, 'id="delete-maintenance"' in shown) == (
        True,
        False,
        False,
    )


def test_it_is_finished_and_that_is_taken_back(
    desk: Visitor, reach: Reach, window: Maintenance
) -> None:
    answer = desk.post(reach("finish_maintenance", maintenance=window.pk), follow=True)
    shown = text_of(answer)
    assert ("It is finished." in shown, planned()[0].status_at(utc_now())) == (True, "Complete")
    assert "It is as it was." in text_of(desk.post(undo_in(shown), follow=True))
    assert planned()[0].ends_at == window.ends_at


@pytest.mark.parametrize(("minutes", "by"), [("15", 15), ("30", 30), ("60", 60), ("100", 100)])
def test_it_is_extended_and_that_is_taken_back(
    desk: Visitor, reach: Reach, window: Maintenance, minutes: str, by: int
) -> None:
    there = reach("extend_maintenance", maintenance=window.pk)
    shown = text_of(desk.post(there, {"minutes": minutes}, follow=True))
    assert planned()[0].ends_at - window.ends_at == timedelta(minutes=by)
    desk.post(undo_in(shown))
    assert planned()[0].ends_at == window.ends_at


def test_it_is_started_now_and_lasts_as_long(
    desk: Visitor, reach: Reach, upcoming: Maintenance
) -> None:
    shown = text_of(desk.post(reach("start_maintenance", maintenance=upcoming.pk), follow=True))
    now = planned()[0]
    assert ("It has begun." in shown, now.status_at(utc_now())) == (True, "In progress")
    assert now.ends_at - now.scheduled_for == 2 * HOUR
    desk.post(undo_in(shown))
    assert planned()[0].scheduled_for == upcoming.scheduled_for


@pytest.mark.parametrize("minutes", ["", "0", "-5", "1e9", "99999999"])
def test_an_extension_that_is_none_is_refused(
    desk: Visitor, reach: Reach, window: Maintenance, minutes: str
) -> None:
    there = reach("extend_maintenance", maintenance=window.pk)
    assert "Give a number of minutes" in text_of(
        desk.post(there, {"minutes": minutes}, follow=True)
    )
    assert planned()[0].ends_at == window.ends_at


def test_what_somebody_else_has_changed_is_not_taken_back(
    desk: Visitor, reach: Reach, window: Maintenance
) -> None:
    there = reach("extend_maintenance", maintenance=window.pk)
    undo = undo_in(text_of(desk.post(there, {"minutes": "15"}, follow=True)))
    desk.post(there, {"minutes": "15"})
    assert "Its times have changed meanwhile." in text_of(desk.post(undo, follow=True))
    assert planned()[0].ends_at - window.ends_at == timedelta(minutes=30)
    for broken in ("", "?starts=x", "?starts=0001-01-01T00:00:00%2B14:00"):
        address = reach("take_back_maintenance", maintenance=window.pk) + broken
        assert desk.post(address).status_code == 302


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("0001-01-01T00:00:00+00:00", "2026-01-01T00:00:00+00:00"),
        ("2026-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"),
        ("2026-01-01T00:00:00", "2026-01-02T00:00:00"),
    ],
)
def test_nothing_is_taken_back_to_times_that_no_form_takes(
    desk: Visitor, reach: Reach, window: Maintenance, starts: str, ends: str
) -> None:
    seen = (window.scheduled_for.isoformat(), window.ends_at.isoformat())
    names = ("starts", "ends", "seen_starts", "seen_ends")
    query = urlencode(dict(zip(names, (starts, ends, *seen), strict=True)))
    desk.post(f"{reach('take_back_maintenance', maintenance=window.pk)}?{query}")
    assert (planned()[0].scheduled_for, planned()[0].ends_at) == (
        window.scheduled_for,
        window.ends_at,
    )


def test_it_is_edited_and_what_was_not_touched_stays(
    desk: Visitor, reach: Reach, acme: Page, website: Component
) -> None:
    start = utc_now().replace(second=17, microsecond=0) + 48 * HOUR
    window = make_maintenance(acme, scheduled_for=start, affected=[website])
    there = reach("edit_maintenance", maintenance=window.pk)
    fields = dict(
        re.findall(r'name="(starts|ends|seen)" value="([^"]*)"', text_of(desk.get(there)))
    )
    sent = {
        **fields,
        "zone": "Europe/Berlin",
        "title": "Bigger migration",
        "message": window.message,
        "notify_subscribers": "on",
    }
    answer = desk.post(there, sent)
    changed = planned()[0]
    assert (answer.status_code, changed.title) == (302, "Bigger migration")
    assert (changed.scheduled_for, changed.ends_at) == (window.scheduled_for, window.ends_at)
    assert changed.affected.count() == 0
    again = desk.post(there, {**sent, "title": "Too late"})
    assert (again.status_code, planned()[0].title) == (409, "Bigger migration")
    assert "Too late" in text_of(again)


def test_a_form_that_changes_nothing_writes_nothing(
    desk: Visitor, reach: Reach, window: Maintenance, website: Component
) -> None:
    there = reach("edit_maintenance", maintenance=window.pk)
    fields = dict(
        re.findall(r'name="(starts|ends|seen)" value="([^"]*)"', text_of(desk.get(there)))
    )
    desk.post(
        there,
        {
            **fields,
            "zone": "Europe/Berlin",
            "title": window.title,
            "message": window.message,
            "notify_subscribers": "on",
            f"affected-{website.pk}": "Maintenance mode",
        },
    )
    assert Event.objects.filter(kind="maintenance.changed").count() == 0


def edited(starts: str, **said: object) -> dict[str, object]:
    return {
        "zone": "UTC",
        "starts": starts,
        "ends": starts.replace("T20", "T22").replace("T21", "T22"),
        "title": "Big patches",
        **said,
    }


def test_one_of_a_series_is_changed_alone(
    desk: Visitor, reach: Reach, series: MaintenanceSeries
) -> None:
    there = reach("edit_maintenance", maintenance=planned()[1].pk)
    assert 'name="scope" value="following"' in text_of(desk.get(there))
    desk.post(there, edited(f"{next_year()}-06-09T21:00", scope="one"))
    assert [one.title for one in planned()] == ["Patches", "Big patches", "Patches", "Patches"]
    assert MaintenanceSeries.objects.get() == series


def test_one_and_all_that_follow_are_changed(
    desk: Visitor, reach: Reach, series: MaintenanceSeries
) -> None:
    before = [one.pk for one in planned()]
    there = reach("edit_maintenance", maintenance=before[1])
    shown = text_of(desk.get(there))
    assert re.search(r'name="repeats" value="custom"[^>]*checked', shown)
    said = {"scope": "following", "repeats": "custom", "rule": "FREQ=WEEKLY;COUNT=3"}
    preview = desk.post(
        reach("preview_edited_maintenance", maintenance=before[1]),
        edited(f"{next_year()}-06-09T21:00", **said),
    )
    assert ("Big patches" in text_of(preview), planned()[1].title) == (True, "Patches")
    desk.post(there, edited(f"{next_year()}-06-09T21:00", **said))
    assert [f"{one.scheduled_for:%d %H} {one.title}" for one in planned()] == [
        "02 20 Patches",
        "09 21 Big patches",
        "16 21 Big patches",
        "23 21 Big patches",
    ]
    assert [one.pk for one in planned()] == before
    once = desk.post(there, edited(f"{next_year()}-06-09T21:00", scope="following", repeats=""))
    assert (once.status_code, 'id="id_repeats_error"' in text_of(once)) == (422, True)


def test_one_of_a_series_or_all_that_follow_are_deleted(
    desk: Visitor, reach: Reach, series: MaintenanceSeries
) -> None:
    first, second, third, _fourth = (one.pk for one in planned())
    there = reach("delete_maintenance", maintenance=second)
    assert "This one and all that follow" in text_of(desk.post(there))
    assert len(planned()) == 4
    desk.post(there, {"confirm": "yes", "scope": "one"})
    assert [one.pk for one in planned()][:2] == [first, third]
    desk.post(
        reach("delete_maintenance", maintenance=third), {"confirm": "yes", "scope": "following"}
    )
    assert [one.pk for one in planned()] == [first]
    assert desk.post(there, {"confirm": "yes"}).status_code == 404


def test_the_next_dates_are_those_that_are_planned(
    desk: Visitor, reach: Reach, series: MaintenanceSeries
) -> None:
    first, second, third, _fourth = planned()
    second.delete()
    Maintenance.objects.filter(pk=third.pk).update(scheduled_for=third.scheduled_for + HOUR / 2)
    shown = text_of(desk.get(reach("one_maintenance", maintenance=first.pk)))
    repeats = shown[shown.index('id="repeats"') : shown.index('id="said"')]
    on_page = re.findall(r"(\d+) Jun \d+, (\d\d:\d\d)</time>", repeats)[1::2]
    assert on_page == [("2", "20:00"), ("16", "20:30"), ("23", "20:00")]


def test_a_series_is_ended(desk: Visitor, reach: Reach, series: MaintenanceSeries) -> None:
    there = reach("end_maintenance_series", maintenance=planned()[0].pk)
    assert ("End the series?" in text_of(desk.post(there)), len(planned())) == (True, 4)
    desk.post(there, {"confirm": "yes"})
    series.refresh_from_db()
    assert (planned(), series.next_look_at) == ([], None)


def test_what_does_not_repeat_has_no_series_to_end(
    desk: Visitor, reach: Reach, window: Maintenance
) -> None:
    there = reach("end_maintenance_series", maintenance=window.pk)
    answer = desk.post(there, {"confirm": "yes"}, follow=True)
    assert "This maintenance does not repeat." in text_of(answer)


def test_foreign_maintenance_is_answered_as_unknown(
    desk: Visitor, reach: Reach, theirs: Belongings
) -> None:
    before = Maintenance.objects.values().get()
    for pk in (theirs.maintenance.pk, "x" * 22, "-"):
        for name in OF_ONE:
            there = reach(name, maintenance=pk)
            assert desk.post(there, {"confirm": "yes", "minutes": "5"}).status_code in (404, 405)
            assert desk.get(there).status_code in (404, 405)
    assert Maintenance.objects.values().get() == before
