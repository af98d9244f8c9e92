"""HTTP checks: each request by itself, redirects by hand, every address vetted again."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import pycurl
import structlog

from pingpong.kit.egress import Gate, Target, TargetInvalidError, web_target

from .certificate import valid_until
from .contract import MOST_REDIRECTS, Check
from .curl_driver import CurlDriver
from .curl_words import Ending, word_of
from .finder import Finder, Found
from .job import Job, Seen
from .judge import judge, wants_body
from .lanes import MOST_PLAIN, MOST_TLS, Lane
from .line import Hop, Line
from .loop import Loop

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BECOME_GET = frozenset({301, 302, 303})
_MOST_HEADER_BYTES = 64 * 1024
_HTTP_2 = 3
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LEAST_MS = 1
_FINE = Ending(0)

log = structlog.get_logger(__name__)

OnSeen = Callable[[Job, Seen], None]


class HttpChecks:
    """Begins HTTP checks and hands over what was seen."""

    def __init__(
        self, loop: Loop, gate: Gate, finder: Finder, on_seen: OnSeen, *, ca_file: str
    ) -> None:
        self.driver = CurlDriver(loop, gate, ca_file, _ended)
        self.finder = finder
        self.lanes = {"http": Lane(loop, MOST_PLAIN), "https": Lane(loop, MOST_TLS)}
        self.on_seen = on_seen

    def begin(self, job: Job) -> None:
        try:
            target = _read(job.check.url)
        except TargetInvalidError:
            self.on_seen(job, Seen("blocked_by_policy", "address not valid"))
            return
        if _has_odd_header(job.check):
            self.on_seen(job, Seen("probe_fault", "header not valid"))
            return
        Fetch(self, job, target).go(target, job.check.method, keeps_secrets=True)

    def close(self) -> None:
        self.driver.close()
        for lane in self.lanes.values():
            lane.clear()


class Fetch:
    """One check: a request, and those that redirects lead to."""

    __slots__ = ("_checks", "_first", "_hop", "_hops", "_job", "_lane", "_seen", "_ticket")

    def __init__(self, checks: HttpChecks, job: Job, target: Target) -> None:
        self._checks = checks
        self._job = job
        self._first = target
        self._hops = 0
        self._ticket = 0
        self._seen = Seen("", host=target.host)

    def go(self, target: Target, method: str, *, keeps_secrets: bool) -> None:
        check = self._job.check
        left_ms = check.timeout_ms - self._seen.total_us // 1000 or _LEAST_MS
        self._seen.host = target.host
        self._hop = Hop(target, [], method, keeps_secrets, left_ms)
        self._checks.finder.find(target, check.ip_version, left_ms, self._found)

    def secured(self) -> None:
        """Make room for others; libcurl is calling."""
        ticket, self._ticket = self._ticket, 0
        self._lane.leave_soon(ticket)

    def ended(self, line: Line, code: int) -> None:
        if self._ticket:
            ticket, self._ticket = self._ticket, 0
            self._lane.leave(ticket)
        seen = self._seen
        ending = self._measure(line, code)
        word, detail = word_of(ending)
        if line.is_blocked:
            self._finish(line, "blocked_by_policy", "")
        elif word:
            self._finish(line, word, detail)
        elif line.curl.getinfo(pycurl.HEADER_SIZE) > _MOST_HEADER_BYTES:
            self._finish(line, "response_invalid", "headers too large")
        elif seen.status in _REDIRECTS and self._job.check.redirects > 0:
            self._redirect(line)
        else:
            self._judge(line)

    def give_up(self) -> None:
        self._checks.on_seen(self._job, Seen("probe_fault", "internal"))

    def _found(self, found: Found) -> None:
        seen, hop = self._seen, self._hop
        seen.dns_us = found.dns_us
        seen.total_us += found.dns_us
        if found.word:
            self._checks.on_seen(self._job, replace(seen, word=found.word, detail=found.detail))
            return
        hop.addresses = found.addresses
        if found.dns_us:
            hop.timeout_ms = max(hop.timeout_ms - found.dns_us // 1000, _LEAST_MS)
        seen.address = found.addresses[0]
        self._lane = self._checks.lanes[hop.target.scheme]
        self._lane.enter(self._start)

    def _start(self, ticket: int) -> None:
        driver = self._checks.driver
        self._ticket = ticket
        line = driver.line()
        line.fetch = self
        line.wants_body = wants_body(self._job.check)
        line.prepare(self._job.check, self._hop)
        driver.start(line)

    def _measure(self, line: Line, code: int) -> Ending:
        """Take libcurl's times, each phase by itself."""
        info, seen = line.curl.getinfo, self._seen
        named = info(pycurl.NAMELOOKUP_TIME_T)
        connected = info(pycurl.CONNECT_TIME_T)
        is_https = self._hop.target.scheme == "https"
        secured = info(pycurl.APPCONNECT_TIME_T) if is_https else 0
        total = info(pycurl.TOTAL_TIME_T)
        seen.status = info(pycurl.RESPONSE_CODE)
        has_answered = seen.status != 0 or line.size != 0
        seen.total_us += total
        # A phase that was not reached is 0 in libcurl's account.
        seen.connect_us = connected - named if connected > named else 0
        seen.tls_us = secured - connected if secured > connected else 0
        ready = secured or connected
        first = info(pycurl.STARTTRANSFER_TIME_T) if has_answered else 0
        seen.first_byte_us = first - ready if first > ready else 0
        seen.is_answered = has_answered or secured != 0
        if is_https and self._job.check.wants_certificate:
            seen.certificate_until = valid_until(info(pycurl.INFO_CERTINFO))
        if code == 0:
            return _FINE
        return Ending(
            code,
            line.error or info(pycurl.OS_ERRNO),
            info(pycurl.SSL_VERIFYRESULT),
            connected,
            secured,
            is_https,
            has_answered,
        )

    def _redirect(self, line: Line) -> None:
        check, hop, seen = self._job.check, self._hop, self._seen
        where = line.curl.getinfo(pycurl.REDIRECT_URL)
        if not where:
            self._judge(line)
            return
        self._hops += 1
        if self._hops > min(check.redirects, MOST_REDIRECTS):
            self._finish(line, "redirects_exceeded", f"HTTP {seen.status}")
            return
        try:
            target = _read(where)
        except TargetInvalidError:
            self._finish(line, "response_invalid", "redirect not valid")
            return
        method = "GET" if hop.method == "POST" and seen.status in _BECOME_GET else hop.method
        self._give_back(line)
        if check.timeout_ms * 1000 <= seen.total_us:
            self._checks.on_seen(self._job, replace(seen, word="read_timeout"))
            return
        self.go(target, method, keeps_secrets=_is_same_place(self._first, target))

    def _judge(self, line: Line) -> None:
        check = self._job.check
        if check.http_version == "2" and line.curl.getinfo(pycurl.INFO_HTTP_VERSION) != _HTTP_2:
            self._finish(line, "response_invalid", "not HTTP/2")
            return
        content_type = line.curl.getinfo(pycurl.CONTENT_TYPE) or "" if line.body else ""
        word, detail = judge(check, self._seen.status, b"".join(line.body), content_type)
        self._finish(line, word, detail)

    def _finish(self, line: Line, word: str, detail: str) -> None:
        self._seen.word = word
        self._seen.detail = detail
        self._give_back(line)
        self._checks.on_seen(self._job, self._seen)

    def _give_back(self, line: Line) -> None:
        self._checks.driver.give_back(line)


def _ended(line: Line, code: int) -> None:
    fetch = line.fetch
    try:
        fetch.ended(line, code)
    except Exception:
        log.exception("check_failed", kind="http")
        fetch.give_up()


@lru_cache(maxsize=32768)
def _read(url: str) -> Target:
    return web_target(url)


def _has_odd_header(check: Check) -> bool:
    """Tell whether a text would end its header's line and begin one of its own."""
    if not check.headers and not check.bearer:
        return False
    texts = [check.bearer, *(text for header in check.headers for text in header)]
    return any(sign in text for text in texts for sign in "\r\n\0")


def _is_same_place(first: Target, target: Target) -> bool:
    """Tell whether a redirect stays with whom the check names; from http to https is no change."""
    if first.host != target.host or (first.scheme, target.scheme) == ("https", "http"):
        return False
    is_usual = all(one.port == _DEFAULT_PORTS[one.scheme] for one in (first, target))
    return is_usual or first.port == target.port
