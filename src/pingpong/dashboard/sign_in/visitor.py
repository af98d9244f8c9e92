"""From where somebody signs in."""

from django.conf import settings
from django.http import HttpRequest

from pingpong.kit.client_ip import client_ip


def address_of(request: HttpRequest) -> str:
    """Return the visitor's address: what trusted proxies say, and otherwise the other end's."""
    return client_ip(
        request.META.get("REMOTE_ADDR", ""),
        request.headers.get("X-Forwarded-For", ""),
        settings.TRUSTED_PROXIES,
    )
