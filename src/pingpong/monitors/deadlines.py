"""Until when a heartbeat has to come."""

from datetime import datetime

from .due import LEAD_S
from .models import INTERVALS_S, Monitor, Watch
from .stored_options import readable_options


def expect_beat(monitor: Monitor, *, now: datetime) -> None:
    """Set the deadline: from now on an interval and what it may be late. One query."""
    interval_s = INTERVALS_S[monitor.frequency]
    patience_s = interval_s + readable_options(monitor.options).grace_s
    # The agenda takes slots so much ahead, and a beat is missed when its time is over.
    deadline = int(now.timestamp()) + patience_s + LEAD_S
    listening = Watch.objects.filter(monitor=monitor, is_active=True, next_slot__isnull=False)
    listening.update(next_slot=deadline, phase_s=deadline % interval_s)
