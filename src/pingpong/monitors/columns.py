"""From what a verb is told to the columns of a monitor's row."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from pingpong.kit.secrets import new_heartbeat_key

from .checks import Options, Secrets, stored_form
from .models import Monitor, MonitorKind
from .sealing import readable_secrets, seal
from .stored_options import readable_options

# Read anew under the page's lock, since a change adds to them or depends on them.
ADDED_TO = (
    "kind",
    "frequency",
    "url",
    "location",
    "more_locations",
    "options",
    "sealed_secrets",
    "heartbeat_key",
    "paused_at",
    "status_when_down",
)


def set_fields(monitor: Monitor, changes: Mapping[str, Any]) -> list[str]:
    """Set what `changes` names, and return the names of the columns that have to be written.

    `options` and `secrets` are mappings of what changes in them: None clears a secret, a header's
    value of None keeps the one that it has. The first
    of `locations` is the contract's `location`; `location` alone replaces the first one and leaves
    the others, and beside `locations` it becomes the first.
    """
    plain = dict(changes)
    found: dict[str, Any] = {}
    options, secrets = plain.pop("options", None), plain.pop("secrets", None)
    if "location" in plain or "locations" in plain:
        found |= _places(monitor, plain.pop("location", None), plain.pop("locations", None))
    if options is not None:
        found["options"] = stored_form(_with_options(monitor, options))
    if secrets is not None:
        found["sealed_secrets"] = seal(monitor.pk, _with_secrets(monitor, secrets))
    if "kind" in plain:
        found["heartbeat_key"] = _heartbeat_key(monitor, plain["kind"])
    found |= plain
    for name, value in found.items():
        setattr(monitor, name, value)
    return list(found)


def _places(
    monitor: Monitor, location: str | None, locations: Sequence[str] | None
) -> dict[str, Any]:
    others = monitor.more_locations if locations is None else locations
    wanted = list(dict.fromkeys([*([] if location is None else [location]), *others]))
    return {"location": wanted[0], "more_locations": wanted[1:]}


def _with_options(monitor: Monitor, changes: Mapping[str, Any]) -> Options:
    known = stored_form(readable_options(monitor.options))
    return msgspec.convert({**known, **changes}, Options)


def _with_secrets(monitor: Monitor, changes: Mapping[str, Any]) -> Secrets:
    known = readable_secrets(monitor)
    named = {
        name: getattr(Secrets(), name) if value is None else value
        for name, value in changes.items()
    }
    if "headers" in named:
        named["headers"] = _with_old_values(named["headers"], known)
    return msgspec.structs.replace(known, **named)


def _with_old_values(
    headers: Iterable[tuple[str, str | None]], known: Secrets
) -> tuple[tuple[str, str], ...]:
    """Put in the values that are known where none was said: they are never answered."""
    old = {name.lower(): value for name, value in known.headers}
    said = ((name, old.get(name.lower()) if text is None else text) for name, text in headers)
    return tuple((name, text) for name, text in said if text is not None)


def _heartbeat_key(monitor: Monitor, kind: str) -> str | None:
    if kind != MonitorKind.HEARTBEAT:
        return None
    return monitor.heartbeat_key or new_heartbeat_key()
