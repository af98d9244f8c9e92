"""Both sides of the benchmark on one database: a process of its own per database."""

import http.client
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path
from statistics import median
from typing import Any

from .product import COMMAND
from .servers import HOST, Server, free_port, running

SIZES = (1, 100, 1000, 10_000)
ROUNDS = 5
CONNECTIONS = 8
MINUTE_S = 60
MOST_POINTS = 250_000
# Points may be a day ahead: there is nothing yet.
AHEAD_MINUTES = 23 * 60

Rows = list[tuple[str, int, float]]


def main(metrics: int, days: int, seconds: float) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command

    from .ingest_rows import Numbers

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    numbers = Numbers(metrics)
    present = numbers.fill(days)
    filled_s = time.perf_counter() - began
    port = free_port()
    command = [*COMMAND, "web", "--port", str(port)]
    log = Path(os.environ["PINGPONG_DATA_DIR"]) / "web.log"
    with running(
        command, port=port, ready_path="/healthz", log=log, env=dict(os.environ)
    ) as server:
        rates = [(size, *_compare(numbers, server, size, seconds)) for size in SIZES]
    return {
        "present": present,
        "filled_s": filled_s,
        "connections": CONNECTIONS,
        "rates": rates,
    }


def _compare(numbers: Any, server: Server, size: int, seconds: float) -> tuple[float, float]:
    """Return points a second over HTTP and raw, in rounds that take turns."""
    ours, raw = [], []
    batches = _batches(numbers.ids, numbers.now, size)
    for _ in range(ROUNDS):
        numbers.forget_ahead()
        raw.append(_rate(batches, size, seconds, [numbers.raw_writer()], numbers.prepared))
        numbers.forget_ahead()
        senders = [_sender(server, numbers.token) for _ in range(CONNECTIONS)]
        ours.append(_rate(batches, size, seconds, senders, _body))
    return median(ours), median(raw)


def _batches(ids: list[str], now: int, size: int) -> Iterator[Rows]:
    """Return what all metrics are fed, minute by minute, in batches; it begins anew at the end."""
    first = now - now % MINUTE_S + MINUTE_S

    def points() -> Iterator[tuple[str, int, float]]:
        for minute in count():
            at = first + minute % AHEAD_MINUTES * MINUTE_S
            for place, metric_id in enumerate(ids):
                yield metric_id, at, minute + place / 7

    every = points()
    while True:
        yield list(islice(every, size))


def _rate(
    batches: Iterator[Rows],
    size: int,
    seconds: float,
    writers: list[Callable[[Any], None]],
    prepared: Callable[[Rows], Any],
) -> float:
    """Let each writer hand in batch after batch for so long; return points a second."""
    # What is sent is made before: more than the fastest writer gets through.
    wanted = min(6000, max(MOST_POINTS // size, len(writers) * 2))
    ready = [prepared(rows) for rows in islice(batches, wanted)]
    line, lock, done = iter(ready), threading.Lock(), 0
    began = time.perf_counter()
    until = began + seconds

    def work(write: Callable[[Any], None]) -> None:
        nonlocal done
        while time.perf_counter() < until:
            with lock:
                batch = next(line, None)
            if batch is None:
                return
            write(batch)
            with lock:
                done += 1

    threads = [threading.Thread(target=work, args=[write]) for write in writers]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return done * size / (time.perf_counter() - began)


def _body(rows: Rows) -> bytes:
    data: dict[str, list[dict[str, float]]] = {}
    for metric_id, minute, value in rows:
        data.setdefault(metric_id, []).append({"timestamp": minute, "value": value})
    return json.dumps({"data": data}).encode()


def _sender(server: Server, token: str) -> Callable[[Any], None]:
    connection = http.client.HTTPConnection(HOST, server.port, timeout=30)
    headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}

    def send(batch: Any) -> None:
        connection.request("POST", "/rest/v1/custom-metrics/data", batch, headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise SystemExit(f"{answer.status} {text[:200]!r}")

    return send


if __name__ == "__main__":
    given = sys.argv[1:]
    figures = main(int(given[0]), int(given[1]), float(given[2]))
    sys.stdout.write(json.dumps(figures) + "\n")
