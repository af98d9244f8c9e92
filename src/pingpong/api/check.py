"""The `check` of a metric: what is looked at beside the address, and what is right."""

import re
from collections.abc import Mapping
from typing import Any

from jsonpath_rfc9535 import JSONPathError
from jsonpath_rfc9535 import compile as compile_path
from rest_framework import serializers

from pingpong.monitors.checks import Options, ranges_of
from pingpong.probe.contract import MOST_REDIRECTS

from .fields import Flag, Word
from .headers import Headers
from .strict import Exact, OneOf, Whole

MOST_BODY_BYTES = 16 * 1024
TEXT_LENGTH = 500
PATH_LENGTH = 200
RANGES_LENGTH = 100
SECRET_LENGTH = 1000
DAY_S = 24 * 3600
MOST_MS = 30_000
RECORD_TYPES = ("A", "AAAA", "CAA", "CNAME", "MX", "NS", "SOA", "SRV", "TXT")
_RANGES = re.compile(r" *\d{3}(-\d{3})? *(, *\d{3}(-\d{3})? *)*", re.ASCII)


def _problem_of_ranges(text: str) -> str | None:
    problem = "Give statuses and ranges of them from 100 to 599, as in 200-299, 301."
    if not _RANGES.fullmatch(text):
        return problem
    try:
        ranges_of(text)
    except ValueError:
        return problem
    return None


def _problem_of_path(text: str) -> str | None:
    try:
        is_singular = compile_path(text).singular_query()
    except (JSONPathError, RecursionError):
        return "This is no JSONPath of RFC 9535."
    return None if is_singular else "The path has to lead to one value, as in $.status.code."


def _problem_of_bearer(text: str) -> str | None:
    return None if text.isascii() and " " not in text else "A token has no spaces and is ASCII."


def _problem_of_username(text: str) -> str | None:
    return "A user name has no colon." if ":" in text else None


class CheckIn(serializers.Serializer[Any]):
    """Absent fields stay as they are; a text of null is an empty one."""

    method = Word(("GET", "HEAD", "POST"), required=False)
    headers = Headers(required=False, allow_null=True)
    body = Exact(is_line=False, max_bytes=MOST_BODY_BYTES)
    username = Exact(max_length=TEXT_LENGTH, check=_problem_of_username)
    password = Exact(max_length=SECRET_LENGTH, write_only=True)
    bearer = Exact(max_length=SECRET_LENGTH, check=_problem_of_bearer, write_only=True)
    expected_status = Exact(
        max_length=RANGES_LENGTH, check=_problem_of_ranges, help_text="Empty: 200-299."
    )
    redirects = Whole(0, MOST_REDIRECTS)
    keyword = Exact(is_line=False, max_length=TEXT_LENGTH)
    keyword_absent = Exact(is_line=False, max_length=TEXT_LENGTH)
    json_path = Exact(max_length=PATH_LENGTH, check=_problem_of_path)
    json_value = Exact(is_line=False, max_length=TEXT_LENGTH)
    ip_version = OneOf((0, 4, 6), required=False)
    http_version = Word(("", "1.1", "2"), required=False)
    verify_tls = Flag(required=False)
    certificate_days = Whole(0, 365)
    record_type = Word(RECORD_TYPES, required=False)
    record_value = Exact(max_length=TEXT_LENGTH)
    timeout_ms = Whole(1000, MOST_MS)
    confirmations = Whole(1, 10)
    degraded_after_ms = Whole(0, MOST_MS)
    grace_s = Whole(0, DAY_S)


SECRETS = ("headers", "password", "bearer")


def options_in(check: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a valid `check` says of options; null is the default."""
    default = Options()
    named = {name: value for name, value in check.items() if name not in SECRETS}
    # Everywhere else an empty text asks for nothing.
    if named.get("expected_status") == "":
        named["expected_status"] = None
    return {
        name: getattr(default, name) if value is None else value for name, value in named.items()
    }


def secrets_in(check: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a valid `check` says of secrets; null clears one."""
    return {name: check[name] for name in SECRETS if name in check}
