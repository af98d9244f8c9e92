"""Whether an answer is the right one."""

import pytest

from pingpong.probe.contract import Check
from pingpong.probe.judge import PathNotSingularError, compile_path, judge


@pytest.mark.parametrize("path", ["$.a.b", "$['a'][0]", "$[-1]", "$"])
def test_singular_path_is_taken(path: str) -> None:
    compile_path(path)


@pytest.mark.parametrize(
    "path", ["$..a", "$.*", "$[0:2]", "$[?@.a]", "$.a,", "a.b", "", "$['a','b']"]
)
def test_path_that_may_lead_to_several_values_is_refused(path: str) -> None:
    with pytest.raises(PathNotSingularError):
        compile_path(path)


@pytest.mark.parametrize(
    ("body", "value", "word"),
    [
        (b'{"v": 1}', "1", "up"),
        (b'{"v": 1.0}', "1", "up"),
        (b'{"v": true}', "true", "up"),
        (b'{"v": true}', "1", "json_mismatch"),
        (b'{"v": 1}', "true", "json_mismatch"),
        (b'{"v": "1"}', "1", "up"),
        (b'{"v": null}', "null", "up"),
        (b'{"v": "null"}', "null", "up"),
        (b'{"v": [1, 2]}', "[1, 2]", "up"),
        (b'{"v": {"b": 1, "a": 2}}', '{"a": 2, "b": 1}', "up"),
        (b'{"v": "x y"}', "x y", "up"),
        (b'{"v": "x"}', "y", "json_mismatch"),
        (b"[" * 100_000, "1", "json_mismatch"),
        (b"\xff\xfe", "1", "json_mismatch"),
        (b"", "1", "json_mismatch"),
    ],
)
def test_value_is_written_as_json_or_as_bare_text(body: bytes, value: str, word: str) -> None:
    check = Check(json_path="$.v", json_value=value)
    assert judge(check, 200, body, "")[0] == word


@pytest.mark.parametrize(
    ("content_type", "body", "word"),
    [
        ("text/html; charset=utf-8", "grün".encode(), "up"),
        ("text/html; charset=ISO-8859-1", "grün".encode("latin-1"), "up"),
        ("text/html", "grün".encode(), "up"),
        ("text/html; charset=utf-8", "grün".encode("latin-1"), "keyword_missing"),
        ("text/html; charset=nonsense", "grün".encode(), "up"),
        ("text/html; charset=rot13", "grün".encode(), "up"),
        ("text/html; charset=base64", "grün".encode(), "up"),
        ('text/html; charset="', "grün".encode(), "up"),
    ],
)
def test_keyword_is_looked_for_in_the_text(content_type: str, body: bytes, word: str) -> None:
    assert judge(Check(keyword="grün"), 200, body, content_type)[0] == word
