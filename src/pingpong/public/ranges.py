"""The stretches of time that a chart can show, and when each is drawn anew."""

from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

HOUR_S = 3600
DAY_S = 24 * HOUR_S
# Outcomes of a slot come in this late without anything being wrong.
_SETTLED_AFTER_S = 30


@dataclass(frozen=True, slots=True)
class Range:
    """A chart of so many seconds, in steps, drawn anew every so often."""

    name: str
    length_s: int
    step_s: int
    renewed_every_s: int

    def window(self, page_id: str, now: datetime) -> "Window":
        """Return the window that is shown at `now`; it moves on once in each period.

        Pages move on at different moments, spread by a hash, so that not all work comes at once.
        """
        spread_s = crc32(page_id.encode()) % (min(self.renewed_every_s, HOUR_S) // 2)
        late_s = _SETTLED_AFTER_S + spread_s
        second = int(now.timestamp()) - late_s
        turned = second - second % self.renewed_every_s + late_s
        end = turned - turned % self.step_s + self.step_s
        return Window(end - self.length_s, end, self.step_s)

    def present(self, now: datetime) -> "Window":
        """Return the window whose last step is the present one."""
        second = int(now.timestamp())
        end = second - second % self.step_s + self.step_s
        return Window(end - self.length_s, end, self.step_s)

    def turn(self, page_id: str, now: datetime) -> int:
        """Return a number that is another one after each period, for pages at different moments."""
        spread_s = crc32(page_id.encode()) % self.renewed_every_s
        return (int(now.timestamp()) + spread_s) // self.renewed_every_s


@dataclass(frozen=True, slots=True)
class Window:
    """Seconds since 1970, both edges on the grid of the steps."""

    start: int
    end: int
    step: int

    @property
    def count(self) -> int:
        return (self.end - self.start) // self.step


LAST_DAY = Range("24h", DAY_S, 600, 600)
LAST_WEEK = Range("7d", 7 * DAY_S, HOUR_S, HOUR_S)
LAST_MONTH = Range("30d", 30 * DAY_S, 6 * HOUR_S, 6 * HOUR_S)
LAST_QUARTER = Range("90d", 90 * DAY_S, DAY_S, HOUR_S)
RANGES = (LAST_DAY, LAST_WEEK, LAST_MONTH, LAST_QUARTER)
