import pytest

from pingpong.public.negotiate import NAMES, choose, has_current


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.0, gzip;q=0", "identity"),
        ("br;q=0.001", "br"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("br;q=0, *", "gzip"),
        ("identity", "identity"),
        ("identity;q=0, *;q=0", "identity"),
        ("br;q=nonsense", "identity"),
        ("deflate", "identity"),
        (",,,", "identity"),
        ("x" * 100_000 + ", br", "identity"),
    ],
)
def test_best_allowed_encoding_is_chosen(header: str, encoding: str) -> None:
    assert NAMES[choose(header)] == encoding


@pytest.mark.parametrize(
    ("header", "is_current"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ("*", True),
        (" * ", True),
        ('"b", "a"', True),
        ('"b",W/"a"', True),
        ('"b"', False),
        ("a", False),
        ("", False),
        ('"a-gzip"', False),
    ],
)
def test_entity_tags_are_compared_weakly(header: str, is_current: bool) -> None:
    assert has_current(header, '"a"') is is_current
