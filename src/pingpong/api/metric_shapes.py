"""What metrics answer beyond the published fields (contract section 5): extensions."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from pingpong.kit.clock import iso_z
from pingpong.monitors.heartbeats import heartbeat_url
from pingpong.monitors.models import Monitor
from pingpong.monitors.queries import state_of
from pingpong.monitors.sealing import readable_secrets
from pingpong.monitors.stored_options import readable_options


def iso_of_second(second: int) -> str:
    """Write a slot as the contract writes instants."""
    return iso_z(datetime.fromtimestamp(second, tz=UTC))


def ms_of(microseconds: float) -> float:
    """Write a duration in milliseconds, to the hundredth."""
    return round(microseconds / 1000, 2)


def monitor_json(monitor: Monitor, *, shows_key: bool) -> dict[str, Any]:
    """Return the extensions of a monitor that `monitors.queries.full` read. No query."""
    checked_slot: int | None = getattr(monitor, "checked_slot", None)
    return {
        "kind": monitor.kind,
        "locations": monitor.locations,
        "paused": monitor.paused_at is not None,
        "state": state_of(monitor),
        "checked_at": None if checked_slot is None else iso_of_second(checked_slot),
        "status_when_down": monitor.status_when_down,
        "incident_when_down": monitor.incident_when_down,
        "heartbeat_url": heartbeat_url(monitor) if shows_key else None,
        "check": _check_json(monitor),
    }


def _check_json(monitor: Monitor) -> dict[str, Any]:
    secrets = readable_secrets(monitor)
    return {
        **msgspec.structs.asdict(readable_options(monitor.options)),
        "headers": [{"name": name, "value": None} for name, _ in secrets.headers],
        "has_password": bool(secrets.password),
        "has_bearer": bool(secrets.bearer),
    }
