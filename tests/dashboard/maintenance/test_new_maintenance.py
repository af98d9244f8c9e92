"""Planning maintenance: in one's own zone, with the page's beside it."""

import re
from datetime import datetime, timedelta

import pytest

from factories.maintenance import make_maintenance_template
from fixtures.cast import Belongings
from fixtures.visitors import Visitor
from pingpong.components.models import Component
from pingpong.dashboard.templatetags.windows import TO
from pingpong.maintenance.models import Maintenance, MaintenanceSeries
from pingpong.pages.models import Page

from .conftest import Reach, last_sunday, next_year, text_of


def told(window: Maintenance) -> tuple[str, str, str]:
    begins, ends = (at.strftime("%m-%dT%H:%M") for at in (window.scheduled_for, window.ends_at))
    return window.title, begins, ends


def test_times_are_those_of_the_zone_that_was_named(
    desk: Visitor, reach: Reach, filled: dict[str, str], website: Component
) -> None:
    sent = {**filled, f"affected-{website.pk}": "Maintenance mode"}
    answer = desk.post(reach("new_maintenance"), sent)
    window = Maintenance.objects.get()
    assert (answer.status_code, told(window)) == (
        302,
        ("New disks", "06-02T20:00", "06-02T21:30"),
    )
    assert answer["Location"] == reach("one_maintenance", maintenance=window.pk)
    assert list(window.affected.values_list("component_id", flat=True)) == [website.pk]
    assert window.message == "<div>We change <strong>disks</strong>.</div>"
    shown = text_of(desk.get(answer["Location"]))
    year = next_year()
    toast = (
        f"planned for 2 Jun {year}, 22:00 (Europe/Berlin); on the page: 2 Jun {year}, 20:00 (UTC)"
    )
    assert toast in shown
    assert (shown.count(", 22:00</time>"), shown.count(", 20:00</time>")) == (1, 1)


def test_the_zone_of_the_page_can_be_named(
    desk: Visitor, reach: Reach, filled: dict[str, str]
) -> None:
    desk.post(reach("new_maintenance"), {**filled, "zone": "UTC"})
    assert told(Maintenance.objects.get()) == ("New disks", "06-02T22:00", "06-02T23:30")


def test_a_form_with_errors_keeps_what_was_typed(
    desk: Visitor, reach: Reach, filled: dict[str, str], website: Component
) -> None:
    sent = {**filled, "ends": filled["starts"], f"affected-{website.pk}": "Maintenance mode"}
    answer = desk.post(reach("new_maintenance"), sent)
    shown = text_of(answer)
    assert (answer.status_code, "This is not after the start." in shown) == (422, True)
    assert 'value="New disks"' in shown
    assert re.search(rf'id="affected-{website.pk}" value="Maintenance mode" checked', shown)
    assert Maintenance.objects.count() == 0


@pytest.mark.parametrize("typed", ["", "soon", "9999-12-31T23:59", "2026-02-30T10:00"])
def test_a_time_that_is_none_is_said_beside_it(
    desk: Visitor, reach: Reach, filled: dict[str, str], typed: str
) -> None:
    answer = desk.post(reach("new_maintenance"), {**filled, "starts": typed})
    assert (answer.status_code, 'id="id_starts_error"' in text_of(answer)) == (422, True)


def test_a_time_that_clocks_skip_is_refused_with_the_rule(
    desk: Visitor, reach: Reach, filled: dict[str, str]
) -> None:
    day = last_sunday(3).date().isoformat()
    sent = {**filled, "starts": f"{day}T02:30", "ends": f"{day}T04:00"}
    answer = desk.post(reach("new_maintenance"), sent)
    said = re.findall(r'id="id_starts_error">([^<]*)', text_of(answer))
    rule = (
        "Clocks in Europe/Berlin are set forward that day and skip this time. "
        "The next one that there is: 03:00."
    )
    assert (answer.status_code, said) == (422, [rule])
    assert Maintenance.objects.count() == 0


@pytest.mark.parametrize(("chosen", "utc"), [("0", "T00:30"), ("1", "T01:30")])
def test_a_time_that_comes_twice_is_asked_for(
    desk: Visitor, reach: Reach, filled: dict[str, str], chosen: str, utc: str
) -> None:
    day = last_sunday(10).date().isoformat()
    sent = {**filled, "starts": f"{day}T02:30", "ends": f"{day}T04:00"}
    answer = desk.post(reach("new_maintenance"), sent)
    shown = text_of(answer)
    assert (answer.status_code, "Choose one of the two." in shown) == (422, True)
    assert "The earlier one: 02:30 (UTC+02:00)" in shown
    assert "The later one: 02:30 (UTC+01:00)" in shown
    desk.post(reach("new_maintenance"), {**sent, "starts_reading": chosen})
    assert f"{Maintenance.objects.get().scheduled_for:T%H:%M}" == utc


def test_dates_are_shown_in_both_zones_before_anything_is_stored(
    desk: Visitor, reach: Reach, filled: dict[str, str]
) -> None:
    day = last_sunday(3)
    first = (day - timedelta(days=7)).date().isoformat()
    sent = {
        **filled,
        "title": "",
        "starts": f"{first}T02:30",
        "ends": f"{first}T03:30",
        "repeats": "weekly",
    }
    shown = text_of(desk.post(reach("maintenance_dates"), sent))
    clocks = re.findall(rf", (\d\d:\d\d)</time>{TO}", shown)
    assert clocks == [
        "02:30", "01:30", "03:30", "01:30", "02:30", "00:30", "02:30", "00:30", "02:30", "00:30",
    ]  # fmt: skip
    assert shown.count("Clocks are set forward: it begins as much later.") == 1
    assert "… and so on." in shown
    whole = desk.post(reach("new_maintenance"), {**sent, "action": "dates"})
    assert (whole.status_code, text_of(whole).count(f"</time>{TO}")) == (422, 10)
    assert Maintenance.objects.count() == 0


def test_a_time_that_comes_twice_is_asked_for_as_one_types(
    desk: Visitor, reach: Reach, filled: dict[str, str]
) -> None:
    day = last_sunday(10).date().isoformat()
    sent = {**filled, "starts": f"{day}T02:30", "ends": f"{day}T04:00"}
    shown = text_of(desk.post(reach("maintenance_dates"), sent))
    assert 'id="readings" class="dates-box" aria-live="polite" hx-swap-oob="true"' in shown
    assert ("The later one: 02:30 (UTC+01:00)" in shown, "<table" in shown) == (True, False)
    chosen = text_of(desk.post(reach("maintenance_dates"), {**sent, "starts_reading": "1"}))
    assert ("<table" in chosen, f", 01:30</time>{TO}" in chosen) == (True, True)


def test_dates_say_what_is_wrong_as_one_types(
    desk: Visitor, reach: Reach, filled: dict[str, str]
) -> None:
    sent = {**filled, "repeats": "custom", "rule": "FREQ=HOURLY"}
    shown = text_of(desk.post(reach("maintenance_dates"), sent))
    assert "Begin with FREQ=DAILY, FREQ=WEEKLY, FREQ=MONTHLY or FREQ=YEARLY." in shown
    assert "<table" not in shown


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"repeats": "weekly"}, "FREQ=WEEKLY;INTERVAL=1;BYDAY={weekday}"),
        (
            {"repeats": "weekly", "weekdays": ["MO", "TH"], "every": "2"},
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
        ),
        ({"repeats": "month_day"}, "FREQ=MONTHLY;BYMONTHDAY=2"),
        (
            {"repeats": "month_day", "month_day": "-1", "stops": "count", "count": "4"},
            "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=4",
        ),
        ({"repeats": "month_weekday"}, "FREQ=MONTHLY;BYDAY=1{weekday}"),
        (
            {"repeats": "month_weekday", "nth": "-1", "weekday": "FR", "every": "x"},
            "FREQ=MONTHLY;BYDAY=-1FR",
        ),
        (
            {"repeats": "custom", "rule": "rrule:freq=daily;interval=3;count=5", "count": "x"},
            "FREQ=DAILY;INTERVAL=3;COUNT=5",
        ),
    ],
)
def test_what_repeats_is_a_series_with_windows_of_its_own(
    desk: Visitor, reach: Reach, filled: dict[str, str], said: dict[str, object], rule: str
) -> None:
    answer = desk.post(reach("new_maintenance"), {**filled, **said})
    series = MaintenanceSeries.objects.get()
    weekday = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[day_of(filled["starts"])]
    assert series.rule == rule.format(weekday=weekday)
    assert (series.time_zone, series.minutes) == ("Europe/Berlin", 90)
    first = Maintenance.objects.order_by("scheduled_for")[0]
    assert answer["Location"] == reach("one_maintenance", maintenance=first.pk)
    assert "by the clocks of Europe/Berlin" in text_of(desk.get(answer["Location"]))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_day_that_is_none_is_left_out(desk: Visitor, reach: Reach, day: str) -> None:
    answer = desk.get(f"{reach('new_maintenance')}?day={day}")
    assert (answer.status_code, day in text_of(answer)) == (200, False)


def day_of(starts: str) -> int:
    return datetime.fromisoformat(starts).weekday()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"repeats": "custom"}, "rule"),
        ({"repeats": "custom", "rule": "FREQ=DAILY;BYSECOND=1"}, "rule"),
        ({"repeats": "custom", "rule": "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"}, "rule"),
        ({"repeats": "weekly", "stops": "count"}, "count"),
        ({"repeats": "weekly", "stops": "until", "until": "2020-01-01"}, "until"),
        ({"repeats": "weekly", "every": "0"}, "every"),
        ({"repeats": "hourly"}, "repeats"),
    ],
)
def test_a_rule_that_is_none_is_said_beside_its_field(
    desk: Visitor, reach: Reach, filled: dict[str, str], said: dict[str, str], field: str
) -> None:
    answer = desk.post(reach("new_maintenance"), {**filled, **said})
    assert (answer.status_code, f'id="id_{field}_error"' in text_of(answer)) == (422, True)
    assert MaintenanceSeries.objects.count() == 0


def test_a_template_fills_in_words_components_and_length(
    desk: Visitor, reach: Reach, acme: Page, website: Component, filled: dict[str, str]
) -> None:
    template = make_maintenance_template(
        acme, title="{{component}} and {{what}} on {{date}}", minutes=90, affected=[website]
    )
    shown = text_of(desk.get(reach("new_maintenance"), {"template": template.pk}))
    assert 'value="Website and {{what}} on {{date}}"' in shown
    starts, ends = re.findall(
        r'type="datetime-local" name="\w+" value="[^"]*T(\d\d):(\d\d)"', shown
    )
    lasts = (int(ends[0]) - int(starts[0])) * 60 + int(ends[1]) - int(starts[1])
    assert lasts % (24 * 60) == 90
    sent = {**filled, "template": template.pk, "title": "{{what}} on {{date}} at {{time}}"}
    answer = desk.post(reach("new_maintenance"), sent)
    assert (answer.status_code, 'id="id_fill-what_error"' in text_of(answer)) == (422, True)
    desk.post(reach("new_maintenance"), {**sent, "fill-what": "Disks"})
    assert Maintenance.objects.get().title == f"Disks on {next_year()}-06-02 at 20:00 UTC"


def test_a_foreign_template_is_answered_as_an_unknown_one(
    desk: Visitor, reach: Reach, theirs: Belongings
) -> None:
    foreign = make_maintenance_template(theirs.component.page)
    for pk in (foreign.pk, "x" * 22, "\0"):
        assert desk.get(reach("new_maintenance"), {"template": pk}).status_code == 404


def test_a_foreign_component_is_refused(
    desk: Visitor, reach: Reach, theirs: Belongings, filled: dict[str, str]
) -> None:
    sent = {**filled, f"affected-{theirs.component.pk}": "Maintenance mode"}
    answer = desk.post(reach("new_maintenance"), sent)
    assert (answer.status_code, "A component is no longer there." in text_of(answer)) == (422, True)


def test_a_preview_shows_it_and_stores_nothing(
    desk: Visitor, reach: Reach, filled: dict[str, str]
) -> None:
    for said in ({}, {"repeats": "weekly", "stops": "count", "count": "3"}):
        shown = text_of(desk.post(reach("preview_new_maintenance"), {**filled, **said}))
        assert ("New disks" in shown, "change" in shown) == (True, True)
    assert (Maintenance.objects.count(), MaintenanceSeries.objects.count()) == (0, 0)
    nothing = desk.post(reach("preview_new_maintenance"), {})
    assert (nothing.status_code, "Nothing to see yet" in text_of(nothing)) == (422, True)


def test_the_screen_says_how_many_people_are_told(desk: Visitor, reach: Reach) -> None:
    shown = text_of(desk.get(reach("new_maintenance"), {"day": "2027-05-04"}))
    assert "2 people of the team see it in the dashboard." in shown
    assert 'name="starts" value="2027-05-04T' in shown
