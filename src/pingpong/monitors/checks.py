"""What a monitor checks, beside its address: read from and written to `Monitor.options`."""

from typing import Any, Literal

import msgspec

from pingpong.probe.contract import DEFAULT_TIMEOUT_MS, MOST_REDIRECTS

DEFAULT_CONFIRMATIONS = 2
DEFAULT_CERTIFICATE_DAYS = 14


class Options(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Every option with its default. `confirmations`: failures in a row until it counts as down.

    `degraded_after_ms` 0 never calls a check slow. `grace_s` is how late a heartbeat may be.
    Header values, the password and the bearer token are in `Secrets`.
    """

    method: Literal["GET", "HEAD", "POST"] = "GET"
    body: str = ""
    username: str = ""
    expected_status: str = "200-299"
    redirects: int = MOST_REDIRECTS
    keyword: str = ""
    keyword_absent: str = ""
    json_path: str = ""
    json_value: str | None = None
    ip_version: Literal[0, 4, 6] = 0
    http_version: Literal["", "1.1", "2"] = ""
    verify_tls: bool = True
    certificate_days: int = DEFAULT_CERTIFICATE_DAYS
    record_type: str = "A"
    record_value: str = ""
    timeout_ms: int = DEFAULT_TIMEOUT_MS
    confirmations: int = DEFAULT_CONFIRMATIONS
    degraded_after_ms: int = 0
    grace_s: int = 60


class Secrets(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What is stored sealed (see `sealing`) and never answered."""

    headers: tuple[tuple[str, str], ...] = ()
    password: str = ""
    bearer: str = ""


def options_of(stored: dict[str, Any]) -> Options:
    """Return the options of a monitor's row."""
    return msgspec.convert(stored, Options)


def stored_form(options: Options) -> dict[str, Any]:
    """Return what goes into the row: only what differs from the defaults."""
    plain: dict[str, Any] = msgspec.to_builtins(options)
    return plain


def ranges_of(expected_status: str) -> tuple[tuple[int, int], ...]:
    """Read ``200-299, 301`` as ranges, both ends included; raises ValueError."""
    ranges = []
    for part in expected_status.split(","):
        low, _, high = part.strip().partition("-")
        ends = (int(low), int(high or low))
        if not 100 <= ends[0] <= ends[1] <= 599:  # noqa: PLR2004 -- HTTP's own bounds
            raise ValueError(f"{part.strip()!r} is no status or range of statuses.")
        ranges.append(ends)
    return tuple(ranges)
