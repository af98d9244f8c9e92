"""What is drawn of custom metrics, when, and from how many queries."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from factories.components import make_component
from factories.metrics import make_custom_metric
from factories.moments import BEGINNING, at
from fixtures.queries import QueryCount
from pingpong.custom_metrics.intake import store_points
from pingpong.custom_metrics.models import CustomMetric, Rollup
from pingpong.overview.summary import summarise
from pingpong.pages.models import Page, Visibility
from pingpong.pages.versions import touch
from pingpong.public import drawing, render
from pingpong.public.charts import Charts
from pingpong.public.custom_feed import FEED_GAP, LOOK_GAP
from pingpong.public.custom_rows import UNFOLDED_CHARTS, panels_of
from pingpong.public.models import StoredBody, StoredPage
from pingpong.public.render import Renderer, render_page

pytestmark = pytest.mark.django_db

SOON = LOOK_GAP.total_seconds() / 60
LATER = FEED_GAP.total_seconds() / 60


@pytest.fixture(autouse=True)
def charts(monkeypatch: pytest.MonkeyPatch) -> Charts:
    """Remember nothing of other tests."""
    fresh = Charts()
    monkeypatch.setattr(render, "_charts", fresh)
    return fresh


def _feed(metric: CustomMetric, values: Mapping[float, float]) -> None:
    points = [(int(at(minute).timestamp()), value) for minute, value in values.items()]
    now = at(max(values))
    store_points(metric.page_id, {metric.pk: points}, now=now)


def _text(path: str = "") -> str:
    return bytes(StoredBody.objects.get(path=f"/s/acme/{path}").identity).decode()


def _json(metric: CustomMetric, name: str = "24h") -> dict[str, Any]:
    return dict(json.loads(_text(f"metrics/{metric.pk}/{name}.json")))


def _digests() -> dict[str, str]:
    return dict(StoredBody.objects.values_list("path", "digest"))


def test_showcased_metric_is_drawn_in_the_page_and_has_a_path_for_each_range(page: Page) -> None:
    metric = make_custom_metric(page, "Orders", suffix="per minute", now=at(0))
    make_custom_metric(page, "Secret", showcased=False, now=at(0))
    _feed(metric, {1: 10, 31: 40})
    render_page(page.pk, now=at(32))
    paths = sorted(path for path in _digests() if "/metrics/" in path)
    folder = f"/s/acme/metrics/{metric.pk}"
    assert paths == [f"{folder}/{name}.json" for name in ("24h", "30d", "7d")]
    html = _text()
    assert "Secret" not in html
    assert "<strong>40</strong> <bdi>per minute</bdi>" in html
    told = _json(metric)
    assert told["svg"] in html
    assert (told["unit"], told["label"], told["stale"]) == ("per minute", "mean", False)
    assert told["caption"] == "10 to 40 per minute. Nothing for 20 min."


def test_points_stand_on_their_step_up_to_the_present_one(page: Page) -> None:
    metric = make_custom_metric(page, rollup=Rollup.MAXIMUM, now=at(0))
    _feed(metric, {-24 * 60: 3, 9.9: 5, 10: 7, 29: 2})
    render_page(page.pk, now=at(29))
    told = _json(metric)
    assert len(told["values"]) == 144
    assert told["start"] + 144 * told["step"] == int(BEGINNING.timestamp()) + 30 * 60
    assert told["values"][-3:] == [5, 7, 2]
    assert set(told["values"][:-3]) == {None}


def test_only_what_was_fed_is_drawn_again(page: Page) -> None:
    fed, quiet = (make_custom_metric(page, name, now=at(0)) for name in ("Fed", "Quiet"))
    for metric in (fed, quiet):
        _feed(metric, {1: 1})
    render_page(page.pk, now=at(2))
    before = _digests()
    _feed(fed, {3: 2})
    render_page(page.pk, now=at(4))
    changed = {path for path, one in _digests().items() if one != before[path]}
    assert changed == {"/s/acme/", "/s/acme/summary.json", f"/s/acme/metrics/{fed.pk}/24h.json"}
    assert _json(quiet)["svg"] in _text()


def test_fed_page_is_drawn_soon_and_not_for_every_number(page: Page) -> None:
    renderer, metric = Renderer(), make_custom_metric(page, now=at(0))
    renderer.render_due(at(1))
    _feed(metric, {1: 7})
    assert renderer.render_due(at(1 + SOON)) == 0
    assert StoredPage.objects.get().next_edge_at == at(1) + FEED_GAP
    assert renderer.render_due(at(1 + LATER)) == 1
    assert _json(metric)["values"][-1] == 7
    for number in range(5):
        _feed(metric, {1.5: 10 + number})
        assert renderer.render_due(at(1.5 + number * SOON)) == (number == 0)
    assert renderer.render_due(at(1.5 + LATER)) == 1
    assert _json(metric)["values"][-1] == 14
    assert renderer.render_due(at(1.5 + 2 * LATER)) == 0


def test_what_was_fed_while_no_engine_ran_is_drawn_after_the_start(page: Page) -> None:
    metric = make_custom_metric(page, now=at(0))
    _feed(metric, {0: 7})
    assert Renderer().render_due(at(3)) == 1
    assert Renderer().render_due(at(4)) == 0
    _feed(metric, {5: 8})
    assert Renderer().render_due(at(6)) == 1


def test_chart_moves_on_without_being_fed_until_a_month_has_gone(page: Page) -> None:
    metric = make_custom_metric(page, now=at(0))
    _feed(metric, {1: 7})
    edges = [
        summarise(page, now=at(minute)).next_edge_at - at(minute) for minute in (2, 40 * 24 * 60)
    ]
    assert edges[0] <= timedelta(minutes=15)
    assert edges[1] > timedelta(hours=1)


def test_metrics_of_a_shown_component_stand_with_it_and_others_by_themselves(page: Page) -> None:
    shown = make_component(page, "Shop", now=at(0))
    hidden = make_component(page, "Inside", showcased=False, now=at(0))
    for name, component in (("Orders", shown), ("Heat", hidden), ("Visits", None)):
        make_custom_metric(page, name, component=component, now=at(0))
    panels = panels_of(summarise(page, now=at(1)), {})
    told = {key: [card.name for card in panel.cards] for key, panel in panels.items()}
    assert told == {shown.pk: ["Orders"], None: ["Heat", "Visits"]}
    assert panels[shown.pk].is_open
    for number in range(UNFOLDED_CHARTS):
        make_custom_metric(page, f"More {number}", component=shown, now=at(0))
    assert not panels_of(summarise(page, now=at(1)), {})[shown.pk].is_open


def test_page_without_any_number_says_so(page: Page) -> None:
    make_custom_metric(page, "Orders", now=at(0))
    render_page(page.pk, now=at(1))
    html = _text()
    assert "no numbers yet" in html
    assert "No numbers in this time." in html
    assert "This page shows 1 metric." in html


def test_bodies_go_with_their_metric(page: Page) -> None:
    metric = make_custom_metric(page, now=at(0))
    render_page(page.pk, now=at(1))
    CustomMetric.objects.filter(pk=metric.pk).update(showcased=False)
    touch(page.pk)
    render_page(page.pk, now=at(2))
    assert [path for path in _digests() if metric.pk in path] == []


def test_private_page_draws_its_charts_and_stores_none(page: Page) -> None:
    metric = make_custom_metric(page, now=at(0))
    _feed(metric, {1: 7})
    Page.objects.filter(pk=page.pk).update(visibility=Visibility.TEAM)
    page.refresh_from_db()
    render_page(page.pk, now=at(2))
    assert _digests() == {}
    drawn = drawing.draw(page, now=at(2))
    assert f"/s/acme/metrics/{metric.pk}/7d.json" in drawn.bodies


def test_queries_do_not_depend_on_the_number_of_metrics(
    page: Page, query_count: QueryCount, monkeypatch: pytest.MonkeyPatch
) -> None:
    render_page(page.pk, now=at(1))
    counts = []
    for more in (2, 20):
        for _ in range(more):
            _feed(make_custom_metric(page, now=at(0)), {1: 1})
        monkeypatch.setattr(render, "_charts", Charts())
        for minute in (2, 2.5):
            with query_count() as counted:
                render_page(page.pk, now=at(minute))
            counts.append(len(counted))
    drawn_anew, kept = counts[::2], counts[1::2]
    assert len(set(drawn_anew)) == len(set(kept)) == 1
