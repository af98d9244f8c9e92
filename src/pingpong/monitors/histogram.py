"""Response times counted in 160 bins, each 7 % wider than the one before, from 1 ms to 60 s.

A histogram is bytes: how many bytes a count has, the bins that are not empty, in order, and their
counts, lowest byte first. Adding one time more touches a few bytes; adding histograms is adding
counts.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from math import exp, log

BINS = 160
LOWEST_US = 1_000
HIGHEST_US = 60_000_000
_PER_LOG = BINS / log(HIGHEST_US / LOWEST_US)

_ONE = [bytes([number]) for number in range(256)]
_WIDTHS = (1, 2, 4, 8)


def bin_of(value_us: int) -> int:
    """Return the bin of a time; what is shorter or longer than all bins is in the outermost."""
    if value_us <= LOWEST_US:
        return 0
    return min(int(log(value_us / LOWEST_US) * _PER_LOG), BINS - 1)


def add(bins: bytes, value_us: int) -> bytes:
    """Return the histogram with one time more."""
    index = bin_of(value_us)
    if not bins:
        return b"\1" + _ONE[index] + b"\1"
    width = bins[0]
    counts = 1 + (len(bins) - 1) // (1 + width)
    found = bins.find(index, 1, counts)
    if found > 0:
        at = counts + (found - 1) * width
        count = int.from_bytes(bins[at : at + width], "little") + 1
        if count >> 8 * width:
            return pack(unpack(bins) | {index: count})
        return bins[:at] + count.to_bytes(width, "little") + bins[at + width :]
    found = bisect_left(bins, index, 1, counts)
    at = counts + (found - 1) * width
    new = (1).to_bytes(width, "little")
    return bins[:found] + _ONE[index] + bins[found:at] + new + bins[at:]


def merge(histograms: Iterable[bytes]) -> bytes:
    """Return the histogram of all times together."""
    sums: dict[int, int] = {}
    for bins in histograms:
        for index, count in unpack(bins).items():
            sums[index] = sums.get(index, 0) + count
    return pack(sums)


def pack(counts: Mapping[int, int]) -> bytes:
    """Return the histogram that has these counts, by bin."""
    known = sorted(index for index, count in counts.items() if count)
    if not known:
        return b""
    highest = max(counts.values())
    width = next(width for width in _WIDTHS if not highest >> 8 * width)
    numbers = (counts[index].to_bytes(width, "little") for index in known)
    return b"".join((_ONE[width], bytes(known), *numbers))


def unpack(bins: bytes) -> dict[int, int]:
    """Return the counts by bin, lowest bin first, those that are not 0."""
    if not bins:
        return {}
    width = bins[0]
    counts = 1 + (len(bins) - 1) // (1 + width)
    if width == 1:
        return dict(zip(bins[1:counts], bins[counts:], strict=True))
    starts = range(counts, len(bins), width)
    numbers = (int.from_bytes(bins[at : at + width], "little") for at in starts)
    return dict(zip(bins[1:counts], numbers, strict=True))


def percentiles(bins: bytes, shares: Iterable[float]) -> list[int | None]:
    """Return, in microseconds, the time that each share (0 to 1) of all is not longer than.

    Not further than 6 % from the exact one. None where nothing was counted.
    """
    counts = list(unpack(bins).items())
    total = sum(count for _, count in counts)
    return [_percentile(counts, total * share) if total else None for share in shares]


def percentile(bins: bytes, share: float) -> int | None:
    return percentiles(bins, [share])[0]


def _percentile(counts: list[tuple[int, int]], rank: float) -> int:
    before = 0
    for index, count in counts:
        if before + count >= rank:
            # Inside the middle half of the bin: at its edges the error could be the whole bin.
            position = 0.25 + 0.5 * (rank - before) / count
            return round(LOWEST_US * exp((index + position) / _PER_LOG))
        before += count
    raise AssertionError("A share is at most 1.")
