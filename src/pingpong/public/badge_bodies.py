"""The values of a page's badges: one document, from which a badge is drawn when it is asked for.

Three hundred components with five figures in four styles would be six thousand stored paths
(docs/adr/0018).
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils.translation import gettext

from pingpong.components.status import Status
from pingpong.overview.monitors import MonitorSummary
from pingpong.overview.summary import Summary
from pingpong.overview.windows import PARTS, WINDOWS, Shares, shares, shares_of_page

from . import summary_json, words
from .badge_texts import INDEX
from .body import Body
from .copies import JSON
from .metric_rows import state_words

_GOOD = Decimal(99)
_FAIR = Decimal(95)
_OF_SIGN = {"pause": "none"}

Value = tuple[str, str]
"""What is said, and the sign that it is said with."""


def badge_bodies(summary: Summary, path: str, *, robots: str = "") -> Iterator[Body]:
    """Yield the document of a page whose paths begin with `path`."""
    yield Body(
        path=f"{path}badge/{INDEX}",
        content_type=JSON,
        policy="",
        slot=summary_json.AGE_SLOT,
        notice=summary_json.AGE_NOTICE,
        text=summary_json.write(_document(summary)).encode(),
        robots=robots,
    )


def _document(summary: Summary) -> dict[str, Any]:
    of_components = {one.id: shares(one.days, one.last_day) for one in summary.components}
    of_monitors = {
        one.id: shares(one.days, one.last_day) for one in summary.monitors if one.shows_uptime
    }
    whole = shares_of_page(of_monitors.values(), of_components.values())
    page = {"status": (gettext(summary.status), words.page_sign(summary.color)), **_uptimes(whole)}
    subjects: dict[str, Any] = {"": {"name": summary.name, "badges": page}}
    statuses = {one.value: (gettext(one.value), words.sign_of(one)) for one in Status}
    for one in summary.components:
        badges = {"status": statuses[one.status], **_uptimes(of_components[one.id])}
        subjects[one.id] = {"name": one.name, "badges": badges}
    for monitor in summary.monitors:
        badges = {
            "status": _state(monitor),
            **_uptimes(of_monitors.get(monitor.id, ())),
            **_response_time(monitor),
        }
        subjects[monitor.id] = {"name": monitor.name, "badges": badges}
    return {
        "stale": False,
        "labels": _labels(),
        "words": {
            "as_of": gettext("as of"),
            "stale": gettext("This may be out of date: last checked"),
        },
        "subjects": subjects,
    }


def _labels() -> dict[str, str]:
    spans = {
        "24h": gettext("uptime 24 h"),
        "7d": gettext("uptime 7 d"),
        "30d": gettext("uptime 30 d"),
        "90d": gettext("uptime 90 d"),
    }
    return {
        "status": gettext("status"),
        "response-time": gettext("response time"),
        **{f"uptime-{name}": spans[name] for name in WINDOWS},
    }


def _state(monitor: MonitorSummary) -> Value:
    sign, word = state_words(monitor.state)
    return word, _OF_SIGN.get(sign, sign)


def _uptimes(counted: Shares) -> dict[str, Value]:
    none = (gettext("no data"), "none")
    return {
        f"uptime-{name}": none if share is None else _uptime(share * 10_000 // PARTS)
        for name, share in zip(WINDOWS, counted, strict=False)
    }


@cache
def _uptime(hundredths: int) -> Value:
    """Say 0 to 10,000 hundredths of a percent."""
    percent = Decimal(hundredths).scaleb(-2)
    sign = "ok" if percent >= _GOOD else "minor" if percent >= _FAIR else "down"
    return f"{percent.normalize():f}%", sign


def _response_time(monitor: MonitorSummary) -> dict[str, Value]:
    if not monitor.shows_response_time:
        return {}
    if monitor.response_time_ms is None:
        return {"response-time": (gettext("no data"), "none")}
    return {"response-time": (f"{monitor.response_time_ms} ms", "work")}
