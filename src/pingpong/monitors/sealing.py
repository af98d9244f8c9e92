"""What a check needs and nobody may read: sealed under a key that is outside the database."""

from functools import cache

import msgspec
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from pingpong.kit.secrets import SecretUnreadableError, derive_key, unseal
from pingpong.kit.secrets import seal as seal_text

from .checks import Secrets
from .models import Monitor

_NOTHING = Secrets()


@cache
def _key(master: str) -> bytes:
    if master == settings.NO_SECRET_KEY:
        raise ImproperlyConfigured("There is no secret key: run `pingpong up` once, or set one.")
    return derive_key(master, "pingpong monitor secrets v1")


def seal(monitor_id: str, secrets: Secrets) -> bytes:
    """Return what goes into the row, bound to the monitor: in another's row it does not open."""
    if secrets == _NOTHING:
        return b""
    return seal_text(
        _key(settings.SECRET_KEY), msgspec.json.encode(secrets).decode(), bound_to=monitor_id
    )


def open_secrets(monitor: Monitor) -> Secrets:
    """Return the secrets of a monitor's row; raises SecretUnreadableError."""
    sealed = bytes(monitor.sealed_secrets)
    if not sealed:
        return _NOTHING
    text = unseal(_key(settings.SECRET_KEY), sealed, bound_to=monitor.pk)
    return msgspec.json.decode(text, type=Secrets)


def readable_secrets(monitor: Monitor) -> Secrets:
    """Return the secrets, or none where the key is another one by now: they are lost."""
    try:
        return open_secrets(monitor)
    except SecretUnreadableError:
        return _NOTHING
