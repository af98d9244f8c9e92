"""When a certificate ends, from what libcurl tells of the chain."""

from collections.abc import Sequence
from datetime import UTC, datetime

_FORM = "%b %d %H:%M:%S %Y GMT"


def valid_until(chain: Sequence[Sequence[tuple[str, str]]]) -> int:
    """Return the end of the first (the server's own) certificate as seconds since 1970, or 0."""
    if not chain:
        return 0
    for name, value in chain[0]:
        if name == "Expire date":
            try:
                return int(datetime.strptime(value, _FORM).replace(tzinfo=UTC).timestamp())
            except ValueError:
                return 0
    return 0


def day_of(until: int) -> str:
    """Write the day for a detail: ``2026-12-01``."""
    return datetime.fromtimestamp(until, tz=UTC).date().isoformat()
