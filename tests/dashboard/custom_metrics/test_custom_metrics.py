"""Custom metrics: list, chart, feed line, and where they are made and changed."""

import json
import re
import shlex
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from factories.metrics import make_custom_metric
from fixtures.api_client import API
from fixtures.cast import Belongings, Member
from fixtures.queries import QueryCount
from fixtures.visitors import Visit, Visitor
from pingpong.custom_metrics.intake import store_points
from pingpong.custom_metrics.models import CustomMetric, Rollup
from pingpong.events.kinds import Kind
from pingpong.events.models import Event
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page

Reach = Callable[..., str]
SAID = {"name": "Orders", "suffix": "per minute", "rollup": "Sum of all values", "showcased": "on"}


@pytest.fixture
def now() -> datetime:
    return utc_now()


@pytest.fixture
def desk(visit: Visit, admin: Member) -> Visitor:
    return visit(admin)


@pytest.fixture
def reach(acme: Page) -> Reach:
    return lambda name, **kwargs: reverse(f"dashboard:{name}", kwargs={"slug": acme.slug, **kwargs})


@pytest.fixture
def orders(acme: Page, now: datetime) -> CustomMetric:
    """A metric that was fed ten and twelve, the latter five minutes ago."""
    metric = make_custom_metric(acme, "Orders", suffix="per minute")
    second = int((now - timedelta(minutes=5)).timestamp())
    store_points(acme.pk, {metric.pk: [(second - 3600, 10), (second, 12.5)]}, now=now)
    return metric


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def names(text: str) -> list[str]:
    return re.findall(r'<div class="row-main"><a href="[^"]*"><bdi>(.*?)</bdi></a>', text)


def test_the_list_tells_what_was_fed_last(
    desk: Visitor, reach: Reach, acme: Page, orders: CustomMetric
) -> None:
    make_custom_metric(acme, "Queue", showcased=False)
    told = text_of(desk.get(reach("custom_metrics")))
    assert names(told) == ["Orders", "Queue"]
    assert '<strong class="figure"><bdi>12.5 per minute</bdi></strong>' in told
    assert (told.count("No numbers yet"), told.count("Only for the team")) == (1, 1)
    assert names(text_of(desk.get(reach("custom_metrics") + "?q=que"))) == ["Queue"]
    assert "No metric fits" in text_of(desk.get(reach("custom_metrics") + "?q=%00nothing"))


def test_an_empty_list_teaches(desk: Visitor, reach: Reach) -> None:
    assert "its chart grows by a point a minute" in text_of(desk.get(reach("custom_metrics")))


@pytest.mark.parametrize("name", ["day", "week", "month"])
def test_each_range_has_a_chart(
    desk: Visitor, reach: Reach, orders: CustomMetric, name: str
) -> None:
    address = reach("custom_metric", custom_metric=orders.pk)
    told = text_of(desk.get(f"{address}?range={name}"))
    assert re.search(rf'id="range-{name}"[^>]*aria-current="true"', told)
    assert "12.5" in re.findall(r'data-plot="(.*?)"', told)[0] or name == "month"
    assert told.count('class="plot-svg"') == 1
    assert "per minute." in told


def test_the_feed_line_is_one_that_the_api_takes(
    desk: Visitor, reach: Reach, acme: Page, orders: CustomMetric, responder: Member
) -> None:
    told = desk.get(reach("custom_metric", custom_metric=orders.pk)).context["curl"]
    words = shlex.split(told.replace('"$(date +%s)"', str(int(utc_now().timestamp()))))
    assert words[:4] == ["curl", "-X", "POST", f"{settings.BASE_URL}{API}/custom-metrics/data"]
    assert words[5] == "Authorization: Token YOUR_TOKEN"
    answer = responder.post("/custom-metrics/data", json.loads(words[words.index("-d") + 1]))
    assert answer.status == 200
    assert [one["value"] for one in answer.body[orders.pk]] == [42]


def test_in_a_crontab_percent_signs_are_escaped(
    desk: Visitor, reach: Reach, orders: CustomMetric
) -> None:
    told = desk.get(reach("custom_metric", custom_metric=orders.pk)).context["cron"]
    assert told.startswith("* * * * * curl ")
    assert re.findall(r"(?<!\\)%", told) == []


def test_a_metric_is_made_and_changed(desk: Visitor, reach: Reach, acme: Page) -> None:
    answer = desk.post(reach("new_custom_metric"), SAID)
    metric = CustomMetric.objects.get(page=acme)
    assert answer["Location"] == reach("custom_metric", custom_metric=metric.pk)
    assert (metric.suffix, metric.rollup, metric.showcased) == ("per minute", Rollup.SUM, True)
    changed: dict[str, Any] = {**SAID, "name": "Sales"}
    del changed["showcased"]
    desk.post(reach("edit_custom_metric", custom_metric=metric.pk), changed)
    metric.refresh_from_db()
    assert (metric.name, metric.showcased) == ("Sales", False)
    event = Event.objects.get(kind=Kind.CUSTOM_METRIC_CHANGED)
    assert event.data["changed"] == ["name", "showcased"]


def test_what_is_wrong_stands_beside_its_field(desk: Visitor, reach: Reach, acme: Page) -> None:
    answer = desk.post(reach("new_custom_metric"), {**SAID, "name": "", "rollup": "Median"})
    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["name", "rollup"]
    assert 'value="per minute"' in text_of(answer)
    assert not CustomMetric.objects.filter(page=acme).exists()


def test_deleting_asks_first(desk: Visitor, reach: Reach, orders: CustomMetric) -> None:
    address = reach("delete_custom_metric", custom_metric=orders.pk)
    assert "Delete this metric?" in text_of(desk.post(address))
    assert CustomMetric.objects.filter(pk=orders.pk).exists()
    desk.post(address, {"confirm": "yes"})
    assert not CustomMetric.objects.filter(pk=orders.pk).exists()


def test_a_foreign_metric_is_as_unknown_as_none(
    desk: Visitor, reach: Reach, theirs: Belongings
) -> None:
    for one in (theirs.custom_metric.pk, "x" * 22):
        kwargs = {"custom_metric": one}
        assert desk.get(reach("custom_metric", **kwargs)).status_code == 404
        assert desk.get(reach("edit_custom_metric", **kwargs)).status_code == 404
        answer = desk.post(reach("delete_custom_metric", **kwargs), {"confirm": "yes"})
        assert answer.status_code == 404
    assert CustomMetric.objects.filter(pk=theirs.custom_metric.pk).exists()


def test_a_list_costs_the_same_for_3_and_for_30(
    desk: Visitor, reach: Reach, acme: Page, now: datetime, query_count: QueryCount
) -> None:
    def cost(total: int) -> int:
        for number in range(acme.custom_metrics.count(), total):
            metric = make_custom_metric(acme, f"Metric {number}")
            store_points(acme.pk, {metric.pk: [(int(now.timestamp()), 1)]}, now=now)
        with query_count() as counted:
            assert len(names(text_of(desk.get(reach("custom_metrics"))))) == total
        return len(counted)

    few, many = cost(3), cost(30)
    assert few == many
    assert many < 20
