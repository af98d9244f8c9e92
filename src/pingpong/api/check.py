"""The `check` of a metric: what is looked at beside the address, and what is right."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from pingpong.monitors.check_rules import (
    DAY_S,
    HTTP_VERSIONS,
    LEAST_TIMEOUT_MS,
    METHODS,
    MOST_BODY_BYTES,
    MOST_CERTIFICATE_DAYS,
    MOST_CONFIRMATIONS,
    MOST_MS,
    PATH_LENGTH,
    RANGES_LENGTH,
    RECORD_TYPES,
    SECRET_LENGTH,
    TEXT_LENGTH,
    problem_of_bearer,
    problem_of_path,
    problem_of_ranges,
    problem_of_username,
)
from pingpong.monitors.checks import Options
from pingpong.probe.contract import MOST_REDIRECTS

from .fields import Flag, Word
from .headers import Headers
from .strict import Exact, OneOf, Whole


class CheckIn(serializers.Serializer[Any]):
    """Absent fields stay as they are; a text of null is an empty one."""

    method = Word(METHODS, required=False)
    headers = Headers(required=False, allow_null=True)
    body = Exact(is_line=False, max_bytes=MOST_BODY_BYTES)
    username = Exact(max_length=TEXT_LENGTH, check=problem_of_username)
    password = Exact(max_length=SECRET_LENGTH, write_only=True)
    bearer = Exact(max_length=SECRET_LENGTH, check=problem_of_bearer, write_only=True)
    expected_status = Exact(
        max_length=RANGES_LENGTH, check=problem_of_ranges, help_text="Empty: 200-299."
    )
    redirects = Whole(0, MOST_REDIRECTS)
    keyword = Exact(is_line=False, max_length=TEXT_LENGTH)
    keyword_absent = Exact(is_line=False, max_length=TEXT_LENGTH)
    json_path = Exact(max_length=PATH_LENGTH, check=problem_of_path)
    json_value = Exact(is_line=False, max_length=TEXT_LENGTH)
    ip_version = OneOf((0, 4, 6), required=False)
    http_version = Word(HTTP_VERSIONS, required=False)
    verify_tls = Flag(required=False)
    certificate_days = Whole(0, MOST_CERTIFICATE_DAYS)
    record_type = Word(RECORD_TYPES, required=False)
    record_value = Exact(max_length=TEXT_LENGTH)
    timeout_ms = Whole(LEAST_TIMEOUT_MS, MOST_MS)
    confirmations = Whole(1, MOST_CONFIRMATIONS)
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
