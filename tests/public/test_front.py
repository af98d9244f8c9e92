import gzip
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from pingpong.public.copies import Copy
from pingpong.public.entry import FRESH_S
from pingpong.public.front import Front

from .conftest import Reader

CopyOf = Callable[..., Copy]
PAGE = "/s/acme/"
JSON = "/s/acme/summary.json"


@pytest.fixture
def stocked(reader: Reader, copy_of: CopyOf) -> Reader:
    reader.front.library.put(
        [
            copy_of(PAGE),
            copy_of(JSON, '{"stale":false}', slot='"stale":false', notice='"stale":true'),
        ],
        {"p1": time.time()},
    )
    return reader


def _age(reader: Reader, seconds: float) -> None:
    reader.front.library.vouch({"p1": time.time() - seconds})


def test_page_is_served_with_its_headers(stocked: Reader) -> None:
    response = stocked.get(PAGE)
    assert (response.status, response.body) == ("200 OK", b"hello<!--age-->")
    etag = response.headers.pop("ETag")
    assert etag.startswith('"')
    assert response.headers == {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": "15",
        "Cache-Control": "public, max-age=0, must-revalidate",
        "Vary": "Accept-Encoding",
        "Content-Security-Policy": "default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }


def test_json_is_open_to_all_origins(stocked: Reader) -> None:
    response = stocked.get(JSON)
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Security-Policy" not in response.headers
    assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize(
    ("accepted", "encoding", "decode"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0", None, bytes),
    ],
)
def test_encoding_is_the_best_that_the_reader_takes(
    stocked: Reader, accepted: str, encoding: str | None, decode: Callable[[bytes], bytes]
) -> None:
    response = stocked.get(PAGE, accept_encoding=accepted)
    assert response.headers.get("Content-Encoding") == encoding
    assert decode(response.body) == b"hello<!--age-->"
    assert int(response.headers["Content-Length"]) == len(response.body)


def test_each_encoding_has_its_own_entity_tag(stocked: Reader) -> None:
    tags = {
        stocked.get(PAGE, accept_encoding=accepted).headers["ETag"]
        for accepted in ("", "gzip", "br")
    }
    assert len(tags) == 3


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_what_the_reader_has_is_not_sent_again(stocked: Reader, form: str) -> None:
    etag = stocked.get(JSON, accept_encoding="br").headers["ETag"]
    response = stocked.get(JSON, accept_encoding="br", if_none_match=form.format(etag))
    assert (response.code, response.body) == (304, b"")
    assert response.headers == {
        "ETag": etag,
        "Cache-Control": "public, max-age=0, must-revalidate",
        "Vary": "Accept-Encoding",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Link, X-Total-Count, Retry-After",
    }
    other = stocked.get(JSON, accept_encoding="gzip", if_none_match=etag)
    assert other.code == 200


def test_head_is_get_without_a_body(stocked: Reader) -> None:
    get, head = stocked.get(PAGE), stocked.ask("HEAD", PAGE)
    assert (head.status, head.headers, head.body) == (get.status, get.headers, b"")


def test_preflight_of_json_is_answered(stocked: Reader) -> None:
    response = stocked.ask("OPTIONS", JSON)
    assert (response.code, response.body) == (204, b"")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Content-Length" not in response.headers


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", PAGE, "GET, HEAD"),
        ("OPTIONS", PAGE, "GET, HEAD"),
        ("DELETE", JSON, "GET, HEAD, OPTIONS"),
        ("get", PAGE, "GET, HEAD"),
    ],
)
def test_other_methods_are_refused(stocked: Reader, method: str, path: str, allowed: str) -> None:
    response = stocked.ask(method, path)
    assert (response.code, response.headers["Allow"]) == (405, allowed)
    assert response.text == f'{{"detail": "Method \\"{method}\\" not allowed."}}'


def test_missing_slash_leads_to_the_page(stocked: Reader) -> None:
    response = stocked.get("/s/acme")
    assert (response.code, response.headers["Location"]) == (301, "acme/")


@pytest.mark.parametrize(
    "path",
    [
        "/s/",
        "/s/unknown",
        "/s/unknown/",
        "/s//evil.example/",
        "/s//acme",
        "/s/acme//",
        "/s/../s/acme/",
        "/s/%61cme/",
        "/s/ACME/",
        "/s/acme/nothing",
        "/s/acme\r\nX: y",
        "/s/" + "x" * 100_000,
    ],
)
def test_unknown_path_is_a_page_that_asks_nobody(stocked: Reader, path: str) -> None:
    response = stocked.get(path)
    assert response.code == 404
    assert "Location" not in response.headers
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Content-Length"] == str(len(response.body))
    assert "No page here" in response.text
    assert "acme" not in response.text.lower()


def test_unknown_json_is_told_in_json(stocked: Reader) -> None:
    response = stocked.get("/s/unknown/summary.json")
    assert (response.code, response.text) == (404, '{"detail": "Not found."}')
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/", "/s", "/rest/v1/status", "/static/x.css", "//s/acme/", ""])
def test_everything_else_is_django(stocked: Reader, path: str) -> None:
    assert stocked.get(path).text == f"django {path}"


def test_page_that_nobody_vouched_for_says_so(stocked: Reader) -> None:
    fresh = stocked.get(JSON)
    _age(stocked, FRESH_S + 1)
    stale = stocked.get(JSON)
    assert (fresh.text, stale.text) == ('{"stale":false}', '{"stale":true}')
    assert fresh.headers["ETag"] != stale.headers["ETag"]
    assert stocked.get(JSON, if_none_match=fresh.headers["ETag"]).code == 200
    assert stocked.get(JSON, if_none_match=stale.headers["ETag"]).code == 304
    squeezed = stocked.get(JSON, accept_encoding="br")
    assert brotli.decompress(squeezed.body) == b'{"stale":true}'


def test_vouching_makes_it_fresh_again(stocked: Reader) -> None:
    _age(stocked, FRESH_S + 1)
    stocked.get(PAGE)
    _age(stocked, 0)
    assert stocked.get(PAGE).text == "hello<!--age-->"
    _age(stocked, FRESH_S - 5)
    assert stocked.get(PAGE).text == "hello<!--age-->"


def test_start_serves_what_an_earlier_run_left(stocked: Reader, folder: Path) -> None:
    again = Reader(Front(stocked.front, folder=folder))
    assert again.get(PAGE).body == stocked.get(PAGE).body


def test_bytes_that_are_nowhere_are_asked_for_later(stocked: Reader, folder: Path) -> None:
    stocked.front.library.entries[PAGE].rest()
    shutil.rmtree(folder)
    response = stocked.get(PAGE)
    assert (response.code, response.headers["Retry-After"]) == (503, "1")


def test_remembered_headers_are_bounded(stocked: Reader) -> None:
    for number in range(1000):
        assert stocked.get(PAGE, accept_encoding=f"gzip;q=0.{number}1").code == 200
    assert len(stocked.front._choices) <= 256
