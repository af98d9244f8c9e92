"""Response times counted in 160 bins, each 7 % wider than the one before, from 1 ms to 60 s.

A histogram is bytes: for each bin that is not empty, how far it is from the one before, and its
count, both as variable-length integers. Adding histograms is adding counts.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import log

BINS = 160
LOWEST_US = 1_000
HIGHEST_US = 60_000_000
_RATIO = (HIGHEST_US / LOWEST_US) ** (1 / BINS)
_PER_LOG = 1 / log(_RATIO)

_MORE = 0x80
_SEVEN_BITS = 0x7F


def bin_of(value_us: int) -> int:
    """Return the bin of a time; what is shorter or longer than all bins is in the outermost."""
    if value_us <= LOWEST_US:
        return 0
    return min(int(log(value_us / LOWEST_US) * _PER_LOG), BINS - 1)


def add(bins: bytes, value_us: int) -> bytes:
    """Return the histogram with one time more; what stands before and after is left alone."""
    wanted = bin_of(value_us)
    last = -1
    for start, middle, end, index, count in _walk(bins):
        if index == wanted:
            return bins[:middle] + _varint(count + 1) + bins[end:]
        if index > wanted:
            new = _varint(wanted - last) + b"\x01" + _varint(index - wanted)
            return bins[:start] + new + bins[middle:]
        last = index
    return bins + _varint(wanted - last) + b"\x01"


def merge(histograms: Iterable[bytes]) -> bytes:
    """Return the histogram of all times together."""
    counts: dict[int, int] = {}
    for bins in histograms:
        for _, _, _, index, count in _walk(bins):
            counts[index] = counts.get(index, 0) + count
    return pack(counts)


def pack(counts: Mapping[int, int]) -> bytes:
    """Return the histogram that has these counts, by bin."""
    parts = bytearray()
    last = -1
    for index, count in sorted(counts.items()):
        if count:
            parts += _varint(index - last) + _varint(count)
            last = index
    return bytes(parts)


def unpack(bins: bytes) -> dict[int, int]:
    """Return the counts by bin, those that are not 0."""
    return {index: count for _, _, _, index, count in _walk(bins)}


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
            return round(LOWEST_US * _RATIO ** (index + position))
        before += count
    raise AssertionError("A share is at most 1.")


def _walk(bins: bytes) -> Iterator[tuple[int, int, int, int, int]]:
    """Yield start, middle and end of each pair, its bin and its count."""
    index, at, size = -1, 0, len(bins)
    while at < size:
        start = at
        step = bins[at]
        at += 1
        if step & _MORE:  # a step has two bytes at most
            step = (step & _SEVEN_BITS) | bins[at] << 7
            at += 1
        index += step
        middle = at
        count, shift = 0, 0
        while True:
            byte = bins[at]
            at += 1
            count |= (byte & _SEVEN_BITS) << shift
            if byte < _MORE:
                break
            shift += 7
        yield start, middle, at, index, count


def _varint(number: int) -> bytes:
    if number < _MORE:
        return _ONE_BYTE[number]
    parts = bytearray()
    while number >= _MORE:
        parts.append(number & _SEVEN_BITS | _MORE)
        number >>= 7
    parts.append(number)
    return bytes(parts)


_ONE_BYTE = [bytes([number]) for number in range(_MORE)]
