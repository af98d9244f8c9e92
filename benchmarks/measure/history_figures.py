"""The questions of the benchmark, asked of one database: a process of its own per database."""

import gc
import json
import sys
import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import Any

RUNS = 15
BATCHES = (170, 1000)


def measured(question: Callable[[], Any]) -> float:
    """Return milliseconds of an answer, after one that is not counted."""
    question()
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        question()
        taken.append((time.perf_counter() - start) * 1000)
    return quiet_median(taken)


def quiet_median(taken: list[float]) -> float:
    """Return the median of the faster half: the others had company on this machine."""
    return median(sorted(taken)[: len(taken) // 2 + 1])


def main(count: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command

    from pingpong.kit.clock import utc_now

    from .history_rows import Past

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    past = Past(count, utc_now())
    bytes_ = sizes(past)
    filled_s = time.perf_counter() - began
    return {"filled_s": filled_s, "bytes": bytes_, "ms": answers(past), "us": additions(past)}


def sizes(past: Any) -> dict[str, float]:
    """Fill the tables; return the bytes that one monitor takes of each in a year or at all."""
    from .history_rows import DAYS, WITH_CHECKS, size_of

    writes = {
        "hourrollup": (past.write_hours, len(past.watches), 365 / DAYS),
        "dayrollup": (past.write_days, len(past.watches), 365 / DAYS),
        "verdictspan": (past.write_spans, len(past.watches), 365 / DAYS),
        "rawoutcome": (past.write_checks, WITH_CHECKS, 1),
    }
    found = {}
    for name, (write, monitors, years) in writes.items():
        before = size_of(f"monitors_{name}")
        write()
        found[name] = (size_of(f"monitors_{name}") - before) / monitors * years
    _analyze()
    return found


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def answers(past: Any) -> dict[str, float]:
    """Return milliseconds by question."""
    from datetime import UTC, datetime

    from pingpong.components.days import Days
    from pingpong.monitors import daily, series, uptime
    from pingpong.monitors.models import Monitor
    from pingpong.monitors.rollups import DAY_S, HOUR_S
    from pingpong.overview.history import cut_into_days
    from pingpong.overview.monitors import monitors_of

    ids, one = past.monitor_ids, past.monitor_ids[:1]
    now = datetime.fromtimestamp(past.now, tz=UTC)
    days = Days.until(now, zone=UTC, count=90)

    shown = Monitor.objects.select_related("page").get(pk=one[0]).page

    def page() -> None:
        found = monitors_of(shown, days)
        if len(found) != len(ids) or not all(some.uptime for some in found):
            raise SystemExit("Not every monitor has its data.")

    def summary() -> None:
        series.totals(ids, start=past.now - DAY_S, end=past.now)

    def chart() -> None:
        points = series.series(one, start=days_start, end=past.now, step=DAY_S)[one[0]]
        if len(points) != 90 or points[0].p99_us is None:
            raise SystemExit("The chart is not whole.")

    days_start = int(days.start.timestamp())
    questions: Mapping[str, Callable[[], Any]] = {
        "page": page,
        "chart": chart,
        "summary": summary,
        "bars": lambda: daily.days_of(ids, days),
        "spans": lambda: cut_into_days(ids, uptime.spans_since(ids, days.start, now=now), days),
        "windows": lambda: uptime.uptimes(ids, uptime.WINDOWS, now=now),
        "hours": lambda: series.series(one, start=past.now - 7 * DAY_S, end=past.now, step=HOUR_S),
        "checks": lambda: series.series(one, start=past.now - DAY_S, end=past.now, step=600),
    }
    # What filled the tables is not part of the product: nobody shall look through it for garbage.
    gc.collect()
    gc.freeze()
    return {name: measured(question) for name, question in questions.items()}


def additions(past: Any) -> dict[str, float]:
    """Return microseconds of CPU that this process takes per outcome, by size of the batch."""
    from django.db import transaction

    from pingpong.monitors import rollups

    watches = list(past.watches.values())
    found = {}
    for size in BATCHES:
        taken = []
        for turn in range(RUNS):
            some = [
                rollups.Found(watch, past.now + turn % 2, "up", 90_000 + place * 100, False)
                for place, watch in enumerate(watches[:size])
            ]
            start = time.process_time()
            with transaction.atomic():
                rollups.add(some)
            taken.append((time.process_time() - start) / len(some) * 1e6)
        found[str(size)] = quiet_median(taken)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]))) + "\n")
