"""What a run prints, on a terminal and in a log."""

import sys
import time
from collections.abc import Sequence

WIDTH = 54
PULSE_EVERY_S = 20


class Screen:
    """One line a stage: `[ 3/12] types (mypy --strict) ....... ok   21.4 s (budget 60 s)`."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._is_terminal = sys.stdout.isatty()
        self._number = 0
        self._label = ""
        self._started = self._pulsed = 0.0

    def say(self, text: str = "") -> None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def begin(self, name: str, about: str) -> None:
        self._number += 1
        self._started = self._pulsed = time.monotonic()
        self._label = f"[{self._number:2}/{self._total}] {name} ({about}) ".ljust(WIDTH, ".")
        if self._is_terminal:
            self._rewrite("")

    def pulse(self, progress: str) -> None:
        """Show that a stage is still going on; in a log only now and then."""
        now = time.monotonic()
        elapsed = f"{now - self._started:4.0f} s  {progress}"
        if self._is_terminal:
            self._rewrite(elapsed)
        elif now - self._pulsed >= PULSE_EVERY_S:
            self._pulsed = now
            self.say(f"{self._label} {elapsed.strip()}")

    def end(self, word: str, seconds: float, budget_s: int) -> None:
        line = f"{self._label} {word:6} {seconds:6.1f} s (budget {budget_s} s)"
        if self._is_terminal:
            self._rewrite(line.removeprefix(self._label))
            self.say()
        else:
            self.say(line)

    def _rewrite(self, rest: str) -> None:
        sys.stdout.write(f"\r{self._label} {rest.strip()}\033[K")
        sys.stdout.flush()


def table(rows: Sequence[tuple[str, str, float, int]]) -> list[str]:
    """Lay out rows of (stage, result, seconds, budget in seconds)."""
    head = f"{'stage':16}{'result':10}{'time':>10}{'budget':>10}"
    return [
        head,
        "-" * len(head),
        *(f"{name:16}{word:10}{took:8.1f} s{budget:8} s" for name, word, took, budget in rows),
    ]
