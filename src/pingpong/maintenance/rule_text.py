"""Recurrence rules as text: the part of RFC 5545 that planned work needs.

No part below a day: the time of day is that of the first date. A rule ends by COUNT, by UNTIL, or
not at all.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_CHARACTERS = 200
MOST_COUNT = 1000
MOST_INTERVAL = 400
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_ORDINAL_DAY = re.compile(rf"([+-]?\d{{1,2}})?({'|'.join(WEEKDAYS)})")
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")
_ORDER = (
    "FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST", "COUNT", "UNTIL",
)  # fmt: skip


class RuleProblem(StrEnum):
    """Why a text is no rule for planned work."""

    UNREADABLE = "unreadable"
    TOO_LONG = "too long"
    FREQUENCY = "frequency"
    UNKNOWN_PART = "unknown part"
    PART_VALUE = "part value"
    TWO_ENDS = "two ends"
    NO_DATE = "no date"


class RuleInvalidError(Exception):
    """The text is no rule for planned work; `part` is the part that is wrong, if it is one."""

    def __init__(self, problem: RuleProblem, part: str = "") -> None:
        super().__init__(f"This is no rule for planned work: {problem.value} {part}".strip())
        self.problem = problem
        self.part = part


@dataclass(frozen=True, slots=True)
class Rule:
    """What a text says. `weekdays` are pairs of an ordinal (0: each) and a day, 0 for Monday.

    `until` is a wall time of the series' zone, and counts itself.
    """

    text: str
    frequency: str
    interval: int = 1
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0
    count: int | None = None
    until: datetime | None = None


def read_rule(text: str, zone: tzinfo) -> Rule:
    """Read a rule; `zone` is where an UNTIL in UTC is looked at. Raises RuleInvalidError."""
    parts = _parts_of(text)
    frequency = parts.get("FREQ", "")
    if frequency not in _FREQUENCIES:
        raise RuleInvalidError(RuleProblem.FREQUENCY)
    if "COUNT" in parts and "UNTIL" in parts:
        raise RuleInvalidError(RuleProblem.TWO_ENDS)
    if frequency in ("DAILY", "WEEKLY"):
        unfit = {"BYSETPOS"} if frequency == "DAILY" else {"BYSETPOS", "BYMONTHDAY"}
        for part in unfit & parts.keys():
            raise RuleInvalidError(RuleProblem.UNKNOWN_PART, part)
    days = _each(parts, "BYDAY", _weekday(_most_ordinal(frequency, parts)))
    until = _until(parts["UNTIL"], zone) if "UNTIL" in parts else None
    if until is not None:
        parts["UNTIL"] = until.strftime("%Y%m%dT%H%M%S")
    return Rule(
        text=";".join(f"{name}={parts[name]}" for name in _ORDER if name in parts),
        frequency=frequency,
        interval=_number("INTERVAL", 1, MOST_INTERVAL)(parts.get("INTERVAL", "1")),
        months=_each(parts, "BYMONTH", _number("BYMONTH", 1, 12)),
        month_days=_each(parts, "BYMONTHDAY", _number("BYMONTHDAY", -31, 31)),
        weekdays=days,
        positions=_each(parts, "BYSETPOS", _number("BYSETPOS", -366, 366)),
        week_start=_weekday(0)(parts.get("WKST", "MO"))[1],
        count=_number("COUNT", 1, MOST_COUNT)(parts["COUNT"]) if "COUNT" in parts else None,
        until=until,
    )


def with_count(text: str, count: int) -> str:
    """Return the text of a rule with another COUNT."""
    return re.sub(r"(?<=;COUNT=)\d+", str(count), text)


def _parts_of(text: str) -> dict[str, str]:
    if len(text) > MOST_CHARACTERS:
        raise RuleInvalidError(RuleProblem.TOO_LONG)
    bare = re.sub(r"\s", "", text).upper().removeprefix("RRULE:").rstrip(";")
    parts: dict[str, str] = {}
    for piece in bare.split(";"):
        name, equals, value = piece.partition("=")
        if not equals or not value or name in parts or not bare.isascii():
            raise RuleInvalidError(RuleProblem.UNREADABLE)
        if name not in _ORDER:
            raise RuleInvalidError(RuleProblem.UNKNOWN_PART, name[:20])
        parts[name] = value
    return parts


def _most_ordinal(frequency: str, parts: dict[str, str]) -> int:
    if frequency == "MONTHLY" or (frequency == "YEARLY" and "BYMONTH" in parts):
        return 5
    return 53 if frequency == "YEARLY" else 0


def _each(parts: dict[str, str], name: str, read: Callable[[str], T]) -> tuple[T, ...]:
    if name not in parts:
        return ()
    return tuple(dict.fromkeys(read(piece) for piece in parts[name].split(",")))


def _number(name: str, least: int, most: int) -> Callable[[str], int]:
    def read(piece: str) -> int:
        if not re.fullmatch(r"[+-]?\d{1,4}", piece):
            raise RuleInvalidError(RuleProblem.PART_VALUE, name)
        number = int(piece)
        if number == 0 or not least <= number <= most:
            raise RuleInvalidError(RuleProblem.PART_VALUE, name)
        return number

    return read


def _weekday(most_ordinal: int) -> Callable[[str], tuple[int, int]]:
    def read(piece: str) -> tuple[int, int]:
        found = _ORDINAL_DAY.fullmatch(piece)
        if found is None:
            raise RuleInvalidError(RuleProblem.PART_VALUE, "BYDAY")
        ordinal = int(found[1] or 0)
        if abs(ordinal) > most_ordinal or (found[1] and not ordinal):
            raise RuleInvalidError(RuleProblem.PART_VALUE, "BYDAY")
        return ordinal, WEEKDAYS.index(found[2])

    return read


def _until(value: str, zone: tzinfo) -> datetime:
    found = _UNTIL.fullmatch(value)
    if found is None:
        raise RuleInvalidError(RuleProblem.PART_VALUE, "UNTIL")
    clock = found[2] or "235959"
    try:
        moment = datetime.strptime(found[1] + clock, "%Y%m%d%H%M%S")  # noqa: DTZ007 -- a wall time
        if not found[3]:
            return moment
        return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    except (ValueError, OverflowError) as problem:
        raise RuleInvalidError(RuleProblem.PART_VALUE, "UNTIL") from problem
