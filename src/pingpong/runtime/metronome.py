"""RedBeat with an eye on the clock; by itself, for an engine without a broker needs none of it."""

from typing import Any

import structlog
from redbeat import RedBeatScheduler

from .steady import StepDetector

log = structlog.get_logger(__name__)


class Metronome(RedBeatScheduler):  # type: ignore[misc] # untyped
    """RedBeat, whose schedule is written down in wall time: written anew when that goes back."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._clock = StepDetector()
        self._leads = False
        super().__init__(*arguments, **options)

    def tick(self, *arguments: Any, **options: Any) -> Any:
        if not self._leads:
            self._leads = True
            log.info("beat_leads")
        if self._clock.was_set_back():
            log.warning("clock_set_back")
            self._begin_anew()
        return super().tick(*arguments, **options)

    def _begin_anew(self) -> None:
        for name in self.app.redbeat_conf.schedule:
            key = self.Entry.generate_key(self.app, name)
            self.Entry.from_key(key, app=self.app).reschedule(self.app.now())
