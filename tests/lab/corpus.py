"""The corpora of addresses, and the names in them that a name server has to know."""

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "kit" / "egress" / "corpus"
_WORDS = {"tab": "\t", "lf": "\n", "cr": "\r", "nul": "\0", "sp": " ", "/": "/"}
_TOKEN = re.compile(r"\{(u\+([0-9a-f]{4,5})|tab|lf|cr|nul|sp|/)\}")
_EVIL = re.compile(r"([a-z0-9._-]+)\.evil\.test", re.IGNORECASE)

PUBLIC_V4, PUBLIC_V6 = "93.184.216.34", "2606:2800:220:1::34"
_PUBLIC = {"A": [PUBLIC_V4], "AAAA": [PUBLIC_V6]}
_PUBLIC_NAMES = ("*.example", "*.example.com", "example.com", "example.org", "example.net")


def read(file: str) -> list[str]:
    """Return the addresses of a corpus as they would be typed."""
    lines = (FOLDER / file).read_text().splitlines()
    return [_typed(line) for line in lines if line and not line.startswith("#")]


def records() -> dict[str, Any]:
    """Return a table for the lab's name server: all names of both corpora."""
    names = _EVIL.findall((FOLDER / "hostile.txt").read_text())
    evil = {f"{name.lower()}.evil.test": _led_by(name.lower().split(".")) for name in names}
    there = {"A": ["10.0.0.1"]}
    inside = ("localhost", "in-file.test", "metadata.google.internal", "alone", "metadata")
    return dict.fromkeys(_PUBLIC_NAMES, _PUBLIC) | dict.fromkeys(inside, there) | evil


def _led_by(labels: list[str]) -> dict[str, Any]:
    if labels[0] == "alias":
        return {"CNAME": labels[1].replace("_", ".")}
    return _of([address_of(label) for label in labels])


def _of(addresses: list[str]) -> dict[str, Any]:
    return {
        "A": [address for address in addresses if ":" not in address],
        "AAAA": [address for address in addresses if ":" in address],
    }


def address_of(label: str) -> str:
    """Return the address that a label of a name stands for: `10-0-0-1`, `fd00--1`."""
    is_v4 = re.fullmatch(r"\d+(-\d+){3}", label)
    return str(ip_address(label.replace("-", "." if is_v4 else ":")))


def _typed(line: str) -> str:
    text = _TOKEN.sub(lambda found: _WORDS.get(found[1]) or chr(int(found[2], 16)), line)
    return re.sub("^( |\ufeff)?//", r"\1http://", text)
