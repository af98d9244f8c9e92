"""What a person named as a target, read by one strict parser and by no other."""

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import quote

from pingpong.kit.egress.addresses import parse
from pingpong.kit.egress.names import TargetInvalidError, canonical_host

LONGEST_URL = 2048
MOST_PORT = 65535
DEFAULT_PORTS = {"http": 80, "https": 443}
_WEB = re.compile(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?", re.IGNORECASE | re.ASCII)
_PORT = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
# What stays as it was typed; the rest of a path or query is percent-encoded.
_PLAIN = "%/?:@!$&'()*+,;=-._~[]"


@dataclass(frozen=True, slots=True)
class Target:
    """Where to go. `scheme` is http, https, tcp or host; `port` is 0 for a host alone.

    `host` is an address without brackets or a name in ASCII without a final dot. `url` is the
    canonical spelling of all: a web address, `host:port` or `host`.
    """

    scheme: str
    host: str
    port: int
    url: str

    @property
    def is_literal(self) -> bool:
        return parse(self.host) is not None


def web_target(url: str) -> Target:
    """Read an http or https address; raises TargetInvalidError. What follows `#` is dropped."""
    _refuse_odd_characters(url)
    parts = _WEB.fullmatch(url)
    if parts is None:
        raise TargetInvalidError("A web address has to begin with http:// or https://.")
    scheme = parts[1].lower()
    if "@" in parts[2]:
        raise TargetInvalidError("A web address must not hold a user name or a password.")
    host, port = _host_and_port(parts[2], DEFAULT_PORTS[scheme])
    where = _bracketed(host) if port == DEFAULT_PORTS[scheme] else f"{_bracketed(host)}:{port}"
    path = quote(parts[3] or "/", safe=_PLAIN) + quote(parts[4] or "", safe=_PLAIN)
    return Target(scheme, host, port, f"{scheme}://{where}{path}")


def host_target(text: str, *, needs_port: bool) -> Target:
    """Read `host:port`, or `host` alone; raises TargetInvalidError."""
    _refuse_odd_characters(text)
    if needs_port:
        host, port = _host_and_port(text, 0)
        if not port:
            raise TargetInvalidError("The address has to end with a port, as in example.com:5432.")
        return Target("tcp", host, port, f"{_bracketed(host)}:{port}")
    if isinstance(parse(text), IPv6Address):
        text = f"[{text}]"
    host, port = _host_and_port(text, 0)
    if port:
        raise TargetInvalidError("The address has to be a host without a port.")
    return Target("host", host, 0, host)


def _refuse_odd_characters(text: str) -> None:
    if len(text) > LONGEST_URL:
        raise TargetInvalidError(f"The address has more than {LONGEST_URL} characters.")
    if not text:
        raise TargetInvalidError("The address is empty.")
    if "\\" in text:
        raise TargetInvalidError("The address has a backslash.")
    if any(unicodedata.category(sign)[0] == "Z" for sign in text):
        raise TargetInvalidError("The address has a space in it.")
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
        raise TargetInvalidError("The address has a control character in it.")


def _host_and_port(authority: str, default: int) -> tuple[str, int]:
    bracket = authority.rfind("]")
    host, colon, digits = authority[bracket + 1 :].partition(":")
    host = authority[: bracket + 1] + host
    if not colon:
        return canonical_host(host), default
    if ":" in digits:
        raise TargetInvalidError("An IPv6 address has to stand in brackets.")
    if not _PORT.fullmatch(digits) or int(digits) > MOST_PORT:
        raise TargetInvalidError("The port is not a number between 1 and 65535.")
    return canonical_host(host), int(digits)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
