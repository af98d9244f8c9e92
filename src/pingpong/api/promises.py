"""When the next update of an incident is promised: an extension of the contract."""

from datetime import datetime
from typing import Any

from pingpong.kit.clock import utc_now

from .fields import Instant

PROMISE_HELP = "When the next update is promised; null for no promise. An update replaces it."


class Promised(Instant):
    """An instant to come; one that is sent again as it is stored may have passed meanwhile."""

    default_error_messages = {"past": "Promise an instant that is still to come."}

    def to_internal_value(self, value: Any) -> datetime:
        at = super().to_internal_value(value)
        known = getattr(getattr(self.parent, "instance", None), "next_update_by", None)
        if at != known and at <= utc_now():
            self.fail("past")
        return at
