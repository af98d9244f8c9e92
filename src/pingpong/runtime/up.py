"""`pingpong up`: everything on one machine, from an empty folder to a page that is served."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pingpong
from pingpong.kit.data_dir import ADDRESS_FILE, LOCATIONS_FILE, DataDirError, prepare

from .child import Child, die_with_parent
from .locks import running_alone
from .measuring import measuring
from .ports import require_free_port
from .problem import StartError
from .readiness import ask_readiness
from .sources import Sources
from .stamp import Stamp, is_on_sqlite, read_stamp
from .supervisor import Supervisor

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- where to knock, not to listen
_DATABASE_UNUSABLE = 3
_EXPLAINED_AFTER_S = 15.0
_ASKED_EVERY_S = 0.2
# A child that never ran is given up; one that did is started again for ever.
_GIVEN_UP_AFTER_DEATHS = 3
_LOOKED_FOR_CHANGES_EVERY_S = 1.0


def run_up(*, host: str, port: int, data_dir: Path, demo: bool, reload: bool) -> None:
    """Start and keep everything until SIGINT or SIGTERM; raises StartError."""
    begun = time.monotonic()
    try:
        prepare(data_dir)
    except DataDirError as problem:
        raise StartError(str(problem)) from problem
    with running_alone(data_dir):
        require_free_port(host, port)
        address = _announce(data_dir, port)
        locations = os.environ.get("PINGPONG_LOCAL_LOCATIONS") or "all"
        _write(data_dir / LOCATIONS_FILE, locations)
        env = {**os.environ, "PINGPONG_DATA_DIR": str(data_dir)}
        stamp = _make_ready(data_dir, demo=demo, env=env)
        _print_addresses(address, stamp, data_dir)
        arguments = ["web", "--host", host, "--port", str(port)]
        children = [_child("web", arguments, env)]
        children += measuring(data_dir, env=env, address=address, has_demo=_has_demo(stamp))
        with Supervisor(children, say=say) as supervisor:
            watch = _Watch(supervisor, host=host, port=port, begun=begun, reload=reload)
            supervisor.run(on_tick=watch.tick)
            say("Stopping ...")
    say("Stopped.")


def say(text: str) -> None:
    """Print one line, in the form of the logs around it."""
    if os.environ.get("PINGPONG_LOG_FORMAT") == "json":
        text = json.dumps({"event": text, "level": "info", "logger": "pingpong.up"})
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class _Watch:
    """What happens between two looks at the children: waiting for ready, and for changes."""

    def __init__(
        self, supervisor: Supervisor, *, host: str, port: int, begun: float, reload: bool
    ) -> None:
        self._supervisor = supervisor
        self._place = (_EVERYWHERE.get(host, host), port)
        self._begun = begun
        self._is_ready = False
        self._has_explained = False
        self._sources = Sources(Path(pingpong.__file__).parent) if reload else None
        self._looked_at = begun
        self._asked_at = begun

    def tick(self) -> None:
        now = time.monotonic()
        if not self._is_ready and now - self._asked_at >= _ASKED_EVERY_S:
            self._asked_at = now
            self._wait_for_ready()
        if self._sources is not None and now - self._looked_at >= _LOOKED_FOR_CHANGES_EVERY_S:
            self._looked_at = now
            if changed := self._sources.changed():
                say(f"Starting again: {changed[0]} changed.")
                self._supervisor.restart()

    def _wait_for_ready(self) -> None:
        readiness = ask_readiness(*self._place)
        waited_s = time.monotonic() - self._begun
        if readiness.is_ready:
            self._is_ready = True
            say(f"ready in {waited_s:.1f} s - stop with Ctrl-C")
            return
        if child := self._supervisor.hopeless(after=_GIVEN_UP_AFTER_DEATHS):
            raise StartError(f"{child} ends whenever it is started; the lines above say why.")
        if waited_s > _EXPLAINED_AFTER_S and not self._has_explained:
            self._has_explained = True
            say(f"Not ready after {waited_s:.0f} s: {readiness.missing()}. Still trying.")


def _announce(data_dir: Path, port: int) -> str:
    """Write down under which address links are made, for every command that makes some."""
    given = os.environ.get("PINGPONG_BASE_URL", "").rstrip("/")
    address = given or f"http://localhost:{port}"
    _write(data_dir / ADDRESS_FILE, address)
    return address


def _write(file: Path, line: str) -> None:
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.write_text(f"{line}\n")
    draft.replace(file)


def _has_demo(stamp: Stamp | None) -> bool:
    return stamp is not None and stamp.has_demo


def _make_ready(data_dir: Path, *, demo: bool, env: Mapping[str, str]) -> Stamp | None:
    """Migrate and fill in a short-lived process, unless the last start left nothing to do.

    Without an owner there is: that process prints how the first account is made.

    When the database is away and was ready before, the start goes on: stored pages need none. Only
    an example that is asked for, on SQLite, is a reason to end.
    """
    stamp = read_stamp(data_dir)
    is_complete = stamp is not None and stamp.has_owner and (stamp.has_demo or not demo)
    if is_complete and is_on_sqlite():
        return stamp
    code = _first_start(demo=demo, env=env)
    if code == 0:
        return read_stamp(data_dir)
    was_ready = stamp is not None and not (is_on_sqlite() and stamp.has_owner)
    if code == _DATABASE_UNUSABLE and was_ready:
        say("Starting without the database: stored pages are served, the rest waits for it.")
        return stamp
    raise SystemExit(1)


def _first_start(*, demo: bool, env: Mapping[str, str]) -> int:
    supervisor = os.getpid()
    command = [sys.executable, "-m", "pingpong.runtime.first_start", *(["--demo"] if demo else [])]
    with subprocess.Popen(  # noqa: S603 -- our own command
        command,
        env=dict(env),
        preexec_fn=lambda: die_with_parent(supervisor),  # noqa: PLW1509 -- one thread here
    ) as process:
        endings = (signal.SIGTERM, signal.SIGINT)
        before = [signal.signal(number, lambda *_: process.terminate()) for number in endings]
        try:
            return process.wait()
        finally:
            for number, handler in zip(endings, before, strict=True):
                signal.signal(number, handler)


def _child(name: str, arguments: list[str], env: Mapping[str, str]) -> Child:
    return Child(name, [sys.executable, "-m", "pingpong.runtime.cli", *arguments], env=env)


def _print_addresses(address: str, stamp: Stamp | None, data_dir: Path) -> None:
    if stamp is not None and stamp.slug:
        say(f"page   {address}/s/{stamp.slug}/")
    say(f"API    {address}/rest/v1")
    say(f"docs   {address}/rest/v1/docs/")
    if stamp is not None and stamp.slug:
        say(f"token  {_token_command(stamp, data_dir)}")


def _token_command(stamp: Stamp, data_dir: Path) -> str:
    words = [sys.argv[0], "bootstrap", "--project", stamp.project, "--slug", stamp.slug]
    words += ["--email", stamp.email, "--name", stamp.name, "--data", str(data_dir)]
    return shlex.join(words)
