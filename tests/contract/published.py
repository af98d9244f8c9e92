"""The published samples: as requests for a page of ours, and as shapes of its answers."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pingpong.kit.clock import iso_z

_FOLDER = Path(__file__).with_name("samples")
REQUESTS: dict[str, Any] = json.loads((_FOLDER / "requests.json").read_text())
ANSWERS: dict[str, Any] = json.loads((_FOLDER / "answers.json").read_text())

GROUP, COMPONENT, METRIC = (
    "Qgc5CGxVJTMY8MCShAqcij",
    "GZ7tIAmLacSDW7sHe9Fskl",
    "29epTBPdfSTBB7LAmTfADw",
)
METRIC_EXTENSIONS: dict[str, Any] = {
    "kind": "http",
    "locations": ["US West"],
    "paused": False,
    "state": "unknown",
    "checked_at": None,
    "status_when_down": None,
    "incident_when_down": "none",
    "heartbeat_url": None,
    "check": {
        "method": "GET",
        "body": "",
        "username": "",
        "expected_status": "200-299",
        "redirects": 5,
        "keyword": "",
        "keyword_absent": "",
        "json_path": "",
        "json_value": None,
        "ip_version": 0,
        "http_version": "",
        "verify_tls": True,
        "certificate_days": 14,
        "record_type": "A",
        "record_value": "",
        "timeout_ms": 10_000,
        "confirmations": 2,
        "degraded_after_ms": 0,
        "grace_s": 60,
        "headers": [],
        "has_password": False,
        "has_bearer": False,
    },
}
# The published points were recent when they were written.
_POINTS_WERE_SENT_AT = 1615387980


@dataclass(frozen=True)
class Operation:
    """One of the 34, as the contract's list numbers them."""

    number: int
    method: str
    path: str
    answer: str
    status: int = 200
    request: str = ""
    is_list: bool = False

    def __str__(self) -> str:
        return f"{self.number} {self.method} {self.path}"


def _read(number: int, path: str, answer: str, *, many: bool = False) -> Operation:
    return Operation(number, "GET", path, answer, is_list=many)


def _write(number: int, method: str, path: str, name: str, status: int = 200) -> Operation:
    return Operation(number, method, path, name, status, request=name)


OPERATIONS = (
    _read(1, "/status", "status"),
    _read(2, "/live", "live"),
    _read(3, "/components", "component", many=True),
    _write(4, "POST", "/components", "component", 201),
    _read(5, "/components/{component}", "component"),
    _write(6, "PUT", "/components/{component}", "component"),
    _write(7, "PUT", "/components/{component}/status", "component_status"),
    _read(8, "/component-groups", "group", many=True),
    _write(9, "POST", "/component-groups", "group", 201),
    _read(10, "/component-groups/{group}", "group"),
    _write(11, "PUT", "/component-groups/{group}", "group"),
    _read(12, "/incidents/ongoing", "incident", many=True),
    _read(13, "/incidents", "incident", many=True),
    _write(14, "POST", "/incidents", "incident", 201),
    _read(15, "/incidents/{incident}", "incident"),
    _write(16, "PUT", "/incidents/{incident}", "incident"),
    _read(17, "/incidents/{incident}/updates", "update", many=True),
    _write(18, "POST", "/incidents/{incident}/updates", "update", 201),
    _read(19, "/incidents/{incident}/updates/{update}", "update"),
    _write(20, "PUT", "/incidents/{incident}/updates/{update}", "update"),
    Operation(21, "DELETE", "/incidents/{incident}/updates/{update}", "", 204),
    _read(22, "/maintenance", "maintenance", many=True),
    _write(23, "POST", "/maintenance", "maintenance", 201),
    _read(24, "/maintenance/{maintenance}", "maintenance"),
    _write(25, "PUT", "/maintenance/{maintenance}", "maintenance"),
    _read(26, "/metrics", "metric", many=True),
    _write(27, "POST", "/metrics", "metric", 201),
    _read(28, "/metrics/{metric}", "metric"),
    _write(29, "PUT", "/metrics/{metric}", "metric"),
    Operation(30, "POST", "/custom-metrics/data", "data_points", request="data_points"),
    _read(31, "/custom-metrics", "custom_metric", many=True),
    _write(32, "POST", "/custom-metrics", "custom_metric", 201),
    _read(33, "/custom-metrics/{custom_metric}", "custom_metric"),
    _write(34, "PUT", "/custom-metrics/{custom_metric}", "custom_metric"),
)


def request(name: str, ids: dict[str, str], *, now: datetime) -> Any:
    """Return a published request: its ids stand for existing ones, its points for recent ones."""
    text = json.dumps(REQUESTS[name])
    for published, kind in ((GROUP, "group"), (COMPONENT, "component"), (METRIC, "custom_metric")):
        text = text.replace(published, ids.get(kind, published))
    body = json.loads(text)
    if name == "data_points":
        shift = (int(now.timestamp()) - _POINTS_WERE_SENT_AT) // 60 * 60
        for point in next(iter(body["data"].values())):
            point["timestamp"] += shift
    if name == "maintenance":
        body["scheduled_for"] = iso_z(now - timedelta(minutes=30))
        body["ends_at"] = iso_z(now + timedelta(minutes=30))
    return body


def expected(name: str) -> Any:
    """Return a published answer with the keys that are ours in their places."""
    return _extended(ANSWERS[name], is_affected=False)


def _extended(value: Any, *, is_affected: bool) -> Any:
    if isinstance(value, list):
        return [_extended(one, is_affected=is_affected) for one in value]
    if not isinstance(value, dict):
        return value
    found: dict[str, Any] = {}
    for key, inner in value.items():
        found[key] = _extended(inner, is_affected=key == "affected_components")
        if key == "name" and "scheduled_for" in value:
            found["title"] = inner
        if key == "component" and "frequency" in value:
            found["url"] = ""
        if key == "project" and "incidents" in value:
            found["url"] = "http://testserver/s/acme/"
    return found | _last_extensions(value, is_affected=is_affected)


def _last_extensions(value: dict[str, Any], *, is_affected: bool) -> dict[str, Any]:
    """Return what is ours and stands behind all that is published."""
    if "occurred_at" in value:
        return {"draft": False, "next_update_by": None}
    if "reported_by" in value and "scheduled_for" not in value:
        return {"next_update_by": None}
    if "frequency" in value:
        return METRIC_EXTENSIONS
    if "status_color" in value and "showcased" in value:
        own = {"own_status": value["status"]}
        return own | ({"affected_status": value["status"]} if is_affected else {})
    return {}


def keys_of(value: Any) -> Any:
    """Return the keys, in order, all the way down; of a list those of its first element."""
    if isinstance(value, dict):
        return {key: keys_of(inner) for key, inner in value.items()} | {"order": list(value)}
    if isinstance(value, list) and value:
        return [keys_of(value[0])]
    return None
