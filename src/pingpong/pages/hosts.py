"""Spelling host names in one way, and which of them no page may have."""

import re
from urllib.parse import urlsplit

from django.conf import settings

from pingpong.kit.egress import TargetInvalidError
from pingpong.kit.egress.addresses import parse
from pingpong.kit.egress.names import canonical_host
from pingpong.kit.hosts import canonical_host as sent_host

# RFC 6761, 6762, 8375 and ICANN's private name, and what no certificate is given for.
_NOBODYS = ("localhost", "local", "internal", "home.arpa", "arpa", "onion", "invalid")
_DECORATED = re.compile(r"(?:https?://)?([^/?#@\s\\]+)/?", re.IGNORECASE)
_PORT = re.compile(r":\d{1,5}\Z", re.ASCII)


class HostInvalidError(Exception):
    """A page cannot have this host; the text is one sentence."""


def page_host(typed: str) -> str:
    """Return the host that somebody typed, canonically; raises HostInvalidError."""
    found = _DECORATED.fullmatch(typed.strip())
    name = _PORT.sub("", found[1]) if found else ""
    try:
        host = canonical_host(name)
    except TargetInvalidError as problem:
        raise HostInvalidError("This is no host name such as status.example.com.") from problem
    if parse(host) is not None:
        raise HostInvalidError("An address cannot be proven: enter a name.")
    if "." not in host or "_" in host:
        raise HostInvalidError("This is no host name such as status.example.com.")
    if is_reserved(host):
        raise HostInvalidError("This host is not available.")
    return host


def is_reserved(host: str) -> bool:
    """Tell whether a host is this installation's own, below it, or nobody's in public."""
    return any(host == one or host.endswith(f".{one}") for one in (*_NOBODYS, *_own_hosts()))


def _own_hosts() -> list[str]:
    named = [urlsplit(settings.BASE_URL).hostname or "", *settings.ALLOWED_HOSTS]
    hosts = (sent_host(one.removeprefix("*").removeprefix(".")) for one in named)
    return [host for host in hosts if host]
