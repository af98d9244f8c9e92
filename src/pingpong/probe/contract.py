"""The messages between core and probes, the same over a pipe and over a broker.

JSON objects with a `type`. The core says what to check and when, a probe says what it saw. A probe
knows nothing else of the core: no database, no secret but those that a check itself needs.
"""

from typing import Any, Literal

import msgspec

# The ten of the published API.
LOCATIONS = (
    "US West",
    "US East",
    "Brazil",
    "United Kingdom",
    "Italy",
    "Sweden",
    "South Africa",
    "Singapore",
    "Australia",
    "Japan",
)

Kind = Literal["http", "tcp", "icmp", "dns"]

UP = "up"
# The target's own failures: they count as down.
FAILURES = (
    "dns_failed",
    "connect_refused",
    "connect_timeout",
    "connect_failed",
    "tls_invalid",
    "tls_expired",
    "status_unexpected",
    "keyword_missing",
    "keyword_present",
    "json_mismatch",
    "record_mismatch",
    "redirects_exceeded",
    "response_invalid",
    "read_timeout",
    "heartbeat_missed",
)
# Not the target's: such a check says nothing of it, it is a gap.
GAPS = ("blocked_by_policy", "probe_fault")
WORDS = (UP, *FAILURES, *GAPS)

DEFAULT_TIMEOUT_MS = 10_000
MOST_REDIRECTS = 5
MOST_BODY_BYTES = 1024 * 1024


class Check(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What to look at, and what is right.

    `url` is a web address for http, `host:port` for tcp, a host for icmp, a name for dns.
    `expected_status` are ranges, both ends included. `json_path` is a singular query of RFC 9535;
    with `json_value` the found value, written as JSON or as bare text, has to be that.
    """

    kind: Kind = "http"
    url: str = ""
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    username: str = ""
    password: str = ""
    bearer: str = ""
    expected_status: tuple[tuple[int, int], ...] = ((200, 299),)
    redirects: int = MOST_REDIRECTS
    keyword: str = ""
    keyword_absent: str = ""
    json_path: str = ""
    json_value: str | None = None
    ip_version: Literal[0, 4, 6] = 0
    http_version: Literal["", "1.1", "2"] = ""
    verify_tls: bool = True
    wants_certificate: bool = False
    record_type: str = "A"
    record_value: str = ""
    timeout_ms: int = DEFAULT_TIMEOUT_MS


class Assignment(msgspec.Struct, frozen=True, omit_defaults=True, array_like=True):
    """One check at one slot: whole seconds since 1970 by the core's clock."""

    watch: int
    slot: int
    check: Check


class Batch(msgspec.Struct, frozen=True, tag="batch", tag_field="type"):
    """Assignments for one location; `sent_at` is the core's clock when they left."""

    id: str
    location: str
    sent_at: float
    assignments: list[Assignment]


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True, array_like=True):
    """What a check found. Durations are microseconds, each phase by itself; `total_us` is all.

    `delay_ms` is how much later than its slot the check began. `detail` is one of our own words
    (`HTTP 503`, `expires 2026-12-01`), never text of the target or a raw error.
    """

    watch: int
    slot: int
    word: str
    total_us: int = 0
    dns_us: int = 0
    connect_us: int = 0
    tls_us: int = 0
    first_byte_us: int = 0
    status: int = 0
    delay_ms: int = 0
    certificate_until: int = 0
    detail: str = ""


class Outcomes(msgspec.Struct, frozen=True, tag="outcomes", tag_field="type"):
    """What one probe found; sent again until the core has said that it has it.

    `vantage` names the machine: names of several locations on one machine are one vantage point.
    """

    id: str
    agent: str
    vantage: str
    location: str
    sent_at: float
    outcomes: list[Outcome]


class Report(msgspec.Struct, frozen=True, tag="report", tag_field="type"):
    """A probe's sign of life. `is_connected` is what its own look at the network says."""

    agent: str
    vantage: str
    locations: list[str]
    version: str
    started_at: float
    sent_at: float
    in_flight: int
    spooled: int
    is_connected: bool


class Receipt(msgspec.Struct, frozen=True, tag="receipt", tag_field="type"):
    """The core has these outcomes for good (over a pipe; a broker keeps messages itself)."""

    ids: list[str]


ToProbe = Batch | Receipt
ToCore = Outcomes | Report

_encoder = msgspec.json.Encoder()
_to_probe: msgspec.json.Decoder[ToProbe] = msgspec.json.Decoder(ToProbe)
_to_core: msgspec.json.Decoder[ToCore] = msgspec.json.Decoder(ToCore)


def encode(message: ToProbe | ToCore) -> bytes:
    return _encoder.encode(message)


def read_from_core(raw: bytes | str) -> ToProbe:
    """Decode what a probe gets; raises msgspec.DecodeError or ValidationError."""
    return _to_probe.decode(raw)


def read_from_probe(raw: bytes | str) -> ToCore:
    """Decode what the core gets; raises msgspec.DecodeError or ValidationError."""
    return _to_core.decode(raw)


def as_plain(value: Any) -> Any:
    """Return plain dicts and lists, for a broker's own serializer."""
    return msgspec.to_builtins(value)


def queue_of(location: str) -> str:
    """Name the queue of a location: ``loc.us-west``."""
    return "loc." + location.lower().replace(" ", "-")
