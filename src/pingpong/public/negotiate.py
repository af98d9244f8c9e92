"""What a request header asks for: an encoding, or nothing when the reader has it already."""

from pingpong.kit.quality import LONGEST_HEADER, weight_of

NAMES = ("identity", "gzip", "br")
IDENTITY, GZIP, BROTLI = range(3)
# Best first: brotli is the smallest.
_PREFERENCE = (BROTLI, GZIP, IDENTITY)


def choose(accept_encoding: str) -> int:
    """Return the index in :data:`NAMES` of the best encoding that a header allows (RFC 9110)."""
    weights: dict[str, float] = {}
    for part in accept_encoding[:LONGEST_HEADER].lower().split(","):
        name, _, parameters = part.partition(";")
        weights[name.strip()] = weight_of(parameters)
    return next((one for one in _PREFERENCE if _is_allowed(one, weights)), IDENTITY)


def _is_allowed(encoding: int, weights: dict[str, float]) -> bool:
    name = NAMES[encoding]
    unnamed = 0.0 if encoding != IDENTITY else 1.0
    return weights.get(name, weights.get("*", unnamed)) > 0


def has_current(if_none_match: str, etag: str) -> bool:
    """Tell whether If-None-Match names an entity tag, by weak comparison."""
    if if_none_match == etag or if_none_match.strip() == "*":
        return True
    return any(tag.strip().removeprefix("W/") == etag for tag in if_none_match.split(","))
