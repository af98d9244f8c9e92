"""libcurl's codes in the contract's words: pure."""

import errno
from dataclasses import dataclass

OK = 0
_COULD_NOT_CONNECT = 7
_TIMED_OUT = 28
_CUT_BY_US = 23  # the body's cap: judged by what was read
_CERTIFICATE = 60
# Certificates, protocols and ciphers of TLS; 58 and 66 speak of settings that we do not make.
_TLS = frozenset({35, 51, 58, 59, 60, 66, 80, 82, 83, 90, 91, 98})
# What a server said was no HTTP, or it said nothing and hung up.
_RESPONSE = frozenset({1, 8, 16, 18, 52, 55, 56, 61, 63, 92, 93, 95, 100})
_EXPIRED = 10  # X509_V_ERR_CERT_HAS_EXPIRED

_NO_ROUTE = frozenset({errno.ENETUNREACH, errno.EADDRNOTAVAIL})
_FAILED_ON_THE_WAY = frozenset(
    {errno.EHOSTUNREACH, errno.EHOSTDOWN, errno.ECONNRESET, errno.ECONNABORTED, errno.EPROTO}
)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a transfer ended, in libcurl's terms; times are microseconds, 0 for what never was."""

    code: int
    errno: int = 0
    verify_result: int = 0
    connected_us: int = 0
    secured_us: int = 0
    is_https: bool = False
    has_answered: bool = False


def word_of(ending: Ending) -> tuple[str, str]:
    """Return a word and its detail; an empty word when there is an answer to judge."""
    code = ending.code
    if code in (OK, _CUT_BY_US):
        return "", ""
    if code == _TIMED_OUT:
        return _timeout(ending)
    if code == _COULD_NOT_CONNECT:
        return connect_word(ending.errno)
    if code in _TLS or (code in _RESPONSE and _is_before_secure(ending)):
        is_expired = code == _CERTIFICATE and ending.verify_result == _EXPIRED
        return "tls_expired" if is_expired else "tls_invalid", ""
    if code in _RESPONSE:
        return "response_invalid", "" if ending.has_answered else "no answer"
    return "probe_fault", f"transfer {code}"


def connect_word(number: int) -> tuple[str, str]:
    """Return the word and detail for the error number of a connect."""
    if number == errno.ECONNREFUSED:
        return "connect_refused", ""
    if number == errno.ETIMEDOUT:
        return "connect_timeout", ""
    if number in _NO_ROUTE:
        return "connect_failed", "network unreachable"
    if number in _FAILED_ON_THE_WAY:
        return "connect_failed", ""
    return "probe_fault", errno.errorcode.get(number, "connect").lower()


def _timeout(ending: Ending) -> tuple[str, str]:
    if not ending.connected_us:
        return "connect_timeout", ""
    if _is_before_secure(ending):
        return "read_timeout", "no TLS answer"
    return "read_timeout", "" if ending.has_answered else "no answer"


def _is_before_secure(ending: Ending) -> bool:
    return ending.is_https and not ending.secured_us
