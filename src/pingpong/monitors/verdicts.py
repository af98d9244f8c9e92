"""What one watch has seen: its outcomes in a row, folded one by one."""

from dataclasses import dataclass, replace

from pingpong.probe.contract import GAPS, UP

# One check may be missed; after two in a row nobody has been looking.
FRESH_INTERVALS = 2.5
# Whoever has been silent for so many intervals, and for so long, is not coming back.
KNOWN_INTERVALS = 10
KNOWN_AT_LEAST_S = 3600


@dataclass(frozen=True, slots=True)
class Seen:
    """The columns of a Watch that its outcomes change. Slots are seconds since 1970.

    `streak` counts the outcomes in a row that are alike, up or failing; the first of them is at
    `streak_slot`.
    """

    last_slot: int | None = None
    last_word: str = ""
    is_up: bool | None = None
    streak: int = 0
    streak_slot: int | None = None


def patience_s(interval_s: int, *, grace_s: int = 0) -> int:
    """Return how long a watch may be silent until nobody is looking; `grace_s` of a heartbeat."""
    return int(FRESH_INTERVALS * interval_s) + grace_s


def memory_s(interval_s: int) -> int:
    """Return how long a vantage may be silent until it is no longer waited for."""
    return max(KNOWN_INTERVALS * interval_s, KNOWN_AT_LEAST_S)


def advance(seen: Seen, word: str, slot: int, *, patience_s: int) -> Seen:
    """Return what is seen after one more outcome.

    An outcome that is not newer than the last one changes nothing: it is late, or the clock was
    set back. A gap changes the word alone and makes nothing fresh. After a silence of more than
    `patience_s` a streak begins anew: nobody knows what was in between.
    """
    last = seen.last_slot
    if last is not None and slot <= last:
        return seen
    if word in GAPS:
        return replace(seen, last_word=word)
    is_up = word == UP
    goes_on = is_up == seen.is_up and last is not None and slot - last <= patience_s
    return Seen(
        last_slot=slot,
        last_word=word,
        is_up=is_up,
        streak=seen.streak + 1 if goes_on else 1,
        streak_slot=seen.streak_slot if goes_on else slot,
    )


def is_down(seen: Seen, confirmations: int) -> bool:
    """Tell whether the newest outcomes are failures, as many in a row as it takes."""
    return seen.is_up is False and seen.streak >= confirmations
