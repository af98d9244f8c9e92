"""Connections to addresses that users gave have one door: `kit/egress`."""

from .tree import imports, shown, under

SPEAKERS = (
    *("socket", "ssl", "asyncio", "selectors", "socketserver", "pycurl", "dns", "http.client"),
    *(
        "urllib.request",
        "urllib3",
        "requests",
        "httpx",
        "aiohttp",
        "smtplib",
        "ftplib",
        "telnetlib",
    ),
)
MAY_SPEAK = ("src/pingpong/runtime/", "src/pingpong/probe/", "src/pingpong/kit/egress/")
# Files of the probe with sockets that are not connected to what a user gave, or not by them.
NO_DOOR_OF_THEIRS = {
    "src/pingpong/probe/curl_driver.py": "runs the transfers of line.py, which asks the gate",
    "src/pingpong/probe/http.py": "runs the transfers of line.py, which asks the gate",
    "src/pingpong/probe/echo.py": "makes the sockets of icmp.py, which asks the gate",
    "src/pingpong/probe/records.py": "asks the system's resolvers",
    "src/pingpong/probe/witness.py": "asks the system's resolvers and the operator's canaries",
    "src/pingpong/probe/pipe.py": "speaks to the process that started it",
}


def speaking(*folders: str) -> set[str]:
    """Return the files that import something that opens connections."""
    return {
        shown(file)
        for file in under(*folders)
        if any(
            name == one or name.startswith(f"{one}.") for name in imports(file) for one in SPEAKERS
        )
    }


def test_packages_of_the_domain_open_no_connections() -> None:
    assert {file for file in speaking("src") if not file.startswith(MAY_SPEAK)} == set()


def test_sockets_of_the_probe_are_judged_by_the_gate() -> None:
    asking = {
        shown(file) for file in under("src/pingpong/probe") if "may_connect(" in file.read_text()
    }
    assert speaking("src/pingpong/probe") - asking == set(NO_DOOR_OF_THEIRS)
