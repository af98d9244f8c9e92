"""When a check begins: at its slot, spread inside the second, by differences of clocks only."""

from collections import deque

# What comes late begins at once, but not all of it in the same instant.
LATE_SPREAD_S = 0.25
_REMEMBERED_S = 600.0
# What should have begun so long ago tells nobody anything: it lay in a queue without a reader.
OLDEST_S = 120.0
# When all messages have seemed older than that for so long, they are not: the core's clock was set.
_DOUBTED_FOR_S = 60.0


def offset_s(watch: int) -> float:
    """Return a watch's place inside its second, the same at each slot: one of 128.

    What begins together is woken up for once: at 500 a second that saves a sixth of a check.
    """
    return ((watch * 2654435761 & 0xFFFFFFFF) >> 25) / 128


def begin_at(watch: int, slot_at: float, now: float) -> float:
    """Return when to begin; `slot_at` is the slot's instant by the same clock as `now`."""
    offset = offset_s(watch)
    return max(slot_at + offset, now + offset * LATE_SPREAD_S)


class CoreClock:
    """Where the core's clock stands by our monotonic one, from what each message says.

    The quickest message of the last ten minutes is taken to have come at once, so that one that
    waited in a queue is known to be late, however wrong either wall clock is.
    """

    def __init__(self) -> None:
        self._gaps: deque[tuple[float, float]] = deque()  # (arrived, gap), gaps ascending
        self._believed_at = 0.0

    def zero(self, sent_at: float, now: float) -> float:
        """Return the monotonic instant of the core's second 0, by a message that arrives now."""
        gap = now - sent_at
        gaps = self._gaps
        while gaps and gaps[0][0] < now - _REMEMBERED_S:
            gaps.popleft()
        if gaps and gap - gaps[0][1] > OLDEST_S:
            if now - self._believed_at < _DOUBTED_FOR_S:
                return gaps[0][1]
            gaps.clear()
        self._believed_at = now
        while gaps and gaps[-1][1] >= gap:
            gaps.pop()
        gaps.append((now, gap))
        return gaps[0][1]
