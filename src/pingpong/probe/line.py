"""A libcurl handle with its callbacks, used for one transfer after another."""

import errno
from dataclasses import dataclass
from socket import SocketType
from typing import Any

import pycurl

from pingpong import __version__
from pingpong.kit.egress import Gate, Target

from .contract import MOST_BODY_BYTES, Check

AGENT = f"PingPong-Status/{__version__}"
_HTTP_AND_HTTPS = 1 | 2  # CURLPROTO_HTTP, CURLPROTO_HTTPS: pycurl's names differ by version
# Every server has one of these. What OpenSSL would offer first costs a fifth more of a handshake.
_CURVES = "X25519:P-256:P-384:P-521"
_STOP = -1
_BAD: int = pycurl.SOCKET_BAD
_GO_ON: int = pycurl.PREREQFUNC_OK
_HTTP_VERSIONS = {
    "": pycurl.CURL_HTTP_VERSION_2TLS,
    "1.1": pycurl.CURL_HTTP_VERSION_1_1,
    "2": pycurl.CURL_HTTP_VERSION_2TLS,
}


@dataclass(slots=True)
class Hop:
    """One request of a check: the first, or what a redirect led to.

    `addresses` are vetted. `keeps_secrets` is false on another host than the one that the check
    names: what only that one should see stays here.
    """

    target: Target
    addresses: list[str]
    method: str
    keeps_secrets: bool
    timeout_ms: int


class _Lent(SocketType):
    """A socket of which pycurl takes a duplicate, and then forgets it."""

    __slots__ = ()

    def __del__(self) -> None:
        self.close()


class Line:
    """Its options are those of a plain GET; others are undone after use."""

    __slots__ = (
        "_ca_file",
        "_gate",
        "_is_special",
        "_tells_secured",
        "_timeout_ms",
        "body",
        "curl",
        "error",
        "fetch",
        "is_blocked",
        "size",
        "target",
        "ticket",
        "wants_body",
    )  # fmt: skip

    def __init__(self, gate: Gate, ca_file: str) -> None:
        self.curl = pycurl.Curl()
        self.curl.line = self
        self._gate = gate
        self._ca_file = ca_file
        self._timeout_ms = 0
        self._set_up()
        self.clear()

    def clear(self) -> None:
        """Be ready for the next transfer."""
        if self._is_special:
            self.curl.reset()
            self._set_up()
        self.target: Target | None = None
        self.fetch: Any = None
        self.body: list[bytes] = []
        self.size = 0
        self.error = 0
        self.ticket = 0
        self.wants_body = False
        self.is_blocked = False

    def prepare(self, check: Check, hop: Hop) -> None:
        set_option = self.curl.setopt
        target = hop.target
        self.target = target
        set_option(pycurl.URL, target.url)
        if hop.timeout_ms != self._timeout_ms:
            self._timeout_ms = hop.timeout_ms
            set_option(pycurl.TIMEOUT_MS, hop.timeout_ms)
        if hop.addresses[0] != target.host:
            # "+": it may leave libcurl's cache; each transfer brings its own.
            pin = f"+{target.host}:{target.port}:{','.join(hop.addresses)}"
            set_option(pycurl.RESOLVE, [pin])
        if target.scheme == "https":
            self._prepare_tls(check)
        if hop.method != "GET":
            self._prepare_method(check, hop)
        if check.headers or check.bearer or check.username or check.password:
            self._prepare_secrets(check, hop)

    def _set_up(self) -> None:
        """Set what every transfer has; the rest are libcurl's defaults."""
        self._is_special = False
        self._tells_secured = False
        self._timeout_ms = 0
        set_option = self.curl.setopt
        set_option(pycurl.NOSIGNAL, 1)
        set_option(pycurl.PROXY, "")
        set_option(pycurl.PROTOCOLS, _HTTP_AND_HTTPS)
        set_option(pycurl.FOLLOWLOCATION, 0)
        set_option(pycurl.FRESH_CONNECT, 1)
        set_option(pycurl.FORBID_REUSE, 1)
        set_option(pycurl.TCP_KEEPALIVE, 0)
        set_option(pycurl.SSL_SESSIONID_CACHE, 0)
        set_option(pycurl.SSL_EC_CURVES, _CURVES)
        set_option(pycurl.CAINFO, self._ca_file)
        set_option(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS)
        set_option(pycurl.HTTP09_ALLOWED, 0)
        set_option(pycurl.ACCEPT_ENCODING, "")
        set_option(pycurl.USERAGENT, AGENT)
        set_option(pycurl.WRITEFUNCTION, self._take)
        set_option(pycurl.OPENSOCKETFUNCTION, self._open_socket)

    def _prepare_tls(self, check: Check) -> None:
        set_option = self.curl.setopt
        if not self._tells_secured:
            self._tells_secured = True  # and goes on to: after a plain connect it does no harm
            set_option(pycurl.PREREQFUNCTION, self._secured)
        if check.verify_tls and not check.wants_certificate and not check.http_version:
            return
        self._is_special = True
        if not check.verify_tls:
            set_option(pycurl.SSL_VERIFYPEER, 0)
            set_option(pycurl.SSL_VERIFYHOST, 0)
        if check.wants_certificate:
            set_option(pycurl.OPT_CERTINFO, 1)
        if check.http_version:
            set_option(pycurl.HTTP_VERSION, _HTTP_VERSIONS[check.http_version])

    def _prepare_method(self, check: Check, hop: Hop) -> None:
        self._is_special = True
        if hop.method == "HEAD":
            self.curl.setopt(pycurl.NOBODY, 1)
        else:
            self.curl.setopt(pycurl.POST, 1)
            body = check.body.encode() if hop.keeps_secrets else b""
            self.curl.setopt(pycurl.POSTFIELDS, body)

    def _prepare_secrets(self, check: Check, hop: Hop) -> None:
        if not hop.keeps_secrets:
            return
        self._is_special = True
        set_option = self.curl.setopt
        lines = [f"{name}: {value}" if value else f"{name};" for name, value in check.headers]
        if check.bearer:
            lines.append(f"Authorization: Bearer {check.bearer}")
        if lines:
            set_option(pycurl.HTTPHEADER, [line.encode() for line in lines])
        if check.username or check.password:
            set_option(pycurl.HTTPAUTH, pycurl.HTTPAUTH_BASIC)
            set_option(pycurl.USERNAME, check.username.encode())
            set_option(pycurl.PASSWORD, check.password.encode())

    def _take(self, chunk: bytes) -> int | None:
        self.size += len(chunk)
        if self.size > MOST_BODY_BYTES:
            return _STOP
        if self.wants_body:
            self.body.append(chunk)
        return None

    def _open_socket(self, _purpose: int, place: Any) -> SocketType | int:
        family, kind, protocol, address = place
        target = self.target
        if target is None or not self._gate.may_connect(target, address[0], address[1]):
            self.is_blocked = True
            return _BAD
        try:
            return _Lent(family, kind, protocol)
        except OSError as problem:
            self.error = problem.errno or errno.EIO
            return _BAD

    def _secured(self, *_place: Any) -> int:
        self.fetch.secured()
        return _GO_ON
