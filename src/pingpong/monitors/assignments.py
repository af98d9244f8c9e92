"""From claimed watches to the messages that probes get."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
import structlog
from django.db import connection

from pingpong.kit.ids import new_id
from pingpong.probe.contract import Assignment, Batch, Check

from .checks import Options, Secrets, options_of, ranges_of
from .due import LEAD_S
from .models import Monitor, MonitorKind
from .sealing import open_secrets

log = structlog.get_logger(__name__)

MOST_IN_BATCH = 150
# Half of what goes through the pipe at once; a check alone is always smaller.
MOST_BYTES = 120 * 1024
# How often a certificate is looked at: reading it costs more than the check.
CERTIFICATE_EVERY_S = 6 * 3600
_MOST_KNOWN = 20_000

_TAKEN = """
SELECT watch.id, watch.claimed_slot, watch.location, watch.certificate_seen,
       monitor.id, monitor.kind, monitor.url, CAST(monitor.options AS text), monitor.sealed_secrets
FROM monitors_watch watch JOIN monitors_monitor monitor ON monitor.id = watch.monitor_id
WHERE watch.claim = %s
"""

_Fingerprint = tuple[str, str, str, bytes]
# By monitor: what its row said, and the check made of it, plain and with a look at the certificate.
_known: dict[str, tuple[_Fingerprint, Check, Check]] = {}


@dataclass(frozen=True, slots=True)
class Due:
    """What was claimed: assignments by location, and the heartbeats that did not come."""

    by_location: Mapping[str, list[Assignment]] = field(default_factory=dict)
    missed: list[tuple[int, int]] = field(default_factory=list)


def due_of(claim: str, *, now: datetime) -> Due:
    """Read what a claim has taken. One query."""
    second = int(now.timestamp())
    by_location: dict[str, list[Assignment]] = {}
    missed: list[tuple[int, int]] = []
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN, [claim])
        rows = cursor.fetchall()
    for watch_id, slot, location, seen, monitor_id, kind, *rest in rows:
        if kind == MonitorKind.HEARTBEAT:
            missed.append((watch_id, slot - LEAD_S))
            continue
        url, options, sealed = rest
        checks = _checks_of(monitor_id, (kind, url, options, bytes(sealed)))
        if checks is None:
            continue
        wants = url.startswith("https:") and (seen is None or second - seen >= CERTIFICATE_EVERY_S)
        by_location.setdefault(location, []).append(Assignment(watch_id, slot, checks[wants]))
    return Due(by_location, missed)


def batches(location: str, assignments: list[Assignment], *, sent_at: float) -> Iterator[Batch]:
    """Cut the assignments of a location into messages, by number and by size."""
    some: list[Assignment] = []
    size = 0
    for one in assignments:
        length = len(msgspec.json.encode(one))
        if some and (len(some) == MOST_IN_BATCH or size + length > MOST_BYTES):
            yield Batch(new_id(), location, sent_at, some)
            some, size = [], 0
        some.append(one)
        size += length
    if some:
        yield Batch(new_id(), location, sent_at, some)


def _checks_of(monitor_id: str, fingerprint: _Fingerprint) -> tuple[Check, Check] | None:
    """Return the checks of a monitor; None for one that cannot be read, which stops no other."""
    known = _known.get(monitor_id)
    if known is not None and known[0] == fingerprint:
        return known[1:]
    kind, url, options, sealed = fingerprint
    try:
        # Not read again, one by one: after a start all are new at once.
        monitor = Monitor(pk=monitor_id, kind=kind, url=url, sealed_secrets=sealed)
        check = check_of(monitor, options_of(json.loads(options)), open_secrets(monitor))
    except Exception as problem:  # noqa: BLE001 -- one bad row must not stop the others
        log.warning("monitor_unreadable", monitor=monitor_id, problem=type(problem).__name__)
        return None
    if len(_known) >= _MOST_KNOWN:
        _known.clear()
    looking = msgspec.structs.replace(check, wants_certificate=True)
    _known[monitor_id] = (fingerprint, check, looking)
    return check, looking


def check_of(monitor: Monitor, options: Options, secrets: Secrets) -> Check:
    """Put together what a probe has to know, and no more."""
    kind: Any = monitor.kind
    return Check(
        kind=kind,
        url=monitor.url,
        method=options.method,
        headers=secrets.headers,
        body=options.body,
        username=options.username,
        password=secrets.password,
        bearer=secrets.bearer,
        expected_status=ranges_of(options.expected_status),
        redirects=options.redirects,
        keyword=options.keyword,
        keyword_absent=options.keyword_absent,
        json_path=options.json_path,
        json_value=options.json_value,
        ip_version=options.ip_version,
        http_version=options.http_version,
        verify_tls=options.verify_tls,
        record_type=options.record_type,
        record_value=options.record_value,
        timeout_ms=options.timeout_ms,
    )
