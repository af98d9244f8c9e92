"""The real probe inside a namespace.

`{"urls": [...], "rounds": 1, "ttl_s": 30, "timeout_ms": 3000, "allow": ""}`; also `kind`.
Answers, for each round, with a list of `[word, detail]` in the order of the addresses.
"""

import threading
import time
from typing import Any

from lab.programs import answer, read_payload
from pingpong.kit.egress import AllowList, Gate, Resolver
from pingpong.probe.contract import Assignment, Batch, Check, Outcome
from pingpong.probe.job import Job, Taken
from pingpong.probe.runner import Runner

_LONGEST_S = 100
_PLACE = "US West"


class Round:
    """What came back of one batch."""

    def __init__(self, size: int) -> None:
        self.found: list[Any] = [None] * size
        self._left = size
        self._done = threading.Event()

    def take(self, job: Job, outcome: Outcome | None) -> None:
        if outcome is None:
            raise ValueError("A check was done twice.")
        self.found[job.watch] = [outcome.word, outcome.detail]
        self._left -= 1
        if not self._left:
            self._done.set()

    def wait(self) -> list[Any]:
        if not self._done.wait(_LONGEST_S):
            raise TimeoutError("The probe did not finish its checks.")
        return self.found


def check_of(url: str, wanted: dict[str, Any]) -> Check:
    return Check(
        kind=wanted.get("kind", "http"),
        url=url,
        verify_tls=False,
        timeout_ms=wanted.get("timeout_ms", 3000),
    )


def main() -> None:
    wanted = read_payload()
    checks = [check_of(url, wanted) for url in wanted["urls"]]
    rounds: list[Round] = []
    gate = Gate(AllowList.parse(wanted.get("allow", "")))
    resolver = Resolver(ttl_s=wanted.get("ttl_s", 30))

    def take(job: Job, outcome: Outcome | None) -> None:
        rounds[-1].take(job, outcome)

    runner = Runner(gate, resolver, take)
    thread = threading.Thread(target=runner.run, daemon=True)
    thread.start()
    told = []
    for number in range(wanted.get("rounds", 1)):
        rounds.append(Round(len(checks)))
        slot = int(time.time()) - 60 + number  # past: all begin at once
        batch = [Assignment(watch, slot, check) for watch, check in enumerate(checks)]
        runner.take(Batch(str(number), _PLACE, time.time(), batch), Taken(str(number), len(batch)))
        told.append(rounds[-1].wait())
    runner.loop.stop()
    thread.join(10)
    resolver.close()
    answer(told)


if __name__ == "__main__":
    main()
