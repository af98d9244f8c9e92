"""Hosts as people write them, in the one spelling that everything after agrees on."""

import re
import unicodedata
from ipaddress import IPv6Address

from pingpong.kit.egress.addresses import parse

LONGEST_NAME = 253
LONGEST_LABEL = 63
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?")
_V4 = re.compile(r"(0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])(\.(0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])){3}")
_LETTERS = ("Ll", "Lo", "Lm", "Mn", "Mc", "Nd")
_KEPT_BY_IDNA2008 = "\u00df\u03c2"  # sharp s and final sigma, which folding would replace
_ACE = "xn--"


class TargetInvalidError(Exception):
    """An address that cannot be a target; the text is one sentence for a person."""


def canonical_host(text: str) -> str:
    """Return an address, or a name in ASCII without a final dot; raises TargetInvalidError.

    `[2606:2800::1]` loses its brackets. Of IPv4 only the usual form counts: 4 decimal numbers.
    """
    if text.startswith("["):
        return _version_6(text)
    name = text.removesuffix(".")
    if len(name) > LONGEST_NAME:
        raise TargetInvalidError("The host's name is too long.")
    name = ".".join(_ascii_label(label) for label in name.split("."))
    if len(name) > LONGEST_NAME:
        raise TargetInvalidError("The host's name is too long.")
    # No last part begins with a digit, but some resolvers read `127.1` and `0x7f000001` as IPv4.
    if name.rpartition(".")[2][0].isdigit() and not _V4.fullmatch(name):
        raise TargetInvalidError("The host ends in a number and is no IPv4 address.")
    return name


def _version_6(text: str) -> str:
    address = parse(text[1:-1]) if text.endswith("]") else None
    if not isinstance(address, IPv6Address):
        raise TargetInvalidError("The host is not an IPv6 address in brackets.")
    return str(address)


def _ascii_label(label: str) -> str:
    """Write one label of a name as IDNA 2008 does."""
    if not label:
        raise TargetInvalidError("The host's name has an empty part.")
    ascii_form = label.lower() if label.isascii() else _encoded(label)
    if len(ascii_form) > LONGEST_LABEL:
        raise TargetInvalidError("A part of the host's name is too long.")
    if not _LABEL.fullmatch(ascii_form):
        raise TargetInvalidError("The host's name has a character that no name has.")
    if ascii_form.startswith(_ACE) and label.isascii() and _again(ascii_form) != ascii_form:
        raise TargetInvalidError("The host's name has a part that encodes no letters.")
    return ascii_form


def _encoded(label: str) -> str:
    letters = unicodedata.normalize("NFC", label.lower())
    if letters.isdecimal() or not all(_is_letter(letter) for letter in letters):
        raise TargetInvalidError("The host's name has a character that no name has.")
    if unicodedata.category(letters[0]) in ("Mn", "Mc"):
        raise TargetInvalidError("The host's name has a part that begins with an accent alone.")
    return _ACE + letters.encode("punycode").decode("ascii")


def _is_letter(letter: str) -> bool:
    """Tell whether a character is itself and no other one's look: full width, circled, ligature."""
    if letter.isascii():
        return letter.isalnum() or letter in "-_"
    if letter in _KEPT_BY_IDNA2008:
        return True
    folded = unicodedata.normalize("NFKC", letter).casefold()
    is_stable = unicodedata.normalize("NFKC", folded) == letter
    return is_stable and unicodedata.category(letter) in _LETTERS


def _again(ascii_form: str) -> str:
    """Decode and encode a label; what comes back unlike itself was not made by encoding."""
    try:
        letters = ascii_form.removeprefix(_ACE).encode("ascii").decode("punycode")
        return "" if letters.isascii() else _encoded(letters)
    except (UnicodeError, ValueError, TargetInvalidError):
        return ""
