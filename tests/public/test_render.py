import json
from datetime import timedelta
from typing import Any

import pytest

from factories.components import make_component
from factories.incidents import make_incident, resolve
from factories.maintenance import make_maintenance
from factories.moments import BEGINNING, at
from factories.pages import make_page
from fixtures.queries import QueryCount
from pingpong.pages.models import Page
from pingpong.pages.versions import touch
from pingpong.public import render
from pingpong.public.models import StoredBody, StoredPage
from pingpong.public.render import MIN_GAP, Renderer, vouch

pytestmark = pytest.mark.django_db

DAY = 24 * 60
GAP_MIN = MIN_GAP.total_seconds() / 60


@pytest.fixture
def renderer(db: None) -> Renderer:
    return Renderer()


def _text(path: str = "/s/acme/") -> str:
    return bytes(StoredBody.objects.get(path=path).identity).decode()


def _paths() -> list[str]:
    return list(StoredBody.objects.order_by("path").values_list("path", flat=True))


def _json() -> dict[str, Any]:
    return dict(json.loads(_text("/s/acme/summary.json")))


def test_new_page_is_rendered_at_once(page: Page, renderer: Renderer) -> None:
    assert renderer.seconds_until_due(at(1)) == 0
    assert renderer.render_due(at(1)) == 1
    assert {"/s/acme/", "/s/acme/summary.json"} <= set(_paths())
    assert "All systems operational" in _text()
    assert renderer.render_due(at(1)) == 0


def test_change_is_rendered_and_the_last_of_many_is_not_left_out(
    page: Page, renderer: Renderer
) -> None:
    renderer.render_due(at(0))
    make_component(page, "First", now=at(1))
    assert renderer.seconds_until_due(at(1)) == 0
    assert renderer.render_due(at(1)) == 1
    make_component(page, "Second", now=at(1))
    assert renderer.render_due(at(1) + MIN_GAP / 2) == 0
    assert renderer.seconds_until_due(at(1) + MIN_GAP / 2) == MIN_GAP.total_seconds() / 2
    assert renderer.render_due(at(1) + MIN_GAP) == 1
    assert [one["name"] for one in _json()["components"]] == ["First", "Second"]
    assert timedelta(seconds=0.5) > MIN_GAP


def test_clock_that_is_set_back_delays_nothing(page: Page, renderer: Renderer) -> None:
    renderer.render_due(at(60))
    make_component(page, now=at(0))
    assert renderer.render_due(at(0)) == 1


def test_unchanged_text_keeps_its_digest_and_time_of_change(page: Page, renderer: Renderer) -> None:
    renderer.render_due(at(0))
    before = list(StoredBody.objects.order_by("path").values_list("digest", "version"))
    touch(page.pk)
    assert renderer.render_due(at(5)) == 1
    stored = StoredPage.objects.get()
    assert list(StoredBody.objects.order_by("path").values_list("digest", "version")) == before
    assert stored.version == Page.objects.get().version
    assert (stored.changed_at, stored.rendered_at) == (at(0), at(5))


def test_time_of_change_is_not_moved_by_midnight(page: Page, renderer: Renderer) -> None:
    make_component(page, now=at(0))
    renderer.render_due(at(1))
    first = _text()
    assert renderer.render_due(at(DAY)) == 1
    assert _text() != first
    assert _json()["updated_at"] == "2026-03-10T09:01:00Z"


def test_midnight_and_the_edges_of_maintenance_render(page: Page, renderer: Renderer) -> None:
    make_maintenance(page, "Move", scheduled_for=at(10), ends_at=at(20), now=at(0))
    renderer.render_due(at(1))
    assert renderer.seconds_until_due(at(1)) == 9 * 60
    seen = []
    for minute in (9, 10, 19, 20):
        renderer.render_due(at(minute))
        seen.append({kind: len(some) for kind, some in _json()["maintenance"].items()})
    assert seen == [
        {"in_progress": 0, "upcoming": 1},
        {"in_progress": 1, "upcoming": 0},
        {"in_progress": 1, "upcoming": 0},
        {"in_progress": 0, "upcoming": 0},
    ]
    assert renderer.seconds_until_due(at(20)) == (15 * 60 - 20) * 60


def test_without_pages_nothing_is_ever_due(renderer: Renderer) -> None:
    assert renderer.seconds_until_due(at(0)) is None
    assert (renderer.render_due(at(0)), vouch(at(0))) == (0, 0)


def test_page_that_fails_blocks_no_other_and_is_tried_again(
    page: Page, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_page(name="Sound", slug="sound", now=BEGINNING)
    summarise = render.summarise

    def fail_for_acme(one: Page, **others: Any) -> Any:
        if one.pk == page.pk:
            raise RuntimeError
        return summarise(one, **others)

    monkeypatch.setattr(render, "summarise", fail_for_acme)
    assert renderer.render_due(at(0)) == 1
    assert [one.page.slug for one in StoredPage.objects.all()] == ["sound"]
    waits = [renderer.seconds_until_due(at(0))]
    for second in (0.25, 0.75):
        renderer.render_due(at(0) + timedelta(seconds=second))
        waits.append(renderer.seconds_until_due(at(0) + timedelta(seconds=second)))
    assert waits == [0.25, 0.5, 1]
    monkeypatch.undo()
    assert renderer.render_due(at(0) + timedelta(seconds=1.75)) == 1


def test_change_of_a_failing_page_is_tried_at_once(
    page: Page, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "summarise", None)
    renderer.render_due(at(0))
    monkeypatch.undo()
    touch(page.pk)
    assert renderer.render_due(at(0)) == 1


def test_changes_come_before_a_crowd_of_midnights(
    page: Page, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        make_page(name=f"Page {number}", slug=f"page-{number}", now=BEGINNING)
    renderer.render_due(at(0))
    touch(page.pk)
    monkeypatch.setattr(render, "EDGE_BUDGET_S", 0)
    midnight = at(15 * 60)
    assert renderer.render_due(midnight) == 1
    assert StoredPage.objects.get(page=page).rendered_at == midnight
    assert renderer.seconds_until_due(midnight) == 0


def test_new_version_of_the_product_renders_anew(page: Page) -> None:
    Renderer().render_due(at(0))
    StoredPage.objects.update(recipe="an older one")
    assert Renderer().render_due(at(1)) == 1
    assert Renderer().render_due(at(2)) == 0


def test_slower_engine_does_not_overwrite(
    page: Page, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    renderer.render_due(at(0))
    bodies_of = render.bodies_of

    def be_overtaken(*what: Any, **how: Any) -> Any:
        monkeypatch.undo()
        make_component(page, "Later", now=at(2))
        assert Renderer().render_due(at(2)) == 1
        return bodies_of(*what, **how)

    make_component(page, "Earlier", now=at(1))
    monkeypatch.setattr(render, "bodies_of", be_overtaken)
    assert renderer.render_due(at(1)) == 0
    assert [one["name"] for one in _json()["components"]] == ["Earlier", "Later"]
    assert StoredPage.objects.get().version == Page.objects.get().version


def test_page_that_changes_while_it_is_read_is_read_again(
    page: Page, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    summarise = render.summarise

    def change_meanwhile(one: Page, **others: Any) -> Any:
        monkeypatch.undo()
        summary = summarise(one, **others)
        make_component(page, "Meanwhile", now=at(0))
        return summary

    monkeypatch.setattr(render, "summarise", change_meanwhile)
    renderer.render_due(at(1))
    assert [one["name"] for one in _json()["components"]] == ["Meanwhile"]
    assert renderer.seconds_until_due(at(1)) != 0


def test_old_path_vanishes_with_a_new_slug(page: Page, renderer: Renderer) -> None:
    renderer.render_due(at(0))
    Page.objects.update(slug="new")
    touch(page.pk)
    renderer.render_due(at(1))
    assert {"/s/new/", "/s/new/summary.json"} <= set(_paths())
    assert {path.split("/")[2] for path in _paths()} == {"new"}


def test_deleted_page_leaves_nothing(page: Page, renderer: Renderer) -> None:
    renderer.render_due(at(0))
    page.delete()
    assert (StoredBody.objects.count(), StoredPage.objects.count()) == (0, 0)
    assert renderer.seconds_until_due(at(1)) is None


def test_only_what_is_right_is_vouched_for(page: Page, renderer: Renderer) -> None:
    other = make_page(name="Other", slug="other", now=BEGINNING)
    renderer.render_due(at(0))
    touch(page.pk)
    assert vouch(at(5)) == 1
    vouched = dict(StoredPage.objects.values_list("page_id", "vouched_at"))
    assert vouched == {page.pk: at(0), other.pk: at(5)}
    assert vouch(at(15 * 60)) == 0  # midnight has come, and nobody has rendered


def test_vouching_is_one_statement(page: Page, renderer: Renderer, query_count: QueryCount) -> None:
    renderer.render_due(at(0))
    with query_count() as counted:
        vouch(at(1))
    assert len(counted) == 1


def test_queries_do_not_grow_with_the_page(
    page: Page, renderer: Renderer, query_count: QueryCount
) -> None:
    def grow(count: int) -> None:
        for number in range(count):
            component = make_component(page, f"Part {number}", now=at(0))
            resolve(make_incident(page, affected=[(component, "Minor issues")], now=at(1)))

    grow(3)
    renderer.render_due(at(30))
    touch(page.pk)
    with query_count() as for_few:
        renderer.render_due(at(31))
    grow(30)
    with query_count() as for_many:
        renderer.render_due(at(32))
    assert len(for_few) == len(for_many)
