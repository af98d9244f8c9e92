"""The real probe inside a namespace.

`{"urls": [...], "rounds": 1, "ttl_s": 30, "timeout_ms": 3000, "allow": "", "canaries": ""}`; also
`kind`. Answers, for each round, with a list of `[word, detail]` in the order of the addresses.
With `in_steps` each round is begun by a step and answers by itself.
"""

import threading
import time
from typing import Any

from lab.programs import answer, read_payload, steps
from pingpong.kit.egress import AllowList, Gate, Resolver
from pingpong.probe.contract import Assignment, Batch, Check, Outcome
from pingpong.probe.job import Job, Taken
from pingpong.probe.runner import Limits, Runner

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


class Probe:
    """A runner on a thread, with checks that are asked for again and again."""

    def __init__(self, wanted: dict[str, Any]) -> None:
        self._checks = [check_of(url, wanted) for url in wanted["urls"]]
        self._rounds: list[Round] = []
        self._resolver = Resolver(ttl_s=wanted.get("ttl_s", 30))
        gate = Gate(AllowList.parse(wanted.get("allow", "")))
        limits = Limits(canaries=wanted.get("canaries", ""))
        self._runner = Runner(gate, self._resolver, self._take, limits)
        self._thread = threading.Thread(target=self._runner.run, daemon=True)
        self._thread.start()

    def look(self) -> list[Any]:
        number = len(self._rounds)
        self._rounds.append(Round(len(self._checks)))
        slot = int(time.time()) - 100 + number  # past: all begin at once
        batch = [Assignment(watch, slot, check) for watch, check in enumerate(self._checks)]
        taken = Taken(str(number), len(batch))
        self._runner.take(Batch(str(number), _PLACE, time.time(), batch), taken)
        return self._rounds[-1].wait()

    def close(self) -> None:
        self._resolver.close()
        self._runner.loop.stop()
        self._thread.join(10)

    def _take(self, job: Job, outcome: Outcome | None) -> None:
        self._rounds[-1].take(job, outcome)


def check_of(url: str, wanted: dict[str, Any]) -> Check:
    return Check(
        kind=wanted.get("kind", "http"),
        url=url,
        verify_tls=False,
        timeout_ms=wanted.get("timeout_ms", 3000),
    )


def main() -> None:
    wanted = read_payload()
    probe = Probe(wanted)
    if wanted.get("in_steps"):
        for _ in steps():
            answer(probe.look())
    else:
        told = [probe.look() for _ in range(wanted.get("rounds", 1))]
        probe.close()
        answer(told)


if __name__ == "__main__":
    main()
