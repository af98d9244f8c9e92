"""Whether an answer is the right one: pure."""

import codecs
from email.message import Message
from functools import lru_cache
from typing import Any

import jsonpath_rfc9535
import msgspec
from jsonpath_rfc9535 import JSONPathError

from .contract import UP, Check


class PathNotSingularError(ValueError):
    """A JSON path that is none, or that may lead to several values."""


def judge(check: Check, status: int, body: bytes, content_type: str) -> tuple[str, str]:
    """Return the word for an answer, and its detail. A HEAD's body is empty and not looked at."""
    for low, high in check.expected_status:
        if low <= status <= high:
            break
    else:
        return "status_unexpected", f"HTTP {status}"
    if check.method == "HEAD":
        return UP, ""
    if check.keyword or check.keyword_absent:
        text = _text(body, content_type)
        if check.keyword and check.keyword not in text:
            return "keyword_missing", ""
        if check.keyword_absent and check.keyword_absent in text:
            return "keyword_present", ""
    if check.json_path:
        return _judge_json(check, body)
    return UP, ""


def wants_body(check: Check) -> bool:
    return bool(check.keyword or check.keyword_absent or check.json_path)


@lru_cache(maxsize=4096)
def compile_path(path: str) -> Any:
    """Compile a singular query of RFC 9535; raises PathNotSingularError."""
    try:
        query = jsonpath_rfc9535.compile(path)
    except (JSONPathError, RecursionError) as problem:
        raise PathNotSingularError("The JSON path is not one of RFC 9535.") from problem
    if not query.singular_query():
        raise PathNotSingularError("The JSON path may lead to several values.")
    return query


def _judge_json(check: Check, body: bytes) -> tuple[str, str]:
    try:
        query = compile_path(check.json_path)
    except PathNotSingularError:
        return "probe_fault", "JSON path not singular"
    try:
        document = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return "json_mismatch", "not JSON"
    try:
        node = query.find_one(document)
    except (JSONPathError, RecursionError):
        node = None
    if node is None:
        return "json_mismatch", "nothing there"
    if check.json_value is None or _is_value(node.value, check.json_value):
        return UP, ""
    return "json_mismatch", ""


def _is_value(found: Any, wanted: str) -> bool:
    """Compare with a value written as JSON, or as bare text."""
    if isinstance(found, str) and found == wanted:
        return True
    try:
        value = msgspec.json.decode(wanted)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return False
    if isinstance(found, bool) or isinstance(value, bool):
        return found is value
    return bool(found == value)


def _text(body: bytes, content_type: str) -> str:
    return body.decode(_charset(content_type), errors="replace")


@lru_cache(maxsize=1024)
def _charset(content_type: str) -> str:
    message = Message()
    message["Content-Type"] = content_type
    name = message.get_content_charset("utf-8")
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return "utf-8"
    return codec.name if codec._is_text_encoding else "utf-8"  # noqa: SLF001 -- no public name
