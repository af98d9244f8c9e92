from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingpong.kit.egress import Target, TargetInvalidError, host_target, web_target

LONG = "a" * 63
WEB = (
    ("http://status.example", "http", "status.example", 80, "http://status.example/"),
    ("HTTPS://Status.Example", "https", "status.example", 443, "https://status.example/"),
    ("http://status.example:80/", "http", "status.example", 80, "http://status.example/"),
    ("https://a.example:8443?x#y", "https", "a.example", 8443, "https://a.example:8443/?x"),
    ("http://9.9.9.9./x", "http", "9.9.9.9", 80, "http://9.9.9.9/x"),
    ("http://a_b.example/", "http", "a_b.example", 80, "http://a_b.example/"),
    ("http://9.9.9.9:8080/", "http", "9.9.9.9", 8080, "http://9.9.9.9:8080/"),
    ("http://[2003:0:0::1]:81/", "http", "2003::1", 81, "http://[2003::1]:81/"),
    ("http://b\u00fccher.example/", "http", "xn--bcher-kva.example", 80, ""),
    ("http://BU\u0308CHER.example/", "http", "xn--bcher-kva.example", 80, ""),
    ("http://xn--bcher-kva.example/", "http", "xn--bcher-kva.example", 80, ""),
    ("http://stra\u00dfe.example/", "http", "xn--strae-oqa.example", 80, ""),
    ("http://\u65e5\u672c.example/", "http", "xn--wgv71a.example", 80, ""),
    (
        "http://a.example/\u00e9?q=\u00e9",
        "http",
        "a.example",
        80,
        "http://a.example/%C3%A9?q=%C3%A9",
    ),
    ("http://a.example/%20?a[]=<1>", "http", "a.example", 80, "http://a.example/%20?a[]=%3C1%3E"),
    ("http://a.example/@b:c", "http", "a.example", 80, "http://a.example/@b:c"),
    (f"http://{LONG}.example/", "http", f"{LONG}.example", 80, ""),
)
NOT_A_HOST = ("a..b", ".a", "..", "a.-b", "a.0x1", "a.1", "0x7f.0.0.1", "127.0.0.1..", "a.0X")
NOT_WEB = (
    *("", "a.example", "//a.example", "ftp://a.example/", "file:///etc/passwd", "http:a.example"),
    *("http:/a.example", "http:///a.example", "http://", "http://?x", "http://:80/", " http://a"),
    *("http://a b/", "http://a.example/ b", "http://a\u00a0b/", "http://a\tb/", "http://a\nb/"),
    *("http://a\\b/", "http:\\\\a/", "http://u@a/", "http://u:p@a/", "http://@a/", "http://a%41/"),
    *(
        "http://a:/",
        "http://a:0/",
        "http://a:080/",
        "http://a:65536/",
        "http://a:-1/",
        "http://a:x",
    ),
    *("http://a:1:2/", "http://2003::1/", "http://[2003::1/", "http://2003::1]/", "http://[]/"),
    *("http://[2003::1%25lo]/", "http://[2003::1%lo]/", "http://[2003::1]x/", "http://x[2003::1]/"),
    *("http://[9.9.9.9]/", "http://[v1.a]/", "http://127.1/", "http://127/"),
    *("http://2130706433/", "http://0177.0.0.1/", "http://127.0.0.01/", "http://127.0.0.256/"),
    *("http://1.2.3.4.5/", "http://0x/"),
    *("http://-a/", "http://a-/"),
    *(
        "http://*.example/",
        "http://a,b/",
        "http://a;b/",
        "http://$(a)/",
        "http://a`b`/",
        "http://a'/",
    ),
    *("http://xn--a/", "http://xn--zzzz-/", "http://xn--/", "http://xn--127-/", "http://\u2460.a/"),
    *(
        "http://\uff11\uff12\uff17.0.0.1/",
        "http://a\u3002b/",
        "http://a\uff0eb/",
        "http://\ufb01.a/",
    ),
    *(
        "http://a\u200db/",
        "http://a\u00adb/",
        "http://a\u202eb/",
        "http://\u0301a.b/",
        "http://\u2603/",
    ),
    *("http://a\ud800/", "http://a/\ud800", "http://a\x00/", "http://a\x7f/", "\ufeffhttp://a/"),
    *(f"http://{LONG}a.example/", f"http://{'a.' * 127}a/", "http://a/" + "x" * 2048),
    *(f"http://{host}/" for host in NOT_A_HOST),
    "h\u0131ttp://a/",
    "http\u017f://a/",
)


@pytest.mark.parametrize(("url", "scheme", "host", "port", "canonical"), WEB)
def test_web_address_is_read(url: str, scheme: str, host: str, port: int, canonical: str) -> None:
    assert web_target(url) == Target(scheme, host, port, canonical or f"{scheme}://{host}/")


@pytest.mark.parametrize("url", NOT_WEB)
def test_web_address_that_can_be_read_in_two_ways_is_refused(url: str) -> None:
    with pytest.raises(TargetInvalidError, match=r"^[A-Z].*\.$"):
        web_target(url)


def test_web_address_loses_the_final_dot_of_its_host() -> None:
    assert web_target(f"http://{'a.example.'}:81/") == web_target("http://a.example:81/")


@given(st.text(), st.text())
def test_web_address_of_any_text_is_refused_or_settled(host: str, path: str) -> None:
    try:
        target = web_target(f"http://{host}/{path}")
    except TargetInvalidError:
        return
    assert target.url.isascii()
    assert web_target(target.url) == target


@given(st.text("ab0189xX.:[]@%\\/-_~?#&=\u00e4\uff11 \t", max_size=24))
def test_web_address_is_read_as_the_standard_library_reads_it(rest: str) -> None:
    try:
        target = web_target(f"http://{rest}")
    except TargetInvalidError:
        return
    parts = urlsplit(target.url)
    assert (parts.scheme, parts.hostname, parts.port or 80) == ("http", target.host, target.port)
    assert urlsplit(f"http://{rest}").port in (target.port, None)


@pytest.mark.parametrize(
    ("text", "host", "port", "canonical"),
    [
        ("Db.example:5432", "db.example", 5432, "db.example:5432"),
        ("9.9.9.9:25", "9.9.9.9", 25, "9.9.9.9:25"),
        ("[2003::0:1]:25", "2003::1", 25, "[2003::1]:25"),
    ],
)
def test_host_with_port_is_read(text: str, host: str, port: int, canonical: str) -> None:
    assert host_target(text, needs_port=True) == Target("tcp", host, port, canonical)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("Db.example.", "db.example"),
        ("_dmarc.example", "_dmarc.example"),
        ("9.9.9.9", "9.9.9.9"),
        ("2003::0:1", "2003::1"),
        ("[2003::1]", "2003::1"),
    ],
)
def test_host_alone_is_read(text: str, host: str) -> None:
    assert host_target(text, needs_port=False) == Target("host", host, 0, host)


@pytest.mark.parametrize(
    "text", ["", "db.example", "9.9.9.9", "2003::1:25", "tcp://a:1", "a:1/", "a:b", "-a:1", "a :1"]
)
def test_host_without_a_port_that_is_needed_is_refused(text: str) -> None:
    with pytest.raises(TargetInvalidError, match=r"^[A-Z].*\.$"):
        host_target(text, needs_port=True)


@pytest.mark.parametrize("text", ["", "db.example:1", "[2003::1]:25", "a/b", "-a", "fe80::1%lo"])
def test_host_with_more_than_a_host_is_refused(text: str) -> None:
    with pytest.raises(TargetInvalidError, match=r"^[A-Z].*\.$"):
        host_target(text, needs_port=False)
