"""The schedule's sense of time: it bears a wall clock that is set back."""

import time
from datetime import datetime, timedelta

from celery.schedules import schedule

from pingpong.kit.clock import utc_now

_BEGAN_AT = utc_now()
_BEGAN_S = time.monotonic()
# A clock that is disciplined moves by less between two looks.
STEP_S = 2.0


def steady_now() -> datetime:
    """Return the time as it would be if nobody had touched the clock since the start."""
    return _BEGAN_AT + timedelta(seconds=time.monotonic() - _BEGAN_S)


def every(seconds: float) -> schedule:
    """Return a schedule that goes on at its pace whatever happens to the wall clock."""
    return schedule(timedelta(seconds=seconds), nowfun=steady_now)


class StepDetector:
    """Tells when the wall clock was set back against the steady one."""

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()

    def was_set_back(self) -> bool:
        offset = time.time() - time.monotonic()
        before, self._offset = self._offset, offset
        return offset < before - STEP_S
