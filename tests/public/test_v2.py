"""`/api/v2/`, field for field."""

import json
from typing import Any

import pytest

from factories.components import make_component
from factories.incidents import make_incident, resolve
from factories.maintenance import make_maintenance
from factories.moments import at
from pingpong.overview.recent import MOST_INCIDENTS
from pingpong.pages.models import Page
from pingpong.public.copies import JSON
from pingpong.public.summary_json import AGE_SLOT
from pingpong.public.v2_words import stamp

from .feed_stories import DAY, PAGE, Story, make_story, told_of

pytestmark = pytest.mark.django_db

COMPONENT = {
    "id", "name", "status", "created_at", "updated_at", "position", "description", "showcase",
    "start_date", "group_id", "page_id", "group", "only_show_if_degraded",
}  # fmt: skip
INCIDENT = {
    "id", "name", "status", "created_at", "updated_at", "monitoring_at", "resolved_at", "impact",
    "shortlink", "started_at", "page_id", "incident_updates", "components", "reminder_intervals",
}  # fmt: skip
UPDATE = {
    "id", "status", "body", "incident_id", "created_at", "updated_at", "display_at",
    "affected_components", "deliver_notifications", "custom_tweet", "tweet_id",
}  # fmt: skip
WINDOW = INCIDENT | {"scheduled_for", "scheduled_until"}
NAMES = {
    "summary.json": {"components", "incidents", "scheduled_maintenances", "status"},
    "status.json": {"status"},
    "components.json": {"components"},
    "incidents.json": {"incidents"},
    "incidents/unresolved.json": {"incidents"},
    "scheduled-maintenances.json": {"scheduled_maintenances"},
    "scheduled-maintenances/upcoming.json": {"scheduled_maintenances"},
    "scheduled-maintenances/active.json": {"scheduled_maintenances"},
}
FOLDER = f"{PAGE}api/v2/"


@pytest.fixture
def story(page: Page) -> Story:
    return make_story(page)


def _documents(page: Page, minute: float = 60) -> dict[str, Any]:
    told = told_of(page, at(minute))
    bodies = {path.removeprefix(FOLDER): one for path, one in told.items() if FOLDER in path}
    assert {one.content_type for one in bodies.values()} == {JSON}
    assert {one.text.count(AGE_SLOT.encode()) for one in bodies.values()} == {1}
    return {name: json.loads(one.text) for name, one in bodies.items()}


def test_documents_have_exactly_the_fields_of_the_format(story: Story) -> None:
    told = _documents(story.page)
    assert {name: set(one) - {"page", "stale"} for name, one in told.items()} == NAMES
    for one in told.values():
        assert set(one["page"]) == {"id", "name", "url", "time_zone", "updated_at"}
        for part in one.get("components", []):
            assert set(part) - {"components"} == COMPONENT
            assert ("components" in part) == part["group"]
        for part in one.get("incidents", []):
            assert set(part) == INCIDENT
            assert [set(update) for update in part["incident_updates"]].count(UPDATE) > 0
        for part in one.get("scheduled_maintenances", []):
            assert set(part) == WINDOW
            assert {frozenset(update) for update in part["incident_updates"]} == {frozenset(UPDATE)}
            assert [set(each) for each in part["components"]] == [COMPONENT]


def test_page_and_status_are_told_in_the_words_of_the_format(story: Story) -> None:
    told = _documents(story.page)["status.json"]
    assert told == {
        "page": {
            "id": story.page.pk,
            "name": "ACME",
            "url": "http://testserver/s/acme/",
            "time_zone": "Etc/UTC",
            "updated_at": "2026-03-10T10:00:00.000Z",
        },
        "status": {"indicator": "major", "description": "Partial System Outage"},
        "stale": False,
    }


def test_components_follow_each_other_with_their_groups(story: Story) -> None:
    api, group, website = _documents(story.page)["components.json"]["components"]
    assert api == {
        "id": story.api.pk,
        "name": "API",
        "status": "major_outage",
        "created_at": "2026-03-10T09:00:00.000Z",
        "updated_at": "2026-03-10T09:50:00.000Z",
        "position": 1,
        "description": "For programs",
        "showcase": True,
        "start_date": "2026-03-10",
        "group_id": None,
        "page_id": story.page.pk,
        "group": False,
        "only_show_if_degraded": False,
    }
    assert (group["name"], group["group"], group["position"]) == ("Regions", True, 2)
    assert group["components"] == [story.website.pk]
    assert (website["group_id"], website["status"]) == (group["id"], "operational")


def test_incident_is_told_with_its_postmortem_as_the_last_update(story: Story) -> None:
    outage, slow = _documents(story.page)["incidents.json"]["incidents"]
    assert (outage["status"], outage["impact"]) == ("investigating", "critical")
    assert [one["id"] for one in outage["components"]] == [story.api.pk]
    assert {**slow, "components": [], "incident_updates": []} == {
        "id": story.slow.pk,
        "name": "Slow <pages>",
        "status": "postmortem",
        "created_at": "2026-03-10T09:05:00.000Z",
        "updated_at": "2026-03-10T09:40:00.000Z",
        "monitoring_at": "2026-03-10T09:10:00.000Z",
        "resolved_at": "2026-03-10T09:20:00.000Z",
        "impact": "minor",
        "shortlink": f"http://testserver/s/acme/incidents/{story.slow.pk}/",
        "started_at": "2026-03-10T09:05:00.000Z",
        "page_id": story.page.pk,
        "incident_updates": [],
        "components": [],
        "reminder_intervals": None,
    }
    updates = slow["incident_updates"]
    assert [(one["status"], one["body"]) for one in updates] == [
        ("postmortem", "A cache"),
        ("resolved", "Resolved."),
        ("monitoring", "Better & better"),
        ("investigating", "We are looking into it."),
    ]
    hit = {"code": story.website.pk, "name": "Website"}
    assert [one["affected_components"] for one in updates] == [
        None,
        [{**hit, "old_status": "degraded_performance", "new_status": "operational"}],
        [{**hit, "old_status": "degraded_performance", "new_status": "degraded_performance"}],
        [{**hit, "old_status": "operational", "new_status": "degraded_performance"}],
    ]
    assert len({one["id"] for one in updates}) == 4


def test_windows_are_told_by_what_the_clock_has_made_of_them(story: Story) -> None:
    name = "scheduled_maintenances"
    seen = []
    for minute in (60, 2 * DAY + 1, 2 * DAY + 61):
        told = _documents(story.page, minute)
        every = {one["id"]: one for one in told["scheduled-maintenances.json"][name]}
        window = every[story.planned.pk]
        seen.append(
            (
                window["status"],
                [one["status"] for one in window["incident_updates"]],
                len(told["scheduled-maintenances/upcoming.json"][name]),
                len(told["scheduled-maintenances/active.json"][name]),
                len(told["summary.json"][name]),
            )
        )
        assert set(every) == {story.planned.pk, story.over.pk}
    assert seen == [
        ("scheduled", ["scheduled"], 1, 0, 1),
        ("in_progress", ["in_progress", "scheduled"], 0, 1, 1),
        ("completed", ["completed", "in_progress", "scheduled"], 0, 0, 0),
    ]


@pytest.mark.parametrize(
    ("statuses", "indicator", "words"),
    [
        ((), "none", []),
        (("Operational", "Unknown"), "none", ["operational", "operational"]),
        (("Minor issues", "Operational"), "minor", ["degraded_performance", "operational"]),
        (("Major issues", "Minor issues"), "major", ["partial_outage", "degraded_performance"]),
        (("Critical state", "Unavailable"), "critical", ["major_outage", "major_outage"]),
        (("Maintenance mode", "Operational"), "maintenance", ["under_maintenance", "operational"]),
    ],
)
def test_states_have_their_words(
    page: Page, statuses: tuple[str, ...], indicator: str, words: list[str]
) -> None:
    for status in statuses:
        make_component(page, status, status=status, now=at(0))
    summary = _documents(page)["summary.json"]
    assert summary["status"]["indicator"] == indicator
    assert [one["status"] for one in summary["components"]] == words


def test_incident_that_touches_nothing_is_still_an_issue(page: Page) -> None:
    make_component(page, now=at(0))
    make_incident(page, opened_as="Identified", now=at(1))
    summary = _documents(page)["summary.json"]
    assert summary["status"] == {
        "indicator": "minor",
        "description": "Partially Degraded Service",
    }
    (incident,) = summary["incidents"]
    assert (incident["impact"], incident["status"]) == ("none", "identified")
    assert [one["status"] for one in incident["incident_updates"]] == ["identified"]


def test_older_than_the_page_shows_is_told_up_to_a_number(page: Page) -> None:
    make_maintenance(page, scheduled_for=at(1), ends_at=at(2), now=at(0))
    for number in range(MOST_INCIDENTS + 2):
        resolve(make_incident(page, f"Number {number}", now=at(number)), now=at(number + 1))
    told = _documents(page, 40 * DAY)
    names = [one["name"] for one in told["incidents.json"]["incidents"]]
    assert (len(names), names[0]) == (MOST_INCIDENTS, f"Number {MOST_INCIDENTS + 1}")
    assert len(told["scheduled-maintenances.json"]["scheduled_maintenances"]) == 1


def test_times_are_those_of_the_page_with_milliseconds_and_offset(story: Story) -> None:
    Page.objects.update(time_zone="America/Denver")
    page = Page.objects.get()
    told = _documents(page)["summary.json"]
    assert told["page"]["time_zone"] == "America/Denver"
    assert told["incidents"][0]["created_at"] == "2026-03-10T03:50:00.000-06:00"


def test_stamp_has_three_digits_of_a_second() -> None:
    assert stamp(at(0).replace(microsecond=441_999), at(0).tzinfo) == "2026-03-10T09:00:00.441Z"  # type: ignore[arg-type]
