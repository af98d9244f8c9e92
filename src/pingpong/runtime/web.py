"""The web server: granian, with our application in its worker processes."""

import os
from collections.abc import Callable
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from .child import die_with_parent
from .ports import require_free_port

TARGET = "pingpong.config.wsgi:application"
# Below the supervisor's own patience, so that an orderly end is the rule.
KILLED_AFTER_S = 4
THREADS = 64


def run_web(*, host: str, port: int, workers: int) -> None:
    """Serve until SIGTERM or SIGINT; raises StartError when the port is taken."""
    require_free_port(host, port)
    threads = int(os.environ.setdefault("PINGPONG_WEB_THREADS", str(THREADS)))
    server = Granian(
        TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        workers_kill_timeout=KILLED_AFTER_S,
        log_level=LogLevels.error,
    )
    server.serve(target_loader=_Loader(os.getpid()))


class _Loader:
    """Runs in each worker: ties it to the server process, then imports the application."""

    def __init__(self, server_id: int) -> None:
        self._server_id = server_id

    def __call__(self, target: str) -> Callable[..., Any]:
        from granian._internal import load_target

        die_with_parent(self._server_id)
        application: Callable[..., Any] = load_target(target)
        return application
