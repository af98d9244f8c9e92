"""Claiming what is due: compare-and-swap updates, safe with any number of beats and workers."""

from datetime import datetime

from django.db import connection, transaction

from pingpong.kit.ids import new_id

from .writing import alone

# Slots are claimed a little ahead, so that a probe has them when they come. A heartbeat's deadline
# is written down so much later.
LEAD_S = 2
# What is later than this was missed: it is a gap, and nobody catches up on it.
LATE_AFTER_S = 30
# Until when an outcome is waited for: the longest check, and the way there and back.
CLAIMED_FOR_S = 45
MOST_TRIES = 2
# After a stop everything is missed at once: the next looks are spread over so many seconds.
SPREAD_S = 60
MOST_AT_ONCE = 2000
# A slot further ahead than this is of no clock of ours.
AHEAD_S = 120

# The next slot is the first one after the horizon that has the watch's phase. PostgreSQL, where
# its statistics say that nothing is due, would look for what is due once for each that is.
_CLAIM = """
UPDATE monitors_watch
SET claim = %(claim)s, claimed_slot = next_slot, claimed_until = next_slot + %(held)s, tries = 1,
    next_slot = %(horizon)s + interval_s
        - (%(horizon)s + interval_s - phase_s) %% interval_s
WHERE next_slot <= %(horizon)s AND id {one_of} (
    SELECT id FROM monitors_watch WHERE next_slot <= %(horizon)s ORDER BY next_slot LIMIT %(most)s
){end}
"""
_ONE_OF = {
    "postgresql": {"one_of": "= ANY(ARRAY", "end": ")"},
    "sqlite": {"one_of": "IN", "end": ""},
}
_SKIP_MISSED = """
UPDATE monitors_watch
SET claim = '', claimed_slot = NULL, claimed_until = NULL,
    next_slot = %(first)s + phase_s %% %(spread)s
WHERE next_slot < %(late)s AND monitor_id NOT IN (
    SELECT id FROM monitors_monitor WHERE kind = 'heartbeat'
)
"""
# While this engine stood still no heartbeat could be missed: each gets a whole interval more.
_FORGIVE_HEARTBEATS = """
UPDATE monitors_watch SET next_slot = %(now)s + interval_s
WHERE next_slot < %(late)s AND monitor_id IN (
    SELECT id FROM monitors_monitor WHERE kind = 'heartbeat'
)
"""
# Where the clock went back, the next slot lies further ahead than it can by itself.
_BRING_BACK = """
UPDATE monitors_watch SET next_slot = %(first)s + phase_s %% %(spread)s
WHERE next_slot > %(now)s + 2 * interval_s AND monitor_id NOT IN (
    SELECT id FROM monitors_monitor WHERE kind = 'heartbeat'
)
"""
# What was seen lies ahead of such a clock: it is forgotten, or nothing new would be judged.
_FORGET_VERDICTS = """
UPDATE monitors_verdict
SET covered_until = %(now)s, since = CASE WHEN since > %(now)s THEN %(now)s ELSE since END
WHERE monitor_id IN (SELECT monitor_id FROM monitors_watch WHERE last_slot > %(ahead)s)
"""
_FORGET_SLOTS = """
UPDATE monitors_watch SET last_slot = NULL, is_up = NULL, streak = 0, streak_slot = NULL
WHERE last_slot > %(ahead)s
"""
_RETAKE = """
UPDATE monitors_watch
SET claim = %(claim)s, claimed_until = %(now)s + %(held)s, tries = tries + 1
WHERE claimed_until < %(now)s AND tries < %(tries)s AND is_active
"""
_GIVE_UP = """
UPDATE monitors_watch SET claim = '', claimed_until = NULL
WHERE claimed_until < %(now)s AND (tries >= %(tries)s OR NOT is_active)
"""


def claim_due(now: datetime) -> str:
    """Claim the watches whose slot is near; return the claim's name. Constant work a watch."""
    second = int(now.timestamp())
    missed = {"now": second, "late": second - LATE_AFTER_S}
    claim = new_id()
    due = {"horizon": second + LEAD_S, "held": CLAIMED_FOR_S, "most": MOST_AT_ONCE}
    with transaction.atomic(), alone(), connection.cursor() as cursor:
        cursor.execute(_SKIP_MISSED, {**missed, **_spread(second)})
        cursor.execute(_FORGIVE_HEARTBEATS, missed)
        cursor.execute(_CLAIM.format(**_ONE_OF[connection.vendor]), {"claim": claim, **due})
    return claim


def retake_expired(now: datetime) -> str:
    """Claim again what a killed worker or probe left without an outcome; return the claim's name.

    What was tried twice is given up: it is a gap.
    """
    second = int(now.timestamp())
    expired = {"now": second, "tries": MOST_TRIES}
    claim = new_id()
    with transaction.atomic(), alone(), connection.cursor() as cursor:
        cursor.execute(_GIVE_UP, expired)
        cursor.execute(_RETAKE, {**expired, "claim": claim, "held": CLAIMED_FOR_S})
        for forget in (_FORGET_VERDICTS, _FORGET_SLOTS):
            cursor.execute(forget, {"now": second, "ahead": second + AHEAD_S})
        cursor.execute(_BRING_BACK, {"now": second, **_spread(second)})
    return claim


def _spread(second: int) -> dict[str, int]:
    return {"first": second + LEAD_S + 1, "spread": SPREAD_S}
