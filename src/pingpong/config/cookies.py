"""How the browser keeps what is ours: as strictly as the address of the server allows."""

from typing import Any


def cookie_settings(base_url: str) -> dict[str, Any]:
    """Return Django's settings for cookies.

    Behind TLS their names begin with `__Host-`: browsers take such a cookie from this host alone,
    over TLS, for every path. Over http, as on localhost, they would not take it at all.
    """
    is_secure = base_url.startswith("https://")
    prefix = "__Host-" if is_secure else ""
    found: dict[str, Any] = {}
    for kind, name in (("SESSION", "sessionid"), ("CSRF", "csrftoken"), ("LANGUAGE", "language")):
        found |= {
            f"{kind}_COOKIE_NAME": f"{prefix}{name}",
            f"{kind}_COOKIE_SECURE": is_secure,
            f"{kind}_COOKIE_HTTPONLY": True,
            f"{kind}_COOKIE_SAMESITE": "Lax",
            f"{kind}_COOKIE_PATH": "/",
            f"{kind}_COOKIE_DOMAIN": None,
        }
    return found
