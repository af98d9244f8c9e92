"""The names that a server answers to, in the one spelling that everything after compares."""

import re
from collections.abc import Iterable
from ipaddress import IPv6Address
from urllib.parse import urlsplit

LONGEST_NAME = 253
LONGEST_LABEL = 63
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_LONGEST_HEADER = LONGEST_NAME + len(".:65535")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
_V6 = re.compile(r"\[[0-9a-f:.]{2,45}\]")
_PORT = re.compile(r":[0-9]{1,5}")
_MOST_PORT = 65535


class HostInvalidError(ValueError):
    """A configured name that no Host header can hold; the text is one sentence."""


def canonical_host(header: str) -> str | None:
    """Return the name in a Host header: in lower case, without port and final dot; None if none.

    Names are ASCII, as browsers send them (`xn--...`), and have no underscore; IPv6 is in brackets.
    """
    if len(header) > _LONGEST_HEADER or not header.isascii():
        return None
    text = header.lower()
    host, port = text, ""
    if text.startswith("["):
        end = text.find("]") + 1
        host, port = text[:end], text[end:]
    elif ":" in text:
        host, colon, digits = text.partition(":")
        port = colon + digits
    if port and not (_PORT.fullmatch(port) and int(port[1:]) <= _MOST_PORT):
        return None
    if host.startswith("["):
        return host if _is_version_6(host) else None
    name = host.removesuffix(".")
    return name if _is_name(name) else None


def own_hosts(base_url: str, more: Iterable[str]) -> frozenset[str]:
    """Return the names of this server: of its address, of this machine, and those given.

    Raises HostInvalidError.
    """
    given = [urlsplit(base_url).netloc.rpartition("@")[2], *more]
    return frozenset((*LOOPBACK, *(_as_sent(text) for text in given)))


def _as_sent(text: str) -> str:
    """Write a configured name as browsers send it."""
    ascii_form = text.strip()
    if not ascii_form.isascii():
        try:
            ascii_form = ascii_form.encode("idna").decode("ascii")
        except UnicodeError:
            ascii_form = ""
    host = canonical_host(ascii_form)
    if host is None:
        raise HostInvalidError(f"{text!r} is no host such as status.example.com.")
    return host


def _is_name(name: str) -> bool:
    return 0 < len(name) <= LONGEST_NAME and all(
        len(label) <= LONGEST_LABEL and _LABEL.fullmatch(label) for label in name.split(".")
    )


def _is_version_6(host: str) -> bool:
    if not _V6.fullmatch(host):
        return False
    try:
        return bool(IPv6Address(host[1:-1]))
    except ValueError:
        return False
