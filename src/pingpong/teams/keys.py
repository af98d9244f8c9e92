"""The keys of tokens, derived from the master secret outside the database."""

from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from pingpong.kit.secrets import derive_key


@cache
def _key(master: str, purpose: str) -> bytes:
    if master == settings.NO_SECRET_KEY:
        raise ImproperlyConfigured("There is no secret key: run `pingpong up` once, or set one.")
    return derive_key(master, purpose)


def lookup_key() -> bytes:
    """Return the key under which tokens are hashed for look-up."""
    return _key(settings.SECRET_KEY, "pingpong api token lookup v1")


def invitation_key() -> bytes:
    """Return the key under which the links of invitations are hashed for look-up."""
    return _key(settings.SECRET_KEY, "pingpong invitation v1")


def reveal_key() -> bytes:
    """Return the key that opens the stored ciphertext of a token."""
    return _key(settings.SECRET_KEY, "pingpong api token reveal v1")
