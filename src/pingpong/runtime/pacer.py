"""The schedule of an engine that has no broker: it never changes, and is nobody else's."""

import time
from typing import Any

from celery.beat import Scheduler


class Pacer(Scheduler):  # type: ignore[misc] # untyped
    """Celery's scheduler without what makes each second dear: comparing schedules, calendars."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._due: dict[str, float] = {}
        super().__init__(*arguments, **options)

    def tick(self, *_arguments: Any, **_options: Any) -> float:
        """Send what is due; return how long to sleep. What was slept through is not made up for."""
        now = time.monotonic()
        for name, entry in self.schedule.items():
            interval_s = entry.schedule.run_every.total_seconds()
            due_at = self._due.setdefault(name, now + interval_s)
            if due_at <= now:
                following = due_at + interval_s
                self._due[name] = following if following > now else now + interval_s
                self.apply_entry(entry, producer=self.producer)
        return max(min(self._due.values()) - time.monotonic(), 0.0)
