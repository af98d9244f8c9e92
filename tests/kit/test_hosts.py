import pytest

from pingpong.kit.hosts import HostInvalidError, canonical_host, own_hosts

LONG = ".".join(["a" * 63] * 3 + ["b" * 61])


@pytest.mark.parametrize(
    ("header", "host"),
    [
        ("status.example.com", "status.example.com"),
        ("STATUS.Example.COM", "status.example.com"),
        ("status.example.com:8000", "status.example.com"),
        ("status.example.com:65535", "status.example.com"),
        ("status.example.com.", "status.example.com"),
        ("status.example.com.:443", "status.example.com"),
        ("localhost", "localhost"),
        ("127.0.0.1:80", "127.0.0.1"),
        ("[::1]", "[::1]"),
        ("[::1]:8000", "[::1]"),
        ("[2001:DB8::A]", "[2001:db8::a]"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        (LONG, LONG),
    ],
)
def test_host_is_read_in_one_spelling(header: str, host: str) -> None:
    assert canonical_host(header) == host


@pytest.mark.parametrize(
    "header",
    [
        "",
        ".",
        "..",
        ":8000",
        " status.example.com",
        "status.example.com ",
        "status example.com",
        "status.example.com\t",
        "status.example.com\n",
        "status.example.com\0",
        "user@status.example.com",
        "status.example.com@evil.example",
        "status.example.com:80@evil.example",
        "http://status.example.com/",
        "status.example.com/",
        "status.example.com/../",
        "status.example.com?x",
        "status.example.com#x",
        "status.example.com\\evil.example",
        "status.example.com,evil.example",
        "status.example.com, status.example.com",
        "status.example.com:",
        "status.example.com:http",
        "status.example.com:-1",
        "status.example.com:65536",
        "status.example.com:000080",
        "status.example.com:80:80",
        "status.example.com..",
        "status..example.com",
        "-status.example.com",
        "status-.example.com",
        "my_host",
        "%73tatus.example.com",
        "st\u00e4tus.example.com",
        "b\u00c3\u00bccher.example",
        "status.example.com\u3002",
        "\uff53tatus.example.com",
        "\u0660",
        "[::1",
        "::1",
        "[::1]x",
        "[::1].",
        "[::1]:x",
        "[fe80::1%25eth0]",
        "[1.2.3.4]",
        "[]",
        "[:::]",
        "a" * 64,
        f"{LONG}c",
        "a." * 127 + "ab",
        "x" * 100_000,
    ],
)
def test_header_that_no_browser_sends_is_no_host(header: str) -> None:
    assert canonical_host(header) is None


def test_own_names_are_those_of_the_address_of_this_machine_and_those_given() -> None:
    given = ["Backup.Example.com:8443", "[2001:DB8::1]", "b\u00fccher.example"]
    assert own_hosts("https://Status.example.com:8443/x", given) == {
        "localhost",
        "127.0.0.1",
        "[::1]",
        "status.example.com",
        "backup.example.com",
        "[2001:db8::1]",
        "xn--bcher-kva.example",
    }


@pytest.mark.parametrize("wrong", ["*", "*.example.com", "my_host", "http://x", "", "\u00fc" * 80])
def test_name_that_no_header_can_hold_is_told(wrong: str) -> None:
    with pytest.raises(HostInvalidError, match="is no host such as"):
        own_hosts("http://localhost:8000", [wrong])
