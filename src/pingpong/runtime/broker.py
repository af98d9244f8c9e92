"""The Celery application: one queue, JSON only, messages that say no more than "look now"."""

from typing import Any

from celery import Celery

from . import inbox
from .steady import every

IN_PROCESS = "memory://"
# A host that nothing asks for, except kombu, loudly.
_IN_PROCESS_ADDRESS = "memory://localhost/"
BEAT_LOCK_S = 6
_REDIS_OPTIONS = {"visibility_timeout": 60, "unacked_restore_interval": 2}


def make_app(broker_url: str) -> Any:
    """Make the application and its schedule for a broker address, and make it the default one."""
    is_in_process = broker_url.startswith(IN_PROCESS)
    if is_in_process:
        inbox.install()
    # No fix-ups: Celery's own for Django closes the database around every task.
    app = Celery("pingpong", fixups=[], include=["pingpong.runtime.tasks"])
    app.conf.update(
        broker_url=_IN_PROCESS_ADDRESS if is_in_process else broker_url,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={} if is_in_process else _REDIS_OPTIONS,
        task_default_queue="pingpong",
        task_serializer="json",
        accept_content=["json"],
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_enable_remote_control=False,
        beat_schedule=_schedule(),
        # One beat leads; when it dies another follows within seconds.
        redbeat_redis_url=broker_url,
        redbeat_redis_options={"socket_connect_timeout": 5, "health_check_interval": 5},
        redbeat_key_prefix="pingpong:beat:",
        redbeat_lock_timeout=BEAT_LOCK_S,
        beat_max_loop_interval=1,
    )
    # Otherwise a message sent from a thread of ours would look for another broker.
    app.set_default()
    return app


def _schedule() -> dict[str, dict[str, Any]]:
    seconds = {
        "tick": 1.0,
        "turn": 1.0,
        "post": 2.0,
        "prove": 2.0,
        "review": 5.0,
        "beat": 10.0,
        "vouch": 30.0,
        "align": 60.0,
        "plan": 60.0,
        "sum_up": 60.0,
        "housekeep": 3600.0,
    }
    return {
        name: {"task": f"pingpong.{name}", "schedule": every(interval)}
        for name, interval in seconds.items()
    }
