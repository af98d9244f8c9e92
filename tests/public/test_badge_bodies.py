"""The values behind the badges of a page, and what each badge makes of them."""

import json
from dataclasses import replace
from typing import Any

import pytest

from pingpong.components.uptime import Tally
from pingpong.overview.summary import Summary
from pingpong.public.badge_bodies import badge_bodies
from pingpong.public.badge_files import file_at, names_of
from pingpong.public.badge_texts import Values, index_path

from . import stories

FOLDER = "/s/acme/badge/"


def _values(summary: Summary) -> Values:
    (body,) = badge_bodies(summary, "/s/acme/")
    assert body.path == f"{FOLDER}index.json"
    assert body.text.count(body.slot.encode()) == 1
    return Values(body.text)


def _json(values: Values, name: str) -> dict[str, Any]:
    file = file_at(f"{FOLDER}{name}", values)
    assert file is not None
    return dict(json.loads(file.text))


def test_page_and_parts_tell_their_states() -> None:
    values = _values(stories.measured())
    told = {
        name: _json(values, f"{name}.json")
        for name in ("status", "Website/status", "m-Sign-in/status", "m-Start-page/response-time")
    }
    assert {name: (one["label"], one["message"]) for name, one in told.items()} == {
        "status": ("status", "Some systems have issues"),
        "Website/status": ("Website", "Minor issues"),
        "m-Sign-in/status": ("Sign-in", "Down"),
        "m-Start-page/response-time": ("Start page response time", "142 ms"),
    }


def test_shields_json_has_what_its_schema_asks_for() -> None:
    assert _json(_values(stories.calm()), "status.json") == {
        "schemaVersion": 1,
        "label": "status",
        "message": "All systems operational",
        "color": "#1f7a50",
        "cacheSeconds": 60,
    }


def test_uptime_is_that_of_its_window() -> None:
    part = replace(stories.component("API"), last_day=Tally(up_s=80_000, down_s=6_400))
    summary = replace(stories.calm(), ungrouped=[part], groups=[])
    values = _values(summary)
    told = {
        span: _json(values, f"API/uptime-{span}.json")["message"]
        for span in ("24h", "7d", "30d", "90d")
    }
    # Of the 90 days, the ones of `stories` in which 6,400 s were down; two days have no data.
    counted = [day.tally for day in part.days]
    parts = [
        (sum(one.up_s + one.degraded_s for one in some), sum(one.down_s for one in some))
        for some in (counted[-7:], counted[-30:], counted)
    ]
    floored = [int(up * 10_000 / (up + down)) / 100 for up, down in parts]
    assert list(told.values()) == ["92.59%", *(f"{one:g}%" for one in floored)]
    assert _json(values, "uptime-24h.json")["message"] == "92.59%"


def test_monitors_with_data_make_the_uptime_of_the_page() -> None:
    down = replace(stories.component("API"), last_day=Tally(up_s=0, down_s=86_400))
    up = stories.monitor("Start page")._replace(last_day=Tally(up_s=86_400))
    unknown = stories.monitor("Search")
    summary = replace(stories.calm(), ungrouped=[down], groups=[], monitors=[up, unknown])
    assert _json(_values(summary), "uptime-24h.json")["message"] == "100%"
    assert _json(_values(summary), "m-Search/uptime-24h.json")["message"] == "no data"


def test_monitor_has_the_badges_of_what_it_shows() -> None:
    names = list(names_of(_values(stories.measured()), styles=()))
    of_search = [name for name in names if name.startswith("m-Search/") and name.endswith("svg")]
    assert of_search == ["m-Search/status.svg", "m-Search/response-time.svg"]


def test_every_name_has_its_badge() -> None:
    values = _values(stories.measured())
    names = list(names_of(values))
    missing = [name for name in names if file_at(f"{FOLDER}{name}", values) is None]
    assert (missing, len(names), len(set(names))) == ([], 240, 240)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "status",
        "status.svg.svg",
        "status.png",
        "status.round.svg",
        "status.flat.json",
        "uptime-30d.dot.svg",
        "uptime-31d.svg",
        "API/response-time.svg",
        "nobody/status.svg",
        "API/API/status.svg",
        "../summary.json",
        "status.svg\n",
    ],
)
def test_other_names_have_none(name: str) -> None:
    assert file_at(f"{FOLDER}{name}", _values(stories.calm())) is None


def test_values_are_found_beside_the_badge_in_any_language_and_slug() -> None:
    assert index_path("/s/badge/badge/x/status.svg") == "/s/badge/badge/index.json"
    assert index_path("/s/acme/de/badge/status.svg") == "/s/acme/de/badge/index.json"
    assert index_path("/s/acme/summary.json") == ""


def test_long_and_hostile_names_are_cut_and_kept_as_text() -> None:
    name = "\x00\ufffe\u202eA<b>" + "W" * 80
    part = replace(stories.component("API"), name=name)
    values = _values(replace(stories.calm(), ungrouped=[part], groups=[]))
    told = values.told("API", "status")
    assert told is not None
    assert told.label == f"A<b>{'W' * 55}…"
    assert told.title == f"A<b>{'W' * 80}: Operational"
    assert file_at(f"{FOLDER}API/status.svg", values) is not None
