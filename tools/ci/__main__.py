"""Runs the stages:  bin/ci [--keep-going] [--list] [--refresh-openapi] [STAGE ...]."""

import argparse
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from . import openapi, packages
from .problem import CiError
from .running import Outcome, run
from .screen import Screen, table
from .stages import STAGES, TOTAL_BUDGET_S, Stage
from .surroundings import clean

SHOWN_LINES = 300
_CLOSING = re.compile(r"\b\d+ (passed|failed|error|skipped|deselected)|no tests ran")
# All end the run as Ctrl-C does: servers and folders are cleaned up on the way out. SIGINT too,
# which a shell's "&" has the program ignore.
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    """Return the exit code: 0 when every stage passed, 1 when one failed, 2 for a wrong call."""
    options = _options()
    if options.list:
        for stage in STAGES:
            sys.stdout.write(f"{stage.name:16}{stage.about} (budget {stage.budget_s} s)\n")
        return 0
    if options.refresh_openapi:
        return openapi.refresh()
    for number in _SIGNALS:
        signal.signal(number, signal.default_int_handler)
    chosen = [stage for stage in STAGES if not options.stages or stage.name in options.stages]
    folder = Path(tempfile.mkdtemp(prefix="pingpong-ci-"))
    folder.chmod(0o711)  # PostgreSQL runs as somebody else
    code = 1
    try:
        code = _run_all(chosen, folder, options)
    except CiError as problem:
        sys.stdout.write(f"bin/ci: {problem}\n")
    except KeyboardInterrupt:
        sys.stdout.write("\nbin/ci: stopped.\n")
        code = 130
    if code == 0:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        sys.stdout.write(f"The output of the stages is kept in {folder}\n")
    return code


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("bin/ci", description="Every check in one command.")
    names = [stage.name for stage in STAGES]
    parser.add_argument("stages", nargs="*", metavar="STAGE", help=f"of {', '.join(names)}")
    parser.add_argument("--keep-going", action="store_true", help="run on after a failed stage")
    parser.add_argument("--list", action="store_true", help="say what the stages are")
    parser.add_argument(
        "--refresh-openapi", action="store_true", help=f"write {openapi.COMMITTED} anew"
    )
    parser.add_argument("--setup-seconds", type=float, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    unknown = set(options.stages) - set(names)
    if unknown:
        parser.error(f"there is no stage {', '.join(sorted(unknown))}; --list says which there are")
    return options


def _run_all(chosen: Sequence[Stage], folder: Path, options: argparse.Namespace) -> int:
    started = time.monotonic() - options.setup_seconds
    screen = Screen(len(chosen))
    _install_what_is_missing(chosen, folder, screen)
    setup_s = time.monotonic() - started
    environment = clean(folder)
    outcomes: list[Outcome] = []
    for stage in chosen:
        screen.begin(stage.name, stage.about)
        outcome = run(stage, folder=folder, environment=environment, screen=screen)
        outcomes.append(outcome)
        _tell(outcome, screen)
        if outcome.problem and not options.keep_going:
            break
    return _conclude(outcomes, setup_s, time.monotonic() - started, screen)


def _install_what_is_missing(chosen: Sequence[Stage], folder: Path, screen: Screen) -> None:
    lacking = packages.missing(need for stage in chosen for need in stage.needs)
    if lacking:
        screen.say(f"Installing {', '.join(lacking)} from Debian ...")
        packages.install(lacking, folder / "packages.log")


def _word(outcome: Outcome) -> str:
    if outcome.problem:
        return "FAILED"
    return "late" if outcome.is_late else "ok"


def _tell(outcome: Outcome, screen: Screen) -> None:
    screen.end(_word(outcome), outcome.seconds, outcome.stage.budget_s)
    lines = outcome.log.read_text(errors="replace").splitlines()
    if outcome.problem:
        if len(lines) > SHOWN_LINES:
            screen.say(f"... the last {SHOWN_LINES} of {len(lines)} lines:")
        for line in lines[-SHOWN_LINES:]:
            screen.say(line)
        screen.say(f"bin/ci: the stage {outcome.stage.name!r} failed: {outcome.problem}.")
    elif outcome.stage.counts_tests:
        closing = [line for line in lines if _CLOSING.search(line)]
        screen.say(closing[-1] if closing else "no closing line")


def _conclude(outcomes: Sequence[Outcome], setup_s: float, total_s: float, screen: Screen) -> int:
    rows = [("(setup)", "ok", setup_s, 300)]
    rows += [(one.stage.name, _word(one), one.seconds, one.stage.budget_s) for one in outcomes]
    rows.append(("(all)", "", total_s, TOTAL_BUDGET_S))
    screen.say()
    for line in table(rows):
        screen.say(line)
    failed = [one.stage.name for one in outcomes if one.problem]
    late = [one.stage.name for one in outcomes if one.is_late]
    screen.say()
    if late:
        screen.say(f"Warning: over budget: {', '.join(late)}.")
    if failed:
        screen.say(f"bin/ci: failed: {', '.join(failed)}.")
        return 1
    screen.say(f"Passed: {len(outcomes)} of {len(outcomes)} stages, in {total_s:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
