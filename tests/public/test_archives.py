"""The history of a page as the engine draws it: what there is, and what a change costs."""

from datetime import timedelta

import pytest

from factories.actors import DONALD
from factories.components import make_component
from factories.incidents import make_incident, make_update, resolve
from factories.maintenance import make_maintenance
from factories.moments import BEGINNING, at
from fixtures.queries import QueryCount
from pingpong.components.lifecycle import change_component, delete_component
from pingpong.components.models import Component
from pingpong.incidents.lifecycle import change_incident, delete_incident, publish_incident
from pingpong.incidents.models import Incident
from pingpong.incidents.postmortems import publish_postmortem, write_postmortem
from pingpong.overview.summary import summarise
from pingpong.pages.models import Page
from pingpong.public import archives as archives_module
from pingpong.public.archive_memory import MOST_WEIGHT
from pingpong.public.archives import Archives, draw_one
from pingpong.public.body import Body
from pingpong.public.page_html import AGE_SLOT

pytestmark = pytest.mark.django_db

PATH = "/s/acme/"
URL = "http://status.test/s/acme/"
DAY = 24 * 60


class Drawer:
    """An engine that stores what it draws, without a store."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.archives = Archives()
        self.stored: dict[str, str] = {}
        self.drawn: set[str] = set()

    def draw(self, minutes: float) -> dict[str, Body]:
        """Draw once; return what was drawn anew, by its place below the page's path."""
        now = at(minutes)
        self.page.refresh_from_db()
        summary = summarise(self.page, now=now)
        drawn = self.archives.draw(summary, self.stored, path=PATH, url=URL, now=now)
        fresh = [one for one in drawn.bodies if isinstance(one, Body)]
        self.stored = {
            one.path: one.digest if isinstance(one, Body) else self.stored[one.path]
            for one in drawn.bodies
        }
        self.is_whole = drawn.is_whole
        return {one.path.removeprefix(PATH): one for one in fresh}

    def documents(self) -> set[str]:
        return {path.removeprefix(PATH) for path in self.stored if path.endswith("/")}


@pytest.fixture
def drawer(page: Page) -> Drawer:
    return Drawer(page)


@pytest.fixture
def api(page: Page) -> Component:
    return make_component(page, "API", now=BEGINNING)


def _text(body: Body) -> str:
    return body.text.decode()


def test_page_with_nothing_has_an_empty_history_and_a_card(drawer: Drawer) -> None:
    drawn = drawer.draw(1)
    assert drawer.documents() == {"history/"}
    kinds = sorted(one.partition(".")[0] for one in drawn)
    assert kinds == [
        "card",
        "history",
        "history",
        "history/",
    ]
    assert _text(drawn["history/"]).count("No incidents reported") == 3
    assert drawn["card.png"].text.startswith(b"\x89PNG")


def test_incident_has_a_page_with_all_that_is_told_of_it(
    page: Page, drawer: Drawer, api: Component
) -> None:
    incident = make_incident(page, "Payments <fail>", affected=[(api, "Major issues")], now=at(0))
    make_update(incident, "Identified", now=at(5))
    text = _text(drawer.draw(6)[f"incidents/{incident.pk}/"])
    assert text.count(AGE_SLOT) == 1
    for told in (
        "<title>Payments &lt;fail&gt; \N{EN DASH} ACME</title>",
        f'<meta property="og:url" content="{URL}incidents/{incident.pk}/">',
        f'<meta property="og:image" content="{URL}card.png">',
        '<meta name="twitter:card" content="summary_large_image">',
        '<meta name="description" content="Identified · API">',
        f'href="../../components/{api.pk}/"',
        "We are looking into it.",
        "Identified.",
    ):
        assert told in text
    resolve(incident, now=at(65))
    assert "Resolved after 1 h 5 min" in _text(drawer.draw(66)[f"incidents/{incident.pk}/"])


def test_postmortem_stands_on_the_page_of_its_incident_once_published(
    page: Page, drawer: Drawer
) -> None:
    incident = make_incident(page, now=at(0))
    resolve(incident, now=at(5))
    place = f"incidents/{incident.pk}/"
    written = write_postmortem(incident, text="<div>A full disk.</div>", by=DONALD, now=at(6))
    assert "A full disk." not in _text(drawer.draw(7)[place])
    publish_postmortem(written, by=DONALD, now=at(8))
    drawn = drawer.draw(9)
    assert "A full disk." in _text(drawn[place])
    assert "with postmortem" in _text(drawn["history/2026-03/"])


def test_draft_has_no_page_until_it_is_published(page: Page, drawer: Drawer) -> None:
    draft = make_incident(page, is_draft=True, now=at(0))
    drawer.draw(1)
    assert drawer.documents() == {"history/"}
    summary = summarise(page, now=at(1))
    place = f"incidents/{draft.pk}/"
    assert draw_one(summary, place, path=PATH, url=URL, now=at(1)) is None
    publish_incident(draft, by=DONALD, now=at(2))
    drawer.draw(3)
    assert drawer.documents() == {"history/", "history/2026-03/", place}


def test_deleted_incident_vanishes_with_its_month(page: Page, drawer: Drawer) -> None:
    incident = make_incident(page, now=at(0))
    drawer.draw(1)
    delete_incident(incident, by=DONALD, now=at(2))
    drawn = drawer.draw(3)
    assert drawer.documents() == {"history/"}
    assert "Database down" not in _text(drawn["history/"])


def test_incident_that_is_moved_to_another_month_is_told_there_alone(
    page: Page, drawer: Drawer
) -> None:
    incident = make_incident(page, now=at(0))
    drawer.draw(1)
    earlier = at(0) - timedelta(days=40)
    change_incident(incident, {"occurred_at": earlier}, by=DONALD, now=at(2))
    drawn = drawer.draw(3)
    assert drawer.documents() == {"history/", "history/2026-01/", f"incidents/{incident.pk}/"}
    assert "Database down" in _text(drawn["history/2026-01/"])


def test_maintenance_has_a_page_from_the_start_and_a_line_once_begun(
    page: Page, drawer: Drawer
) -> None:
    window = make_maintenance(page, "Move", scheduled_for=at(10), ends_at=at(20), now=at(0))
    place = f"maintenance/{window.pk}/"
    assert "Upcoming" in _text(drawer.draw(1)[place])
    assert drawer.documents() == {"history/", place}
    assert place not in drawer.draw(9)
    begun = drawer.draw(10)
    assert "In progress" in _text(begun[place])
    assert "Maintenance in progress" in _text(begun["history/2026-03/"])
    ended = drawer.draw(20)
    assert "Complete" in _text(ended[place])
    assert "Maintenance complete" in _text(ended["history/2026-03/"])


def test_months_lead_to_their_neighbours_and_the_newest_to_what_is_older(
    page: Page, drawer: Drawer
) -> None:
    for days in (0, 70, 200):
        make_incident(page, f"{days} days ago", occurred_at=at(0) - timedelta(days=days), now=at(1))
    drawn = drawer.draw(2)
    newest, middle, oldest = (
        _text(drawn[f"history/{one}"]) for one in ("", "2025-12/", "2025-08/")
    )
    assert "0 days ago" in newest
    assert "70 days ago" not in newest
    assert 'href="../history/2025-12/"' in newest
    assert 'href="../../history/2025-08/"' in middle
    assert 'href="../../history/2026-03/"' in middle
    assert 'href="../../history/2025-12/"' in oldest
    assert "2025-07" not in oldest


def test_component_has_a_page_with_days_months_and_incidents(
    page: Page, drawer: Drawer, api: Component
) -> None:
    incident = make_incident(page, affected=[(api, "Unavailable")], now=at(0))
    resolve(incident, now=at(60))
    make_component(page, "Hidden", showcased=False, now=at(0))
    drawn = drawer.draw(2 * DAY)
    assert {one for one in drawer.documents() if one[0] == "c"} == {f"components/{api.pk}/"}
    text = _text(drawn[f"components/{api.pk}/"])
    assert f'id="bars-{api.pk}"' in text
    assert text.count('<th scope="row">') == 1
    assert '<th scope="row">Mar 2026</th>' in text
    assert "97.91%" in text
    assert "<td>1 h</td>" in " ".join(text.split()).replace("> ", ">").replace(" <", "<")
    assert f'href="../../incidents/{incident.pk}/"' in text


def test_change_draws_only_what_it_touches(page: Page, drawer: Drawer, api: Component) -> None:
    web = make_component(page, "Web", now=at(0))
    old = make_incident(
        page, occurred_at=at(0) - timedelta(days=100), affected=[(web, "Minor issues")], now=at(1)
    )
    resolve(old, now=at(2))
    drawer.draw(3)
    assert set(drawer.draw(4)) == set()
    fresh = make_incident(page, affected=[(api, "Minor issues")], now=at(5))
    drawn = set(drawer.draw(6))
    assert drawn == {
        "card.png",
        "history/",
        "history/2025-11/",  # which has a newer neighbour now
        "history/2026-03/",
        f"incidents/{fresh.pk}/",
        f"components/{api.pk}/",
    }
    make_update(fresh, now=at(7))
    assert "history/2025-11/" not in drawer.draw(8)


def test_renamed_component_is_renamed_in_what_names_it(
    page: Page, drawer: Drawer, api: Component
) -> None:
    incident = make_incident(page, affected=[(api, "Minor issues")], now=at(0))
    other = make_incident(page, now=at(0))
    drawer.draw(1)
    change_component(api, {"name": "Interface"}, by=DONALD, now=at(2))
    drawn = drawer.draw(3)
    assert f"incidents/{other.pk}/" not in drawn
    assert "Interface" in _text(drawn[f"incidents/{incident.pk}/"])
    delete_component(api, by=DONALD, now=at(4))
    assert "Interface" not in _text(drawer.draw(5)[f"incidents/{incident.pk}/"])
    assert f"components/{api.pk}/" not in drawer.documents()


def test_new_name_of_the_page_is_drawn_everywhere(page: Page, drawer: Drawer) -> None:
    make_incident(page, now=at(0))
    drawer.draw(1)
    Page.objects.update(name="Roadrunner")
    drawn = drawer.draw(2)
    assert drawer.documents() <= set(drawn)
    assert all("Roadrunner" in _text(drawn[one]) for one in drawer.documents())


def test_many_are_drawn_a_bite_at_a_time_and_the_newest_first(page: Page, drawer: Drawer) -> None:
    for number in range(MOST_WEIGHT + 10):
        make_incident(page, f"Number {number}", now=at(number))
    drawn = drawer.draw(100)
    assert not drawer.is_whole
    newest = Incident.objects.order_by("-began_at").first()
    assert newest is not None
    assert f"incidents/{newest.pk}/" in drawn
    later = make_incident(page, "Urgent", now=at(101))
    assert f"incidents/{later.pk}/" in drawer.draw(102)
    drawer.draw(103)
    assert drawer.is_whole
    assert len(drawer.documents()) == MOST_WEIGHT + 11 + 2


def test_long_past_is_not_read_again(
    page: Page, drawer: Drawer, api: Component, query_count: QueryCount
) -> None:
    make_incident(page, affected=[(api, "Minor issues")], now=at(0))
    summary = summarise(page, now=at(1))

    def queries(minutes: float) -> int:
        with query_count() as counted:
            drawer.archives.draw(summary, drawer.stored, path=PATH, url=URL, now=at(minutes))
        return len(counted)

    drawer.draw(1)
    assert queries(2) == 1
    few = make_incident(page, affected=[(api, "Minor issues")], now=at(3))
    make_update(few, now=at(3))
    cost = queries(4)
    for _ in range(12):
        more = make_incident(page, affected=[(api, "Minor issues")], now=at(5))
        make_update(more, now=at(5))
    assert queries(6) == cost


def test_too_many_events_have_everything_read_again(
    page: Page, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawer.draw(1)
    monkeypatch.setattr(archives_module.archive, "MOST_EVENTS", 1)
    incidents = [make_incident(page, now=at(2)) for _ in range(3)]
    drawer.draw(3)
    assert {f"incidents/{one.pk}/" for one in incidents} <= drawer.documents()


def test_status_draws_the_card_anew_and_time_does_not(
    page: Page, drawer: Drawer, api: Component
) -> None:
    drawer.draw(1)
    assert "card.png" not in drawer.draw(DAY)
    make_incident(page, affected=[(api, "Unavailable")], now=at(DAY))
    assert "card.png" in drawer.draw(DAY + 1)
