"""Outcomes in words for people."""

from datetime import timedelta

_SENTENCES = {
    "dns_failed": "Its name cannot be looked up.",
    "connect_refused": "It refuses connections.",
    "connect_timeout": "It does not accept connections in time.",
    "connect_failed": "It cannot be reached.",
    "tls_invalid": "Its certificate is not valid.",
    "tls_expired": "Its certificate has expired.",
    "status_unexpected": "It answers with an error.",
    "keyword_missing": "Its answer lacks what it should have.",
    "keyword_present": "Its answer has what it should not have.",
    "json_mismatch": "Its answer is not what it should be.",
    "record_mismatch": "Its DNS record is not what it should be.",
    "redirects_exceeded": "It redirects too often.",
    "response_invalid": "Its answer cannot be understood.",
    "read_timeout": "It does not answer in time.",
    "heartbeat_missed": "It has not reported itself in time.",
}


def sentence_of(word: str) -> str:
    """Return what an outcome means, as one sentence."""
    return _SENTENCES.get(word, "It does not work as it should.")


def duration_words(length: timedelta) -> str:
    """Return ``2 h 14 min``: the two largest units; under a minute, seconds."""
    seconds = int(length.total_seconds())
    units = ((seconds // 86_400, "d"), (seconds // 3600 % 24, "h"), (seconds // 60 % 60, "min"))
    told = [f"{count} {unit}" for count, unit in units if count]
    return " ".join(told[:2]) or f"{seconds} s"
