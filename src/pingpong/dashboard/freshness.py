"""What stands for the live part of a screen: while it is the same, nothing has to be sent."""

import hashlib
from typing import Any

from django.db.models import Count, Max, Sum

from pingpong.monitors.models import Monitor, Verdict, Watch


def mark_of(page_id: str, monitor_id: str = "", *, rest: Any = "") -> str:
    """Return a word that changes with what is seen of a page's monitors, or of one. Three queries.

    Every outcome raises a watch's newest slot, every claim the claimed one, every turn of a verdict
    its `since`; what people change raises the page's version.
    """
    chosen = {"pk": monitor_id} if monitor_id else {"page_id": page_id}
    monitors = Monitor.objects.filter(**chosen).order_by()
    seen = Watch.objects.filter(monitor__in=monitors).order_by()
    sums = seen.aggregate(
        n=Count("pk"),
        slots=Sum("last_slot"),
        claims=Sum("claimed_slot"),
        waiting=Count("claimed_until"),
        due=Sum("next_slot"),
    )
    judged = Verdict.objects.filter(monitor__in=monitors).aggregate(since=Sum("since"))
    version = monitors.aggregate(n=Count("pk"), version=Max("page__version"))
    told = repr([sums, judged, version, rest])
    return hashlib.sha256(told.encode()).hexdigest()[:16]
