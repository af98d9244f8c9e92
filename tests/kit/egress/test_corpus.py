"""The corpora against the gate alone; tests/faults gives them to the whole probe."""

import pytest

from lab.corpus import PUBLIC_V4, read, records
from pingpong.kit.egress import AllowList, Gate, TargetBlockedError, TargetInvalidError, web_target

OWN = ("93.184.1.2", "2003:1::2")
TABLE = records()
GATE = Gate(AllowList(), own=lambda: frozenset(OWN))


def addresses(host: str) -> list[str]:
    """Return where a name of the corpora leads."""
    found = TABLE.get(host, {"A": [PUBLIC_V4]})
    if "CNAME" in found:
        return addresses(found["CNAME"])
    return [*found.get("A", ()), *found.get("AAAA", ())]


def judge(url: str) -> list[str]:
    target = web_target(url)
    GATE.precheck(target)
    return [target.host] if target.is_literal else GATE.vet(target, addresses(target.host))


@pytest.mark.parametrize("url", read("hostile.txt"))
def test_hostile_address_is_refused(url: str) -> None:
    with pytest.raises((TargetInvalidError, TargetBlockedError), match=r"^\S.*\.$"):
        judge(url)


@pytest.mark.parametrize("url", read("legitimate.txt"))
def test_legitimate_address_passes(url: str) -> None:
    assert judge(url)
