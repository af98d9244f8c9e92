"""What libcurl says, in the contract's words."""

import errno

import pytest

from pingpong.probe.contract import WORDS
from pingpong.probe.curl_words import Ending, connect_word, word_of


@pytest.mark.parametrize(
    ("ending", "word", "detail"),
    [
        (Ending(0), "", ""),
        (Ending(23), "", ""),
        (Ending(7, errno.ECONNREFUSED), "connect_refused", ""),
        (Ending(7, errno.ETIMEDOUT), "connect_timeout", ""),
        (Ending(7, errno.ENETUNREACH), "connect_failed", "network unreachable"),
        (Ending(7, errno.EHOSTUNREACH), "connect_failed", ""),
        (Ending(7, errno.EMFILE), "probe_fault", "emfile"),
        (Ending(28), "connect_timeout", ""),
        (Ending(28, connected_us=5), "read_timeout", "no answer"),
        (Ending(28, connected_us=5, is_https=True), "read_timeout", "no TLS answer"),
        (Ending(28, connected_us=5, has_answered=True), "read_timeout", ""),
        (Ending(35, is_https=True), "tls_invalid", ""),
        (Ending(60, verify_result=18, is_https=True), "tls_invalid", ""),
        (Ending(60, verify_result=10, is_https=True), "tls_expired", ""),
        (Ending(56, connected_us=5, is_https=True), "tls_invalid", ""),
        (Ending(56, connected_us=5, secured_us=9, is_https=True), "response_invalid", "no answer"),
        (Ending(52, connected_us=5), "response_invalid", "no answer"),
        (Ending(92, connected_us=5, has_answered=True), "response_invalid", ""),
        (Ending(27), "probe_fault", "transfer 27"),
        (Ending(77, is_https=True), "probe_fault", "transfer 77"),
    ],
)
def test_ending_has_a_word(ending: Ending, word: str, detail: str) -> None:
    assert word_of(ending) == (word, detail)


@pytest.mark.parametrize("code", range(1, 102))
def test_every_code_has_a_word_of_the_contract(code: int) -> None:
    assert word_of(Ending(code))[0] in {*WORDS, ""}


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_every_error_of_a_connect_has_a_word_of_the_contract(number: int) -> None:
    assert connect_word(number)[0] in WORDS
