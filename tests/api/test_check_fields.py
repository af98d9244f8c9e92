"""Every field of a metric's `check`, wrong in every way: 400 that names it, and nothing written."""

import json
from typing import Any

import pytest

from api.fingerprint import fingerprint
from api.undoing import undone
from api.wrong_values import ODD, TYPED, UNREADABLE
from fixtures.cast import Belongings, Member
from pingpong.api.check import CheckIn
from pingpong.monitors import check_rules
from pingpong.probe import records

FIELDS = list(CheckIn().fields)
TEXTS = {
    "body", "username", "password", "bearer", "expected_status", "keyword", "keyword_absent",
    "json_path", "json_value", "record_value",
}  # fmt: skip
NUMBERS = {
    "redirects": (0, 5),
    "certificate_days": (0, 365),
    "timeout_ms": (1000, 30_000),
    "confirmations": (1, 10),
    "degraded_after_ms": (0, 30_000),
    "grace_s": (0, 86_400),
}
WRONG: dict[str, list[Any]] = {
    "method": ["", "PUT", "CONNECT", "GET\r\n"[:3] + "X"],
    "body": ["x" * (16 * 1024 + 1), "\u00e9" * (8 * 1024 + 1)],
    "username": ["a:b", "a\nb", "x" * 501],
    "password": ["a\r\nb", "x" * 1001, "a\x7f"],
    "bearer": ["two words", "\u00e9", "a\nb", "x" * 1001],
    "expected_status": [
        "abc", "99", "600", "300-200", "200-", "-299", "2_00", "200;300", "\u0662\u0660\u0660",
        "200," * 26,
    ],
    "keyword": ["x" * 501],
    "keyword_absent": ["x" * 501],
    "json_path": [
        "status", "$.*", "$..a", "$.a[0:2]", "$[?@.a]", "$[0,1]", "$.a b", "$[", "$['a'",
        "$[9007199254740993]", "$." + "a" * 199, "$" + "[" * 150,
    ],
    "json_value": ["x" * 501],
    "ip_version": [5, "4", 4.0, True],
    "http_version": ["3", "2.0", 2],
    "record_type": ["", "AXFR", "ANY"],
    "record_value": ["x" * 501, "a\nb"],
    "headers": [
        [{}], [{"name": "", "value": "x"}], [{"name": "A B", "value": "x"}],
        [{"name": "A:", "value": "x"}], [{"name": "A\r\nB", "value": "x"}],
        [{"name": "A", "value": "x\r\nB: y"}], [{"name": "A", "value": "x\ny"}],
        [{"name": "A", "value": "\0"}], [{"name": "A", "value": "\u00e9"}],
        [{"name": "A", "value": 5}], [{"name": 5, "value": "x"}], [["A", "x"]], ["A: x"],
        [{"name": "Host", "value": "x"}], [{"name": "content-length", "value": "5"}],
        [{"name": "Transfer-Encoding", "value": "chunked"}],
        [{"name": "CONNECTION", "value": "close"}],
        [{"name": "A", "value": "x"}, {"name": "a", "value": "y"}],
        [{"name": "A", "value": None}],
        [{"name": f"A{number}", "value": "x"} for number in range(21)],
        [{"name": "A", "value": "x" * 8192}],
        [{"name": f"A{number}", "value": "x" * 500} for number in range(17)],
    ],
}  # fmt: skip
RIGHT: dict[str, list[Any]] = {
    "method": ["head", " post "],
    "body": ["", "a\r\nb", "x" * 16 * 1024, "\U0001f9a9" * 4096],
    "username": ["", "\u00e9", "x" * 500],
    "password": ["", " a:b \u00e9 ", "x" * 1000],
    "bearer": ["", "abc.def-_~+/=", "x" * 1000],
    "expected_status": ["", "200", "200-299,301", "200-299, 301 , 404", "100-599"],
    "keyword": ["", " two\nlines ", "x" * 500],
    "keyword_absent": ["", "error"],
    "json_path": ["", "$", "$.status.code", "$['a b'][0]", "$[-1]"],
    "json_value": [None, "", '{"a": 1}', "ok"],
    "ip_version": [0, 4, 6],
    "http_version": ["", "1.1", "2"],
    "record_type": ["a", "AAAA", "txt"],
    "record_value": ["", "192.0.2.1", "v=spf1 -all"],
    "headers": [
        None,
        [],
        [{"name": "X-Key", "value": ""}, {"name": "Accept", "value": "a\tb; c"}],
        [{"name": f"A{number}", "value": "x" * 400} for number in range(20)],
    ],
}


def told(owner: Member, ours: Belongings, name: str, raw: str) -> tuple[int, Any]:
    body = f'{{"check": {{"{name}": {raw}}}}}'.encode()
    answer = owner.put(f"/metrics/{ours.monitor.pk}", body)
    return answer.status, answer.body


def is_told_well(status: int, body: Any, name: str) -> bool:
    if status != 400 or not isinstance(body, dict):
        return False
    if list(body) == ["detail"]:
        return str(body["detail"]).startswith("JSON parse error - ")
    return list(body) == ["check"] and list(body["check"]) == [name]


def wrong_types(name: str) -> dict[str, str]:
    """Return what is of no type that the field takes."""
    takes: set[str] = set()
    if name in TEXTS or name == "headers":
        takes |= {"null"}
    if name == "verify_tls":
        takes |= {"true", "false"}
    if name == "headers":
        takes |= {"an empty list"}
    if name in NUMBERS or name == "ip_version":
        takes |= {"an integer", "zero"}
    return {key: raw for key, raw in TYPED.items() if key not in takes}


@pytest.mark.parametrize("name", FIELDS)
def test_a_wrong_value_is_refused_and_nothing_written(
    name: str, owner: Member, ours: Belongings
) -> None:
    before = fingerprint()
    least, most = NUMBERS.get(name, (None, None))
    wrong = {
        **wrong_types(name),
        **UNREADABLE,
        **{json.dumps(one)[:60]: json.dumps(one) for one in WRONG.get(name, [])},
        **({"less": str(least - 1), "more": str(most + 1)} if least is not None else {}),
    }
    taken = {}
    for what, raw in wrong.items():
        status, body = told(owner, ours, name, raw)
        if not is_told_well(status, body, name):
            taken[what] = (status, body)
    assert taken == {}
    assert fingerprint() == before


@pytest.mark.parametrize("name", [*RIGHT, *NUMBERS])
def test_a_right_value_is_taken_and_answered(name: str, owner: Member, ours: Belongings) -> None:
    for value in RIGHT.get(name, NUMBERS.get(name, [])):
        with undone():
            status, body = told(owner, ours, name, json.dumps(value))
        assert status == 200, (value, body)
        if name not in {"headers", "password", "bearer", "method", "expected_status"}:
            answered = body["check"][name]
            assert str(answered).lower() == str(value).lower()


@pytest.mark.parametrize("name", sorted(TEXTS - {"expected_status", "json_path", "bearer"}))
def test_any_text_is_kept_as_it_is(name: str, owner: Member, ours: Belongings) -> None:
    for what, raw in ODD.items():
        if what == "a line and another" and name in {"username", "password", "record_value"}:
            continue
        if name == "username" and ":" in raw:
            continue
        with undone():
            status, body = told(owner, ours, name, raw)
        assert status == 200, (what, body)
        if name != "password":
            assert body["check"][name] == json.loads(raw)


def test_every_field_is_tried() -> None:
    assert set(FIELDS) == set(RIGHT) | set(NUMBERS) | {"verify_tls"}


def test_probes_know_every_record_type() -> None:
    assert set(check_rules.RECORD_TYPES) == set(records.RECORD_TYPES)
