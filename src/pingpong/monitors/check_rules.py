"""What may be asked of a check: bounds, and one sentence on what is wrong with a text."""

import re
from collections.abc import Iterable

from jsonpath_rfc9535 import JSONPathError
from jsonpath_rfc9535 import compile as compile_path

from pingpong.kit.egress import TargetInvalidError, host_target, web_target

from .checks import ranges_of
from .models import MonitorKind

MOST_BODY_BYTES = 16 * 1024
TEXT_LENGTH = 500
PATH_LENGTH = 200
RANGES_LENGTH = 100
SECRET_LENGTH = 1000
DAY_S = 24 * 3600
LEAST_TIMEOUT_MS = 1000
MOST_MS = 30_000
MOST_CONFIRMATIONS = 10
MOST_CERTIFICATE_DAYS = 365
METHODS = ("GET", "HEAD", "POST")
HTTP_VERSIONS = ("", "1.1", "2")
RECORD_TYPES = ("A", "AAAA", "CAA", "CNAME", "MX", "NS", "SOA", "SRV", "TXT")
MOST_HEADERS = 20
MOST_HEADER_BYTES = 8 * 1024
# They belong to the connection, which is ours.
REFUSED_HEADERS = frozenset(
    {
        "connection",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
_RANGES = re.compile(r" *\d{3}(-\d{3})? *(, *\d{3}(-\d{3})? *)*", re.ASCII)
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t -~]*")

Header = tuple[str, str | None]
"""A name, and its value; None keeps the value that it has."""


def problem_of_target(kind: str, text: str) -> str | None:
    """Tell what is wrong with an address that a monitor of this kind looks at."""
    if kind == MonitorKind.HEARTBEAT:
        return "A heartbeat has no address: its target calls heartbeat_url."
    try:
        if kind == MonitorKind.HTTP:
            web_target(text)
        else:
            host_target(text, needs_port=kind == MonitorKind.TCP)
    except TargetInvalidError as problem:
        return str(problem)
    return None


def problem_of_ranges(text: str) -> str | None:
    problem = "Give statuses and ranges of them from 100 to 599, as in 200-299, 301."
    if not _RANGES.fullmatch(text):
        return problem
    try:
        ranges_of(text)
    except ValueError:
        return problem
    return None


def problem_of_path(text: str) -> str | None:
    try:
        is_singular = compile_path(text).singular_query()
    except (JSONPathError, RecursionError):
        return "This is no JSONPath of RFC 9535."
    return None if is_singular else "The path has to lead to one value, as in $.status.code."


def problem_of_bearer(text: str) -> str | None:
    return None if text.isascii() and " " not in text else "A token has no spaces and is ASCII."


def problem_of_username(text: str) -> str | None:
    return "A user name has no colon." if ":" in text else None


def problem_of_header(name: object, value: object) -> str | None:
    """Tell what is wrong with one header; a value of None stands for the one that it has."""
    if not isinstance(name, str) or not _TOKEN.fullmatch(name):
        return "The name of a header has letters, digits and hyphens."
    if name.lower() in REFUSED_HEADERS:
        return f'The header "{name[:60]}" is not yours to set.'
    if value is not None and (not isinstance(value, str) or not _VALUE.fullmatch(value)):
        return "The value of a header is one line of printable ASCII."
    return None


def problem_of_headers(headers: Iterable[Header]) -> str | None:
    """Tell what is wrong with all of them together."""
    some = list(headers)
    names = [name.lower() for name, _ in some]
    if len(set(names)) < len(names):
        return "A header is named twice."
    if sum(len(name) + len(value or "") for name, value in some) > MOST_HEADER_BYTES:
        return f"All headers together are more than {MOST_HEADER_BYTES} bytes."
    return None
