"""What other sites embed: small whatever a page says, and only the widget may be framed."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pingpong.overview.monitors import Present
from pingpong.overview.summary import Summary
from pingpong.public.bodies import bodies_of
from pingpong.public.body import Body
from pingpong.public.embed_bodies import embed_bodies

from . import stories

FOLDER = "/s/acme/embed/"
URL = "https://status.example.com/s/acme/"
WIDGETS = [f"{FOLDER}{name}" for name in ("widget", "widget-light", "widget-dark")]


def _embeds(summary: Summary) -> dict[str, Body]:
    return {body.path: body for body in embed_bodies(summary, "/s/acme/", url=URL)}


def _news(summary: Summary) -> dict[str, Any]:
    return dict(json.loads(_embeds(summary)[f"{FOLDER}status.json"].text))


def _worst() -> Summary:
    """Return a page of texts that take the most bytes, of what is longest."""
    long = "<&>\N{PILE OF POO}" * 25
    events = [stories.incident(title=long) for _ in range(5)]
    return replace(stories.broken(), name=long[:50], ongoing=events)


@pytest.mark.parametrize("story", [stories.empty, stories.busy, stories.long, stories.many, _worst])
def test_banner_and_widget_weigh_less_than_5_kb(story: Callable[[], Summary]) -> None:
    embeds = _embeds(story())
    banner = embeds[f"{FOLDER}banner.js"].text + embeds[f"{FOLDER}status.json"].text
    widgets = [embeds[path].text + embeds[path].notice.encode() for path in WIDGETS]
    assert [len(text) for text in (banner, *widgets) if len(text) >= 5_000] == []


def test_banner_has_nothing_to_say_while_all_is_well() -> None:
    assert _news(stories.calm()) == {"stale": False, "show": False}


@pytest.mark.parametrize(
    ("story", "head", "lines"),
    [
        (stories.broken, "All systems down", ["Payments are declined"]),
        (
            stories.one_is_down,
            "1 metric is down: Search",
            ["This page shows 2 metrics."],
        ),
        (
            stories.measured,
            "Some systems have issues",
            ["1 of 3 components is affected: Website"],
        ),
    ],
)
def test_banner_tells_what_is_wrong(
    story: Callable[[], Summary], head: str, lines: list[str]
) -> None:
    news = _news(story())
    assert (news["show"], news["head"], news["lines"]) == (True, head, lines)


def test_banner_tells_of_maintenance_that_is_on() -> None:
    summary = replace(stories.calm(), in_progress=[stories.maintenance()])
    assert _news(summary)["lines"] == ["Rewiring"]
    planned = replace(stories.calm(), upcoming=[stories.maintenance()])
    assert _news(planned)["show"] is False


def test_many_events_are_counted() -> None:
    events = [stories.incident(title=f"Event {number}") for number in range(5)]
    assert _news(replace(stories.broken(), ongoing=events))["lines"] == [
        "Event 0",
        "Event 1",
        "3 more",
    ]


def test_mark_of_the_news_changes_with_them() -> None:
    down = stories.monitor("Other", Present.DOWN)
    marks = [
        _news(one)["mark"]
        for one in (
            stories.one_is_down(),
            stories.one_is_down(),
            replace(stories.one_is_down(), monitors=[down]),
        )
    ]
    assert (marks[0] == marks[1], marks[1] == marks[2]) == (True, False)


@pytest.mark.django_db
def test_only_the_widget_may_be_framed() -> None:
    bodies = [
        body
        for body in bodies_of(stories.measured(), changed_at=stories.NOW)
        if isinstance(body, Body)
    ]
    framed = [body.path for body in bodies if "frame-ancestors *" in body.policy]
    documents = [body.path for body in bodies if body.content_type.startswith("text/html")]
    closed = [path for path in documents if path not in framed]
    assert (framed, closed[:1]) == (WIDGETS, ["/s/acme/"])
    assert [
        body.path
        for body in bodies
        if body.path in closed and "frame-ancestors 'none'" not in body.policy
    ] == []


def test_widget_lets_in_what_stands_in_it_and_nothing_else() -> None:
    widget = _embeds(stories.busy())[f"{FOLDER}widget"]
    rules = dict(rule.strip().split(" ", 1) for rule in widget.policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert (len(rules["style-src"].split()), len(rules["script-src"].split())) == (3, 1)
    text = " ".join(widget.text.decode().split())
    assert f'<a href="{URL}" target="_blank" rel="noopener">Status of ACME</a>' in text
    assert text.count("<!--age-->") == 1


def test_stale_widget_and_news_say_so() -> None:
    embeds = _embeds(stories.busy())
    for path in (*WIDGETS, f"{FOLDER}status.json"):
        body = embeds[path]
        assert body.text.count(body.slot.encode()) == 1
        assert ("{minute}" in body.notice) != ("{instant}" in body.notice)
