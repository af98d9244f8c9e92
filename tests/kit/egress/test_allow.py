import pytest

from pingpong.kit.egress import AllowList

PERMITTED = (
    ("10.0.0.0/8", "db.example", "10.1.2.3", 80),
    ("10.0.0.7", "db.example", "10.0.0.7", 5432),
    ("10.0.0.7:9000", "db.example", "10.0.0.7", 9000),
    ("fd00::/8", "db.example", "fd00::7", 80),
    ("fd00::7", "db.example", "fd00:0::7", 80),
    ("[fd00::7]:9000", "fd00::7", "fd00::7", 9000),
    ("[fd00::7]", "fd00::7", "fd00::7", 9000),
    ("db.internal", "db.internal", "192.168.1.1", 1),
    ("DB.internal.:5432", "db.internal", "192.168.1.1", 5432),
    ("localhost:8000", "localhost", "127.0.0.1", 8000),
    (" , 192.168.0.0/16 ,10.0.0.0/8,", "db.example", "10.1.2.3", 80),
)
NOT_PERMITTED = (
    ("", "db.internal", "10.1.2.3", 80),
    ("10.0.0.0/8", "db.example", "11.1.2.3", 80),
    ("10.0.0.0/8", "db.example", "::ffff:10.1.2.3", 80),
    ("10.0.0.7:9000", "db.example", "10.0.0.7", 9001),
    ("db.internal:5432", "db.internal", "10.0.0.7", 5433),
    ("db.internal:5432", "other.internal", "10.0.0.7", 5432),
    ("0.0.0.0/0", "db.example", "169.254.169.254", 80),
    ("0.0.0.0/0,169.254.169.254", "169.254.169.254", "169.254.169.254", 80),
    ("169.254.169.254:80", "169.254.169.254", "169.254.169.254", 80),
    ("::/0", "db.example", "::ffff:169.254.169.254", 80),
    ("::/0", "db.example", "fd00:ec2::254", 80),
    ("db.internal", "db.internal", "100.100.100.200", 80),
    ("0.0.0.0/0", "db.example", "168.63.129.16", 80),
    ("::/0", "db.example", "fe80::1%2", 80),
    ("0.0.0.0/0", "db.example", "no address", 80),
)
UNREADABLE = (
    *("10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "/8", "*.internal", "host:0", "host:99999"),
    *("host:port", "host:", ":80", "[fd00::7", "fd00::7]:80", "fe80::1%eth0", "127.1", "a b"),
    *("http://host", "-host", "10.0.0.0-10.0.0.9", "10.0.0.0/8;10.0.0.1", "user@host"),
)


@pytest.mark.parametrize(("text", "host", "address", "port"), PERMITTED)
def test_entry_permits_what_it_covers(text: str, host: str, address: str, port: int) -> None:
    assert AllowList.parse(text).permits(host, address, port)


@pytest.mark.parametrize(("text", "host", "address", "port"), NOT_PERMITTED)
def test_entry_permits_nothing_else(text: str, host: str, address: str, port: int) -> None:
    assert not AllowList.parse(text).permits(host, address, port)


@pytest.mark.parametrize("text", UNREADABLE)
def test_entry_that_cannot_be_read_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^'.+' (is no network|cannot be allowed: ).+\.$"):
        AllowList.parse(text)


def test_list_without_entries_is_false() -> None:
    assert not AllowList.parse(" , ")
    assert AllowList.parse("10.0.0.0/8")
    assert AllowList.parse("host")
    assert AllowList.parse("host:80")
