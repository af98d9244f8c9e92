import pytest

from pingpong.kit.client_ip import client_ip, is_within, networks

PROXIES = networks("10.0.0.0/8, 2001:db8::/32")


@pytest.mark.parametrize(
    ("remote", "forwarded", "expected"),
    [
        ("198.51.100.7", "", "198.51.100.7"),
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),  # nobody whom we trust says so
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),  # the left is the visitor's own
        ("10.0.0.1", "203.0.113.9, 10.1.2.3", "203.0.113.9"),
        ("10.0.0.1", "10.9.9.9, 10.1.2.3", "10.9.9.9"),
        ("10.0.0.1", "203.0.113.9, unknown", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.9:4711", "203.0.113.9"),
        ("10.0.0.1", "[2001:db9::5]:4711", "2001:db9::5"),
        ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("2001:db8::1", "::ffff:203.0.113.9", "203.0.113.9"),
        ("unix:", "203.0.113.9", "unix:"),
        ("", "203.0.113.9", ""),
    ],
)
def test_client_is_the_last_one_that_no_trusted_proxy_vouches_for(
    remote: str, forwarded: str, expected: str
) -> None:
    assert client_ip(remote, forwarded, PROXIES) == expected


def test_networks_that_are_none_are_told() -> None:
    with pytest.raises(ValueError, match=r"'10\.0\.0\.0/99' is no address"):
        networks("10.0.0.0/99")


def test_address_lies_in_no_network_when_it_is_none() -> None:
    assert (is_within("10.1.1.1", PROXIES), is_within("nobody", PROXIES)) == (True, False)
