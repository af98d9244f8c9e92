"""From an empty folder to an account and a page that is shown, by forms alone."""

import re
import socket
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest

from .product import Product, eventually, is_answering, running, setup_codes_in

pytestmark = pytest.mark.e2e

ACCOUNT = {"name": "Daisy Duck", "email": "daisy@acme.example", "password": "quack-quack-quack"}


class Browser:
    """Keeps cookies, follows redirects, and sends forms with what their page hides in them."""

    def __init__(self, product: Product) -> None:
        self._address = product.address
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        self.path = ""

    def open(self, path: str, form: dict[str, str] | None = None) -> str:
        """Ask for a page, or send a form that stands on the page of this path."""
        data = None
        if form is not None:
            page = self.open(path)
            hidden = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
            assert hidden is not None, page
            data = urlencode({**form, "csrfmiddlewaretoken": hidden.group(1)}).encode()
        request = Request(self._address + path, data=data)
        if data is not None:
            request.add_header("Origin", self._address)
        try:
            answer = self._opener.open(request, timeout=10)
        except HTTPError as refusal:
            answer = refusal
        self.path = answer.geturl().removeprefix(self._address)
        self.status = answer.status
        text: str = answer.read().decode()
        return text


def raw(product: Product, request: str) -> tuple[int, str]:
    """Send bytes as they are; return the status and the whole answer."""
    with socket.create_connection(("127.0.0.1", product.port), timeout=10) as connection:
        connection.sendall(request.encode("latin-1"))
        connection.settimeout(5)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    text = answer.decode("latin-1")
    return int(text.split(" ", 2)[1]), text


def test_first_account_is_made_by_the_link_and_the_guided_start_shows_a_page(folder: Path) -> None:
    with running(folder) as product:
        (old_code,) = setup_codes_in(product.output(), product.address)
        port = product.port
    with running(folder, port=port) as product:
        (printed,) = setup_codes_in(product.output(), product.address)
        link = product.command("user", "setup-link").stdout.strip()
        address, _hash, code = link.partition("#code=")
        assert address == f"{product.address}/dashboard/setup/"
        assert len({old_code, printed, code}) == 3
        browser = Browser(product)
        browser.open("/")
        assert browser.path == "/dashboard/setup/"
        for dead in (old_code, printed):
            browser.open("/dashboard/setup/", {"code": dead, **ACCOUNT})
            assert (browser.path, browser.status) == ("/dashboard/setup/", 422)
        browser.open("/dashboard/setup/", {"code": code, **ACCOUNT})
        assert (browser.path, browser.status) == ("/dashboard/start/", 200)
        browser.open("/dashboard/start/", {"name": "Lucky Charms", "slug": "", "time_zone": "UTC"})
        assert browser.path == "/dashboard/start/lucky-charms/components/"
        browser.open(browser.path, {"suggested": "Website", "own": "Payments <b>API</b>"})
        assert browser.path == "/dashboard/start/lucky-charms/done/"
        eventually(
            lambda: "Payments &lt;b&gt;API" in product.ask("GET", "/s/lucky-charms/").text,
            within_s=5,
            what="the page is shown",
        )
        assert Browser(product).open("/") == product.ask("GET", "/s/lucky-charms/").text
        assert product.ask("GET", "/dashboard/setup/").status == 404
        assert code not in product.output().split("ready in", 1)[1]
    with running(folder, port=port) as product:
        assert setup_codes_in(product.output(), product.address) == []
        assert f"{product.address}/s/lucky-charms/" in product.output()
        eventually(
            lambda: is_answering(product, "/s/lucky-charms/"), within_s=10, what="it is back"
        )


def test_only_the_names_of_the_server_are_answered(product: Product) -> None:
    good = f"localhost:{product.port}"
    head = "GET /s/status/ HTTP/1.1\r\nConnection: close\r\n"
    known = [f"Host: {host}" for host in (good, good.upper(), "localhost.", "127.0.0.1", "[::1]")]
    assert [raw(product, f"{head}{host}\r\n\r\n")[0] for host in known] == [200] * len(known)
    unknown = ["evil.example", "localhost.evil.example", "x@localhost", "", "a_b", "[::2]", "\xe9"]
    lines = [f"Host: {host}" for host in unknown]
    lines += [f"Host: evil.example\r\nX-Forwarded-Host: {good}\r\nForwarded: host={good}"]
    lines += [f"Host: {good}\r\nHost: evil.example", f"Host: evil.example\r\nHost: {good}"]
    for line in lines:
        status, answer = raw(product, f"{head}{line}\r\n\r\n")
        assert (status, "My status page" in answer) == (421, False), line
    # Nothing is made of the name in such a line; the header is what counts.
    absolute = "GET http://evil.example/s/status/ HTTP/1.1\r\nConnection: close\r\n"
    told = [raw(product, f"{absolute}Host: {host}\r\n\r\n") for host in ("evil.example", good)]
    assert [(status, "evil.example" in answer) for status, answer in told] == [
        (421, False),
        (200, False),
    ]
    health = "GET /healthz HTTP/1.1\r\nConnection: close\r\nHost: 10.0.0.1\r\n\r\n"
    assert raw(product, health)[0] == 200
