"""Where mail is handed in, as an operator writes it: ``smtp://user:pass@host:587?tls=starttls``."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

# Mail with its password in the clear is for a server on the same machine, and has to be asked for.
TLS_KINDS = ("starttls", "on", "off")
_PORTS = {"starttls": 587, "on": 465, "off": 25}


class SmtpAddressError(Exception):
    """The address of a mail server is none; the text is one sentence."""


@dataclass(frozen=True, slots=True)
class SmtpAddress:
    """`tls`: starttls (upgraded before anything is said), on (from the first byte), or off."""

    host: str
    port: int
    user: str
    password: str
    tls: str


def parse_smtp_url(text: str) -> SmtpAddress:
    """Read an address; raise SmtpAddressError, which never repeats the password."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as problem:
        raise SmtpAddressError("The address of the mail server is not understood.") from problem
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SmtpAddressError("The address of a mail server begins with smtp://HOST.")
    default = "on" if parts.scheme == "smtps" else "starttls"
    tls = parse_qs(parts.query).get("tls", [default])[-1]
    if tls not in TLS_KINDS:
        raise SmtpAddressError(f"tls is {tls!r} and should be one of {', '.join(TLS_KINDS)}.")
    return SmtpAddress(
        host=parts.hostname,
        port=port or _PORTS[tls],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
    )
