"""The web server: granian, with our application in its worker processes."""

import os
from collections.abc import Callable
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from .child import die_with_parent
from .ports import require_free_port
from .problem import StartError

TARGET = "pingpong.config.wsgi:application"
# Below the supervisor's own patience, so that an orderly end is the rule.
KILLED_AFTER_S = 4
THREADS = 16


def run_web(*, host: str, port: int, workers: int) -> None:
    """Serve until SIGTERM or SIGINT; raises StartError when the port is taken."""
    require_free_port(host, port)
    server = Granian(
        TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=_threads(),
        respawn_failed_workers=True,
        workers_kill_timeout=KILLED_AFTER_S,
        log_level=LogLevels.error,
    )
    server.serve(target_loader=_Loader(os.getpid()))


def _threads() -> int:
    """Return the number that the settings read as well, from the same place."""
    given = os.environ.setdefault("PINGPONG_WEB_THREADS", str(THREADS))
    if not given.isdecimal() or not int(given):
        raise StartError(f"PINGPONG_WEB_THREADS is {given!r} and should be a whole number above 0.")
    return int(given)


class _Loader:
    """Runs in each worker: ties it to the server process, then imports the application."""

    def __init__(self, server_id: int) -> None:
        self._server_id = server_id

    def __call__(self, target: str) -> Callable[..., Any]:
        from granian._internal import load_target

        die_with_parent(self._server_id)
        application: Callable[..., Any] = load_target(target)
        return application
