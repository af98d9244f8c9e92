"""Monitors and what was found of them: a process of its own, in the environment of an engine.

python -m measure.probe_rows make COUNT URL
python -m measure.probe_rows start URL COUNT INTERVAL
python -m measure.probe_rows stop
python -m measure.probe_rows tell URL SINCE UNTIL
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median, quantiles
from typing import Any

from pingpong.runtime.django_side import set_up_django

FIRST_AFTER_S = 3
# Longer than any pause: what is paused must not be judged meanwhile.
IDLE_AT_MOST_S = 86_400
_TRIES = 20


def make(count: str, url: str) -> int:
    """Add monitors that are paused, and were up: the first look at each is no news."""
    from django.db import transaction

    from pingpong.monitors.models import (
        Frequency,
        Location,
        Monitor,
        MonitorState,
        Showcase,
        Verdict,
        Watch,
    )
    from pingpong.pages.models import Page

    page, now = Page.objects.earliest("created_at"), datetime.now(UTC)
    monitors = [
        Monitor(
            page=page,
            name=f"Monitor {number}",
            url=f"{url}{number}",
            frequency=Frequency.EVERY_MINUTE,
            location=Location.US_WEST,
            showcased=Showcase.NOTHING,
            created_at=now,
            position=number,
            paused_at=now,
        )
        for number in range(int(count))
    ]
    watches = [
        Watch(monitor=one, location=one.location, interval_s=60, phase_s=0) for one in monitors
    ]
    since = int(time.time())
    verdicts = [
        Verdict(
            monitor=one, state=MonitorState.UP, since=since, covered_until=since + IDLE_AT_MOST_S
        )
        for one in monitors
    ]
    with transaction.atomic():
        Monitor.objects.bulk_create(monitors, batch_size=500)
        Watch.objects.bulk_create(watches, batch_size=500)
        Verdict.objects.bulk_create(verdicts, batch_size=500)
    return len(watches)


def start(url: str, count: str, interval_s: str) -> int:
    """Have so many of the monitors looked at from now on, spread evenly over the interval."""
    from django.db.models import F
    from django.db.models.functions import Mod

    from pingpong.monitors.models import Monitor, Verdict, Watch

    length_s, first = int(interval_s), int(time.time()) + FIRST_AFTER_S
    chosen = Watch.objects.filter(monitor__url__startswith=url).order_by("id")
    phase = Mod(F("id"), length_s)
    # Chosen by id, since an UPDATE has no limit.
    ids = list(chosen.values_list("id", flat=True)[: int(count)])
    for at in range(0, len(ids), 1000):
        some = Watch.objects.filter(id__in=ids[at : at + 1000])
        verdicts = Verdict.objects.filter(monitor__in=some.values("monitor"))
        verdicts.update(covered_until=first + 2 * length_s)
        Monitor.objects.filter(id__in=some.values("monitor")).update(paused_at=None)
        some.update(interval_s=length_s, phase_s=phase, next_slot=first + phase)
    return len(ids)


def stop() -> int:
    from pingpong.monitors.models import Monitor, Verdict, Watch

    Monitor.objects.update(paused_at=datetime.now(UTC))
    Verdict.objects.update(covered_until=int(time.time()) + IDLE_AT_MOST_S)
    return Watch.objects.update(next_slot=None)


def tell(url: str, since: str, until: str) -> dict[str, Any]:
    """Tell of the slots from `since` until before `until`: words, delays and response times."""
    from pingpong.monitors.models import RawOutcome

    found = list(
        RawOutcome.objects.filter(
            watch__monitor__url__startswith=url, slot__gte=int(since), slot__lt=int(until)
        ).values_list("word", "delay_ms", "total_us")
    )
    times_us = [total_us for _, _, total_us in found]
    return {
        "words": Counter(word for word, _, _ in found),
        "delay_ms": median(delay_ms for _, delay_ms, _ in found) if found else None,
        "median_us": median(times_us) if found else None,
        "p95_us": quantiles(times_us, n=20)[-1] if len(found) > 1 else None,
    }


def _do(name: str, *rest: str) -> Any:
    """Do it, and again while the engine has SQLite's one lock."""
    from django.db import OperationalError

    commands: dict[str, Callable[..., Any]] = {
        "make": make,
        "start": start,
        "stop": stop,
        "tell": tell,
    }
    for _ in range(_TRIES):
        try:
            return commands[name](*rest)
        except OperationalError:
            time.sleep(0.1)
    raise SystemExit("The database was locked all the time.")


if __name__ == "__main__":
    set_up_django()
    print(json.dumps(_do(*sys.argv[1:])))
